"""The frame around every page: language, header, footer, errors, mails."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from network.foundations import errors, navigation
from network.foundations.viewer import MEMBER, Viewer, anonymous


def page(
    path: str = "/experts/?q=reef", viewer: Viewer | None = None, template: str = "base.html", **context
) -> str:
    request = RequestFactory().get(path)
    request.viewer = viewer or anonymous()
    return render_to_string(template, context, request=request)


class Somebody:
    pk = 7
    name = "Amina Diallo"
    is_authenticated = True

    def get_short_name(self) -> str:
        return "Amina"

    def __str__(self) -> str:
        return self.name


@pytest.fixture
def member(db) -> Viewer:
    return Viewer(user=Somebody(), keys=frozenset({"everyone", MEMBER, "user:7"}))


@pytest.fixture
def sections(monkeypatch):
    """An empty header that a test may fill."""
    for name in ("primary", "personal"):
        monkeypatch.setattr(navigation, name, type(getattr(navigation, name))(name))
    return navigation


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("/", "en", "/"),
        ("/", "ar", "/ar/"),
        ("/experts/?q=a&b=c", "fr", "/fr/experts/?q=a&b=c"),
        ("/fr/experts/", "en", "/experts/"),
        ("/fr/", "es", "/es/"),
        ("/zh-hans/events/x/", "ru", "/ru/events/x/"),
        ("/frost/", "ar", "/ar/frost/"),
        ("/fr", "en", "/"),
        ("/ar//elsewhere.example/", "en", "/elsewhere.example/"),
        ("//elsewhere.example/", "en", "/elsewhere.example/"),
    ],
)
def test_a_page_keeps_its_address_in_another_language(path: str, language: str, expected: str) -> None:
    assert navigation.in_language(path, language) == expected


def test_six_languages_each_in_its_own_name_and_direction() -> None:
    html = page()
    for code, direction, name in [
        ("ar", "rtl", "العربيّة"),
        ("en", "ltr", "English"),
        ("es", "ltr", "Español"),
        ("fr", "ltr", "Français"),
        ("ru", "ltr", "Русский"),
        ("zh-hans", "ltr", "简体中文"),
    ]:
        assert f'lang="{code}" dir="{direction}" hreflang="{code}"' in html
        assert f">{name}</a>" in html
    assert 'href="/ar/experts/?q=reef"' in html


def test_arabic_pages_read_from_the_right() -> None:
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl">' in page()
    assert '<html lang="en" dir="ltr">' in page()


def test_an_anonymous_page_can_be_kept_by_a_cache() -> None:
    html = page()
    assert "<form" not in html
    assert "csrf" not in html
    assert "nonce" not in html


def test_a_member_signs_out_by_a_form_and_has_her_own_menu(member: Viewer, sections) -> None:
    sections.personal.register("email", navigation.Entry("Your e-mail", "account_email"))
    html = page(viewer=member)
    assert '<form method="post" action="/accounts/logout/">' in html
    assert 'href="/accounts/email/"' in html
    assert "Amina Diallo" in html
    assert ">Sign in<" not in html


def test_sections_come_in_their_order_and_know_where_the_reader_is(sections) -> None:
    sections.primary.register("b", navigation.Entry("Second", "account_signup", order=20))
    sections.primary.register("a", navigation.Entry("First", "account_login", order=10))
    sections.primary.register(
        "c", navigation.Entry("Hidden", "account_email", shown=lambda viewer: viewer.is_member)
    )
    html = page("/accounts/login/")
    assert html.index("First") < html.index("Second")
    assert 'href="/accounts/login/" aria-current="true"' in html
    assert "Hidden" not in html


def test_header_without_sections_has_no_empty_landmark(sections) -> None:
    assert "site-nav" not in page()


def test_page_starts_with_a_way_past_the_header() -> None:
    html = page()
    assert html.index('href="#main"') < html.index("<header")
    assert '<main id="main" tabindex="-1">' in html


def test_one_style_sheet_and_two_scripts() -> None:
    html = page()
    assert html.count('rel="stylesheet"') == 1
    assert html.count("<script") == 2


def _request(path: str = "/x/"):
    request = RequestFactory().get(path)
    request.viewer = anonymous()
    return request


def test_error_pages_say_what_happened_and_what_to_do() -> None:
    missing = errors.page_not_found(_request(), Http404("table users"))
    assert missing.status_code == 404
    assert "Nothing stands at this address" in missing.content.decode()
    assert "table users" not in missing.content.decode()

    refused = errors.permission_denied(_request("/a/?b=1"), PermissionDenied("Only members reply here."))
    assert refused.status_code == 403
    assert "Only members reply here." in refused.content.decode()
    assert "?next=/a/%3Fb%3D1" in refused.content.decode()

    assert errors.bad_request(_request()).status_code == 400


def test_a_host_that_is_not_ours_gets_a_page_and_no_500(client) -> None:
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "could not be read" in response.content.decode()


def test_a_page_says_on_paper_where_it_stands(settings) -> None:
    assert f"{settings.NETWORK_BASE_URL}/experts/?q=reef" in page()


def test_an_old_form_gives_back_what_was_typed() -> None:
    request = RequestFactory().post(
        "/x/", {"text": "A long answer <b>about</b> reefs", "password1": "x" * 30}
    )
    request.viewer = anonymous()
    html = errors.csrf_failure(request).content.decode()
    assert "A long answer &lt;b&gt;about&lt;/b&gt; reefs" in html
    assert "xxxxxxxx" not in html


def test_the_500_page_stands_without_context_or_static_files(monkeypatch) -> None:
    assert "Something broke on our side" in render_to_string("500.html")
    assert "network.css" in errors.server_error(RequestFactory().get("/")).content.decode()

    def broken(path: str) -> str:
        raise ValueError("missing manifest entry")

    monkeypatch.setattr(errors, "static", broken)
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "stylesheet" not in response.content.decode()


def test_mails_stand_without_a_request_and_lead_back_to_the_site(settings) -> None:
    settings.NETWORK_BASE_URL = "https://network.example"
    html = render_to_string("emails/base.html")
    text = render_to_string("emails/base.txt")
    assert 'href="https://network.example/"' in html
    assert "https://network.example/" in text
    assert settings.NETWORK_NAME in text
    assert "<img" not in html
    button = render_to_string("emails/_button.html", {"url": "/inbox/", "label": "Open"})
    assert 'href="https://network.example/inbox/"' in button


@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_reset_password", "account_request_login_code"]
)
def test_doors_stand_in_our_frame(client, db, name: str) -> None:
    html = client.get(reverse(name)).content.decode()
    assert 'class="site-head"' in html
    assert 'class="field' in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "11 December 2026, 23:35"),
        ("ar", "11 ديسمبر 2026، 23:35"),
        ("fr", "11 décembre 2026 23:35"),
        ("es", "11 de diciembre de 2026 a las 23:35"),
        ("ru", "11 декабря 2026 г. 23:35"),
        ("zh-hans", "2026年12月11日 23:35"),
    ],
)
def test_dates_are_written_out_as_each_language_does(language: str, expected: str) -> None:
    with translation.override(language):
        assert date_format(datetime(2026, 12, 11, 23, 35, tzinfo=UTC), "DATETIME_FORMAT") == expected
