"""The demo, written once for all tests of this folder; each test changes it in a transaction of its own."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command

from network.outbox.actions import work_off
from tests.engine import templates


@pytest.fixture(scope="package", autouse=True)
def demo(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    from django.test import override_settings

    with django_db_blocker.unblock(), override_settings(DEMO_SIGN_INS=True):
        call_command("demo", verbosity=0)
        while work_off():
            pass
    yield
    with django_db_blocker.unblock():
        templates.restore()
