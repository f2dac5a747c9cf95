"""The demo is safe to repeat, and its append-only rows stay as they are."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connections, router, transaction

from network.foundations.appendonly import append_only
from network.outbox.models import Delivery

pytestmark = pytest.mark.django_db

#: What the machinery itself writes down.
_PASSING = {"sessions.Session", "django_q.OrmQ", "django_q.Task", "django_q.Success", "django_q.Failure"}


def _rows() -> dict[str, list]:
    return {
        model._meta.label: list(model._base_manager.using(alias).order_by("pk").values())
        for model in apps.get_models()
        for alias in connections
        if not model._meta.proxy
        and model._meta.managed
        and model._meta.label not in _PASSING
        and router.allow_migrate_model(alias, model)
    }


def test_the_second_time_changes_nothing(settings):
    settings.DEMO_SIGN_INS = True
    before = _rows()
    call_command("demo", verbosity=0)
    after = _rows()
    changed = {label for label in before if before[label] != after[label]}
    assert changed == set()


def test_everything_that_followed_went_well():
    assert not Delivery.objects.exclude(error="").exists()


@pytest.mark.parametrize("model", list(append_only), ids=lambda model: model._meta.label)
def test_what_was_written_once_refuses_change(model):
    alias = next(alias for alias in connections if router.allow_migrate_model(alias, model))
    rows = model._base_manager.using(alias)
    if not rows.exists():
        pytest.skip("the demo writes no such row")
    name = next(field.attname for field in model._meta.concrete_fields if not field.primary_key)
    first = rows.order_by("pk").first()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(using=alias):
        rows.filter(pk=first.pk).update(**{name: getattr(first, name)})
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(using=alias):
        rows.filter(pk=first.pk)._raw_delete(alias)
