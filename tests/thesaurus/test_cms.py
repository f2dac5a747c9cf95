"""Editors add terms of their own in the CMS."""

import pytest
from django.urls import reverse

from network.thesaurus.models import Domain, Term
from network.thesaurus.policies import VocabularyPolicy
from tests import people

pytestmark = pytest.mark.django_db
NAMES = {"names_en": "Karst", "names_fr": "Karst", "names_ar": "كارست"}


@pytest.fixture
def as_editor(client):
    client.force_login(people.editor())
    return client


def test_an_editor_adds_a_vocabulary_and_a_term(as_editor):
    as_editor.post(reverse("domain:add"), {"code": "habitat", "names_en": "Habitats", "source": "Our own"})
    assert Domain.objects.get(code="habitat").names == {"en": "Habitats"}
    as_editor.post(reverse("term:add"), {"domain": "habitat", "code": "karst", "position": 0, **NAMES})
    term = Term.objects.get(domain="habitat")
    assert term.names == {"en": "Karst", "fr": "Karst", "ar": "كارست"}
    assert not term.shipped
    assert as_editor.get(reverse("term:index")).status_code == 200
    assert as_editor.get(reverse("term:edit", args=[term.pk])).status_code == 200


def test_a_name_in_english_is_asked_for_and_nothing_typed_is_lost(as_editor):
    answer = as_editor.post(reverse("term:add"), {"domain": "subject", "code": "karst", "names_fr": "Karst"})
    html = answer.content.decode()
    assert "Give the name in English" in html
    assert 'value="Karst"' in html
    assert not Term.objects.filter(code="karst").exists()


def test_a_term_is_never_its_own_ancestor(as_editor):
    top = Term.objects.create(domain_id="subject", code="top", names={"en": "Top"})
    below = Term.objects.create(domain_id="subject", code="below", names={"en": "Below"}, parent=top)
    answer = as_editor.post(
        reverse("term:edit", args=[top.pk]), {"names_en": "Top", "position": 0, "parent": below.pk}
    )
    assert "stands above" in answer.content.decode()
    top.refresh_from_db()
    assert top.parent is None


def test_what_comes_with_the_network_stays_as_it_is(as_editor):
    kenya = Term.objects.get(domain="country", code="KE")
    as_editor.post(reverse("term:edit", args=[kenya.pk]), {"names_en": "Kenia", "position": 0})
    as_editor.post(reverse("term:delete", args=[kenya.pk]))
    kenya.refresh_from_db()
    assert kenya.names["en"] == "Kenya"


@pytest.mark.parametrize("who", ["member", "moderator", "steward", "stranger"])
def test_nobody_else_reaches_it(client, who):
    person = getattr(people, who)() if who != "stranger" else None
    if person:
        client.force_login(person)
    answer = client.post(reverse("term:add"), {"domain": "subject", "code": "karst", "position": 0, **NAMES})
    assert answer.status_code in (302, 403, 404)
    assert not Term.objects.filter(code="karst").exists()


def test_the_policy_names_who_may():
    editor = people.editor()
    assert editor in VocabularyPolicy(Term).users_with_any_permission(["change"])
    assert not VocabularyPolicy(Term).users_with_any_permission(["delete"]).exists()
