"""Every deed, tried by everybody: those who may are let in, and nobody else is."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from network.calls.models import Event
from network.foundations.exceptions import Refused
from tests.calls.arranged import DEEDS, World, build, deeds_of_the_code

pytestmark = pytest.mark.django_db

#: Found by every deed of their kind: nobody's right, asked beside it.
BESIDE = {"find_conflicts": "only looks again for what is true; awards.name_supporter calls it after asking"}


class _Undone(Exception):
    pass


def answer(world: World, deed: str, who: str) -> bool:
    """Whether the deed lets her; whatever it did is undone."""
    before = Event.objects.count()
    try:
        with transaction.atomic():
            DEEDS[deed].do(world, world.who[who])
            raise _Undone
    except _Undone:
        return True
    except Refused:
        return True  # allowed to ask, and told why it cannot be
    except PermissionDenied:
        assert Event.objects.count() == before
        return False


def mistakes(world: World, deed: str) -> list[str]:
    right = DEEDS[deed].right
    return [f"{deed}: {who}" for who in world.who if answer(world, deed, who) is not (who in right)]


def test_every_deed_is_arranged():
    assert deeds_of_the_code() == set(DEEDS) | set(BESIDE)


def test_every_deed_lets_in_those_who_may_and_nobody_else():
    world = build()
    wrong = [one for deed in DEEDS for one in mistakes(world, deed)]
    assert not wrong, "\n".join(wrong)
