"""In which states: how each is made, and what must be seen in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from network.consent import actions, gate
from network.consent.actions.recording import write_record
from network.consent.actions.reopening import reopen
from network.consent.actions.sealing import seal_note
from network.consent.audit import watchers
from network.consent.audit.watchers import World
from network.consent.decision import Clause
from network.consent.enums import (
    Action,
    Basis,
    Circle,
    DutyKind,
    Exposure,
    LabelFamily,
    Method,
    PartName,
    RecordKind,
    ReleaseRule,
    Warning,
)
from network.consent.exits import RETURN, WORKSPACE
from network.consent.models import (
    Authority,
    Closing,
    ConsentRecord,
    Delivery,
    Duty,
    Holder,
    Holding,
    ItemKey,
    KnowledgeItem,
    Label,
)
from network.consent.presets import presets
from network.consent.tokens import Token
from network.foundations.exceptions import Refused

Names = frozenset[str]
Make = Callable[[World, str], KnowledgeItem | Token]

NOBODY: Names = frozenset()
#: Stand for everybody, and for everybody who is signed in.
ALL: Names = frozenset({"*"})
MEMBERS: Names = frozenset({"*", "-" + watchers.ANONYMOUS})
OURS: Names = frozenset({watchers.HOLDER, watchers.WOMAN, watchers.INITIATED, watchers.OF_BOTH})
BOTH: Names = frozenset({watchers.OF_BOTH})
OURS_OR_THEIRS: Names = OURS | {watchers.OTHER_HOLDER}
WOMEN: Names = frozenset({watchers.WOMAN, watchers.INITIATED})
INITIATED: Names = frozenset({watchers.INITIATED})

ON_PAGES = frozenset({"page", "preview", "socket", "media"})
TO_MEMBERS = ON_PAGES | {"mail"}
PUBLIC = TO_MEMBERS | {"feed", "calendar", "api", "table", "text", "document"}
OWN = frozenset({WORKSPACE, RETURN})
#: Where somebody can be asked before it is shown; the preview of the audit holds tokens inside a sentence.
ASKING = ON_PAGES - {"preview"}


@dataclass(frozen=True)
class State:
    """How a state is made, and what must be seen in it: who reads, through which exits.

    ``own``: who reads in the workspace and takes it back whatever was said to others; ``invited``: who reads
    there because others who hold it too say so.
    """

    name: str
    make: Make
    readers: Names = NOBODY
    through: frozenset[str] = frozenset()
    own: Names = OURS
    invited: Names = NOBODY

    def expects(self, exit: str, watcher: str) -> bool:
        if watcher in watchers.PROGRAMS:
            return exit == watchers.FOR_PROGRAMS and self.expects(exit, watchers.PROGRAMS[watcher])
        return (
            (exit in OWN and _among(self.own, watcher))
            or (exit == WORKSPACE and _among(self.invited, watcher))
            or (exit in self.through and _among(self.readers, watcher))
        )


def _among(names: Names, watcher: str) -> bool:
    return watcher in names or ("*" in names and f"-{watcher}" not in names)


def _sealed(world: World, word: str, *others: Holder, **fields: Any) -> KnowledgeItem:
    return actions.create_item(
        **{
            "title": "Audited",
            "holders": [world.holder, *others],
            "exposure": Exposure.OPEN,
            "parts": {PartName.BODY: f"Here sings {word} at dawn"},
            "by": world.steward,
        }
        | fields
    )


def _say(
    world: World,
    item: KnowledgeItem,
    *clauses: Clause,
    kind: RecordKind = RecordKind.GIVEN,
    holder: Holder | None = None,
    authority: Authority | None = None,
    **particulars: Any,
) -> KnowledgeItem:
    actions.record_consent(
        item=item,
        authorities=[authority or world.authorities[(holder or world.holder).pk]],
        kind=kind,
        basis=Basis.FPIC,
        clauses=clauses,
        particulars=actions.Particulars(**particulars),
        by=world.steward,
    )
    reopen(item.pk)
    return item


def _preset(name: str, **narrower: Any) -> Clause:
    return presets.get(name).clause(f"community:{watchers.COMMUNITY}", **narrower)


def _given(name: str, **narrower: Any) -> Make:
    return lambda world, word: _say(world, _sealed(world, word), _preset(name, **_resolved(narrower)))


def _public(world: World, word: str) -> KnowledgeItem:
    return _say(world, _sealed(world, word), _preset("public"))


def _on_terms(**particulars: Any) -> Make:
    return lambda world, word: _say(world, _sealed(world, word), _preset("public"), **_resolved(particulars))


def _resolved(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value() if callable(value) else value for name, value in values.items()}


def _in(days: int) -> Callable[[], Any]:
    return lambda: timezone.now() + timedelta(days=days)


def _another_month() -> frozenset[int]:
    return frozenset({(timezone.now().month + 5) % 12 + 1})


def _said(kind: RecordKind) -> Make:
    return lambda world, word: _say(world, _public(world, word), kind=kind)


def _to(audience: str | Callable[[World], str]) -> Make:
    """On pages, to one audience alone."""

    def make(world: World, word: str) -> KnowledgeItem:
        key = audience if isinstance(audience, str) else audience(world)
        clause = presets.get("community").clause(key)
        return _say(world, _sealed(world, word), clause)

    return make


def _withdrawn(world: World, word: str) -> KnowledgeItem:
    item = _public(world, word)
    actions.withdraw(item=item, holder=world.holder, by=world.steward)
    Closing.objects.filter(item_id=item.pk).update(settled_at=timezone.now())  # as its commit would have
    return item


def _interrupted(world: World, word: str) -> KnowledgeItem:
    """A withdrawal that was killed after its first step."""
    item = _public(world, word)
    ItemKey.objects.filter(pk=item.pk).update(closed_at=timezone.now())
    Closing.objects.create(
        item_id=item.pk, holder_id=world.holder.pk, actor=world.steward.user.actor_id, method=Method.HERE
    )
    reopen(item.pk)
    return item


def _key_missing(world: World, word: str) -> KnowledgeItem:
    item = _public(world, word)
    ItemKey.objects.filter(pk=item.pk).delete()
    return item


def _key_destroyed(world: World, word: str) -> KnowledgeItem:
    item = _withdrawn(world, word)
    ItemKey.objects.get(pk=item.pk).destroy()
    return _bare_record(world, item)


def _bare_record(world: World, item: KnowledgeItem, **fields: Any) -> KnowledgeItem:
    """A record that no form would let through, as bad data would bring it."""
    write_record(
        **{
            "item": item,
            "holder": world.holder,
            "kind": RecordKind.GIVEN,
            "method": Method.PAPER,
            "recorded_by": world.steward.user.actor_id,
            "clauses": [_preset("public")],
        }
        | fields
    )
    return item


def _older_than_the_keys(remembered: Callable[[World], dict[str, Any]]) -> Make:
    """Given to the public, but the keys remember more than that: it is a main database of an earlier day."""

    def make(world: World, word: str) -> KnowledgeItem:
        item = _public(world, word)
        gate.make_key(item.pk)
        ItemKey.objects.filter(pk=item.pk).update(**remembered(world))
        return item

    return make


def _beyond_its_ceiling(exposure: Exposure, **fields: Any) -> Make:
    def make(world: World, word: str) -> KnowledgeItem:
        item = _sealed(world, word, exposure=Exposure.KNOWN)
        KnowledgeItem.objects.filter(pk=item.pk).update(exposure=exposure)
        return _bare_record(world, item, **fields)

    return make


def _beyond_the_protocol(world: World, word: str) -> KnowledgeItem:
    """One holder has a protocol since the other agreed, and cannot go beyond it."""
    item = _say(world, _sealed(world, word, world.strict), _preset("public"))
    actions.record_protocol(
        holder=world.strict, title="Audited", language="en", by=world.steward, ceiling=Exposure.KNOWN
    )
    try:
        return _say(world, item, _preset("public"), holder=world.strict)
    except Refused:
        return item


def _both(second: Clause | None, **fields: Any) -> Make:
    def make(world: World, word: str) -> KnowledgeItem:
        item = _say(world, _sealed(world, word, world.second, **fields), _preset("public"))
        return _say(world, item, second, holder=world.second) if second else item

    return make


def _quorum(agreeing: int, objecting: RecordKind | None = None) -> Make:
    """Two of three holders have to agree."""

    def make(world: World, word: str) -> KnowledgeItem:
        holders = [world.holder, world.second, world.third]
        item = _sealed(world, word, *holders[1:], rule=ReleaseRule.QUORUM, needed=2)
        for holder in holders[:agreeing]:
            _say(world, item, _preset("public"), holder=holder)
        return _say(world, item, holder=world.third, kind=objecting) if objecting else item

    return make


def _named(signs: Callable[[World], Authority]) -> Make:
    def make(world: World, word: str) -> KnowledgeItem:
        decider = world.authorities[world.holder.pk]
        item = _sealed(world, word, world.second, rule=ReleaseRule.NAMED, decider=decider)
        return _say(world, item, _preset("public"), authority=signs(world))

    return make


def _of_women(voice: Callable[[World], Authority]) -> Make:
    def make(world: World, word: str) -> KnowledgeItem:
        item = _sealed(world, word, of_women=True)
        return _bare_record(world, item, authorities=[voice(world)])

    return make


def _labeled(code: str, family: str = LabelFamily.TK, **fields: Any) -> Make:
    def make(world: World, word: str) -> KnowledgeItem:
        item = _public(world, word)
        Label.objects.create(
            item=item, holder=world.holder, family=family, code=code,
            applied_by=world.steward.user.actor_id, **_resolved(fields),
        )  # fmt: skip
        return item

    return make


def _warned(world: World, word: str) -> KnowledgeItem:
    item = _public(world, word)
    Holding.objects.filter(item=item).update(warnings=[Warning.DECEASED.value])
    return item


def _derived(*sources: Make) -> Make:
    """Made from all of these, and given to the public by its own holders."""

    def make(world: World, word: str) -> KnowledgeItem:
        made_from = [source(world, "nothing") for source in sources]
        return _say(world, _sealed(world, word, derived_from=made_from), _preset("public"))

    return make


def _of_the_second(name: str) -> Make:
    def make(world: World, word: str) -> KnowledgeItem:
        item = _sealed(world, word, holders=[world.second])
        return _say(world, item, _preset(name), holder=world.second)

    return make


def _owing(delivered: bool) -> Make:
    def make(world: World, word: str) -> KnowledgeItem:
        due = actions.DutyTerm(DutyKind.BENEFIT, timezone.now().date() - timedelta(days=2), suspends=True)
        item = _say(world, _sealed(world, word), _preset("public"), duties=(due,))
        if delivered:
            duty = Duty.objects.get(record__in=ConsentRecord.objects.filter(item=item))
            Delivery.objects.create(duty=duty, confirmed_by=world.steward.user.actor_id)
        return item

    return make


def _note(*readers: Callable[[World], str]) -> Make:
    """Something said about an item that is public itself."""

    def make(world: World, word: str) -> Token:
        item = _public(world, "nothing")
        seal_note(
            item=item, name="note1", language="en", text=word, holder=world.holder,
            readers=[f"holder:{world.holder.pk}", *(reader(world) for reader in readers)],
        )  # fmt: skip
        return item.token("note1")

    return make


def _hidden(make: Make) -> Make:
    def hide(world: World, word: str) -> KnowledgeItem | Token:
        made = make(world, word)
        item = made.item if isinstance(made, Token) else made.pk
        KnowledgeItem.objects.filter(pk=item).update(exposure=Exposure.HIDDEN)
        return made

    return hide


def _decider(world: World) -> Authority:
    return world.authorities[world.holder.pk]


def _named_recipient(world: World) -> str:
    return world.key_of(watchers.NAMED)


def _states() -> Iterable[State]:
    yield State("none", _sealed)
    yield State("given: holders", _given("holders"), OURS, ON_PAGES)
    yield State("given: community", _given("community"), frozenset({watchers.IN_THE_COMMUNITY}), ON_PAGES)
    yield State("given: members", _given("members"), MEMBERS, TO_MEMBERS)
    yield State("given: public", _public, ALL, PUBLIC)
    yield State("given: onward", _given("public", onward=True), ALL, PUBLIC)
    yield State("given: feeds only", _given("public", exits=frozenset({"feed"})), ALL, frozenset({"feed"}))
    yield State("given: another language", _given("public", languages=frozenset({"fr"})))
    yield State("given: quoting only", _given("public", actions=frozenset({Action.QUOTE.value})))
    yield from _to_some()
    yield from _in_time()
    yield from _ended()
    yield from _of_several()
    yield from _by_one_voice()
    yield from _held_back()
    yield from _made_from_others()
    yield from _kept_low()
    yield from _brought_back()
    yield State("a note", _note(), OURS, ON_PAGES)
    yield State("a note to a party", _note(_named_recipient), OURS | {watchers.NAMED}, ON_PAGES | OWN)
    yield State("a note on what is hidden", _hidden(_note(lambda world: "everyone")), OURS, ON_PAGES)


def _to_some() -> Iterable[State]:
    organization = f"organization:{watchers.ORGANIZATION}"
    yield State("given: a person", _to(_named_recipient), frozenset({watchers.NAMED}), ON_PAGES)
    yield State(
        "given: an organization", _to(organization), frozenset({watchers.IN_THE_ORGANIZATION}), ON_PAGES
    )
    circle = _to(lambda world: f"holder:{world.holder.pk}:{Circle.WOMEN.value}")
    yield State("given: a circle", circle, WOMEN, ON_PAGES)


def _in_time() -> Iterable[State]:
    yield State("scheduled", _given("public", starts=_in(1)))
    yield State("out of season", _given("public", months=_another_month))
    yield State("expired", _given("public", ends=_in(-1)))
    yield State("record: scheduled", _on_terms(valid_from=_in(1)))
    yield State("record: expired", _on_terms(valid_until=_in(-1)))
    yield State("record: in force", _on_terms(valid_from=_in(-1), valid_until=_in(1)), ALL, PUBLIC)
    yield State("overdue", _owing(delivered=False))
    yield State("delivered", _owing(delivered=True), ALL, PUBLIC)


def _ended() -> Iterable[State]:
    yield State("refused", _said(RecordKind.REFUSED))
    yield State("paused", _said(RecordKind.SUSPENDED))
    yield State("withdrawn", _withdrawn)
    yield State("withdrawal interrupted", _interrupted)
    renewed = lambda world, word: _say(world, _withdrawn(world, word), _preset("public"))  # noqa: E731
    yield State("renewed", renewed, ALL, PUBLIC)
    narrowed = lambda world, word: _say(world, _public(world, word), _preset("holders"))  # noqa: E731
    yield State("narrowed", narrowed, OURS, ON_PAGES)
    yield State("key missing", _key_missing, own=NOBODY)
    yield State("key destroyed", _key_destroyed, own=NOBODY)


def _of_several() -> Iterable[State]:
    for_holders = _both(_preset("holders"))
    yield State("two holders, one silent", _both(None), own=BOTH)
    yield State("two holders, both public", _both(_preset("public")), ALL, PUBLIC, BOTH)
    yield State("two holders, one narrower", _both(_preset("members")), MEMBERS, TO_MEMBERS, BOTH)
    yield State("two holders, one for holders", for_holders, OURS_OR_THEIRS, ON_PAGES, BOTH, OURS)
    yield State("quorum reached", _quorum(2), ALL, PUBLIC, BOTH)
    yield State("quorum not reached", _quorum(1), own=BOTH)
    yield State("quorum reached, one objects", _quorum(2, RecordKind.REFUSED), own=NOBODY)
    yield State("quorum reached, one pauses", _quorum(2, RecordKind.SUSPENDED), own=NOBODY)
    yield State("quorum by an objection", _quorum(1, RecordKind.REFUSED), own=NOBODY)


def _by_one_voice() -> Iterable[State]:
    yield State("named authority signs", _named(_decider), ALL, PUBLIC)
    yield State("another authority signs", _named(lambda world: world.deputy), own=BOTH)
    yield State("women's, said by others", _of_women(_decider))
    yield State("women's, said by women", _of_women(lambda world: world.women), ALL, PUBLIC)


def _held_back() -> Iterable[State]:
    yield State("label: community use", _labeled("tkco"), OURS, PUBLIC)
    yield State("label: women restricted", _labeled("tkwr"), INITIATED, ASKING, INITIATED)
    yield State("label: secret", _labeled("tkss"))
    yield State("label: not understood", _labeled("tkxx"), own=NOBODY)
    yield State("label: attribution", _labeled("tka"), ALL, PUBLIC)
    yield State("label: sensitive", _labeled("tkcs"), ALL, PUBLIC - {"feed", "calendar"})
    yield State("label: women general", _labeled("tkwg"), WOMEN, ASKING, WOMEN)
    yield State("label: seasonal", _labeled("tks"), ALL, ASKING)
    yield State("warning", _warned, ALL, ASKING)
    yield State("from what has a warning", _derived(_warned), ALL, ASKING)
    yield State("label: taken away", _labeled("tkss", until=timezone.now), ALL, PUBLIC)


def _made_from_others() -> Iterable[State]:
    nothing_said = lambda world, word: _sealed(world, word, parts={})  # noqa: E731
    yield State("from the public", _derived(_public), ALL, PUBLIC)
    yield State("from what is withdrawn", _derived(_withdrawn))
    yield State("from what is silent", _derived(_public, nothing_said))
    yield State("from two", _derived(_public, _of_the_second("members")), MEMBERS, TO_MEMBERS, BOTH)
    yield State("from far away", _derived(_derived(_withdrawn)))
    yield State("from what is labeled", _derived(_labeled("tkwr")), INITIATED, ASKING, INITIATED)


def _kept_low() -> Iterable[State]:
    holders_only = {"clauses": [presets.get("holders").clause()]}
    yield State("known: public record", _beyond_its_ceiling(Exposure.KNOWN))
    yield State("known: holders", _beyond_its_ceiling(Exposure.KNOWN, **holders_only), OURS, ON_PAGES)
    yield State("reference: public record", _beyond_its_ceiling(Exposure.REFERENCE))
    yield State("hidden: public record", _beyond_its_ceiling(Exposure.HIDDEN))
    yield State("hidden: holders", _beyond_its_ceiling(Exposure.HIDDEN, **holders_only), OURS, ON_PAGES)
    yield State("beyond the protocol", _beyond_the_protocol, own=NOBODY)


def _brought_back() -> Iterable[State]:
    word = _older_than_the_keys(lambda world: {"words": {str(world.holder.pk): 99}})
    label = _older_than_the_keys(lambda world: {"marks": [f"{world.holder.pk}:tk:tkss"]})
    warning = _older_than_the_keys(lambda world: {"marks": [f"{world.holder.pk}:warning:deceased"]})
    yield State("older main: a word is missing", word)
    yield State("older main: a label is missing", label)
    yield State("older main: a warning is missing", warning)
    yield State("older main: from what has more to say", _derived(word))
    yield State("older main: from what was stopped", _derived(_interrupted))


STATES: list[State] = list(_states())
