"""The one rule, by its properties."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

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
    decide,
    is_audience,
)
from network.consent.enums import Action, Exposure, RecordKind, State
from network.consent.presets import presets

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
AUDIENCES = ["everyone", "member", HOLDERS, "community:1", "holder:2", "role:administrator", "", "nonsense"]
KEYS = [
    "everyone",
    "member",
    "community:1",
    "community:1:moderator",
    "holder:1",
    "holder:2",
    "role:administrator",
]

instants = st.none() | st.datetimes(timezones=st.just(UTC))
clauses = st.builds(
    Clause,
    audience=st.sampled_from(AUDIENCES),
    actions=st.frozensets(st.sampled_from([*Action.values, "nonsense"])),
    exits=st.frozensets(st.sampled_from(["page", "mail", "workspace"])),
    languages=st.frozensets(st.sampled_from(["en", "fr", ANY_LANGUAGE])),
    starts=instants,
    ends=instants,
    months=st.frozensets(st.integers(1, 12)),
)
words = st.builds(
    Word,
    kind=st.sampled_from([*RecordKind.values, "nonsense"]),
    clauses=st.lists(clauses, max_size=3).map(tuple),
)
terms = st.builds(
    Terms,
    holders=st.frozensets(st.integers(1, 3), max_size=3),
    words=st.dictionaries(st.integers(1, 3), words),
    exposure=st.sampled_from([*Exposure.values, "nonsense"]),
)
asked = st.builds(
    Asked,
    exit=st.sampled_from(["page", "mail", "workspace", "nonsense"]),
    action=st.sampled_from([*Action.values, "nonsense"]),
    language=st.sampled_from(["en", "fr", "ar"]),
    keys=st.frozensets(st.sampled_from(KEYS)),
)
moments = st.datetimes(timezones=st.just(UTC))
many = settings(max_examples=150, deadline=None)


@many
@given(terms, asked, moments)
def test_it_always_answers_and_denies_without_a_reason_to_allow(terms, asked, now):
    decision = decide(terms, asked, now)
    if decision.allowed:
        assert terms.holders
        for holder in terms.holders:
            own_use = asked.action == Action.KEEP and f"holder:{holder}" in asked.keys
            assert own_use or terms.words[holder].kind == RecordKind.GIVEN


@many
@given(terms, asked, moments)
def test_every_holder_alone_would_allow_it(terms, asked, now):
    """Intersection: what all allow together, each allows (an audience of all holders apart)."""
    if decide(terms, asked, now).allowed and asked.action != Action.KEEP:
        for holder in terms.holders:
            alone = decide(replace(terms, holders=frozenset({holder})), asked, now)
            by_kinship = any(
                clause.audience == HOLDERS for word in terms.words.values() for clause in word.clauses
            )
            assert alone.allowed or by_kinship


@many
@given(terms, asked, moments)
def test_a_silent_holder_more_stops_it(terms, asked, now):
    more = replace(terms, holders=terms.holders | {99})
    assert not decide(more, asked, now).allowed


@many
@given(terms, asked, moments)
def test_nobody_sees_less_by_holding_more_keys(terms, asked, now):
    if decide(replace(terms), replace(asked, keys=frozenset()), now).allowed:
        assert decide(terms, asked, now).allowed


@many
@given(terms, asked, moments)
def test_roles_change_nothing(terms, asked, now):
    with_role = replace(
        asked, keys=asked.keys | {"role:administrator", "role:steward", "community:1:moderator"}
    )
    assert decide(terms, asked, now).allowed == decide(terms, with_role, now).allowed


@many
@given(terms, asked, moments)
def test_a_lower_ceiling_never_widens(terms, asked, now):
    order = [Exposure.OPEN, Exposure.SHARED, Exposure.KNOWN, Exposure.REFERENCE]
    answers = [decide(replace(terms, exposure=exposure), asked, now).allowed for exposure in order]
    assert answers == sorted(answers, reverse=True)


@many
@given(terms, asked, moments)
def test_the_order_of_rows_changes_nothing(terms, asked, now):
    turned = {
        holder: replace(word, clauses=word.clauses[::-1]) for holder, word in reversed(terms.words.items())
    }
    assert decide(terms, asked, now) == decide(replace(terms, words=turned), asked, now)


@many
@given(terms, asked, moments, st.timedeltas(timedelta(0), timedelta(days=900)))
def test_what_has_expired_stays_expired(terms, asked, now, later):
    if terms.state(now) is State.EXPIRED:
        assert not decide(terms, replace(asked, action=Action.DISPLAY), now).allowed
        assert terms.state(now + later) is State.EXPIRED


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
    "audience", ["role:administrator", "user:3", "community:1:moderator", "community:0", "x"]
)
def test_what_cannot_be_an_audience(audience):
    assert not is_audience(audience)
    assert not allowed(replace(GIVEN, audience=audience), keys=frozenset({audience}))


def test_no_preset_allows_what_nobody_was_asked_for():
    for _name, preset in presets.items():
        assert not preset.actions & {Action.AI_TRAIN, Action.MACHINE_TRANSLATE, Action.EMBED, Action.INDEX}
        assert preset.exposures
        assert is_audience(preset.audience or "community:1")
