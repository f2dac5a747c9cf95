"""Lists of the award cost the same for a handful of nominations and for 200 with 20 jurors each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.accounts.models import User
from network.awards.enums import SCORED
from network.awards.models import Edition, Nomination
from network.calls.enums import AssignmentState, Outcome, SeatState, StageKind
from network.calls.models import Assignment, Case, Decision, PanelMember, Review, StageRun
from network.thesaurus.models import Term
from tests import people
from tests.awards import stage

pytestmark = pytest.mark.django_db


def fill(award: Edition, cases: int, jurors: int) -> None:
    """Rows as the procedure leaves them, written at once."""
    now = timezone.now()
    names = [f"many-{award.slug}-{place}@cast.example" for place in range(jurors - 1)]
    crowd = [people.juror(), *User.objects.bulk_create([User(email=name, name=name) for name in names])]
    seats = PanelMember.objects.bulk_create(
        PanelMember(call=award.call, person=who, state=SeatState.ACCEPTED, disclosed_at=now, languages=["en"])
        for who in crowd
    )
    parties = list(Term.objects.of("country")[: cases + 1])[1:]
    rows = Case.objects.bulk_create(
        Case(call=award.call, party=party, submitted_at=now, digest="0" * 64) for party in parties
    )
    Nomination.objects.bulk_create(
        Nomination(case=case, edition=award, site_name=f"Site {case.pk}", live=False) for case in rows
    )
    reviewed = rows[: len(rows) // 2]
    runs = StageRun.objects.bulk_create(
        StageRun(
            case=case, kind=StageKind.REVIEW, place=3, closed_at=now if case in reviewed else None,
            outcome=Outcome.SCORED if case in reviewed else "",
        )
        for case in rows
    )  # fmt: skip
    StageRun.objects.bulk_create(StageRun(case=case, kind=StageKind.DECIDE, place=4) for case in reviewed)
    assignments = Assignment.objects.bulk_create(
        Assignment(
            run=run, case=run.case, member=seat,
            state=AssignmentState.DONE if run.closed_at else AssignmentState.ASSIGNED,
        )
        for run in runs
        for seat in seats
    )  # fmt: skip
    Review.objects.bulk_create(
        Review(assignment=one, version=1, scores=dict.fromkeys(SCORED, 1 + one.pk % 4), digest="0" * 64)
        for one in assignments
        if one.state == AssignmentState.DONE
    )
    Decision.objects.bulk_create(
        Decision(case=case, version=1, outcome="gold", decided_by=people.secretariat().actor_id)
        for case in reviewed[: len(reviewed) // 2]
    )


def test_lists_cost_the_same_however_long_they_are(client):
    small, large = stage.edition("2024"), stage.edition("2026")
    fill(small, 6, 3)
    fill(large, 190, 20)
    for who, tail in (
        (people.secretariat(), "desk/"),
        (people.secretariat(), "meeting/"),
        (people.secretariat(), "record/"),
        (people.secretariat(), "release/"),
        (people.juror(), "jury/"),
        (people.juror(), "jury/scores.xlsx"),
    ):
        people.sign_in(client, who)
        client.get(f"/awards/2024/{tail}")
        costs = []
        for slug in ("2024", "2026"):
            with CaptureQueriesContext(
                connection,
            ) as caught:
                assert client.get(f"/awards/{slug}/{tail}").status_code == 200
            costs.append(len(caught))
        assert costs[0] == costs[1], (tail, costs)
