"""Each test begins with what the migrations made, and nothing else."""

import pytest
from django.conf import settings
from django.db import connections
from wagtail.models import Locale, Page, Site

from network.accounts.models import User
from tests.engine.templates import lacks_only_migrations

TWICE = pytest.mark.parametrize("time", ["first", "second"])


@TWICE
@pytest.mark.django_db(transaction=True)
def test_real_transactions_leave_nothing_behind_and_migrated_rows_stay(time):
    assert not User.objects.exists()
    assert Page.objects.filter(depth=1).exists()
    assert Site.objects.exists()
    assert Locale.objects.filter(language_code="en").exists()
    User.objects.create_user("left@example.org")
    Site.objects.all().delete()


@TWICE
@pytest.mark.django_db
def test_the_tests_own_transaction_leaves_nothing_behind(time):
    assert not User.objects.exists()
    assert Locale.objects.filter(language_code="en").exists()
    User.objects.create_user("left@example.org")


@pytest.mark.django_db
@pytest.mark.parametrize("alias", list(settings.DATABASES))
def test_every_database_may_be_used(alias):
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone()[0] > 0


@pytest.mark.django_db
def test_the_engine_is_the_one_that_was_asked_for():
    vendor = "postgresql" if settings.TEST_ENGINE == "postgres" else "sqlite"
    assert {connections[alias].vendor for alias in connections} == {vendor}


@pytest.mark.django_db
def test_a_row_that_points_nowhere_is_refused_at_the_end(db):
    """Foreign keys are checked on both engines."""
    for alias in connections:
        connections[alias].check_constraints()


def test_a_template_grows_where_migrations_were_only_added():
    then = {"requirements.txt": "1", "network/live/migrations/0001_initial.py": "2"}
    added = {"network/live/migrations/0002_hubs.py": "3"}
    assert lacks_only_migrations(then, then | added)
    assert not lacks_only_migrations(then, then | {"network/live/migrations/0001_initial.py": "4"})
    assert not lacks_only_migrations(then | added, then)
    assert not lacks_only_migrations(then, then | {"network/thesaurus/data/terms.csv": "5"})
    assert not lacks_only_migrations({}, then)
