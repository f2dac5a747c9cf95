"""The demonstration’s endorsements, a roster with people in each state, and who belongs to which network."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.experts import actions
from network.experts.models import Endorsement, Roster, RosterEntry
from network.experts.voices import Voice, voices_of
from network.foundations.viewer import Viewer, viewer_for
from network.organizations import actions as offices
from network.organizations.models import Affiliation, Organization
from network.thesaurus.models import Term

_ROSTER = {
    "name": "Reviewers of technical guidance",
    "mandate": "Read drafts of technical guidance within three weeks, and say in writing what would work in "
    "their country, what would not, and what is missing.",
    "criteria": "Five years of work in the field or on the land. Publications count as much as practical "
    "work that others can visit.",
    "valid_months": 48,
    "check_months": 6,
    "self_nomination": True,
}


@transaction.atomic
def seed() -> None:
    """Once: what people made of it since stays."""
    if Roster.objects.exists():
        return
    secretariat = _viewer("secretariat@demo.example")
    _networks(secretariat)
    _endorsements()
    roster = actions.save_roster(viewer=secretariat, values=_ROSTER)
    for email in ("juror@demo.example", "secretariat@demo.example"):
        actions.name_keeper(viewer=secretariat, roster=roster, person=_person(email))
    _entries(roster)


def _person(email: str) -> User:
    return User.objects.get(email=email)


def _viewer(email: str) -> Viewer:
    return viewer_for(_person(email))


def _voice(email: str, capacity: str = "") -> Voice:
    return next(voice for voice in voices_of(_viewer(email)) if capacity in voice.capacity)


# --- organizations ----------------------------------------------------------------------------------------


def _networks(secretariat: Viewer) -> None:
    """An officer here, confirmed people there, a partnership with members, and one that waits."""
    _belongs(secretariat, "expert@demo.example", officer=False)
    _belongs(secretariat, "moderator@demo.example", officer=True)
    named = {row.acronym: row for row in Organization.objects.exclude(acronym="")}
    for member in ("KWO", "BGN", "IAP", "RAS"):
        offices.ask_belonging(viewer=secretariat, member=named[member], network=named["BDP"])
    offices.invite(
        viewer=_viewer("moderator@demo.example"),
        organization=named["RAS"],
        email="expert@demo.example",
        role="Adviser on wetlands",
    )


def _belongs(secretariat: Viewer, email: str, *, officer: bool) -> None:
    """As her profile says, which has made the row."""
    row = Affiliation.objects.current().filter(person__email=email).select_related("organization").first()
    if row is not None:
        deed = offices.make_officer if officer else offices.confirm_affiliation
        deed(viewer=secretariat, affiliation=row)


# --- endorsements -----------------------------------------------------------------------------------------


def _endorsements() -> None:
    """One that stands, and one that waits for the person’s word."""
    scope = Term.objects.filter(domain="subject", code__in=["inland-waters", "monitoring-indicators"])
    stands = _endorse("nominator@demo.example", "focal_point", "Adviser on wetland inventories", scope)
    actions.accept_endorsement(viewer=_viewer("expert@demo.example"), endorsement=stands)
    _endorse("moderator@demo.example", "officer", "Teacher of community monitoring", [])


def _endorse(by: str, capacity: str, role: str, scope: Any) -> Endorsement:
    today = timezone.localdate()
    return actions.endorse(
        viewer=_viewer(by),
        person=_person("expert@demo.example"),
        voice=_voice(by, capacity),
        role=role,
        since=today,
        until=today + timedelta(days=730),
        scope=scope,
    )


# --- the roster -------------------------------------------------------------------------------------------

#: Who put whom forward, and how far it has gone.
_PLACES = (
    ("expert@demo.example", "nominator@demo.example", "confirmed"),
    ("yusuf.demir@people.example", "gulnara.isaeva@people.example", "asked"),
    ("chen.jun@people.example", "gulnara.isaeva@people.example", "stale"),
    ("helen.kaupa@people.example", "amelia.tavake@people.example", "ending"),
    ("lucia.romano@people.example", "david.mensah@people.example", "accepted"),
    ("ahmad.wijaya@people.example", "amelia.tavake@people.example", "nominated"),
)


def _entries(roster: Roster) -> None:
    for email, by, state in _PLACES:
        entry = actions.nominate(
            viewer=_viewer(by),
            roster=roster,
            person=_person(email),
            voice=_voice(by),
            why="Knows from practice what others write about.",
        )
        if state != "nominated":
            actions.accept_nomination(viewer=_viewer(email), entry=entry)
        if state not in ("nominated", "accepted"):
            actions.approve(viewer=_viewer("juror@demo.example"), entry=entry)
            _bring_to(entry, email, by, state)


def _bring_to(entry: RosterEntry, email: str, by: str, state: str) -> None:
    """As if time had passed; what follows by the clock follows from there."""
    if state == "confirmed":
        actions.confirm_own(viewer=_viewer(email), entry=entry)
        _asked_to_review(entry)
        return
    now = timezone.now()
    past = {
        "asked": {"approved_at": now - timedelta(days=200), "asked_at": now - timedelta(days=5), "round": 1},
        "stale": {
            "approved_at": now - timedelta(days=230),
            "asked_at": now - timedelta(days=40),
            "reminded_at": now - timedelta(days=19),
            "stale_at": now - timedelta(days=10),
            "round": 1,
        },
        "ending": {
            "approved_at": now - timedelta(days=1400),
            "verified_at": now - timedelta(days=60),
            "verified_way": "officer",
            "until": timezone.localdate() + timedelta(days=60),
            "term_told_at": now - timedelta(days=30),
        },
    }
    RosterEntry.objects.filter(pk=entry.pk).update(**past[state])
    if state == "ending":
        actions.renominate(viewer=_viewer(by), entry=entry)


def _asked_to_review(entry: RosterEntry) -> None:
    today = timezone.localdate()
    keeper = _viewer("juror@demo.example")
    done = actions.record_assignment(
        viewer=keeper,
        entry=entry,
        what="Review of the draft guidance on wetland inventories",
        since=today - timedelta(days=50),
        until=today - timedelta(days=30),
    )
    actions.thank(
        viewer=keeper,
        assignment=done,
        words="Your remarks on floodplains changed two chapters. Thank you.",
    )
    actions.record_assignment(
        viewer=keeper, entry=entry, what="Review of the training module on papyrus", since=today
    )
