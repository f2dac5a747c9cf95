"""What people write into plain boxes is asked about like any text: copied knowledge is refused there."""

import pytest
from django import forms
from django.urls import get_resolver, reverse

from communities.forms import ReasonForm
from communities.moderation.forms import AppealForm
from network.calls.forms import RecusalForm
from network.consent.forms import SettleForm
from network.consent.forms.fields import sealed_box
from network.foundations.forms import RichTextFormField, WatchedMixin
from network.foundations.viewer import EVERYONE
from tests import people
from tests.consent.factories import clause, consent, holder, item, with_standing

TEXT = (
    "When the third moon stands above the outer reef the women lay the woven baskets against the ebb and "
    "sing the names of the seven winds"
)
#: Boxes of forms that nobody but the writer, the vault or a page of samples reads.
UNREAD = {
    "KnowledgeMixin.whose", "EditForm.whose", "SampleForm.about",
    "BibtexForm.bibtex", "DoiForm.dois",  # read by a parser; what comes of it is shown to her first
}  # fmt: skip


def _all_forms():
    get_resolver().url_patterns  # noqa: B018 - whatever there is a page for is imported by now
    waiting, found = [forms.BaseForm], set()
    while waiting:
        for form in waiting.pop().__subclasses__():
            waiting.append(form)
            if form.__module__.startswith(("network.", "communities.", "home.")):
                found.add(form)
    return sorted(found, key=lambda form: (form.__module__, form.__qualname__))


def _is_box(field):
    return (
        isinstance(field, forms.CharField)
        and isinstance(field.widget, forms.Textarea)
        and not isinstance(field, RichTextFormField)
        and not getattr(field, "sealed", False)
    )


def test_every_box_that_others_read_is_asked_about():
    unasked = {
        f"{form.__name__}.{name}"
        for form in _all_forms()
        if not issubclass(form, WatchedMixin)
        for name, field in getattr(form, "base_fields", {}).items()
        if _is_box(field)
    }
    assert unasked <= UNREAD, "mix network.foundations.forms.WatchedMixin into these forms"


@pytest.fixture
def shared(db):
    of = holder()
    made = item(of, text=TEXT)
    consent(made, of, clause(EVERYONE))
    return of, made


@pytest.mark.parametrize(
    ("form", "field", "more"),
    [
        (ReasonForm, "reason", {}),
        (AppealForm, "words", {}),
        (RecusalForm, "reason", {}),
        (SettleForm, "reason", {"decision": "back"}),
    ],
)
def test_a_reason_that_repeats_knowledge_is_refused_beside_its_field(shared, form, field, more):
    copied = form({field: f"Because: {TEXT.upper()}", **more})
    assert not copied.is_valid()
    assert "word for word" in str(copied.errors[field])
    assert copied[field].value().startswith("Because")
    assert form({field: "Because it repeats what its holders keep", **more}).is_valid()


def test_a_sealed_box_takes_it(shared):
    class Sealing(WatchedMixin, forms.Form):
        text = sealed_box("Text")

    assert Sealing({"text": TEXT}).is_valid()


def test_a_wish_to_the_holders_may_name_what_it_is_about(shared, client):
    people.sign_in(client, people.member())
    _of, made = shared
    asked = client.post(reverse("consent:ask", args=[made.pk]), {"purpose": TEXT, "preset": "members"})
    assert "word for word" not in asked.content.decode()  # sealed for the holders


def test_holders_seal_their_own_text_again(shared, client):
    of, made = shared
    people.sign_in(client, with_standing(of))
    sent = client.post(
        reverse("consent:seal", args=[made.pk]), {"name": "body", "language": "en", "text": TEXT + " again"}
    )
    assert sent.status_code == 302


def test_a_neutral_title_does_not_tell_it(shared, client):
    of, _made = shared
    people.sign_in(client, with_standing(of))
    sent = client.post(
        reverse("consent:create"),
        {"title": TEXT[:140], "holders": [of.pk], "exposure": "known", "rule": "all", "language": "en"},
    )
    assert sent.status_code == 422
    assert "word for word" in sent.content.decode()
