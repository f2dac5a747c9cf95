"""A kind of thing to find: notes, kept in a dictionary beside rows that every test database has."""

from collections.abc import Callable

import pytest

from network.accounts.models import User
from network.foundations.viewer import Viewer
from network.search import actions
from network.search.sources import Document, Segment, Source, sources


@pytest.fixture
def note(monkeypatch: pytest.MonkeyPatch, db: None) -> Callable[..., int]:
    """Write a note that can be found: ``note("text", keys={"member"})`` returns its number."""
    notes: dict[int, Document] = {}
    source = Source(
        label="Notes",
        rows=lambda: User.objects.filter(pk__in=notes),
        document=lambda row: notes.get(row.pk),
    )
    monkeypatch.setitem(sources._entries, "notes", source)

    def write(
        *texts: str, keys: set[str] | None = None, language: str = "", segments: list[Segment] | None = None
    ) -> int:
        row = User.objects.create_user(f"note{len(notes)}@example.org")
        held = segments or [Segment(text, frozenset(keys or {"everyone"})) for text in texts]
        notes[row.pk] = Document(
            title=held[0].text[:80], url=f"/notes/{row.pk}/", segments=held, language=language
        )
        actions.build("notes", row.pk)
        return row.pk

    write.notes = notes  # type: ignore[attr-defined]
    return write


@pytest.fixture
def stranger() -> Viewer:
    return Viewer()


@pytest.fixture
def member() -> Viewer:
    return Viewer(keys=frozenset({"everyone", "member", "user:1", "community:7"}))
