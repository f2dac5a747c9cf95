"""The proof that nothing leaks: every exit, every viewer, every state, in both directions.

Each state of consent is made anew with a text that cannot be mistaken, delivered through the real doors to
each viewer, and taken back. What must be seen is written down here by hand and not asked of ``decide``: a gate
that is wrong must not be its own witness.
"""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from network.accounts.models import User
from network.consent import actions, middleware
from network.consent import mail as letter_box
from network.consent.actions.recording import write_record
from network.consent.actions.reopening import reopen
from network.consent.decision import Clause
from network.consent.egress import bind_for
from network.consent.enums import Action, Basis, Exposure, HolderKind, Method, PartName, RecordKind
from network.consent.exits import WORKSPACE, exits
from network.consent.models import Authority, Closing, Holder, ItemKey, KnowledgeItem
from network.consent.presets import presets
from network.consent.querysets import STEWARD
from network.consent.routers import KEYS
from network.consent.tokens import Token
from network.foundations.viewer import EVERYONE, MEMBER, Viewer, anonymous

#: No analyser stems it, no encoder splits it, no text holds it by chance.
CANARY = "zqvanarx7kolibri"
_COMMUNITY = 900_000_001


def traces(canary: str = CANARY) -> list[str]:
    """The forms in which the canary may try to pass, in lower case."""
    plain = canary.encode()
    forms = {
        canary,
        canary[::-1],
        plain.hex(),
        quote(canary),
        "".join(f"%{byte:02x}" for byte in plain),
        "".join(f"&#{byte};" for byte in plain),
        "".join(f"&#x{byte:x};" for byte in plain),
        "".join(f"\\u{byte:04x}" for byte in plain),
    }
    for shift in range(3):  # base64 looks different at each of three offsets; its ends depend on neighbours
        encoded = base64.b64encode(b"x" * shift + plain).decode()
        forms.add(encoded[4 if shift else 0 : len(encoded) // 4 * 4 - 4])
    return sorted(form.lower() for form in forms)


def shows(output: str, canary: str = CANARY) -> bool:
    seen = output.lower()
    return any(form in seen for form in traces(canary))


# --- who looks --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Watcher:
    name: str
    viewer: Viewer
    email: str = ""


@dataclass
class World:
    """A holder and a second one, with people around them; lives in a transaction that is taken back."""

    steward: Viewer
    holder: Holder
    second: Holder
    authorities: dict[int, Authority]
    watchers: list[Watcher] = field(default_factory=list)


_ROLES = ("steward", "editor", "secretariat", "site_moderator", "administrator")


def _person(name: str) -> User:
    return User.objects.create_user(f"audit-{name.replace(' ', '-')}@network.invalid", name=name)


def _world() -> World:
    clerk = _person("clerk")
    by = Viewer(user=clerk, keys=frozenset({EVERYONE, MEMBER, STEWARD}))
    made = [
        actions.found_holder(
            kind=HolderKind.COMMUNITY, names={"en": name}, contact="nobody", by=by, withheld_words="kept"
        )
        for name in ("audited", "audited too")
    ]
    authorities = {
        holder.pk: actions.attest_authority(holder=holder, user=clerk, office="audit", by=by)
        for holder in made
    }
    world = World(by, made[0], made[1], authorities)
    world.watchers = list(_watchers(world))
    return world


def _watchers(world: World) -> Iterator[Watcher]:
    yield Watcher("anonymous", anonymous("en"))
    yield _member("member")
    yield _member("community member", f"community:{_COMMUNITY}")
    yield _member("other community", f"community:{_COMMUNITY + 1}", f"community:{_COMMUNITY}1:moderator")
    former = _member("holder without standing")
    standing = actions.attest_standing(holder=world.holder, user=former.viewer.user, by=world.steward)
    actions.end_attestation(attestation=standing, by=world.steward)
    yield former
    holder = _member("holder", f"holder:{world.holder.pk}")
    actions.attest_standing(holder=world.holder, user=holder.viewer.user, by=world.steward)
    yield holder
    for role in _ROLES:
        yield _member(role.replace("_", " "), f"role:{role}")


def _member(name: str, *keys: str) -> Watcher:
    user = _person(name)
    viewer = Viewer(user=user, keys=frozenset({EVERYONE, MEMBER, f"user:{user.pk}", *keys}), language="en")
    return Watcher(name, viewer, user.email)


# --- through which doors ----------------------------------------------------------------------------------


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


def _deliver(exit: str, watcher: Watcher, token: Token) -> str:
    """Through the exit's own door; an exit of another room at least through the binding that it must use."""
    door = _DOORS.get(exit)
    return door(watcher, token) if door else bind_for(watcher.viewer, str(token), exit=exit)


# --- in which states --------------------------------------------------------------------------------------

_ALL = "all"
_MEMBERS = "members"
_NOBODY: frozenset[str] = frozenset()
_ON_PAGES = frozenset({"page", "preview", "socket"})
_PUBLIC = _ON_PAGES | {"mail", "feed", "calendar", "api", "table", "text"}


@dataclass(frozen=True)
class State:
    """How a state is made, and what must be seen in it: who reads, through which exits.

    ``own_use``: the holder reads in the workspace whatever was said to others, as long as the key opens.
    """

    name: str
    make: Callable[[World], KnowledgeItem]
    readers: str | frozenset[str] = _NOBODY
    through: frozenset[str] = _NOBODY
    own_use: bool = True

    def expects(self, exit: str, watcher: str) -> bool:
        if exit == WORKSPACE and self.own_use and watcher == "holder":
            return True
        if exit not in self.through:
            return False
        if self.readers == _ALL:
            return True
        return watcher != "anonymous" if self.readers == _MEMBERS else watcher in self.readers


def _sealed(world: World, *others: Holder, exposure: Exposure = Exposure.OPEN) -> KnowledgeItem:
    return actions.create_item(
        title="Audited",
        holders=[world.holder, *others],
        exposure=exposure,
        parts={PartName.BODY: f"Here sings {CANARY} at dawn"},
        by=world.steward,
    )


def _say(
    world: World,
    item: KnowledgeItem,
    *clauses: Clause,
    kind: RecordKind = RecordKind.GIVEN,
    holder: Holder | None = None,
) -> KnowledgeItem:
    actions.record_consent(
        item=item,
        authority=world.authorities[(holder or world.holder).pk],
        kind=kind,
        basis=Basis.FPIC,
        clauses=clauses,
        by=world.steward,
    )
    reopen(item.pk)
    return item


def _preset(name: str, **narrower: Any) -> Clause:
    return presets.get(name).clause(f"community:{_COMMUNITY}", **narrower)


def _given(name: str, **narrower: Any) -> Callable[[World], KnowledgeItem]:
    return lambda world: _say(world, _sealed(world), _preset(name, **_resolved(narrower)))


def _resolved(narrower: dict[str, Any]) -> dict[str, Any]:
    return {name: value() if callable(value) else value for name, value in narrower.items()}


def _in(days: int) -> Callable[[], Any]:
    return lambda: timezone.now() + timedelta(days=days)


def _another_month() -> frozenset[int]:
    return frozenset({(timezone.now().month + 5) % 12 + 1})


def _said(kind: RecordKind) -> Callable[[World], KnowledgeItem]:
    return lambda world: _say(world, _given("public")(world), kind=kind)


def _withdrawn(world: World) -> KnowledgeItem:
    item = _given("public")(world)
    actions.withdraw(item=item, holder=world.holder, by=world.steward)
    return item


def _interrupted(world: World) -> KnowledgeItem:
    """A withdrawal that was killed after its first step."""
    item = _given("public")(world)
    ItemKey.objects.filter(pk=item.pk).update(closed_at=timezone.now())
    Closing.objects.create(
        item_id=item.pk, holder_id=world.holder.pk, actor=world.steward.user.actor_id, method=Method.HERE
    )
    reopen(item.pk)
    return item


def _key_missing(world: World) -> KnowledgeItem:
    item = _given("public")(world)
    ItemKey.objects.filter(pk=item.pk).delete()
    return item


def _key_destroyed(world: World) -> KnowledgeItem:
    item = _withdrawn(world)
    ItemKey.objects.get(pk=item.pk).destroy()
    return _bare_record(world, item)


def _bare_record(world: World, item: KnowledgeItem) -> KnowledgeItem:
    """A record that no form would let through, as bad data would bring it."""
    write_record(
        item=item,
        holder=world.holder,
        kind=RecordKind.GIVEN,
        method=Method.PAPER,
        recorded_by=world.steward.user.actor_id,
        clauses=[_preset("public")],
    )
    return item


def _both(second: Clause | None) -> Callable[[World], KnowledgeItem]:
    def make(world: World) -> KnowledgeItem:
        item = _say(world, _sealed(world, world.second), _preset("public"))
        return _say(world, item, second, holder=world.second) if second else item

    return make


STATES: list[State] = [
    State("none", lambda world: _sealed(world)),
    State("given: holders", _given("holders"), frozenset({"holder"}), _ON_PAGES),
    State("given: community", _given("community"), frozenset({"community member"}), _ON_PAGES),
    State("given: members", _given("members"), _MEMBERS, _ON_PAGES | {"mail"}),
    State("given: public", _given("public"), _ALL, _PUBLIC),
    State("given: feeds only", _given("public", exits=frozenset({"feed"})), _ALL, frozenset({"feed"})),
    State("given: another language", _given("public", languages=frozenset({"fr"}))),
    State("given: quoting only", _given("public", actions=frozenset({Action.QUOTE.value}))),
    State("scheduled", _given("public", starts=_in(1))),
    State("out of season", _given("public", months=_another_month)),
    State("expired", _given("public", starts=_in(-9), ends=_in(-1))),
    State("refused", _said(RecordKind.REFUSED)),
    State("suspended", _said(RecordKind.SUSPENDED)),
    State("withdrawn", _withdrawn, own_use=False),
    State("withdrawal interrupted", _interrupted, own_use=False),
    State("renewed", lambda world: _say(world, _withdrawn(world), _preset("public")), _ALL, _PUBLIC),
    State(
        "narrowed",
        lambda world: _say(world, _given("public")(world), _preset("holders")),
        frozenset({"holder"}),
        _ON_PAGES,
    ),
    State("key missing", _key_missing, own_use=False),
    State("key destroyed", _key_destroyed, own_use=False),
    State("beyond its ceiling", lambda world: _bare_record(world, _sealed(world, exposure=Exposure.KNOWN))),
    State("two holders, one silent", _both(None), own_use=False),
    State("two holders, both public", _both(_preset("public")), _ALL, _PUBLIC, own_use=False),
    State(
        "two holders, one narrower", _both(_preset("members")), _MEMBERS, _ON_PAGES | {"mail"}, own_use=False
    ),
    State(
        "two holders, one for holders",
        _both(_preset("holders")),
        frozenset({"holder"}),
        _ON_PAGES,
        own_use=True,
    ),
]


# --- the matrix -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    state: str
    exit: str
    watcher: str
    expected: bool
    seen: bool

    @property
    def holds(self) -> bool:
        return self.expected == self.seen

    def __str__(self) -> str:
        verdict = "ok" if self.holds else "LEAK" if self.seen else "WITHHELD"
        told = "shown" if self.seen else "withheld"
        return f"{verdict:<8} {self.state:<30} {self.exit:<10} {self.watcher:<24} {told}"


def cells() -> Iterator[Cell]:
    """The whole matrix, state by state; every state is taken back before the next is made."""
    for state in STATES:
        with transaction.atomic(), transaction.atomic(using=KEYS):
            found = list(_cells_of(state))
            transaction.set_rollback(True)
            transaction.set_rollback(True, using=KEYS)
        yield from found


def _cells_of(state: State) -> Iterator[Cell]:
    world = _world()
    token = state.make(world).token(PartName.BODY)
    for exit in exits.names():
        for watcher in world.watchers:
            seen = shows(_deliver(exit, watcher, token))
            yield Cell(state.name, exit, watcher.name, state.expects(exit, watcher.name), seen)
