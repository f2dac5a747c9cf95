"""In which states: how each is made, and what must be seen in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from network.consent import actions
from network.consent.actions.recording import write_record
from network.consent.actions.reopening import reopen
from network.consent.audit.canary import CANARY
from network.consent.audit.watchers import COMMUNITY, World
from network.consent.decision import Clause
from network.consent.enums import Action, Basis, Exposure, Method, PartName, RecordKind
from network.consent.exits import WORKSPACE
from network.consent.models import Closing, Holder, ItemKey, KnowledgeItem
from network.consent.presets import presets

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
    return presets.get(name).clause(f"community:{COMMUNITY}", **narrower)


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
    Closing.objects.filter(item_id=item.pk).update(settled_at=timezone.now())  # as its commit would have
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
    State("expired", _given("public", ends=_in(-1))),
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
