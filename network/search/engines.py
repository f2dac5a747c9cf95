"""How each database finds segments by finished tokens: FTS5 on SQLite, tsvector with GIN on PostgreSQL."""

from collections.abc import Collection

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

_SQLITE = [
    """
    CREATE VIRTUAL TABLE IF NOT EXISTS search_segment_fts USING fts5(
        tokens, content='search_segment', content_rowid='id', detail=none,
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N*'"
    )
    """,
    """
    CREATE TRIGGER IF NOT EXISTS search_segment_fts_insert AFTER INSERT ON search_segment BEGIN
        INSERT INTO search_segment_fts (rowid, tokens) VALUES (new.id, new.tokens);
    END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS search_segment_fts_delete AFTER DELETE ON search_segment BEGIN
        INSERT INTO search_segment_fts (search_segment_fts, rowid, tokens)
        VALUES ('delete', old.id, old.tokens);
    END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS search_segment_fts_update AFTER UPDATE OF tokens ON search_segment BEGIN
        INSERT INTO search_segment_fts (search_segment_fts, rowid, tokens)
        VALUES ('delete', old.id, old.tokens);
        INSERT INTO search_segment_fts (rowid, tokens) VALUES (new.id, new.tokens);
    END
    """,
]
# Built from the finished tokens, past PostgreSQL's own parser, which would cut some of them again.
_VECTOR = "array_to_tsvector(string_to_array(tokens, ' '))"
_POSTGRESQL = [
    f"CREATE INDEX IF NOT EXISTS search_segment_tokens ON search_segment USING gin (({_VECTOR}))",
    # Titles, names and tags: few beside the texts, and asked for whenever a thread is opened.
    "CREATE INDEX IF NOT EXISTS search_segment_telling ON search_segment "
    f"USING gin (({_VECTOR})) WHERE weight > 1",
]


def install(database: BaseDatabaseWrapper) -> None:
    """Make the index that matching needs, where it is missing; a table rebuilt on SQLite loses triggers."""
    with database.cursor() as cursor:
        for statement in _SQLITE if database.vendor == "sqlite" else _POSTGRESQL:
            cursor.execute(statement)


def holds(tokens: Collection[str]) -> RawSQL:
    """The condition that a segment holds any of ``tokens``.

    Tokens consist of letters, marks and numbers only, so quoting them is enough in either language. The
    columns carry no alias: the condition belongs where segments are the only table that is asked.
    """
    if connection.vendor == "sqlite":
        return RawSQL(
            "id IN (SELECT rowid FROM search_segment_fts WHERE search_segment_fts MATCH %s)",
            [" OR ".join(f'"{token}"' for token in sorted(tokens))],
            output_field=BooleanField(),
        )
    return RawSQL(  # noqa: S611
        f"{_VECTOR} @@ %s::tsquery",
        [" | ".join(f"'{token}'" for token in sorted(tokens))],
        output_field=BooleanField(),
    )
