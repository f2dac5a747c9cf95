"""Every kind of page, opened by a real browser for each kind of person: nothing to mend, nothing broken.

Somebody starts at the doors that people know by heart and follows what she is shown. One page of each kind
is looked at: by axe against WCAG 2.2 AA, and at the width of a phone. Some more of its kind are only read
for their links. What somebody less privileged has looked at before is only read, too: a stranger and a
member look at everything themselves.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation

from network.accounts.demo import PASSWORD
from tests.engine.browsing import assert_accessible

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
#: How many more pages of a kind are read for their links.
READ = 2
DOORS = [
    "/",
    "/accounts/signup/",
    "/awards/",
    "/communities/",
    "/countries/",
    "/events/",
    "/experts/",
    "/news/",
    "/organizations/",
    "/search/?q=water",
    "/search/?q=nothing-has-this-name",
]
DOORS_OF_MEMBERS = ["/accounts/", "/experts/me/", "/inbox/"]
#: From the least to the most privileged.
PEOPLE = [
    "stranger", "expert", "moderator", "holder", "juror", "nominator", "editor", "steward", "secretariat",
    "admin",
]  # fmt: skip
LOOK_AT_EVERYTHING = ("stranger", "expert")
#: Files, machines, Wagtail's own pages, and what ends the visit.
_NOT_FOLLOWED = re.compile(
    r"/(static|media|cms|documents|api|live|accounts/logout|experts/photos|"
    + "|".join(code for code, _name in settings.LANGUAGES)
    + ")/"
)
_LINK = re.compile(r"""<a\b[^>]*?\shref=["']([^"'#]+)""", re.IGNORECASE)
#: What scripts will fill in is not there yet.
_UNSEEN = re.compile(r"<template\b.*?</template>", re.DOTALL)
_kinds_looked_at: set[str] = set()


def _kind(address: str) -> str:
    """What the page is made by; pages of editors are told apart by their place in the tree."""
    parts = urlsplit(address)
    try:
        with translation.override(settings.LANGUAGE_CODE):
            match = resolve(parts.path)
    except Resolver404:
        return parts.path
    if match.url_name == "wagtail_serve":
        steps = parts.path.strip("/").split("/")
        return f"page {steps[0]} {len(steps)}"
    words = [
        match.view_name,
        *(str(match.kwargs[key]) for key in ("section", "stage") if key in match.kwargs),
    ]
    return " ".join(words) + (" asked" if parts.query else "")


def _links(text: str, address: str) -> Iterator[str]:
    """Addresses of this site that a page leads to."""
    for found in _LINK.finditer(_UNSEEN.sub("", text)):
        target = urlsplit(urljoin(address, unescape(found.group(1))))
        if not target.netloc and not target.scheme and not _NOT_FOLLOWED.match(target.path):
            yield target.path + (f"?{target.query}" if target.query else "")


def _look(page: Any, address: str) -> tuple[str, list[str]]:
    """Open the page: its source, and what is wrong with it."""
    try:
        answer = page.goto(address)
    except Exception as error:
        if "Download is starting" in str(error):
            return "", []
        raise
    if "text/html" not in answer.headers.get("content-type", ""):
        return "", []
    wrong = [] if answer.status == 200 else [f"{answer.status} {address}"]
    try:
        assert_accessible(page)
    except AssertionError as found:
        wrong.append(str(found))
    page.set_viewport_size(PHONE)
    if wide := page.evaluate("document.documentElement.scrollWidth - innerWidth"):
        wrong.append(f"{address} is {wide} pixels wider than a phone")
    page.set_viewport_size(DESK)
    return answer.text(), wrong


def _read(page: Any, address: str) -> str:
    answer = page.request.get(address)
    return answer.text() if "text/html" in answer.headers.get("content-type", "") else ""


def _visit(page: Any, doors: list[str], known: set[str]) -> tuple[Counter, list[str]]:
    """How often each kind was opened, and what was wrong."""
    waiting, met = deque(doors), set(doors)
    opened: Counter = Counter()
    wrong: list[str] = []
    while waiting:
        address = waiting.popleft()
        kind = _kind(address)
        if opened[kind] > READ:
            continue
        opened[kind] += 1
        if opened[kind] == 1 and kind not in known:
            text, found = _look(page, address)
            wrong += found
        else:
            text = _read(page, address)
        for link in _links(text, address):
            if link not in met:
                met.add(link)
                waiting.append(link)
    return opened, wrong


@pytest.mark.parametrize("handle", PEOPLE)
def test_nothing_to_mend_on_any_page(page_as, handle):
    known = set() if handle in LOOK_AT_EVERYTHING else _kinds_looked_at
    page = page_as("" if handle == "stranger" else handle, viewport=DESK)
    doors = DOORS if handle == "stranger" else [*DOORS, *DOORS_OF_MEMBERS]
    opened, wrong = _visit(page, doors, known)
    _kinds_looked_at.update(opened)
    assert not wrong, "\n\n".join(wrong)
    assert len(opened) > 15


#: Pages that look least alike, for what is only sampled.
SAMPLE = [
    "/",
    "/accounts/",
    "/awards/",
    "/communities/mangroves-and-coasts/",
    "/events/",
    "/experts/",
    "/experts/me/about/",
    "/search/?q=water",
]


@pytest.mark.parametrize(
    ("language", "scheme"), [("ar", "light"), ("zh-hans", "light"), ("en", "dark")], ids=["ar", "zh", "dark"]
)
def test_nothing_to_mend_in_other_scripts_and_in_the_dark(page_as, language, scheme):
    page = page_as("expert", viewport=DESK, color_scheme=scheme)
    start = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    wrong = [found for address in SAMPLE for found in _look(page, start + address)[1]]
    assert not wrong, "\n\n".join(wrong)


def test_editors_work_without_a_word_on_the_console(page_as):
    page = page_as("editor", viewport=DESK)
    assert page.goto("/cms/").status == 200
    page.goto("/cms/pages/search/?q=mangroves")
    page.get_by_role("link", name="Restoring mangroves", exact=False).first.click()
    page.wait_for_load_state("networkidle")
    assert page.locator("#id_starts_at").count()
    page.goto("/cms/images/")
    assert "/login" not in page.url


_FOCUS = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect(), style = getComputedStyle(here);
  return {what: here.outerHTML.slice(0, 120), seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
          ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2};
}"""


def test_everything_is_reached_with_the_keyboard(page_as):
    page = page_as("expert", viewport=DESK, reduced_motion="reduce")
    page.goto("/")
    page.keyboard.press("Tab")
    assert "skip-link" in page.evaluate(_FOCUS)["what"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto("/")
    for _step in range(20):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        assert focus["seen"], focus["what"]
        assert focus["ring"], focus["what"]
    for menu in page.locator("header details.menu").all():
        menu.locator("summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert menu.evaluate("menu => menu.open && menu.contains(document.activeElement)")
        page.keyboard.press("Escape")
        assert menu.evaluate("menu => !menu.open && document.activeElement.matches('summary')")


def _send(page: Any, button: str) -> None:
    page.locator("main").get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def test_everything_works_without_scripts(page_as):
    page = page_as(java_script_enabled=False)
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "moderator@demo.example")
    page.fill("input[name=password]", PASSWORD)
    _send(page, "Sign in")
    assert "/login" not in page.url

    page.goto("/communities/mangroves-and-coasts/forums/restoration-in-practice/")
    page.get_by_role("link", name="How do you count crabs without digging?").click()
    page.fill("#reply-form textarea[name=html]", "Written without a script.")
    _send(page, "Send the reply")
    assert "Written without a script." in page.inner_text("main")

    page.goto("/experts/me/about/")
    page.fill("input[name=designation]", "Keeper of tide tables")
    _send(page, "Save")
    assert "Keeper of tide tables" in page.inner_text("main")

    page.goto("/experts/")
    page.locator("input[name=subject]").first.check()
    _send(page, "Show")
    assert "subject=" in page.url
    assert page.locator("main .row__title").count()
