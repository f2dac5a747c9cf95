"""Endorsements and rosters for tests, made through the room's own actions."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from network.accounts.models import User
from network.experts import actions
from network.experts.models import Endorsement, Roster, RosterEntry
from network.experts.voices import Voice, voices_of
from network.foundations.viewer import Viewer, viewer_for
from network.organizations import actions as offices
from network.organizations.models import Affiliation, FocalPoint, Organization
from tests import people
from tests.organizations.factories import SECRETARIAT, focal_point

TODAY = timezone.localdate


def speaker(code: str = "KE") -> User:
    """The focal point of a Party."""
    person = people.person(f"speaks-for-{code.lower()}")
    if not FocalPoint.objects.filter(user=person).exists():
        focal_point(person, code)
    return person


def voice(person: User) -> Voice:
    return voices_of(viewer_for(person))[0]


def belongs_to(person: User, office: Organization, *, officer: bool = False) -> Affiliation:
    """Confirmed by the secretariat, and an officer if wanted."""
    row, _new = Affiliation.objects.get_or_create(person=person, organization=office, until=None)
    deed = offices.make_officer if officer else offices.confirm_affiliation
    deed(viewer=SECRETARIAT, affiliation=row)
    return row


def endorsed(person: User, by: User | None = None, *, accepted: bool = True, **said: Any) -> Endorsement:
    by = by or speaker()
    told = {"role": "Adviser on wetlands", "since": TODAY(), "until": TODAY() + timedelta(days=400)} | said
    made = actions.endorse(viewer=viewer_for(by), person=person, voice=voice(by), **told)
    if accepted:
        actions.accept_endorsement(viewer=viewer_for(person), endorsement=made)
        made.refresh_from_db()
    return made


def keeper() -> User:
    return people.person("keeper", "Kenji Watanabe")


def roster(name: str = "Peer reviewers", **said: Any) -> Roster:
    """With one keeper."""
    told = {"name": name, "mandate": "Review drafts.", "criteria": "", "valid_months": 48, "check_months": 6}
    told |= {"self_nomination": False} | said
    made = actions.save_roster(viewer=SECRETARIAT, values=told)
    actions.name_keeper(viewer=SECRETARIAT, roster=made, person=keeper())
    return made


def keeping() -> Viewer:
    return viewer_for(keeper())


def nominated(person: User, on: Roster, by: User | None = None) -> RosterEntry:
    by = by or speaker()
    return actions.nominate(
        viewer=viewer_for(by), roster=on, person=person, voice=voice(by), why="She knows."
    )


def listed(person: User, on: Roster, by: User | None = None) -> RosterEntry:
    """Nominated, accepted, approved."""
    entry = nominated(person, on, by)
    actions.accept_nomination(viewer=viewer_for(person), entry=entry)
    actions.approve(viewer=keeping(), entry=entry)
    entry.refresh_from_db()
    return entry
