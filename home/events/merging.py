"""Two accounts of one person, at the desks and in the rooms of events."""

import json
from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils import timezone

from home.events.actions.line import locked, settle
from home.events.enums import HOLDING, ClaimState, PlaceState
from home.events.models import AudienceQuestion, Registration, Speaker, SpeakerReview
from network.accounts.actions.merging import MERGED, UNMERGED
from network.accounts.merging import merging
from network.accounts.models import PersonMerge
from network.foundations.merging import DROPPED, Change, Closer, drop, dropped, written
from network.outbox import handlers
from network.outbox.models import Entry


def close_registration(row: Any, kept: Any) -> list[Change]:
    """She asked twice: the better of the two places stays, the other one goes to those who wait."""
    desk, at = locked(row.desk), timezone.now()
    there = Registration.objects.live().get(desk=desk, person=kept)
    worse, better = (there, row) if row.state in HOLDING and there.state not in HOLDING else (row, there)
    worse.state, worse.state_since, worse.offer_until = PlaceState.CANCELLED, at, None
    better.person_id = kept.pk
    changes = written([worse, better])
    settle(desk, at)
    return changes


def _better_of(model: type[models.Model], among: tuple[str, ...], worth: Callable[[Any], Any]) -> Closer:
    """A closer: of the two rows that say who she is in one place, the one that is worth more stays."""

    def close(row: Any, kept: Any) -> list[Change]:
        there = model._base_manager.get(person=kept, **{name: getattr(row, name) for name in among})
        if worth(row) <= worth(there):
            return dropped(row)
        changes = dropped(there)
        row.person_id = kept.pk
        return [*changes, *written([row])]

    return close


def recount_votes(entry: Entry) -> None:
    """Who voted twice counts once; after undoing, twice again."""
    merge = PersonMerge.objects.filter(pk=entry.ids["merge"]).first()
    lost = [json.loads(change[1]) for change in merge.changes if change[0] == DROPPED] if merge else []
    voted = [
        row["fields"]["question"] for rows in lost for row in rows if row["model"] == "events.questionvote"
    ]
    for question in AudienceQuestion.objects.filter(pk__in=voted).select_for_update():
        question.votes = question.voters.count()
        question.save(update_fields=["votes"])


def register() -> None:
    merging.closers.register("events.Registration", close_registration)
    merging.closers.register("events.Going", drop)
    merging.closers.register("events.QuestionVote", drop)
    merging.closers.register(
        "events.Speaker",
        _better_of(Speaker, ("event", "session"), lambda row: row.state == ClaimState.CONFIRMED),
    )
    merging.closers.register("events.SpeakerReview", _better_of(SpeakerReview, ("room",), lambda row: row.at))
    handlers.on("events.recount_votes", MERGED, UNMERGED, run=recount_votes)
