"""Marked words stand in every corner of the world: each is read by those whom it is for and nobody else."""

import re

import pytest

from tests.alarms.crawl import Answers
from tests.alarms.world import marked

pytestmark = pytest.mark.xdist_group("alarms")

EVERYBODY = {"everybody"}
SIGNED_IN = {"everybody", "-stranger", "-barred"}
HOME = {"moderator", "facilitator", "community_member"}
GROVES = {"moderator", "quiet_expert"}

#: Corner to those who read the word in it somewhere.
READERS = {
    "public title": EVERYBODY,
    "public post": EVERYBODY,
    "public reply": EVERYBODY,
    "public content": EVERYBODY,
    "public hidden": {"outsider", "site_moderator"},
    "public hiding": {"outsider", "site_moderator"},
    "public held": {"site_moderator"},
    "public report": {"site_moderator"},
    "members title": HOME,
    "members post": HOME,
    "members reply": HOME,
    "members file": HOME,
    "members content": HOME,
    "members hidden": {"moderator", "community_member"},
    "members hiding": {"moderator", "community_member"},
    "members held": {"moderator"},
    "members report": {"moderator"},
    "secret title": GROVES,
    "secret post": GROVES,
    "secret reply": GROVES,
    "secret file": GROVES,
    "secret content": GROVES,
    "secret hidden": GROVES,
    "secret hiding": GROVES,
    "secret held": {"moderator"},
    "secret report": {"moderator"},
    "people": {"community_member"},
    "resource": HOME,
    "document": HOME,
    "widening": HOME,
    "request": {"member", "moderator", "facilitator"},
    "invited": {"moderator", "facilitator"},
    "list": {"secretariat", "administrator"},
    "row": {"secretariat", "administrator"},
    "profile everyone": EVERYBODY,
    "profile fellows": SIGNED_IN,
    "profile circles": HOME,
    "profile nobody": set(),
    "profile quiet": {"quiet_expert"},
    "sealed": {"holder"},
    "note": {"holder"},
    "contact": EVERYBODY,
    "purpose": {"expert", "holder"},
    "answer": {"expert", "holder"},
    "proposed": {"holder"},
    "warning": {"holder", "steward"},
    "answers draft": {"nominator"},
    "answers handed": {"nominator", "secretariat"},
    "answers jury": {"nominator", "secretariat", "juror"},
    "answers decided": {"nominator", "secretariat", "juror"},
    "review first": {"juror"},
    "review both": {"secretariat", "juror"},
    "decision": set(),
    "shortlist": {"member", "outsider"},
    "shortlist purpose": {"member", "outsider"},
    "story": EVERYBODY,
    "asked": EVERYBODY,
    "session meeting": {"editor", "facilitator"},
    "session waiting": {"editor", "facilitator"},
    "session asked": {"editor", "expert", "facilitator"},
    "taken off": {"member", "editor", "facilitator", "moderator"},
    "need": {"editor", "expert"},
    "boots": {"editor", "expert"},
}


def readers(answers: Answers, word: str) -> dict[str, list[str]]:
    """Everybody who was shown ``word``, and where."""
    wanted = word.lower().encode()
    found = {
        who: [place for place, body in pages.items() if wanted in body]
        for who, pages in answers.bodies.items()
    }
    return {who: places for who, places in found.items() if places}


def meant(names: set[str], everybody: set[str]) -> set[str]:
    if "everybody" not in names:
        return names
    return everybody - {name[1:] for name in names if name.startswith("-")}


@pytest.mark.parametrize("corner", READERS)
def test_a_word_is_read_by_those_whom_it_is_for_and_by_nobody_else(answers: Answers, corner: str):
    found = readers(answers, marked(corner))
    everybody = set(answers.bodies)
    outsiders = {who: places for who, places in found.items() if who not in meant(READERS[corner], everybody)}
    assert outsiders == {}
    assert set(found) == meant(READERS[corner], everybody), "somebody no longer finds what is for her"


#: Addresses that people typed themselves: to share a shortlist, to invite somebody into an organization; and
#: by which an administrator tells two accounts apart, which the two are shown.
TYPED = {
    "member": {
        (place, b"outsider@cast.example") for place in ("experts:shortlist_share", "experts:shortlist_edit")
    },
    "secretariat": {("organizations:people", b"member@cast.example")},
    "administrator": {
        ("experts:double", b"looks-like-her@cast.example"),
        ("experts:double", b"here-once@cast.example"),
    },
}


def test_everybody_reads_her_own_address_and_nobody_elses(answers: Answers):
    for who, pages in answers.bodies.items():
        own = getattr(answers.world.cast, who)
        mine = own.email.encode() if own.is_authenticated and own.is_active else b"nobody"
        read = {
            (place, address)
            for place, body in pages.items()
            for address in re.findall(rb"[\w.-]+@cast\.example", body)
            if address != mine
        }
        assert read == TYPED.get(who, set()), who


def test_one_finds_what_one_looks_for(answers: Answers):
    """The search would show what it should not, were it there: it finds the same things for their readers."""
    for place in ("search:search", "api:search"):
        assert marked("public post").encode() in answers.bodies["stranger"][place]
        assert marked("members post").encode() not in answers.bodies["stranger"][place]
        assert marked("members post").encode() in answers.bodies["community_member"][place]
