"""The harness as pytest fixtures."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import TransactionTestCase
from django.utils import timezone, translation

from network.foundations import catalogues
from tests.engine import commits, templates
from tests.engine.mail import SmtpServer


def _restore_instead_of_flushing(self: TransactionTestCase) -> None:
    """Append-only tables refuse to be emptied, and what migrations wrote has to stay."""
    templates.restore()


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # once, before any worker begins
        catalogues.compile_all()
    commits.install()
    TransactionTestCase.databases = "__all__"
    TransactionTestCase._fixture_teardown = _restore_instead_of_flushing


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What shares something costly goes to one worker, browsers last: two groups of them, for two workers.

    What only PostgreSQL can prove is left to it.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    for item in items:
        if item.get_closest_marker("browser"):
            every_page = item.path.stem == "test_every_page"
            item.add_marker(pytest.mark.xdist_group("every page" if every_page else "browser"))
        if "/tests/demo/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("demo"))
        if item.get_closest_marker("postgres") and settings.TEST_ENGINE != "postgres":
            item.add_marker(pytest.mark.skip("needs PostgreSQL"))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """Every database of this process, copied from the template."""
    with django_db_blocker.unblock():
        templates.restore()
    yield
    with django_db_blocker.unblock():
        templates.drop()


@pytest.fixture(scope="session", autouse=True)
def _empty_place() -> Iterator[None]:
    """No file of a former run is found by this one."""
    kept = {Path(config["NAME"]).name for config in settings.DATABASES.values()}
    for path in settings.TEST_PLACE.glob("*"):
        if path.is_dir():
            shutil.rmtree(path)
        elif not path.name.startswith(tuple(kept)):
            path.unlink()
    yield
    shutil.rmtree(settings.TEST_PLACE, ignore_errors=True)


@pytest.fixture(autouse=True)
def _nothing_left_over() -> None:
    """Cache and queue of a former test are gone; on Redis both live in this process's own database.

    So is the language of the last page that it asked for: the test client leaves it active.
    """
    translation.activate(settings.LANGUAGE_CODE)
    timezone.deactivate()
    for cache in caches.all(initialized_only=True):
        cache.clear()
    caches["default"].clear()


@pytest.fixture
def work_off(db: None) -> Callable[[], int]:
    """Do what the worker would: deliver all that the outbox owes. A handler that fails, fails the test."""
    from network.outbox import actions
    from network.outbox.models import Delivery

    def run() -> int:
        total = 0
        while done := actions.work_off():
            total += done
        failed = Delivery.objects.filter(done_at=None).exclude(error="")
        assert not failed, [f"{delivery}: {delivery.error}" for delivery in failed]
        return total

    return run


@pytest.fixture
def smtp_server(settings) -> Iterator[SmtpServer]:
    """A real SMTP server on a free port, to which Django's mail goes for this test."""
    with SmtpServer() as server:
        settings.EMAIL_BACKEND = "network.consent.mail.GatedBackend"
        settings.CONSENT_MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
        yield server
