"""Imagined people and talk in any number: the same each time, complete, and never twice."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from communities.forums.bulk_words import html_of, language_of, title_of
from communities.forums.counters import differences
from communities.forums.models import Forum, Post, Thread
from communities.models import Community, Membership
from network.accounts.models import User
from network.experts.models import Circle, ExpertProfile, ProfileFacet
from network.foundations import richtext
from network.search.models import SearchDocument
from network.search.sources import sources

pytestmark = pytest.mark.django_db
SIZE = {"experts": 12, "communities": 3, "threads": 8, "posts": 90}


def seed(**size: int) -> str:
    out = StringIO()
    call_command("seed_bulk", stdout=out, **(SIZE | size))
    return out.getvalue()


def test_it_is_all_there_and_right(client):
    said = seed()
    assert "90 posts, 90 of them new." in said
    assert (Community.objects.count(), Forum.objects.count(), Thread.objects.count()) == (3, 3, 8)
    assert (ExpertProfile.objects.count(), Post.objects.count()) == (12, 90)
    assert list(differences()) == []
    assert Membership.objects.filter(role="moderator").count() == 3
    assert Circle.objects.count() == Membership.objects.count()
    assert ProfileFacet.objects.filter(facet="country").count() == 12
    assert not User.objects.filter(email__endswith="@bulk.example").exclude(password__startswith="!").exists()
    thread = Thread.objects.filter(language="en").first()
    assert client.get(thread.get_absolute_url()).status_code == 200
    assert client.get("/experts/").status_code == 200


def test_the_index_is_what_reindexing_would_write():
    seed()
    before = dict(SearchDocument.objects.values_list("url", "fingerprint"))
    assert len(before) == 12 + 8 + 90
    for kind in ("experts", "threads", "posts"):
        for row in sources.get(kind).rows():
            held = SearchDocument.objects.get(kind=kind, object_id=row.pk)
            assert held.segments.count() == len(sources.get(kind).document(row).segments)
    from network.search.actions import build

    for kind, pk in SearchDocument.objects.values_list("kind", "object_id"):
        build(kind, pk)
    communities = set(SearchDocument.objects.filter(kind="communities").values_list("url", flat=True))
    after = dict(SearchDocument.objects.values_list("url", "fingerprint"))
    assert {url: mark for url, mark in after.items() if url not in communities} == before


def test_a_second_run_adds_nothing_and_a_larger_one_what_is_missing():
    seed()
    kept = list(Post.objects.order_by("pk").values_list("pk", "html"))
    assert "90 posts, 0 of them new." in seed()
    assert list(Post.objects.order_by("pk").values_list("pk", "html")) == kept
    said = seed(experts=15, threads=10, posts=150)
    assert "15 experts, 3 of them new." in said
    assert "10 threads, 2 of them new." in said
    assert Post.objects.count() >= 150
    assert list(differences()) == []


def test_the_first_thread_is_long_and_the_others_are_alike():
    seed(threads=6, posts=200)
    lengths = sorted(Thread.objects.values_list("last_number", flat=True))
    assert sum(lengths) == 200
    assert max(lengths[:5]) - min(lengths[:5]) <= 16


def test_words_are_clean_and_the_same_everywhere():
    languages = set()
    for number in range(60):
        language = language_of(number)
        languages.add(language)
        html = html_of(number, 3, language)
        assert richtext.clean(html) == html
        assert html == html_of(number, 3, language)
        assert 1 <= len(title_of(number, language)) <= 150
    assert languages >= {"en", "fr", "es", "ar", "ru", "zh-hans"}


def test_what_cannot_be_is_refused():
    with pytest.raises(CommandError, match="begin at 0"):
        seed(posts=-1)
    with pytest.raises(CommandError, match="need people"):
        seed(experts=0)
