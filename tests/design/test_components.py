"""Components, rendered as builders of pages use them."""

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy

from network.foundations import design
from network.foundations.pager import KeysetPage
from network.foundations.viewer import anonymous


def render(name: str, path: str = "/", **context) -> str:
    request = RequestFactory().get(path)
    request.viewer = anonymous()
    return render_to_string(f"components/{name}.html", context, request=request)


def markup(source: str, **context) -> str:
    return engines["django"].from_string("{% load network_ui %}" + source).render(context)


class Form(forms.Form):
    name = forms.CharField(label="Name", max_length=5, help_text="As on your card.")
    note = forms.CharField(label="Note", required=False)
    kinds = forms.MultipleChoiceField(
        label="Kinds", choices=[("a", "Alpha"), ("b", "Beta")], widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="I agree")
    key = forms.CharField(widget=forms.HiddenInput, initial="k")

    def clean(self) -> dict:
        if self.data.get("note") == "clash":
            raise forms.ValidationError("These two do not go together.")
        return super().clean()


def test_form_puts_label_help_and_control_in_this_order() -> None:
    html = render("form", form=Form(), submit="Send")
    order = [
        html.index(part)
        for part in ('<label for="id_name">', "As on your card.", '<input type="text" name="name"')
    ]
    assert order == sorted(order)
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'id="id_name_helptext"' in html
    assert ">Send</button>" in html
    assert 'name="key"' in html


def test_only_what_is_optional_is_marked() -> None:
    assert render("form", form=Form()).count("(optional)") == 1
    assert "(optional)" not in render("field", field=Form()["note"], marks="none")


def test_refused_form_says_it_at_the_top_and_beside_each_field() -> None:
    form = Form({"name": "far too long", "note": "<b>kept</b>", "key": "k"})
    html = render("form", form=form)
    assert 'class="form-errors" role="alert" tabindex="-1"' in html
    assert "3 things to mend" in html
    for anchor in ("#id_name", "#field_id_kinds", "#id_agree"):
        assert f'href="{anchor}"' in html
        assert f'id="{anchor[1:]}"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="far too long"' in html
    assert "&lt;b&gt;kept&lt;/b&gt;" in html


def test_refusal_of_the_whole_form_stands_at_the_top() -> None:
    form = Form({"name": "a", "note": "clash", "kinds": ["a"], "agree": "on", "key": "k"})
    html = render("form", form=form)
    assert "One thing to mend" in html
    assert "<li>These two do not go together.</li>" in html


def test_group_of_boxes_is_a_fieldset_with_a_legend_and_its_errors() -> None:
    html = render("field", field=Form({"key": "k"})["kinds"])
    assert '<fieldset class="field field--group field--bad" aria-describedby="id_kinds_error"' in html
    assert "<legend>Kinds</legend>" in html
    assert 'id="id_kinds_error"' in html


def test_single_box_has_its_words_beside_it() -> None:
    html = render("field", field=Form()["agree"])
    assert html.index('type="checkbox"') < html.index("I agree")


def test_form_that_posts_carries_a_token_and_one_that_gets_does_not() -> None:
    assert "csrfmiddlewaretoken" in render("form", form=Form())
    assert "csrfmiddlewaretoken" not in render("form", form=Form(), method="get")
    assert "csrfmiddlewaretoken" not in render("filter", form=Form(), action="/experts/")


def test_form_with_files_can_send_them() -> None:
    class Upload(forms.Form):
        document = forms.FileField()

    assert 'enctype="multipart/form-data"' in render("form", form=Upload())


def test_a_form_rendered_by_django_itself_looks_the_same() -> None:
    assert 'class="field field--bad"' in str(Form({"key": "k"}))
    assert 'class="field"' in Form()["name"].as_field_group()


def test_scripts_of_widgets_carry_the_nonce_and_a_form_without_them_asks_for_none() -> None:
    class Fancy(forms.Form):
        class Media:
            js = ["js/network.js"]

    request = RequestFactory().get("/")
    request.csp_nonce = "abc123"
    assert 'nonce="abc123"' in render_to_string(
        "components/form_fields.html", {"form": Fancy()}, request=request
    )
    del request.csp_nonce
    render_to_string("components/form_fields.html", {"form": Form()}, request=request)


def test_pager_keeps_what_else_was_asked() -> None:
    html = render("pager", path="/experts/?q=reef&cursor=old", page=KeysetPage([1], next="n2", previous="p1"))
    assert 'href="?q=reef&amp;cursor=p1"' in html
    assert 'href="?q=reef&amp;cursor=n2"' in html
    assert "<nav" not in render("pager", page=KeysetPage([1]))


@pytest.mark.parametrize("state", ["good", "info", "warn", "bad", "withheld", "call", "quiet", ""])
def test_a_state_is_never_told_by_color_alone(state: str) -> None:
    html = render("badge", text="Open", state=state)
    assert "<svg" in html
    assert "Open" in html


def test_icons_are_silent_unless_they_stand_alone() -> None:
    assert 'aria-hidden="true"' in markup('{% icon "bell" %}')
    alone = markup('{% icon "bell" 20 "Inbox" %}')
    assert 'role="img"' in alone
    assert 'aria-label="Inbox"' in alone
    assert "style=" not in alone


def test_icons_with_a_direction_turn_round_in_arabic() -> None:
    assert "icon--directed" in markup('{% icon "arrow-right" %}')
    assert "icon--directed" not in markup('{% icon "search" %}')


def test_label_of_an_icon_is_escaped_and_said_in_each_language() -> None:
    assert "<script>" not in markup('{% icon "bell" 20 label %}', label="<script>")
    monday = gettext_lazy("Monday")
    assert 'aria-label="Monday"' in markup('{% icon "bell" 20 label %}', label=monday)
    with translation.override("fr"):
        assert 'aria-label="lundi"' in markup('{% icon "bell" 20 label %}', label=monday)


def test_a_tone_is_stable_and_one_of_twelve() -> None:
    tones = {markup("{{ value|tone }}", value=value) for value in [*range(40), "Amina", "李晓梅"]}
    assert tones <= {f"tone-{number}" for number in range(1, 13)}
    assert markup("{{ value|tone }}", value=7) == markup("{{ value|tone }}", value=7)


def test_a_person_without_photo_is_her_initials() -> None:
    person = design.Person("Amina <b>Diallo", "AD", 3)
    html = render("person_row", person=person)
    assert 'class="avatar tone-3" aria-hidden="true">AD<' in html
    assert "Amina &lt;b&gt;Diallo" in html
    pictured = render("avatar", person=design.Person("Amina", "A", 3, photo_url="/media/a.webp"))
    assert '<img class="avatar" src="/media/a.webp" alt=""' in pictured


def test_withheld_knowledge_is_a_note_in_the_holders_words() -> None:
    html = render("withheld", holders="the Council", words="Ask us <first>.", ask_url="/ask/")
    assert 'role="note"' in html
    assert "Kept by the Council" in html
    assert "Ask us &lt;first&gt;." in html
    assert 'href="/ask/"' in html
    assert "<a" not in render("withheld", words="Not told.")


def test_empty_state_offers_the_first_act_where_there_is_one() -> None:
    assert 'href="/new/"' in render("empty", title="No threads", action_url="/new/", action_label="Start")
    assert "<a" not in render("empty", title="No threads")


def test_facts_leave_out_what_is_not_known() -> None:
    html = render("facts", facts=[("Country", "Kenya"), ("City", "")])
    assert "Kenya" in html
    assert "City" not in html


def test_the_page_of_components_shows_them_all(client, settings, db) -> None:
    settings.DEBUG = True
    response = design.components(_prepared(RequestFactory().get("/design/")))
    assert isinstance(response, HttpResponse)
    html = response.content.decode()
    assert html.count("<main") == 1
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_the_page_of_components_is_not_there_in_production(client, db) -> None:
    assert client.get("/design/").status_code == 404


def _prepared(request):
    request.user = AnonymousUser()
    request.viewer = anonymous()
    request._messages = CookieStorage(request)
    return request
