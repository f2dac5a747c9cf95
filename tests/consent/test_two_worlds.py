"""Two worlds: in one there is something hidden, in the other there is not. Others cannot tell.

The whole network is asked twice, page by page as the resolver knows them, by people without rights: once as
it is, once with a hidden item of other holders in it. Its token stands in both worlds on the same pages.
"""

import re
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import takewhile, zip_longest
from unittest import mock

import pytest
from django.db import connections
from django.urls import reverse

from home.pages.models import HomePage, StandardPage
from network.consent import actions, audit
from network.consent.actions.sealing import seal_note
from network.consent.decision import HOLDERS
from network.consent.enums import Exposure, LabelFamily
from network.consent.models import Flag, Holder, KnowledgeItem, Label
from network.live import streams
from tests import people
from tests.alarms.crawl import session, undone
from tests.alarms.crawl import told as status_of
from tests.alarms.places import DEEDS, live_streams, places
from tests.alarms.world import build
from tests.consent.factories import authority, clause, consent, holder, item
from tests.forums.factories import reply

HIDDEN = uuid.uuid4()
TOKEN = f"[[tk:{HIDDEN}:body]]"
TITLE = f"Neutral {audit.CANARY}"
_HEADERS = {"Expires", "Date", "Last-Modified", "Content-Length", "Server-Timing", "Age"}
#: They tell of the machine: how long it runs, how many rows it has.
MACHINES = frozenset({"metrics", "ready", "alive"})
#: Each asks for every address there is, in the name of all who are like her: nobody, a member, one of the
#: community, one of another, whoever writes the pages, runs the machine, or serves other holders.
WITHOUT_RIGHTS = ("stranger", "member", "community_member", "outsider", "editor", "administrator", "steward")

#: What is new in every answer, whatever it tells.
_FRESH = re.compile(
    r"""(?i)(csrf_token": "|key\\&quot;: \\&quot;(?=[a-z0-9]{5}\\)|"""
    r"""name="csrfmiddlewaretoken" value="|"csrf[^"]*": ?"|name="submission_key" value="|"""
    r"""csrf-token" content="|unsubscribe/|csrftoken=|sessionid=)[^"'; /\\]+"""
)
#: base64 (RFC 4648, 4), in which a slash is a letter like any other.
_NONCE = re.compile(r"(nonce[=-]\"?)[\w+/]+=*")


#: Who is at work on a page has a number that no transaction takes back.
_EDITING = re.compile(r"editing-sessions/[a-z_]+(/[\w/]+)?/")
#: How long ago something was: one world is asked after the other.
_AGO = re.compile(r"(\d+\s(second|minute|hour)s?,?\s)+ago|just now", re.IGNORECASE)
#: Blocks of a page in its form have ids that are new each time.
_OTHER_IDS = re.compile(rf"(?!{HIDDEN})[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}")


def hidden_item(of: Holder) -> KnowledgeItem:
    """Everything that can be said about an item, said about a hidden one with the id that pages hold."""
    steward = people.viewer(people.steward())
    with mock.patch.object(KnowledgeItem._meta.get_field("id"), "_get_default", return_value=HIDDEN):
        made = item(of, title=TITLE, exposure=Exposure.KNOWN, text=f"Here sings {audit.CANARY}")
    KnowledgeItem.objects.filter(pk=made.pk).update(exposure=Exposure.HIDDEN)
    made.refresh_from_db()
    derived = item(of, title=f"{TITLE} again", exposure=Exposure.KNOWN)
    derived.lineage.create(source=made)
    for each in (made, derived):
        consent(each, of, clause(HOLDERS), note=actions.Note(f"Note {audit.CANARY}"))
    seal_note(item=made, name="note7", language="en", text=audit.CANARY, readers=["everyone"], holder=of)
    Label.objects.create(
        item=made, holder=of, family=LabelFamily.TK, code="tka", applied_by=steward.user.actor_id
    )
    Flag.objects.create(item=made, raised_by=people.person("one-of-them"))
    assert made.pk == HIDDEN
    return made


def place_its_token(world) -> str:
    """On a page, in a block of a page, in a post. The address of the page."""
    body = [
        ("text", f"<p>{TOKEN}</p><p>See {TOKEN} and [[tk:{HIDDEN}:note7]]</p>"),
        ("knowledge", {"item": None, "parts": ["body"]}),
    ]
    page = StandardPage(title="Lagoon page", introduction=f"So: {TOKEN}", body=body)
    HomePage.objects.get(locale__language_code="en").add_child(instance=page)
    raw = page.body.get_prep_value()
    raw[1]["value"]["item"] = str(HIDDEN)
    page.body = StandardPage._meta.get_field("body").to_python(raw)
    page.save_revision().publish()
    reply(world.public.thread, people.outsider(), f"<p>{TOKEN}</p><p>As {TOKEN} says</p>")
    return page


def everywhere(world) -> dict[str, str]:
    """Every address of the resolver once, whatever the world has to show there."""
    once = {name.split()[0]: path for name, path in places(world).items()}
    return {name: path for name, path in once.items() if name not in DEEDS | MACHINES}


def of_knowledge(world, page) -> dict[str, str]:
    """Addresses that speak of knowledge, with this item in the place of another; where its token is."""
    known = {name: path for name, path in places(world).items() if str(world.item.pk) in path}
    found = {
        f"{name} (hidden)": path.replace(str(world.item.pk), str(HIDDEN)) for name, path in known.items()
    }
    own = (
        "consent:index",
        "consent:holders",
        "consent:about",
        "consent:create",
        "consent:lease",
        "api:changes",
    )
    found |= {name: path for name, path in everywhere(world).items() if name in own}
    return found | {
        "page": page.get_url(),
        "thread": world.public.thread.get_absolute_url(),
        "lease": f"{reverse('consent:lease')}?t={HIDDEN}:body&t={HIDDEN}:note7",
        "poll": f"/live/?follow=knowledge:{HIDDEN}&after=0",
        "search": f"/search/?q={audit.CANARY}",
        "search api": f"/api/v1/search/?q={audit.CANARY}",
        "chooser": "/cms/knowledge/",
        "chooser results": "/cms/knowledge/results/",
        "chosen": f"/cms/knowledge/chosen/{HIDDEN}/",
        "chosen together": f"/cms/knowledge/chosen-multiple/?id={HIDDEN}",
        "editing": f"/cms/pages/{page.pk}/edit/",
        "usage": f"/cms/pages/{page.pk}/usage/",
        "history": f"/cms/pages/{page.pk}/history/",
        "sitemap": "/sitemap.xml",
    }


#: The tables that a statement reads or writes.
_TABLES = re.compile(r'(?:FROM|JOIN|INTO|UPDATE)\s+"(\w+)"')


@contextmanager
def tables_of(kind: str = "") -> Iterator[set[str]]:
    """The tables that are touched meanwhile, in any database; by statements of one kind only."""
    touched: set[str] = set()

    def look(execute, sql, params, many, context):
        if re.match(kind, sql.lstrip("( "), re.IGNORECASE):
            touched.update(_TABLES.findall(sql))
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(connections[alias].execute_wrapper(look))
        yield touched


@dataclass
class Told:
    """What was answered, by whom and where asked, and which tables it was made from."""

    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    tables: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def could_differ(self, changed: set[str]) -> set[tuple[str, str]]:
        """An answer that was made without a look into these tables is the same whatever stands in them."""
        return {place for place, tables in self.tables.items() if tables & changed}


def _the_same_each_time(answer: str) -> str:
    """Without what no two answers have in common."""
    for new_each_time in (_FRESH, _NONCE):
        answer = new_each_time.sub(r"\1", answer)
    for new_each_time in (_EDITING, _OTHER_IDS, _AGO):
        answer = new_each_time.sub("", answer)
    return answer


def answers(world, asked, only=None) -> Told:
    """Every address of ``asked`` by everybody; ``only`` those places, where some are known to be the same."""
    told = Told()
    found = told.answers
    for who in WITHOUT_RIGHTS:
        client = session(getattr(world.cast, who))
        for name, path in asked.items():
            if only is not None and (who, name) not in only:
                continue
            with undone(), tables_of() as told.tables[who, name]:
                answer = client.get(path)
                content = b"" if answer.streaming else answer.content
                headers = sorted(f"{key}: {answer[key]}" for key in answer.headers if key not in _HEADERS)
                whole = "\n".join([status_of(answer), *headers, content.decode("utf-8", "replace")])
            found[who, name] = _the_same_each_time(whole)
    viewers = {who: people.viewer(getattr(world.cast, who)) for who in WITHOUT_RIGHTS}
    names = [f"{name.split()[0]}:{key}" for name, key in live_streams(world).items()]
    for who, viewer in viewers.items():
        for name in (*names, f"knowledge:{HIDDEN}"):
            found[who, f"stream {name}"] = str(streams.may_follow(name, viewer))
    return told


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        world = build()
        of = holder("Hidden people")
        authority(of, people.person("one-of-them"))
        asked = of_knowledge(world, place_its_token(world)) | everywhere(world)
        answers(world, {"warming up": "/"})
        without = answers(world, asked)
        with undone():
            with tables_of("insert|update|delete") as changed:
                hidden_item(of)
            concerned = without.could_differ(changed)
            with_it = answers(world, asked, concerned)
    assert {"consent_knowledgeitem", "consent_part", "consent_itemkey", "consent_consentrecord"} <= changed
    assert len(concerned) > len(WITHOUT_RIGHTS) * 10
    return {place: without.answers[place] for place in with_it.answers}, with_it.answers


def test_who_may_not_know_of_it_cannot_tell(worlds):
    without, with_it = worlds
    different = {
        place: _difference(without[place], with_it[place])
        for place in without
        if without[place] != with_it[place]
    }
    assert not different, "\n".join(f"{place}\n{told}" for place, told in different.items())


def _difference(before: str, after: str) -> str:
    """The lines that differ, from shortly before they do."""
    told = []
    for one, other in zip_longest(before.split("\n"), after.split("\n"), fillvalue=""):
        if one != other:
            same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
            start = max(0, sum(1 for _pair in same) - 60)
            told += [f"- {one[start : start + 200]}", f"+ {other[start : start + 200]}"]
    return "\n".join(told[:10])


def test_the_worlds_are_large_and_hold_the_token(worlds):
    without, _with_it = worlds
    assert len(without) > 200
    assert sum(str(HIDDEN) in answer for answer in without.values()) >= 2 * len(WITHOUT_RIGHTS)
    assert not any(
        audit.shows(answer.replace(f"q={audit.CANARY}", ""))
        for (_who, name), answer in without.items()
        if not name.startswith("search")
    )


@pytest.mark.django_db
def test_its_own_holders_find_it(client):
    of = holder("Hidden people")
    made = hidden_item(of)
    person = people.person("one-of-them")
    actions.attest_standing(holder=of, user=person, by=people.viewer(people.steward()))
    people.sign_in(client, person)
    page = client.get(made.get_absolute_url())
    assert page.status_code == 200
    assert audit.shows(page.content.decode())
    assert TITLE in client.get(reverse("consent:index")).content.decode()
    assert streams.may_follow(f"knowledge:{made.pk}", people.viewer(person))
