"""A gate that is broken on purpose, in each way that came to mind: the audit notices every one of them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from network.consent import audit, decision, egress, gate, labels, mail, middleware
from network.consent.decision import Clause, Decision, Terms, Word
from network.consent.enums import Exposure, State, Voice
from network.consent.exits import Exit, exits
from network.consent.formats import FORMATS
from network.consent.models import ItemKey
from network.consent.terms import Gathered

pytestmark = pytest.mark.django_db


def _decides(change):
    """A mutant of ``decide`` that first changes what it is asked."""

    def mutate(patch):
        real = decision.decide
        patch.setattr(decision, "decide", lambda terms, asked, now: real(*change(terms, asked), now))

    return mutate


def _most_open_source(patch):
    """One source is asked for all of them: the one that says yes, wherever it stands among them."""
    real = decision.decide

    def decide(terms, asked, now):
        most_open = sorted(terms.sources, key=lambda source: not real(source, asked, now).allowed)[:1]
        return real(replace(terms, sources=tuple(most_open)), asked, now)

    patch.setattr(decision, "decide", decide)


def _everywhere(change):
    """The same for the terms of the item and of all its sources."""

    def changed(terms):
        return change(replace(terms, sources=tuple(changed(source) for source in terms.sources)))

    return _decides(lambda terms, asked: (changed(terms), asked))


def _sets(owner, name, value):
    return lambda patch: patch.setattr(owner, name, value)


def _state_ignored(patch):
    patch.setattr(Word, "state", lambda self, now: State.GIVEN)
    patch.setattr(Clause, "state", lambda self, now: State.GIVEN)


def _superuser_passes(patch):
    real = decision.decide
    yes = Decision(True, "x")
    patch.setattr(
        decision,
        "decide",
        lambda terms, asked, now: yes if "role:administrator" in asked.keys else real(terms, asked, now),
    )


def _cached(patch):
    """Remembered across requests, whoever asked."""
    real, remembered = decision.decide, {}

    def decide(terms, asked, now):
        return remembered.setdefault((terms.holders, terms.exposure, asked.exit), real(terms, asked, now))

    patch.setattr(decision, "decide", decide)


def _outcomes_cached(patch):
    real, remembered = gate.release, {}

    def release(tokens, viewer, exit, now=None):
        wanted = set(tokens)
        found = real(wanted, viewer, exit, now)
        return {token: remembered.setdefault((token, exit), found[token]) for token in wanted}

    patch.setattr(gate, "release", release)


def _clock_frozen(patch):
    class Frozen:
        @staticmethod
        def now():
            return datetime(2020, 1, 1, tzinfo=UTC)

    patch.setattr(gate, "timezone", Frozen)


def _objectors_count(patch):
    """A quorum of those who spoke at all, whatever they said."""
    real = decision._objection

    def objection(holder, terms, asked, now):
        spoken = terms.words.get(holder)
        return "" if spoken and spoken.kind != "given" else real(holder, terms, asked, now)

    patch.setattr(decision, "_objection", objection)


def _quorum_of_one(patch):
    real = Terms.agreed_by
    patch.setattr(
        Terms, "agreed_by", lambda self, holders: real(replace(self, needed=min(self.needed, 1)), holders)
    )


def _objections_ignored(patch):
    real = decision._refusal

    def refusal(terms, asked, now):
        spoken = {h: w for h, w in terms.words.items() if w.kind == "given"}
        return real(replace(terms, words=spoken), asked, now)

    patch.setattr(decision, "_refusal", refusal)


def _any_signature(patch):
    real = Terms.agreed_by
    patch.setattr(
        Terms,
        "agreed_by",
        lambda self, holders: (
            self.decider[0] in holders if self.rule == "named" and self.decider else real(self, holders)
        ),
    )


def _everybody_is_known(patch):
    """What is hidden looks like what is withheld, with its holders' names."""
    patch.setattr(gate, "_unheard_of", lambda *args: False)


def _warning_ignored(patch):
    patch.setattr(Gathered, "warnings", ())


def _closed_opens_for_all(patch):
    patch.setattr(ItemKey, "opens", property(lambda self: self.is_there))


def _closed_opens_for_every_reader(patch):
    patch.setattr(gate, "_opens", lambda candidate, keys, *rest: (
        candidate.token.item in keys and keys[candidate.token.item].is_there
    ))  # fmt: skip


def _closed_for_its_own(patch):
    patch.setattr(gate, "_opens", lambda candidate, keys, *rest: (
        candidate.token.item in keys and keys[candidate.token.item].opens
    ))  # fmt: skip


def _sealed_shown(patch):
    """A gate that hands out every text that it could decrypt."""
    patch.setattr(gate, "_best", lambda token, candidates, *rest: (
        (candidates[0], gate.Outcome(token, "x")) if candidates else (None, gate.Outcome(token, "unknown"))
    ))  # fmt: skip


MUTANTS = {
    "always true": _sets(decision, "decide", lambda *args: Decision(True, "x")),
    "always false": _sets(decision, "decide", lambda *args: Decision(False, "x")),
    "state ignored": _state_ignored,
    "season ignored": _everywhere(lambda t: replace(t, words={
        h: replace(w, clauses=tuple(replace(c, months=frozenset()) for c in w.clauses))
        for h, w in t.words.items()
    })),
    "validity ignored": _everywhere(lambda t: replace(t, words={
        h: replace(w, starts=None, ends=None) for h, w in t.words.items()
    })),
    "owed ignored": _everywhere(lambda t: replace(t, words={
        h: replace(w, owed=None) for h, w in t.words.items()
    })),
    "superuser passes": _superuser_passes,
    "one holder dropped": _everywhere(lambda t: replace(t, holders=frozenset(sorted(t.holders)[:1]))),
    "scope ignored": _sets(decision, "_covers", lambda clause, *rest: True),
    "exit ignored": _everywhere(lambda t: replace(t, words={
        h: replace(w, clauses=tuple(replace(c, exits=c.exits | {"mail"}) for c in w.clauses))
        for h, w in t.words.items()
    })),
    "language ignored": _everywhere(lambda t: replace(t, words={
        h: replace(w, clauses=tuple(replace(c, languages=frozenset("*")) for c in w.clauses))
        for h, w in t.words.items()
    })),
    "action ignored": _decides(lambda terms, asked: (terms, replace(asked, action="quote"))),
    "audience ignored": _sets(decision, "_admits", lambda *args: True),
    "ceiling ignored": _sets(decision, "ceiling_allows", lambda *args: True),
    "exposure ignored": _everywhere(lambda t: replace(t, exposure=Exposure.OPEN)),
    "circles ignored": _decides(lambda terms, asked: (terms, replace(
        asked, keys=asked.keys | {f"{key}:women" for key in asked.keys if key.startswith("holder:")}
    ))),
    "label ignored": _everywhere(lambda t: replace(t, labels=frozenset())),
    "label not understood passes": _everywhere(
        lambda t: replace(t, labels=frozenset(label for label in t.labels if label in labels.MEANINGS))
    ),
    "source ignored": _decides(lambda terms, asked: (replace(terms, sources=()), asked)),
    "one source asked of many": _most_open_source,
    "quorum counts objectors": _objectors_count,
    "quorum of one": _quorum_of_one,
    "objections ignored": _objections_ignored,
    "any signature will do": _any_signature,
    "women's voice ignored": _everywhere(lambda t: replace(t, words={
        h: replace(w, voice=Voice.WOMEN) for h, w in t.words.items()
    })),
    "warning ignored": _warning_ignored,
    "own use ignored": _sets(decision, "_is_own_use", lambda *args: False),
    "own use for all": _sets(decision, "_is_own_use", lambda holder, asked: asked.action == "keep"),
    "notes for all": _sets(gate, "_decide", lambda candidate, asked, now: (
        decision.decide(candidate.lineage.terms, asked, now)
    )),
    "hidden shown as withheld": _everybody_is_known,
    "closed key opens for all": _closed_opens_for_all,
    "closed key opens for others": _closed_opens_for_every_reader,
    "closed key closed for its own": _closed_for_its_own,
    "nothing decided at all": _sealed_shown,
    "memory of the keys ignored": _sets(gate, "_is_up_to_date", lambda source, key: True),
    "remembered words ignored": _sets(gate, "_is_up_to_date", lambda source, key: all(
        gate._is_marked(source, *mark.split(":")[1:]) for mark in key.marks
    )),
    "remembered marks ignored": _sets(gate, "_is_marked", lambda *args: True),
    "keys of sources ignored": _sets(gate, "_keys_for", lambda candidates: (
        gate._keys({candidate.token.item for candidate in candidates})
    )),
    "programs pass everywhere": _sets(Exit, "opens_for", lambda self, keys: True),
    "decision cached across requests": _cached,
    "outcome cached across requests": _outcomes_cached,
    "clock frozen": _clock_frozen,
    "mail not bound": _sets(mail, "bound_message", lambda message: message),
    "nothing bound": _sets(egress, "bind", lambda viewer, text, **rest: egress.Bound(text)),
    **{
        f"{name} not bound": lambda patch, name=name: patch.setitem(FORMATS, name, lambda text, fill: text)
        for name in FORMATS
    },
    **{
        f"{exit} has no door": lambda patch, exit=exit: patch.setattr(
            middleware, "_DOORS", {kind: way for kind, way in middleware._DOORS.items() if way[0] != exit}
        )
        for exit in sorted({exit for exit, _format in middleware._DOORS.values()})
    },
}  # fmt: skip


def _notices(stage, ways):
    """The way out, by number, where the first cell does not hold; none if all do."""
    for number, (exit, watcher) in enumerate(ways):
        if not all(cell.holds for cell in audit.delivery(stage, exit, watcher)):
            return number
    return None


def test_every_mutant_is_caught(monkeypatch):
    """All of them on one stage. Where to look first is learnt on the way: who noticed one asks next."""
    survivors = []
    with audit.staged() as stage:
        ways = [(exit, watcher) for exit in exits.names() for watcher in stage.watchers]
        for name, mutate in MUTANTS.items():
            with monkeypatch.context() as patch:
                mutate(patch)
                noticed = _notices(stage, ways)
            if noticed is None:
                survivors.append(name)
            else:
                ways.insert(0, ways.pop(noticed))
    assert survivors == []
