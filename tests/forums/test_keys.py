"""The keys of a thread: listed on a page of their own and in the thread, without scripts too."""

import pytest
from django.urls import reverse

from communities.actions.opening import RESERVED_SLUGS

pytestmark = pytest.mark.django_db


def test_they_are_listed_where_no_script_runs(client):
    page = client.get(reverse("reading:keys")).content.decode()
    for key in ("j", "k", "r", "q", "/", "?"):
        assert f"<kbd>{key}</kbd>" in page
    assert "data-shortcuts-setting hidden" in page
    assert "keys" in RESERVED_SLUGS


def test_a_thread_leads_there_and_says_what_the_keys_look_for(client, started):
    page = client.get(started.get_absolute_url()).content.decode()
    assert f'href="{reverse("reading:keys")}" data-dialog="shortcuts"' in page
    for mark in ('<dialog id="shortcuts"', "data-search-link", "js/shortcuts.js"):
        assert mark in page
