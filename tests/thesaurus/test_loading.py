"""The vocabularies that come with the network."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from network.thesaurus import loading
from network.thesaurus.models import Domain, Term

pytestmark = pytest.mark.django_db
LANGUAGES = {"en", "fr", "es", "ru", "zh-hans", "ar"}


def test_every_database_has_the_terms_with_names_in_six_languages():
    counts = {domain.code: domain.terms.count() for domain in Domain.objects.all()}
    assert counts == {
        "country": 197, "kmgbf-goal": 4, "kmgbf-target": 23, "language": 182, "subject": 36, "un-region": 5,
    }  # fmt: skip
    for term in Term.objects.all():
        assert set(term.names) == LANGUAGES, term
        assert all(term.names.values()), term
    for domain in Domain.objects.all():
        assert set(domain.names) == LANGUAGES
        assert all(domain.names.values())


def test_countries_stand_in_their_region_and_know_their_facts():
    countries = {term.code: term for term in Term.objects.of("country").select_related("parent")}
    assert countries["KE"].parent.code == "africa"
    assert all(term.parent and term.parent.domain_id == "un-region" for term in countries.values())
    assert not countries["US"].facts["cbd_party"]
    assert {code for code, term in countries.items() if not term.facts["un_member"]} == {
        "CK",
        "EU",
        "NU",
        "PS",
    }
    assert sum(term.facts["cbd_party"] for term in countries.values()) == 196
    assert countries["PS"].names["en"] == "State of Palestine"


def test_targets_are_in_their_own_order():
    assert list(Term.objects.of("kmgbf-target").values_list("code", flat=True)) == [
        str(number) for number in range(1, 24)
    ]


def test_names_follow_the_language():
    kenya = Term.objects.get(domain="country", code="KE")
    with translation.override("ar"):
        assert str(kenya) == "كينيا"
    with translation.override("zh-hans"):
        assert str(kenya) == "肯尼亚"


def test_loading_again_changes_nothing():
    out = StringIO()
    call_command("load_thesaurus", stdout=out)
    for line in out.getvalue().splitlines():
        assert "0 added, 0 changed" in line
        assert line.endswith("0 retired.")


def test_a_vanished_code_is_retired_and_comes_back_when_it_returns(django_assert_max_num_queries):
    rows = list(loading.read_rows(loading.DATA / "subjects.csv"))
    outcome = loading.store(Term, "subject", rows[1:], shipped=True)
    assert (outcome.retired, outcome.added) == (1, 0)
    gone = Term.objects.get(domain="subject", code=rows[0].code)
    assert gone.retired_on is not None
    assert gone not in Term.objects.of("subject").current()
    with django_assert_max_num_queries(6):
        loading.store(Term, "subject", rows, shipped=True)
    gone.refresh_from_db()
    assert gone.retired_on is None


def test_terms_of_an_installation_are_left_alone():
    own = Term.objects.create(domain_id="subject", code="karst", names={"en": "Karst"})
    loading.load_shipped(Domain, Term)
    own.refresh_from_db()
    assert own.retired_on is None
