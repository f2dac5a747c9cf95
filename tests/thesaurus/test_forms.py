"""Choosing terms in forms."""

import pytest
from django import forms
from django.utils import timezone, translation

from network.thesaurus.forms import TermChoiceField, TermMultipleChoiceField
from network.thesaurus.models import Term

pytestmark = pytest.mark.django_db


class Where(forms.Form):
    country = TermChoiceField("country", empty_label="")
    languages = TermMultipleChoiceField("language", required=False)
    targets = TermMultipleChoiceField("kmgbf-target", required=False)
    subjects = TermMultipleChoiceField("subject", required=False)


def groups(field):
    return {
        heading: [label for _value, label in options]
        for heading, options in field.choices
        if isinstance(options, list)
    }


def test_rendering_the_choices_asks_once(django_assert_num_queries):
    form = Where()
    with django_assert_num_queries(1):
        html = str(form["country"])
    assert html.count("<option") == 198
    with django_assert_num_queries(1):
        str(form["languages"])


def test_countries_stand_under_their_region_in_the_order_of_the_language():
    by_region = groups(Where().fields["country"])
    assert list(by_region) == sorted(by_region)
    assert by_region["Africa"][:2] == ["Algeria", "Angola"]
    assert by_region["Western Europe and others"] == sorted(by_region["Western Europe and others"])
    with translation.override("fr"):
        africa = groups(Where().fields["country"])["Afrique"]
        assert africa[:2] == ["Afrique du Sud", "Algérie"]
        assert africa.index("Égypte") < africa.index("Gabon")
    with translation.override("ar"):
        assert groups(Where().fields["country"])["أفريقيا"][0] == "إثيوبيا"


def test_the_languages_of_the_united_nations_come_first():
    by_group = groups(Where().fields["languages"])
    assert list(by_group) == ["Languages of the United Nations", "Other languages"]
    assert by_group["Languages of the United Nations"][:2] == ["Arabic", "Chinese"]


def test_targets_keep_their_number_and_order():
    labels = [label for _value, label in Where().fields["targets"].choices]
    assert labels[0] == "1. Spatial planning"
    assert labels[9].startswith("10. Agriculture, aquaculture")


def test_choices_are_check_boxes_with_labels_and_open_where_chosen():
    kenya = Term.objects.get(domain="language", code="sw")
    html = str(Where({"languages": [kenya.pk]})["languages"])
    assert html.count("<details") == 2
    assert html.count(" open>") == 1
    assert html.count('type="checkbox"') == html.count("<label") == 182


def test_only_current_terms_of_the_vocabulary_are_taken():
    kenya = Term.objects.get(domain="country", code="KE")
    form = Where({"country": kenya.pk, "targets": [Term.objects.get(domain="kmgbf-target", code="3").pk]})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["country"] == kenya
    assert not Where({"country": Term.objects.of("subject").first().pk}).is_valid()
    assert not Where({"country": "1 OR 1=1"}).is_valid()
    Term.objects.filter(pk=kenya.pk).update(retired_on=timezone.localdate())
    assert not Where({"country": kenya.pk}).is_valid()
