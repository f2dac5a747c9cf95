"""One kind of notification, told to a few people."""

import pytest
from django.db import transaction

from network.notifications.actions import notify
from network.notifications.kinds import kinds
from tests.notifications.factories import Desk, kind


@pytest.fixture
def desk(monkeypatch):
    monkeypatch.setattr(kinds, "_entries", {})
    desk = Desk(notes={1: "Mangroves", 2: "Corals", 3: "Peatlands"})
    kinds.register("desk.note", kind(desk))
    kinds.register("desk.quiet", kind(desk, mail=False))
    return desk


@pytest.fixture
def tell(desk):
    def run(*people, note=1, kind="desk.note", group="", actor=None):
        with transaction.atomic():
            return notify(
                kind=kind,
                recipients=[person.pk for person in people],
                actor=actor and actor.pk,
                group=group,
                ids={"note": note},
            )

    return run
