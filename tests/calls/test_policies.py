"""Every deed, tried by everybody: those who may are let in, and nobody else is."""

import pytest

from tests.calls.arranged import DEEDS, World, build, deeds_of_the_code, lets_in

pytestmark = pytest.mark.django_db

#: Found by every deed of their kind: nobody's right, asked beside it.
BESIDE = {"find_conflicts": "only looks again for what is true; awards.name_supporter calls it after asking"}


def mistakes(world: World, deed: str) -> list[str]:
    right = DEEDS[deed].right
    return [f"{deed}: {who}" for who in world.who if lets_in(world, DEEDS[deed], who) is not (who in right)]


def test_every_deed_is_arranged():
    assert deeds_of_the_code() == set(DEEDS) | set(BESIDE)


def test_every_deed_lets_in_those_who_may_and_nobody_else():
    world = build()
    wrong = [one for deed in DEEDS for one in mistakes(world, deed)]
    assert not wrong, "\n".join(wrong)
