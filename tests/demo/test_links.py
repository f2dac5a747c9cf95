"""Every link that the demo shows to somebody opens for her: no 403, no 404, no 500, no heading left out.

Each of the demo's people starts at the front page and follows what she is shown, in English and in one
more language (a stranger in all six). Of pages made alike, a few are opened.
"""

import re
from collections import Counter, deque
from html import unescape
from itertools import cycle, pairwise
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

from network.accounts.demo import SIGN_INS
from network.accounts.models import User

pytestmark = pytest.mark.django_db

#: How many pages of one kind are opened in English, and in another language.
PAGES, PAGES_TRANSLATED = 2, 1
#: Wagtail's own pages, files, and what ends the visit.
_NOT_FOLLOWED = ("/static/", "/media/", "/cms/", "/documents/", "/accounts/logout/", "/api/v1/docs")
#: Addresses that people know by heart.
_DOORS = ("/", "/experts/", "/organizations/", "/communities/", "/awards/", "/search/?q=water")
_LINK = re.compile(r"""<(?:a|link|form)\b[^>]*?\s(?:href|action)=["']([^"'#]+)""", re.IGNORECASE)
#: What scripts will fill in is not there yet.
_UNSEEN = re.compile(r"<template\b.*?</template>", re.DOTALL)
_HEADING = re.compile(r"<h([1-6])\b(?![^>]*\shidden)")
_METHOD = re.compile(r"""<form\b[^>]*method=["']?post""", re.IGNORECASE)

OTHERS = [language for language, _name in settings.LANGUAGES if language != settings.LANGUAGE_CODE]
VISITORS = [("stranger", OTHERS)] + [
    (person.email.split("@")[0], [language])
    for person, language in zip(SIGN_INS, cycle(OTHERS), strict=False)
]


def _links(page: str, address: str) -> list[str]:
    found = []
    for tag in _LINK.finditer(_UNSEEN.sub("", page)):
        if _METHOD.match(tag.group(0)):
            continue
        target = urlsplit(urljoin(address, unescape(tag.group(1))))
        if target.netloc in ("", "testserver") and target.scheme in ("", "http"):
            found.append(target.path + (f"?{target.query}" if target.query else ""))
    return found


def _skipped(page: str) -> list[str]:
    """Headings that stand more than one level below the one before them."""
    levels = [int(level) for level in _HEADING.findall(_UNSEEN.sub("", page))]
    return [f"h{below} after h{above}" for above, below in pairwise([1, *levels]) if below > above + 1]


def _kind(address: str) -> tuple[str, str]:
    """What the page is made by, and its language."""
    path = urlsplit(address).path
    first = path.split("/")[1]
    language = first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    try:
        with translation.override(language):
            return resolve(path).route, language
    except Resolver404:
        return path, language


def _crawl(client: Client, languages: list[str]) -> tuple[Counter, list[str]]:
    """How often each kind was opened, and what went wrong."""
    starts = [*_DOORS, *(f"/{language}{door}" for language in languages for door in _DOORS)]
    waiting = deque((start, "the front door") for start in starts)
    seen, opened, wrong = set(starts), Counter(), []
    while waiting:
        address, shown_at = waiting.popleft()
        kind = _kind(address)
        if kind[1] not in (settings.LANGUAGE_CODE, *languages):
            continue
        if opened[kind] >= (PAGES if kind[1] == settings.LANGUAGE_CODE else PAGES_TRANSLATED):
            continue
        opened[kind] += 1
        answer = client.get(address, follow=True)
        if answer.streaming:
            answer.getvalue()  # a file is closed when all of it was read
        if answer.status_code != 200:
            wrong.append(f"{answer.status_code} {address} (linked from {shown_at})")
        elif answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            page = answer.content.decode()
            wrong += [f"{skipped} {address}" for skipped in _skipped(page)]
            for link in _links(page, address):
                if link not in seen and not re.match(r"^(/[a-z-]+)?(" + "|".join(_NOT_FOLLOWED) + ")", link):
                    seen.add(link)
                    waiting.append((link, address))
    return opened, wrong


@pytest.mark.parametrize(("handle", "languages"), VISITORS, ids=[handle for handle, _ in VISITORS])
def test_every_link_opens(handle, languages):
    client = Client(raise_request_exception=False)
    if handle != "stranger":
        client.force_login(User.objects.get(email=f"{handle}@demo.example"))
    opened, wrong = _crawl(client, languages)
    assert not wrong, "\n".join(wrong)
    assert len(opened) > 15
