"""The answers of the whole network, asked for once."""

import pytest

from tests.alarms import crawl


@pytest.fixture(scope="session")
def answers(django_db_setup, django_db_blocker) -> crawl.Answers:
    with django_db_blocker.unblock(), crawl.undone():
        return crawl.ask_everything()
