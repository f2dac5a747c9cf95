"""One kind of notification, told to a few people."""

import pytest
from django.db import transaction

from network.notifications.actions import notify
from network.notifications.enums import Timing
from network.notifications.kinds import kinds
from network.notifications.models import Notification
from tests.notifications.factories import Desk, kind


@pytest.fixture
def desk(monkeypatch):
    monkeypatch.setattr(kinds, "_entries", {})
    desk = Desk(notes={1: "Mangroves", 2: "Corals", 3: "Peatlands"})
    kinds.register("desk.note", kind(desk))
    kinds.register("desk.quiet", kind(desk, mail=Timing.NEVER))
    return desk


@pytest.fixture
def tell(desk):
    def run(*people, note=1, kind="desk.note", group="", place="", actor=None):
        with transaction.atomic():
            last = Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            notify(
                kind=kind,
                recipients=[person.pk for person in people],
                actor=actor and actor.pk,
                group=group,
                place=place,
                ids={"note": note},
            )
            return list(Notification.objects.filter(pk__gt=last).order_by("pk"))

    return run
