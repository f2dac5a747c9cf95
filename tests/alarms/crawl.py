"""Asks every place of the world for each of the cast, once, and keeps the answers."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db import connections, transaction
from django.forms import BaseForm
from django.http import HttpResponse
from django.template.context import BaseContext
from django.test import Client

from network.accounts.models import User
from tests.alarms.places import DEEDS, places
from tests.alarms.world import World, build

#: Somebody far away: what only the machine itself may ask for is not for her.
FAR_AWAY = "203.0.113.7"
SIGN_IN = "in"
#: What programs and malice put into forms.
JUNK = ("\x00", "<script>" + "x" * 9000, "-99999999999999999999", "\ud7ff\u202e")


@dataclass
class Answers:
    """``statuses[place][who]`` and ``bodies[who][place]``; ``sent[place]`` are the answers to deeds."""

    world: World
    statuses: dict[str, dict[str, str]] = field(default_factory=dict)
    bodies: dict[str, dict[str, bytes]] = field(default_factory=dict)
    sent: dict[str, dict[str, str]] = field(default_factory=dict)
    forms: dict[str, tuple[str, list[str]]] = field(default_factory=dict)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened afterwards, in any database."""
    with ExitStack() as stack:
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
    """The status; being sent to sign in is told apart from going anywhere else."""
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
    for who in ("stranger", "member"):
        for place, path in asked.items():
            for name, body in {
                "nothing": {},
                "junk": {"junk": JUNK[0], "html": JUNK[1], "next": JUNK[2]},
            }.items():
                with undone():
                    answers.sent.setdefault(place, {})[f"{who} {name}"] = told(clients[who].post(path, body))
    for place, (who, fields) in answers.forms.items():
        for number, junk in enumerate(JUNK):
            with undone():
                answer = clients[who].post(asked[place], dict.fromkeys(fields, junk))
                answers.sent[place][f"{who} junk {number}"] = told(answer)
    return answers


def _ask(answers: Answers, client: Client, who: str, place: str, path: str) -> None:
    ask = client.post if place.split()[0] in DEEDS else client.get
    with undone():
        answer = ask(path)
        answers.statuses.setdefault(place, {})[who] = told(answer)
        answers.bodies[who][place] = everything_in(answer)
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
