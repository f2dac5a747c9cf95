"""Answers to the engine's bells, inside its transaction."""

from network.awards.actions import proclaim, put_down
from network.awards.models import Edition, Nomination
from network.awards.run import follow
from network.calls.enums import StageKind


def follow_stage(sender, case, run, user, **kwargs) -> None:
    nomination = Nomination.objects.select_related("edition__workflow").filter(case=case).first()
    if nomination is not None:
        follow(nomination, run, user)
        if run.kind == StageKind.SUBMIT:
            put_down(nomination, case.call.at)


def proclaim_results(sender, call, user, **kwargs) -> None:
    edition = Edition.objects.filter(call=call).first()
    if edition is not None:
        proclaim(edition=edition)
