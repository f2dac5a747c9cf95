"""The one rule, by its properties."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.consent.decision import (
    ANY_LANGUAGE,
    HOLDERS,
    Asked,
    Clause,
    Terms,
    Word,
    conditions,
    decide,
    is_audience,
    narrows,
)
from network.consent.enums import Action, Exposure, RecordKind, ReleaseRule, State, Voice
from network.consent.labels import MEANINGS
from network.consent.presets import presets

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
AUDIENCES = [
    "everyone", "member", HOLDERS, "community:1", "user:7", "holder:2", "holder:1:women",
    "role:administrator", "", "nonsense",
]  # fmt: skip
KEYS = [
    "everyone", "member", "community:1", "community:1:moderator", "user:7", "holder:1", "holder:2",
    "holder:3", "holder:1:women", "holder:1:initiated", "role:administrator",
]  # fmt: skip
ACTIONS = [action for action in Action.values if action not in (Action.DISCOVER, Action.KEEP)]

instants = st.none() | st.datetimes(timezones=st.just(UTC))
#: Mostly what lets something out, or nearly nothing ever would.
clauses = st.builds(
    Clause,
    audience=st.sampled_from(AUDIENCES),
    actions=st.frozensets(st.sampled_from([*Action.values, "nonsense"])) | st.just(frozenset(Action.values)),
    exits=st.frozensets(st.sampled_from(["page", "mail", "workspace"]))
    | st.just(frozenset({"page", "mail"})),
    languages=st.frozensets(st.sampled_from(["en", "fr", ANY_LANGUAGE])) | st.just(frozenset({ANY_LANGUAGE})),
    starts=st.none() | instants,
    ends=st.none() | instants,
    months=st.just(frozenset()) | st.frozensets(st.integers(1, 12)),
    onward=st.booleans(),
)
words = st.builds(
    Word,
    kind=st.just(RecordKind.GIVEN.value) | st.sampled_from([*RecordKind.values, "nonsense"]),
    clauses=st.lists(clauses, max_size=3).map(tuple),
    starts=st.none() | instants,
    ends=st.none() | instants,
    voice=st.sampled_from([*Voice.values, "nonsense"]),
    signers=st.frozensets(st.integers(1, 3), max_size=2),
    owed=st.none() | st.dates(),
)
labels_on = st.frozensets(st.sampled_from([*list(MEANINGS)[:20], ("tk", "nonsense")]), max_size=2)


_NO_SOURCES = st.just(())


def items(sources=_NO_SOURCES):
    return st.builds(
        Terms,
        holders=st.frozensets(st.integers(1, 3), max_size=3),
        words=st.dictionaries(st.integers(1, 3), words),
        exposure=st.just(Exposure.OPEN.value) | st.sampled_from([*Exposure.values, "nonsense"]),
        rule=st.sampled_from([*ReleaseRule.values, "nonsense"]),
        needed=st.integers(0, 3),
        decider=st.none() | st.tuples(st.integers(1, 3), st.integers(1, 3)),
        of_women=st.booleans(),
        women_decide=st.frozensets(st.integers(1, 3), max_size=2),
        labels=st.just(frozenset()) | labels_on,
        sources=sources,
    )


terms = items(st.just(()) | st.lists(items(), max_size=2).map(tuple))
asked = st.builds(
    Asked,
    exit=st.sampled_from(["page", "mail", "workspace", "nonsense"]),
    action=st.sampled_from([*Action.values, "nonsense"]),
    language=st.sampled_from(["en", "fr", "ar"]),
    keys=st.frozensets(st.sampled_from(KEYS)).map(lambda keys: keys | {"everyone"}),
)
moments = st.datetimes(timezones=st.just(UTC)) | st.just(NOW)
many = settings(max_examples=60, deadline=None)


def _uses(asked):
    """The question without discovery, which only the exposure answers."""
    return replace(asked, action=Action.DISPLAY) if asked.action == Action.DISCOVER else asked


def _is_own(holder, asked):
    return asked.action == Action.KEEP and f"holder:{holder}" in asked.keys


@many
@given(terms, asked, moments)
def test_it_always_answers_and_denies_without_a_reason_to_allow(terms, asked, now):
    asked = _uses(asked)
    decision = decide(terms, asked, now)
    assert decision.code
    if not decision.allowed:
        return
    for each in terms.lineage:
        agreed = {
            holder
            for holder in each.holders
            if _is_own(holder, asked)
            or (holder in each.words and each.words[holder].kind == RecordKind.GIVEN)
        }
        assert agreed
        assert each.rule in ReleaseRule.values or all(_is_own(holder, asked) for holder in each.holders)
        assert each.holders & set(each.words) <= agreed  # nobody who spoke objects
        if each.rule == ReleaseRule.ALL:
            assert agreed == each.holders
        if each.rule == ReleaseRule.QUORUM:
            assert len(agreed) >= each.needed or agreed == each.holders


@many
@given(terms, asked, moments)
def test_a_silent_holder_more_never_widens(terms, asked, now):
    more = replace(terms, holders=terms.holders | {99})
    asked = _uses(asked)
    if decide(more, asked, now).allowed:
        assert more.rule != ReleaseRule.ALL
        by_kinship = _speaks_of_holders(terms)  # an audience of all holders grows with them
        assert decide(terms, asked, now).allowed or by_kinship


def _speaks_of_holders(terms):
    return any(
        clause.audience == HOLDERS
        for each in terms.lineage
        for word in each.words.values()
        for clause in word.clauses
    )


@many
@given(terms, asked, moments, st.sampled_from(["refused", "suspended", "withdrawn", "nonsense"]))
def test_an_objection_stops_everything_but_own_use(terms, asked, now, kind):
    asked = _uses(asked)
    for holder in terms.holders:
        objecting = replace(terms, words={**terms.words, holder: Word(kind)})
        assert _is_own(holder, asked) or not decide(objecting, asked, now).allowed


@many
@given(terms, items(), asked, moments)
def test_a_source_more_never_widens(terms, source, asked, now):
    """For discovery as well: what was made from something hidden is as hidden."""
    if decide(replace(terms, sources=(*terms.sources, source)), asked, now).allowed:
        assert decide(terms, asked, now).allowed
        assert decide(source, asked, now).allowed


@many
@given(terms, labels_on, asked, moments)
def test_a_label_more_never_widens(terms, more, asked, now):
    if decide(replace(terms, labels=terms.labels | more), asked, now).allowed:
        assert decide(terms, asked, now).allowed


@many
@given(terms, asked, moments)
def test_a_stricter_rule_never_widens(terms, asked, now):
    """More who must agree, women's knowledge, a women's voice, something owed."""
    for stricter in (
        replace(terms, needed=terms.needed + 1) if terms.needed else terms,
        replace(terms, rule=ReleaseRule.ALL) if terms.rule == ReleaseRule.QUORUM else terms,
        replace(terms, of_women=True),
        replace(terms, women_decide=terms.women_decide | terms.holders),
        replace(terms, words={h: replace(w, owed=date.min) for h, w in terms.words.items()}),
        replace(terms, words={h: replace(w, signers=frozenset()) for h, w in terms.words.items()}),
        replace(terms, words={h: replace(w, ends=now) for h, w in terms.words.items()}),
    ):
        if decide(stricter, asked, now).allowed:
            assert decide(terms, asked, now).allowed


@many
@given(terms, st.lists(clauses, max_size=2), st.integers(0, 2), st.data(), asked, moments)
def test_what_narrows_never_allows_more(terms, chosen, which, data, asked, now):
    """Reading by the holders themselves in their workspace apart."""
    holder = data.draw(st.sampled_from([1, 2, 3]))
    old = terms.words.get(holder)
    if old is None or asked.action == Action.KEEP or asked.exit == "workspace":
        return
    if not narrows(chosen, old.clauses):
        return
    narrower = replace(terms, words={**terms.words, holder: replace(old, clauses=tuple(chosen))})
    if decide(narrower, asked, now).allowed:
        by_kinship = not asked.keys.isdisjoint({f"holder:{each}" for each in terms.holders})
        as_member = replace(asked, keys=asked.keys | {"member"}) if by_kinship else asked
        assert decide(terms, as_member, now).allowed


@many
@given(clauses, clauses, asked, moments)
def test_a_clause_within_another_covers_no_more(inner, outer, asked, now):
    if inner.within(outer) and asked.action in ACTIONS and asked.exit != "workspace":
        asked = replace(asked, keys=asked.keys | {"member"})

        def allows(clause):
            word = Word(RecordKind.GIVEN, (clause,))
            return decide(Terms(frozenset({1}), {1: word}, Exposure.OPEN), asked, now).allowed

        assert allows(outer) or not allows(inner)


@many
@given(terms, asked, moments)
def test_nobody_sees_less_by_holding_more_keys(terms, asked, now):
    if decide(terms, replace(asked, keys=frozenset()), now).allowed:
        assert decide(terms, asked, now).allowed


@many
@given(terms, asked, moments)
def test_roles_change_nothing(terms, asked, now):
    with_role = replace(
        asked, keys=asked.keys | {"role:administrator", "role:steward", "staff", "community:1:moderator"}
    )
    assert decide(terms, asked, now) == decide(terms, with_role, now)


@many
@given(terms, asked, moments)
def test_a_lower_ceiling_never_widens(terms, asked, now):
    order = [Exposure.OPEN, Exposure.SHARED, Exposure.KNOWN, Exposure.REFERENCE]
    answers = [decide(replace(terms, exposure=exposure), asked, now).allowed for exposure in order]
    assert answers == sorted(answers, reverse=True)


@many
@given(terms, asked, moments)
def test_a_hidden_item_is_unknown_to_all_but_its_holders(terms, asked, now):
    hidden = replace(terms, exposure=Exposure.HIDDEN)
    own = any(f"holder:{holder}" in asked.keys for holder in terms.holders)
    assert own or not decide(hidden, replace(asked, action=Action.DISCOVER), now).allowed
    assert own or not decide(hidden, asked, now).allowed


@many
@given(terms, asked, moments)
def test_the_order_of_rows_changes_nothing(terms, asked, now):
    def turned(each):
        return replace(
            each,
            words={h: replace(w, clauses=w.clauses[::-1]) for h, w in reversed(each.words.items())},
            sources=tuple(turned(source) for source in each.sources),
        )

    assert decide(terms, asked, now) == decide(turned(terms), asked, now)
    other_way = replace(terms, sources=terms.sources[::-1])
    assert decide(terms, asked, now).allowed == decide(other_way, asked, now).allowed
    assert terms.state(now) == turned(terms).state(now) == other_way.state(now)


@many
@given(terms, asked, moments, st.timedeltas(timedelta(0), timedelta(days=900)))
def test_what_has_expired_stays_expired(terms, asked, now, later):
    """Each word and each clause; an item may go on without one of many."""
    for each in terms.lineage:
        for word in each.words.values():
            if word.ends and now >= word.ends:
                assert word.state(now + later) is not State.GIVEN
            for clause in word.clauses:
                assert clause.state(now) is not State.EXPIRED or clause.state(now + later) is State.EXPIRED
    if terms.state(now) is State.EXPIRED:
        assert not decide(terms, replace(asked, action=Action.DISPLAY), now).allowed


@many
@given(terms, asked, moments)
def test_what_is_allowed_is_in_the_state_given(terms, asked, now):
    if asked.action not in (Action.DISCOVER, Action.KEEP) and decide(terms, asked, now).allowed:
        assert terms.state(now) is State.GIVEN


@many
@given(terms, asked, moments)
def test_conditions_say_what_decide_says(terms, asked, now):
    found = conditions(terms, asked, now)
    for action in Action:
        assert (action in found.uses) == decide(terms, replace(asked, action=action), now).allowed
    if asked.action in ACTIONS and decide(terms, asked, now).allowed and found.until:
        assert found.until > now
        assert not decide(terms, asked, found.until).allowed
    if found.onward:
        assert all(
            any(clause.onward for clause in word.clauses)
            for each in terms.lineage
            for word in each.words.values()
        )


GIVEN = Clause("everyone", frozenset({"display"}), frozenset({"page"}), frozenset({ANY_LANGUAGE}))
ASKED = Asked("page", "display", "en", frozenset({"everyone"}))


def allowed(clause, now=NOW, **asked):
    terms = Terms(frozenset({1}), {1: Word(RecordKind.GIVEN, (clause,))}, Exposure.OPEN)
    return decide(terms, replace(ASKED, **asked), now).allowed


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_at_the_second_of_start_and_end(second):
    now = NOW + timedelta(seconds=second)
    assert allowed(replace(GIVEN, starts=NOW), now) == (second >= 0)
    assert allowed(replace(GIVEN, ends=NOW), now) == (second < 0)


def test_at_the_edge_of_a_season():
    last_of_october = datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC)
    assert allowed(replace(GIVEN, months=frozenset({10})), last_of_october)
    assert not allowed(replace(GIVEN, months=frozenset({10})), last_of_october + timedelta(seconds=1))


@pytest.mark.parametrize(
    "audience",
    ["role:administrator", "user:0", "community:1:moderator", "community:0", "holder:1:elders", "x"],
)
def test_what_cannot_be_an_audience(audience):
    assert not is_audience(audience)
    assert not allowed(replace(GIVEN, audience=audience), keys=frozenset({audience}))


def test_no_preset_allows_what_nobody_was_asked_for():
    for _name, preset in presets.items():
        assert not preset.actions & {Action.AI_TRAIN, Action.MACHINE_TRANSLATE, Action.EMBED, Action.INDEX}
        assert preset.exposures
        assert is_audience(preset.audience or "community:1")
