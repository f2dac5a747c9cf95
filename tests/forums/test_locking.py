"""Deeds that wait for a row find it where it stands when their turn has come."""

import threading
import time

import pytest
from django.db import connection, connections, transaction

from communities.forums.actions.counting import locked
from communities.forums.models import Thread
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, thread


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_thread_that_is_moved_meanwhile_is_found_in_its_new_forum():
    here = community()
    belongs(people.community_member(), here)
    one, other = forum(here, "One"), forum(here, "Other")
    started = thread(one, people.community_member())
    found: list[str] = []

    def wait_for_it() -> None:
        with transaction.atomic():
            found.append(locked(started).forum.title)
        connections.close_all()

    waiting = threading.Thread(target=wait_for_it)
    with transaction.atomic():
        Thread.objects.select_for_update().get(pk=started.pk)
        waiting.start()
        _until_somebody_waits()
        Thread.objects.filter(pk=started.pk).update(forum=other)
    waiting.join(30)
    assert found == ["Other"]


def _until_somebody_waits() -> None:
    waiting = "datname = current_database() AND wait_event_type = 'Lock'"
    asked = f"SELECT count(*) FROM pg_stat_activity WHERE {waiting}"  # noqa: S608
    for _turn in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(asked)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("Nobody waits.")
