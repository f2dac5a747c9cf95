"""Through which doors: the real ones, each as the world outside meets it."""

from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse

from network.consent import mail as letter_box
from network.consent import middleware
from network.consent.audit.watchers import Watcher
from network.consent.egress import bind_for
from network.consent.exits import WORKSPACE
from network.consent.tokens import Token


def _page(content_type: str, body: str = "{}", **marks: Any) -> Callable[[Watcher, Token], str]:
    def deliver(watcher: Watcher, token: Token) -> str:
        request = HttpRequest()
        request.path = "/audit/"
        request.viewer = watcher.viewer
        for name, value in marks.items():
            setattr(request, name, value)
        door = middleware.EgressMiddleware(
            lambda _request: HttpResponse(body.replace("{}", str(token)), content_type=content_type)
        )
        return door(request).content.decode()

    return deliver


def _mail(watcher: Watcher, token: Token) -> str:
    message = EmailMessage(
        f"About {token}", f"Read: {token}", to=[watcher.email or "stranger@network.invalid"]
    )
    bound = letter_box.bound_message(message)
    return f"{bound.subject}\n{bound.body}"


_DOORS: dict[str, Callable[[Watcher, Token], str]] = {
    WORKSPACE: _page("text/html", "<p>{}</p>", consent_exit=WORKSPACE),
    "page": _page("text/html; charset=utf-8", "<title>{}</title><p>{}</p>"),
    "preview": _page("text/html", "<p>So: {}</p>", is_preview=True),
    "api": _page("application/json", '{"parts": ["{}"]}'),
    "feed": _page("application/rss+xml", "<rss><description>{}</description></rss>"),
    "calendar": _page("text/calendar", "BEGIN:VEVENT\r\nDESCRIPTION:{}\r\nEND:VEVENT\r\n"),
    "table": _page("text/csv", "a,b\r\n1,{}\r\n"),
    "text": _page("text/plain", "{}"),
    "mail": _mail,
}


def deliver(exit: str, watcher: Watcher, token: Token) -> str:
    """Through the exit's own door; an exit of another room at least through the binding that it must use."""
    door = _DOORS.get(exit)
    return door(watcher, token) if door else bind_for(watcher.viewer, str(token), exit=exit)
