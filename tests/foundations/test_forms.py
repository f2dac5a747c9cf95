"""Asking for written text."""

import pytest
from django import forms

from network.accounts.models import User
from network.foundations.forms import RichTextFormField, RowsField


class Letter(forms.Form):
    body = RichTextFormField(label="Your message", max_length=40)
    note = RichTextFormField(required=False)


def cleaned(text):
    form = Letter({"body": text})
    assert form.is_valid(), form.errors
    return form.cleaned_data["body"]


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("One line", "<p>One line</p>"),
        ("First\r\nstill first\r\n\r\nSecond", "<p>First<br>still first</p><p>Second</p>"),
        ("if a < b & c > d", "<p>if a &lt; b &amp; c &gt; d</p>"),
        ("I <3 birds", "<p>I &lt;3 birds</p>"),
        ("<p>from <b>the</b> editor</p>", "<p>from <strong>the</strong> editor</p>"),
        ("<script>alert(1)</script><p>text</p>", "<p>text</p>"),
    ],
)
def test_typed_lines_and_the_editors_html_both_become_clean_html(typed, html):
    assert cleaned(typed) == html


@pytest.mark.parametrize(
    "nothing", ["", "  \n ", "<p></p>", "<p>&nbsp;</p><p><br></p>", "<script>x</script>"]
)
def test_nothing_to_read_is_nothing(nothing):
    form = Letter({"body": nothing, "note": nothing})
    assert form.errors == {"body": ["This field is required."]}
    assert form.cleaned_data["note"] == ""


def test_the_length_counts_what_people_read():
    assert cleaned(f"<p><strong>{'x' * 40}</strong></p>")
    form = Letter({"body": f"<p>{'x' * 42}</p>"})
    assert form.errors["body"] == ["This text is 2 characters too long."]
    assert "x" * 42 in str(form["body"]), "nothing typed is lost"


def test_text_nested_too_deeply_is_an_error_beside_the_field():
    form = Letter({"body": "<blockquote>" * 200 + "x"})
    assert "nested too deeply" in form.errors["body"][0]


def test_the_box_is_a_plain_text_box_without_scripts():
    html = str(Letter()["body"])
    assert "<textarea" in html
    assert 'dir="auto"' in html
    assert 'role="toolbar"' in html.split("hidden", 1)[0], "the toolbar waits hidden for its script"
    assert "style=" not in html
    assert "onclick" not in html
    assert 'type="module"' in str(Letter().media)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["9" * 20, "-" + "9" * 20, "x", "", "0"])
def test_a_number_that_no_row_can_have_is_refused_beside_the_field(typed):
    class Choice(forms.Form):
        people = RowsField(User.objects.all())

    assert "people" in Choice({"people": [typed]}).errors
