"""The editor in a real browser, under the site's own content security policy."""

import threading
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import path

from network.foundations.forms import RichTextFormField

pytestmark = pytest.mark.browser
WORD = Path(__file__).with_name("word.html").read_text(encoding="utf-8")
PAGE = """{% load static %}<!doctype html><html lang="en"><head><title>Letter</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{% static 'css/network.css' %}"></head><body><main><h1>Letter</h1>
{% include "components/form.html" with submit="Send" %}</main></body></html>"""


class Letter(forms.Form):
    body = RichTextFormField(label="Your message", help_text="What you would like to say.")


def letter(request: HttpRequest) -> HttpResponse:
    form = Letter(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return HttpResponse(form.cleaned_data["body"], content_type="text/plain; charset=utf-8")
    page = engines["django"].from_string(PAGE)
    return HttpResponse(
        page.render({"form": form, "wide": True}, request), status=422 if form.errors else 200
    )


urlpatterns = [path("letter/", letter), path("favicon.ico", lambda request: HttpResponse(status=204))]


class Silent(WSGIRequestHandler):
    def log_message(self, *args) -> None:
        pass


@pytest.fixture(scope="module")
def address():
    with override_settings(ROOT_URLCONF=__name__, DEBUG=True, STATIC_URL="/static/"):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=Silent)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/letter/"
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def page(transactional_db, browser, address):
    """A form page; what is sent from it is compared with the copies that the vault knows."""
    context = browser.new_context()
    page = context.new_page()
    page.complaints = []
    page.on(
        "console", lambda message: page.complaints.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(address)
    page.wait_for_selector(".editor[data-ready]")
    yield page
    assert page.complaints == []
    context.close()


def sent(page) -> str:
    page.get_by_role("button", name="Send").click()
    page.wait_for_load_state()
    return page.locator("body").inner_text()


def paste(page, html: str) -> None:
    page.get_by_role("textbox", name="Your message").evaluate(
        """(editor, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            const pasted = { clipboardData: data, bubbles: true, cancelable: true };
            editor.dispatchEvent(new ClipboardEvent("paste", pasted));
        }""",
        html,
    )


def test_writing_with_the_toolbar(page):
    text = page.get_by_role("textbox", name="Your message")
    text.click()
    page.get_by_role("button", name="Bold").click()
    page.keyboard.type("Strong")
    page.get_by_role("button", name="Bold").click()
    page.keyboard.type(" words")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="List with points").click()
    assert page.get_by_role("button", name="List with points").get_attribute("aria-pressed") == "true"
    page.keyboard.type("one")
    assert sent(page) == "<p><strong>Strong</strong> words</p><ul><li><p>one</p></li></ul>"


def test_a_link_is_made_by_keyboard_alone(page):
    page.get_by_role("textbox", name="Your message").press_sequentially("CBD")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.type("www.cbd.int")
    page.keyboard.press("Enter")
    assert sent(page) == '<p><a href="https://www.cbd.int" rel="nofollow ugc noopener">CBD</a></p>'


def test_a_table(page):
    page.get_by_role("textbox", name="Your message").click()
    page.get_by_role("button", name="Table").click()
    page.get_by_role("button", name="Remove row").click()
    page.get_by_role("button", name="Remove row").click()
    page.get_by_role("button", name="Remove column").click()
    page.keyboard.type("Species")
    assert sent(page) == "<table><tbody><tr><td><p>Species</p></td><td></td></tr></tbody></table>"


def test_word_pasted_comes_out_as_paragraphs_and_real_lists(page):
    paste(page, WORD)
    assert sent(page) == (
        "<p>The national <strong>biodiversity</strong> strategy</p>"
        "<ul><li><p>First point</p><ol><li><p>Detail</p></li></ol></li><li><p>Second point</p></li></ul>"
        "<ol><li><p>Numbered</p></li></ol><p>Nairobi, 2026</p>"
    )


def test_google_docs_pasted_keeps_its_bold_and_no_more(page):
    paste(page, '<b style="font-weight:normal"><p>a <span style="font-weight:700;color:red">b</span></p></b>')
    assert sent(page) == "<p>a <strong>b</strong></p>"


def test_a_refused_text_is_in_the_editor_again(page):
    assert "This field is required." in sent(page)
    page.wait_for_selector(".editor[data-ready]")
    assert page.locator("#id_body").get_attribute("aria-invalid") == "true"
    assert page.locator("#id_body").get_attribute("role") == "textbox"
    page.complaints.clear()  # the browser reports the status 422 itself


def test_the_editor_is_accessible(page):
    page.get_by_role("textbox", name="Your message").press_sequentially("Hello")
    page.get_by_role("button", name="Link").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_without_scripts_lines_become_paragraphs(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Your message").fill("First\n\nSecond")
    assert sent(page) == "<p>First</p><p>Second</p>"
    context.close()
