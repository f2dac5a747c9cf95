"""Asks every place of the world for each of the cast, once, and keeps the answers."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from unittest import mock

from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import FileSystemStorage
from django.db import connections, transaction
from django.forms import BaseForm
from django.http import HttpResponse
from django.template.context import BaseContext
from django.test import Client

from network.accounts.models import User
from network.live import streams
from tests.alarms.places import DEEDS, live_streams, places
from tests.alarms.world import World, build
from tests.people import viewer

#: Somebody far away: what only the machine itself may ask for is not for her.
FAR_AWAY = "203.0.113.7"
SIGN_IN = "in"
#: What programs and malice put into forms.
JUNK = ("\x00", "<script>" + "x" * 9000, "-99999999999999999999", "\ud7ff\u202e")


#: A question with every word that some page understands, each with a value that no page expects.
STRANGE = {
    **dict.fromkeys(("cursor", "from", "page", "after", "quote", "number"), "\u00b2" + "9" * 25),
    **dict.fromkeys(("q", "kind", "show", "sort", "tag", "t", "follow", "next", "language"), "\x00'\"<"),
    **dict.fromkeys(("country", "region", "target", "subject", "worked", "organization", "theme"), "9" * 25),
}


@dataclass
class Answers:
    """``statuses[place][who]`` and ``bodies[who][place]``; ``sent[place]``: to deeds and nonsense."""

    world: World
    statuses: dict[str, dict[str, str]] = field(default_factory=dict)
    bodies: dict[str, dict[str, bytes]] = field(default_factory=dict)
    sent: dict[str, dict[str, str]] = field(default_factory=dict)
    #: Place to who was shown forms there, and the names of their fields.
    forms: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    #: Name of a live stream to those of the cast who may follow it.
    followers: dict[str, set[str]] = field(default_factory=dict)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened afterwards, in any database; no file is gone."""
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(FileSystemStorage, "delete", return_value=None))
        for alias in connections:
            stack.enter_context(_rolled_back(alias))
        yield


@contextmanager
def _rolled_back(alias: str) -> Iterator[None]:
    block = transaction.atomic(using=alias)
    block._from_testcase = True  # what waits for a commit runs inside, as in every test
    with block:
        yield
        transaction.set_rollback(True, using=alias)


def session(who: User | AnonymousUser) -> Client:
    """A browser that ``who`` signed in with, be it before she was suspended."""
    client = Client(raise_request_exception=False, REMOTE_ADDR=FAR_AWAY)
    if who.is_authenticated:
        client.force_login(who)
    return client


def told(answer: HttpResponse) -> str:
    """The status; being sent to sign in is told apart from going anywhere else. Files are read."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    if answer.status_code == 302 and answer["Location"].startswith("/accounts/login/"):
        return SIGN_IN
    return str(answer.status_code)


def everything_in(answer: HttpResponse) -> bytes:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return (content + str(answer.headers).encode()).lower()


def ask_everything() -> Answers:
    answers = Answers(build())
    asked = places(answers.world)
    clients = {who: session(person) for who, person in answers.world.cast.items()}
    for who, client in clients.items():
        answers.bodies[who] = {}
        for place, path in asked.items():
            _ask(answers, client, who, place, path)
    answers.followers = _followers(answers.world)
    for place, path in asked.items():
        told_of = answers.sent.setdefault(place, {})
        for who in ("stranger", "member"):
            told_of |= _send(clients[who], who, path)
        for who in ("stranger", "moderator"):
            told_of |= _ask_strangely(clients[who], who, path)
    for place, (who, fields) in answers.forms.items():
        for number, junk in enumerate(JUNK):
            with undone():
                answer = clients[who].post(asked[place], dict.fromkeys(fields, junk))
                answers.sent[place][f"{who} fills {number}"] = told(answer)
    return answers


def _send(client: Client, who: str, path: str) -> dict[str, str]:
    """A deed without anything in it, and one full of junk."""
    found = {}
    for name, body in {"nothing": {}, "junk": dict.fromkeys(("html", "next", "q", "pk"), JUNK[0])}.items():
        with undone():
            found[f"{who} sends {name}"] = told(client.post(path, body))
    return found


def _ask_strangely(client: Client, who: str, path: str) -> dict[str, str]:
    """The same address with a question that makes no sense, and with numbers that are none of ours."""
    with undone():
        questioned = client.get(path.partition("?")[0], STRANGE)
    with undone():
        counted = client.get(re.sub(r"\d+", "9" * 25, path))
    return {f"{who} questions": told(questioned), f"{who} counts": told(counted)}


def _followers(world: World) -> dict[str, set[str]]:
    viewers = {who: viewer(person) for who, person in world.cast.items()}
    names = {name: f"{name.split()[0]}:{key}" for name, key in live_streams(world).items()}
    return {
        name: {who for who, looks in viewers.items() if streams.may_follow(stream, looks)}
        for name, stream in names.items()
    }


def _ask(answers: Answers, client: Client, who: str, place: str, path: str) -> None:
    ask = client.post if place.split()[0] in DEEDS else client.get
    with undone():
        answer = ask(path)
        answers.bodies[who][place] = everything_in(answer)
        answers.statuses.setdefault(place, {})[who] = told(answer)
        if place not in answers.forms and (fields := _fields(answer)):
            answers.forms[place] = (who, fields)


def _fields(answer: HttpResponse) -> list[str]:
    """The names of every field in every form that was shown."""
    if not answer.context or b'method="post"' not in answer.content:
        return []
    contexts = [
        context.flatten() if isinstance(context, BaseContext) else context for context in answer.context
    ]
    forms = [value for context in contexts for value in context.values() if isinstance(value, BaseForm)]
    return sorted({form.add_prefix(name) for form in forms for name in form.fields})
