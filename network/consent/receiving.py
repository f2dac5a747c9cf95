"""Who has received an item: from the log of releases, with the names of those who still have an account."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.consent.exits import exits
from network.consent.models import KnowledgeItem, Release
from network.foundations.pager import KeysetPage, paginate
from network.foundations.spreadsheets import write_rows


def page_of(item: KnowledgeItem, cursor: str, *, own_too: bool) -> KeysetPage:
    """One page of receivers, the newest first; two queries. ``own_too``: the holders' own reading as well."""
    found = Release.objects.filter(item_id=item.pk)
    page = paginate((found if own_too else found.to_others()).by_receiver(), ["-newest"], cursor)
    name(page.rows)
    return page


def receivers_of(item: KnowledgeItem) -> int:
    """How many people, and the public as one, had it."""
    return Release.objects.filter(item_id=item.pk).to_others().values("actor").distinct().count()


def name(rows: list[dict[str, Any]]) -> None:
    """Put words beside codes: the exit's label, and who it was."""
    people = _people({row["actor"] for row in rows})
    for row in rows:
        row["where"] = exit_label(row["exit"])
        row["who"] = who(row["actor"], people)


def who(actor: UUID | None, people: dict[UUID, str]) -> str:
    """A name, for as long as she has an account; a pseudonym tells nobody anything."""
    if actor is None:
        return _("The public")
    return people.get(actor) or _("Somebody whose account is gone")


def exit_label(name: str) -> str | Promise:
    exit = exits.get(name)
    return exit.label if exit else name


def table(item: KnowledgeItem) -> str:
    """Every single release, as CSV for a spreadsheet."""
    releases = list(Release.objects.filter(item_id=item.pk).order_by("at", "id"))
    people = _people({release.actor for release in releases})
    written = io.StringIO()
    rows = [[_("When"), _("Where"), _("Who"), _("Text"), _("Language"), _("By what right")]]
    for release in releases:
        cells = [
            _instant(release.at), exit_label(release.exit), who(release.actor, people), release.part,
            release.language, release.code,
        ]  # fmt: skip
        rows.append([str(cell) for cell in cells])
    write_rows(written, rows)
    return written.getvalue()


def _people(actors: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = {actor for actor in actors if actor}
    if not wanted:
        return {}
    found = User.objects.filter(actor_id__in=wanted, is_active=True)
    return {person.actor_id: str(person) for person in found}


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
