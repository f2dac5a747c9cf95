"""A thread is handed on by its title and its address, and by nothing that is said in it."""

import pytest
from django.urls import reverse

from communities.enums import Visibility
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, thread

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.MEMBERS])
def test_title_and_address_and_no_word_more(client, visibility):
    here = community(visibility=visibility)
    belongs(people.community_member(), here)
    talk = thread(forum(here), people.community_member(), "Crabs & mud", "<p>Zanzibar rumours.</p>")
    url = reverse("forums:share", args=[here.slug, talk.forum.slug, talk.pk, talk.slug])
    people.sign_in(client, people.community_member())
    body = client.get(url).content.decode()
    assert "Crabs &amp; mud\nhttp" in body
    assert "text=Crabs%20%26%20mud%0Ahttp" in body
    assert "Zanzibar" not in body
    assert ("Only members of this community" in body) == (visibility != Visibility.PUBLIC)
    shown = client.get(talk.get_absolute_url()).content.decode()
    assert '<meta property="og:title" content="Crabs &amp; mud">' in shown
    people.sign_in(client, people.stranger())
    assert client.get(url).status_code == (200 if visibility == Visibility.PUBLIC else 404)
