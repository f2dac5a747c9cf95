"""Through which doors: the real ones, each as the world outside meets it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse

from network.consent import gate, middleware
from network.consent import mail as letter_box
from network.consent.audit.watchers import Watcher
from network.consent.egress import bind_for
from network.consent.exits import MEDIA, RETURN, WORKSPACE
from network.consent.tokens import Token
from network.foundations.viewer import PROGRAM

Door = Callable[[Watcher, Sequence[Token]], str]


def _page(content_type: str, place: str, around: str = "{}", between: str = "", **marks: Any) -> Door:
    """A response with each token in a ``place`` of its own."""

    def deliver(watcher: Watcher, tokens: Sequence[Token]) -> str:
        request = HttpRequest()
        request.path = "/audit/"
        request.viewer = watcher.viewer
        for name, value in marks.items():
            setattr(request, name, value)
        body = around.replace("{}", between.join(place.replace("{}", str(token)) for token in tokens))
        door = middleware.EgressMiddleware(lambda _request: HttpResponse(body, content_type=content_type))
        return door(request).content.decode()

    return deliver


def _released(exit: str) -> Door:
    """What leaves as itself and not as part of a text: files, and the whole on its way back."""

    def deliver(watcher: Watcher, tokens: Sequence[Token]) -> str:
        outcomes = gate.release(tokens, watcher.viewer, exit)
        return "\n".join(outcome.text or outcome.code for outcome in outcomes.values())

    return deliver


def _mail(watcher: Watcher, tokens: Sequence[Token]) -> str:
    if PROGRAM in watcher.viewer.keys:
        return ""  # it has no mailbox
    texts = "\n".join(f"Read: {token}" for token in tokens)
    to = watcher.email or "stranger@network.invalid"
    bound = letter_box.bound_message(EmailMessage(f"About {tokens[0]}", texts, to=[to]))
    return f"{bound.subject}\n{bound.body}"


_DOORS: dict[str, Door] = {
    WORKSPACE: _page("text/html", "<p>{}</p>", consent_exit=WORKSPACE),
    "page": _page("text/html; charset=utf-8", "<p>{}</p>", "<title>x</title>{}"),
    "preview": _page("text/html", "<p>So: {}</p>", is_preview=True),  # inside a sentence
    MEDIA: _released(MEDIA),
    RETURN: _released(RETURN),
    "api": _page("application/json", '"{}"', '{"parts": [{}]}', ","),
    "feed": _page("application/rss+xml", "<description>{}</description>", "<rss>{}</rss>"),
    "calendar": _page("text/calendar", "BEGIN:VEVENT\r\nDESCRIPTION:{}\r\nEND:VEVENT\r\n"),
    "table": _page("text/csv", "1,{}\r\n", "a,b\r\n{}"),
    "text": _page("text/plain", "{}\n"),
    "mail": _mail,
}


def deliver(exit: str, watcher: Watcher, tokens: Sequence[Token]) -> str:
    """Through the exit's own door; an exit of another room at least through the binding that it must use."""
    door = _DOORS.get(exit)
    if door:
        return door(watcher, tokens)
    return bind_for(watcher.viewer, "".join(f"<p>{token}</p>" for token in tokens), exit=exit)
