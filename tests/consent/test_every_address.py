"""Canaries on the way out by every address there is, in every form in which an answer comes.

Tokens of four items stand wherever people write: one that members read on pages and by mail, one for its
holders, one withdrawn, one that was never given. Nobody but a member sees the first, and she on pages alone,
never in a file, a table, a feed or an answer to a program; the others are seen by nobody who looks here.
"""

import io
import zipfile

import pytest
from django.test import Client

from home.pages.models import HomePage, StandardPage
from network.accounts import actions as accounts
from network.consent import actions, audit
from network.consent.audit.canary import of_the_flock
from network.consent.presets import presets
from tests import people
from tests.alarms.crawl import session, undone
from tests.alarms.places import DEEDS, places
from tests.alarms.world import build
from tests.consent.factories import authority, consent, holder, item, with_standing

MEMBERS, HOLDERS, WITHDRAWN, SILENT = (audit.canary(number) for number in (31, 32, 33, 34))
ALL = (MEMBERS, HOLDERS, WITHDRAWN, SILENT)


def _items():
    of = holder("Another people")
    speaker = with_standing(of, people.person("one-of-them"))
    authority(of, speaker)
    made = {word: item(of, text=f"Here sings {word} at dawn") for word in ALL}
    consent(made[MEMBERS], of, presets.get("members").clause())
    consent(made[HOLDERS], of, presets.get("holders").clause())
    consent(made[WITHDRAWN], of, presets.get("public").clause())
    actions.withdraw(item=made[WITHDRAWN], holder=of, by=people.viewer(speaker))
    return speaker, "".join(f"<p>{each.token('body')}</p>" for each in made.values())


def _place(world, tokens):
    """Past every check on entry, as if each had been forgotten."""
    for talk in (world.public, world.members, world.secret):
        for post in (talk.post, talk.held, talk.hidden):
            type(post).objects.filter(pk=post.pk).update(html=tokens)
        type(talk.forum).objects.filter(pk=talk.forum.pk).update(description=tokens)
        type(talk.thread).objects.filter(pk=talk.thread.pk).update(title=tokens[3:60])
        type(talk.community).objects.filter(pk=talk.community.pk).update(purpose=tokens)
    for profile in world.profiles.values():
        type(profile).objects.filter(pk=profile.pk).update(biography=tokens, designation=tokens[3:90])
    page = StandardPage(title="Reef", introduction=tokens, body=[("text", tokens)])
    HomePage.objects.get(locale__language_code="en").add_child(instance=page)
    page.save_revision().publish()
    return page


def _whole(answer):
    """Every byte, also those that are packed."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content += b"".join(archive.read(name) for name in archive.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return content + headers.encode()


def _seen(answer):
    return of_the_flock(_whole(answer).decode("latin-1"), ALL)


@pytest.fixture(scope="module")
def seen(django_db_setup, django_db_blocker):
    """Who saw what where, and as what."""
    found = []
    with django_db_blocker.unblock(), undone():
        world = build()
        speaker, tokens = _items()
        page = _place(world, tokens)
        asked = {name: path for name, path in places(world).items() if name not in DEEDS}
        asked |= {"a page": page.get_url(), "sitemap": "/sitemap.xml"}
        _key, words = accounts.make_key(person=speaker, name="A program", days=30)
        clients = {who: session(getattr(world.cast, who)) for who in ("stranger", "member", "administrator")}
        clients["program"] = Client(
            raise_request_exception=False, headers={"Authorization": f"Bearer {words}"}
        )
        for who, client in clients.items():
            for name, path in asked.items():
                with undone():
                    answer = client.get(path)
                    found += [(who, name, answer.get("Content-Type", ""), word) for word in _seen(answer)]
    return found


def test_what_is_not_shared_is_seen_by_nobody(seen):
    assert [row for row in seen if row[3] != MEMBERS] == []


def test_what_members_read_is_seen_by_members_and_on_pages_alone(seen):
    seen = [row for row in seen if row[3] == MEMBERS]
    assert {who for who, *_rest in seen} == {"member", "administrator"}
    elsewhere = [row for row in seen if not row[2].startswith("text/html") and not row[1].startswith("live:")]
    assert elsewhere == []


def test_it_really_stands_there(seen):
    names = {name.split()[0] for _who, name, _type, _word in seen}
    assert {"forums:thread", "experts:detail", "a"} <= names
