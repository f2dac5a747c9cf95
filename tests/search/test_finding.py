"""Finding in the database: the same on both engines, and only by words that the viewer may read."""

import pytest
from django.http import Http404

from network.foundations.pager import KeysetPage
from network.foundations.viewer import Viewer
from network.outbox.actions import work_off
from network.search import actions, engines, results
from network.search.models import Audience, SearchDocument, Segment
from network.search.query import parse
from network.search.results import Findings
from network.search.sources import Document, sources
from network.search.sources import Segment as Words


def notes_found(words: str, viewer: Viewer) -> list[str]:
    """The addresses of notes in the order in which a search lists them."""
    return [hit.url for hit in Findings(viewer, parse(words)).page("notes", size=100)]


def found(words: str, viewer: Viewer) -> set[int]:
    return {int(url.split("/")[2]) for url in notes_found(words, viewer)}


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Elodie", "Élodie Ouédraogo, Burkina Faso"),
        ("wetlands", "Wetland restoration"),
        ("forets", "Les forêts sèches d’Afrique"),
        ("restauraciones", "Restauración de manglares"),
        ("экосистемы", "Восстановление экосистем"),
        ("ادارة المياه", "إدارة الْمِيَاهُ"),
        ("水资源", "水资源管理专家"),
        ("水", "水资源管理专家"),
        ("nagoya 2010", "Nagoya, October 2010"),
        ("हाथी", "हाथी संरक्षण"),
    ],
)
def test_words_of_six_languages_are_found(note, stranger: Viewer, words: str, text: str) -> None:
    wanted = note(text)
    note("Quite another thing 鸟类")
    assert found(words, stranger) == {wanted}


def test_every_word_must_be_there(note, stranger: Viewer) -> None:
    note("Mangrove nurseries")
    both = note("Mangrove planting with schools")
    assert found("mangrove schools", stranger) == {both}


def test_words_may_stand_in_different_segments(note, stranger: Viewer, member: Viewer) -> None:
    pk = note(segments=[Words("Amara"), Words("wolverine", frozenset({"member"}))])
    assert found("amara wolverine", member) == {pk}
    assert found("amara wolverine", stranger) == set()
    assert found("amara", stranger) == {pk}


@pytest.mark.parametrize(
    ("keys", "reader"),
    [
        ({"everyone"}, True),
        ({"member"}, True),
        ({"community:7"}, True),
        ({"community:8", "community:7"}, True),
        ({"user:1"}, True),
        ({"community:8"}, False),
        ({"user:2"}, False),
        ({"community:7:moderator"}, False),
    ],
)
def test_segments_open_to_their_keys_only(note, member: Viewer, keys: set[str], reader: bool) -> None:
    pk = note("wolverine", keys=keys)
    assert found("wolverine", member) == ({pk} if reader else set())


def test_a_thing_is_counted_once_however_many_segments_match(note, member: Viewer) -> None:
    note(
        segments=[
            Words("heron"),
            Words("heron", frozenset({"member"})),
            Words("heron", frozenset({"user:1"})),
        ]
    )
    (group,) = Findings(member, parse("heron")).groups()
    assert (group.count, group.has_more, len(group.hits)) == (1, False, 1)


def test_no_more_of_a_kind_is_ranked_than_can_be_shown(
    note, stranger: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "MOST", 3)
    made = [note("heron") for _number in range(5)]
    findings = Findings(stranger, parse("heron"))
    (group,) = findings.groups()
    assert (group.number, len(group.hits)) == ("3+", 3)
    assert [hit.url for hit in findings.page("notes")] == [f"/notes/{pk}/" for pk in reversed(made[2:])]


def test_a_ranking_is_turned_page_by_page_and_back(note, stranger: Viewer) -> None:
    made = [f"/notes/{note('heron')}/" for _number in range(5)][::-1]
    findings = Findings(stranger, parse("heron"))

    def turned(cursor: str = "") -> tuple[list[str], KeysetPage]:
        page = findings.page("notes", cursor, size=2)
        return [hit.url for hit in page], page

    shown, page = turned()
    assert (shown, page.previous) == (made[:2], "")
    shown, page = turned(page.next)
    assert shown == made[2:4]
    assert turned(page.previous)[0] == made[:2]
    shown, page = turned(page.next)
    assert (shown, page.next) == (made[4:], "")


@pytest.mark.parametrize("cursor", ["nonsense", "WyJhZnRlciIsWyJhIiwiYiJdXQ", "WyJhZnRlciIsWzFdXQ"])
def test_a_place_in_a_ranking_that_is_none_is_not_found(note, stranger: Viewer, cursor: str) -> None:
    note("heron")
    with pytest.raises(Http404):
        Findings(stranger, parse("heron")).page("notes", cursor)


def test_heavier_segments_score_higher(note, stranger: Viewer) -> None:
    body = note(segments=[Words("A note", weight=4), Words("otter", weight=1)])
    title = note(segments=[Words("Otter", weight=4)])
    assert notes_found("otter", stranger) == [f"/notes/{title}/", f"/notes/{body}/"]


def test_the_room_has_the_last_word(note, stranger: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index may lag behind; what the room no longer shows is not found all the same."""
    from dataclasses import replace

    note("kingfisher")
    closed = replace(sources.get("notes"), visible=lambda viewer: sources.get("notes").rows().none())
    monkeypatch.setitem(sources._entries, "notes", closed)
    assert found("kingfisher", stranger) == set()


def test_a_kind_without_a_source_is_not_found(
    note, stranger: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    note("kingfisher")
    monkeypatch.delitem(sources._entries, "notes")
    assert found("kingfisher", stranger) == set()


def test_knowledge_tokens_leave_no_words(note, stranger: Viewer) -> None:
    pk = note("Before [[tk:0b1c5a3e-1111-4222-8333-444455556666:summary]] after")
    assert found("summary", stranger) == set()
    assert found("before after", stranger) == {pk}
    assert "tk:" not in Segment.objects.get().text


def test_building_again_changes_nothing(note) -> None:
    pk = note("heron")
    before = list(Segment.objects.values_list("pk", flat=True))
    actions.build("notes", pk)
    assert list(Segment.objects.values_list("pk", flat=True)) == before


def test_a_changed_text_replaces_the_old_words(note, stranger: Viewer) -> None:
    pk = note("heron")
    note.notes[pk] = Document("Stork", f"/notes/{pk}/", [Words("stork")])
    actions.build("notes", pk)
    assert found("heron", stranger) == set()
    assert found("stork", stranger) == {pk}


def test_the_worker_builds_what_was_asked_for(note, stranger: Viewer) -> None:
    pk = note("heron")
    note.notes[pk] = Document("Stork", f"/notes/{pk}/", [Words("stork")])
    actions.index("notes", pk)
    assert found("stork", stranger) == set()
    work_off()
    assert found("stork", stranger) == {pk}
    actions.index("notes", pk, now=True)
    assert SearchDocument.objects.count() == 1


def test_what_is_gone_is_forgotten(note, stranger: Viewer) -> None:
    gone, removed, hidden = note("heron"), note("heron"), note("heron")
    note.notes.pop(gone)
    actions.build("notes", gone)
    actions.remove("notes", removed)
    note.notes[hidden] = None
    actions.build("notes", hidden)
    assert found("heron", stranger) == set()
    assert SearchDocument.objects.count() == 0


def test_documents_of_vanished_rows_are_swept(note) -> None:
    pk = note("heron")
    note("stork")
    note.notes.pop(pk)
    assert actions.forget_vanished("notes") == 1


def test_audiences_are_shared(note) -> None:
    note("heron")
    note("stork")
    note("crane", keys={"member", "community:1"})
    note("ibis", keys={"community:1", "member"})
    assert Audience.objects.count() == 2


def test_installing_the_index_twice_is_safe(note, stranger: Viewer) -> None:
    from django.db import connection

    pk = note("heron")
    connection.check_constraints()  # PostgreSQL makes no index while a check is still owed
    engines.install(connection)
    assert found("heron", stranger) == {pk}
