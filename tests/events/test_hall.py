"""Who fits: places and quotas, for any crowd."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from home.events.hall import Hall, next_in_line

REGIONS = st.sampled_from([None, 1, 2, 3])


@st.composite
def halls(draw) -> tuple[int, dict[int, int]]:
    capacity = draw(st.integers(1, 30))
    quotas, left = {}, capacity
    for region in draw(st.sets(st.sampled_from([1, 2, 3]))):
        quotas[region] = draw(st.integers(0, left))
        left -= quotas[region]
    return capacity, quotas


@given(halls(), st.lists(REGIONS, max_size=60))
def test_no_place_is_given_twice_and_none_that_somebody_may_have_stays_empty(rules, crowd):
    capacity, quotas = rules
    hall = Hall(capacity, quotas)
    line = list(enumerate(crowd))
    called = next_in_line(hall, line)
    assert len(called) == hall.taken <= capacity
    assert all(not hall.fits(region) for number, region in line if number not in called)


@given(halls(), st.lists(REGIONS, max_size=60))
def test_a_region_gets_at_least_its_quota_if_so_many_come(rules, crowd):
    capacity, quotas = rules
    hall = Hall(capacity, quotas)
    next_in_line(hall, list(enumerate(crowd)))
    come = Counter(crowd)
    for region, kept in quotas.items():
        assert hall.held[region] >= min(kept, come[region])


@given(halls(), st.lists(REGIONS, max_size=60))
def test_nobody_of_the_same_region_is_passed(rules, crowd):
    hall = Hall(*rules)
    called = set(next_in_line(hall, list(enumerate(crowd))))
    for region in {*crowd}:
        same = [number in called for number, where in enumerate(crowd) if where == region]
        assert same == sorted(same, reverse=True)


@given(st.integers(1, 30), st.lists(REGIONS, max_size=60))
def test_without_quotas_the_first_come_first(capacity, crowd):
    assert next_in_line(Hall(capacity, {}), list(enumerate(crowd))) == list(range(min(capacity, len(crowd))))


@given(st.lists(REGIONS, max_size=60))
def test_without_a_number_of_places_there_is_one_for_everybody(crowd):
    assert next_in_line(Hall(None, {}), list(enumerate(crowd))) == list(range(len(crowd)))


@given(st.integers(1, 10), st.lists(REGIONS, min_size=11, max_size=30))
def test_where_more_hold_a_place_than_there_are_nobody_fits(capacity, held):
    hall = Hall(capacity, {}, held)
    assert hall.left_for(None) == 0
