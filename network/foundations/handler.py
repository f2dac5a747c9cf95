"""How a request passes from the server's loop to the code that answers it: in one hop, to standing threads.

Django's own ASGI handler makes a thread for each request and changes between it and the loop at every
middleware. That costs several times what a kept page does, and no database connection outlives its request.
Here the whole chain is synchronous, as all our views are; threads stay, and with them their connections.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from network.foundations.streams import in_turns


class PooledHandler(ASGIHandler):
    """Answers up to ``settings.WEB_THREADS`` requests at once; further ones wait for a thread."""

    def __init__(self) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        pool = ThreadPoolExecutor(settings.WEB_THREADS, thread_name_prefix="web")
        self._answer = sync_to_async(self._answer_in_thread, thread_sensitive=False, executor=pool)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        with body:
            response = await self._answer(scope, body)
            if not response.streaming:
                await self.send_response(response, send)
                return
            async with ThreadSensitiveContext():
                if not response.is_async:
                    response.streaming_content = in_turns(iter(response.streaming_content))
                await self.send_response(response, send)
                await sync_to_async(response.close)()

    def _answer_in_thread(self, scope: dict[str, Any], body: Any) -> HttpResponseBase:
        """The response; one that does not stream is closed here, where its database connections are."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refusal = self.create_request(scope, body)
        response = refusal or self.get_response(request)
        response._handler_class = self.__class__
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        if not response.streaming:
            response.close()
        return response
