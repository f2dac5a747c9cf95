"""One person has two profiles, places or endorsements, and her accounts become one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts import policies as accounts
from network.accounts.merging import likenesses
from network.accounts.merging import merging as people
from network.accounts.models import User
from network.experts import doubles
from network.experts.actions.endorsements import close_in_merge
from network.experts.actions.keeping import refresh
from network.experts.enums import Ending, Field, State
from network.experts.models import ExpertProfile, RosterEntry, TwoPeople
from network.foundations.deeds import deed
from network.foundations.merging import Change, Merging, drop, dropped, stay, written
from network.foundations.viewer import Viewer
from network.pagecache.actions import bump
from network.pagecache.rules import PEOPLE

profiles = Merging("experts.ExpertProfile")

#: Columns of a field that are filled together, from the profile that goes, where the one that is kept says
#: nothing; whoever may see it stays the same.
_FILLED: dict[str, tuple[str, ...]] = {
    Field.DESIGNATION: ("designation",),
    Field.DEPARTMENT: ("department",),
    Field.AFFILIATION: ("affiliation", "organization_id"),
    Field.COUNTRY: ("country_id",),
    Field.BIOGRAPHY: ("biography", "language"),
    Field.WEBSITE: ("website",),
    Field.ORCID: ("orcid",),
    Field.COMMUNITY: ("community",),
    Field.GROUPS: ("groups",),
    Field.GENDER: ("gender",),
    Field.AVAILABILITY: ("offers", "hours", "available_from"),
}


def close_profile(row: Any, kept: User) -> list[Change]:
    """Both have a profile: what hers lacks is taken from the other one, and that one has no page any more."""
    there = ExpertProfile.objects.select_for_update().get(user=kept)
    changes = _same_works(row, there) + profiles.follow(row, there)
    for name, columns in _FILLED.items():
        if not getattr(there, columns[0]) and getattr(row, columns[0]):
            for column in columns:
                setattr(there, column, getattr(row, column))
            there.visibility[name] = int(row.chosen(name))
    names = [row.user.name, *row.other_names]
    there.other_names = list(there.other_names)
    there.other_names += [name for name in names if name not in [kept.name, *there.other_names]]
    there.other_names = there.other_names[:5]
    row.state = State.DRAFT
    changes += written([there, row])
    refresh(row)
    refresh(there)
    return changes


def _same_works(gone: ExpertProfile, kept: ExpertProfile) -> list[Change]:
    """Works that stand in both are told once."""
    known = {(work.doi.casefold() or work.title.casefold()) for work in kept.publications.all()}
    twice = [work for work in gone.publications.all() if (work.doi or work.title).casefold() in known]
    return [change for work in twice for change in dropped(work)]


def close_entry(row: Any, kept: User) -> list[Change]:
    """Two places on one roster: the one that is approved stays, and the other one ends."""
    there = RosterEntry.objects.get(roster=row.roster_id, person=kept, ended_at=None)
    ends, stays = (there, row) if row.is_active and not there.is_active else (row, there)
    ends.ended_at, ends.ending = timezone.now(), Ending.REPLACED
    stays.person_id = kept.pk
    return written([ends, stays])


def close_keeper(row: Any, kept: User) -> list[Change]:
    row.until = timezone.now()
    return written([row])


@deed
def tell_apart(*, viewer: Viewer, one: User, other: User) -> None:
    """They look alike and are two: nobody is asked again."""
    if not accounts.can_manage_people(viewer):
        raise PermissionDenied(_("Only administrators look for people who are here twice."))
    first, second = sorted([one.pk, other.pk])
    TwoPeople.objects.get_or_create(one_id=first, other_id=second, defaults={"by_id": viewer.user_id})
    bump(PEOPLE)


def register() -> None:
    likenesses.register("experts", doubles.like)
    people.closers.register("experts.ExpertProfile", close_profile)
    people.closers.register("experts.Endorsement", close_in_merge)
    people.closers.register("experts.RosterEntry", close_entry)
    people.closers.register("experts.RosterKeeper", close_keeper)
    for table in ("SectionDraft", "ExportedPerson", "Block", "TwoPeople"):
        people.closers.register(f"experts.{table}", stay)
    for table in ("ProfileFacet", "Circle", "NameKey"):
        profiles.stays.register(f"experts.{table}", "is made anew from the profile")
    profiles.stays.register("experts.Revision", "what stood in the profile that goes")
    for table in ("TaggedProfile", "ProfileTerm", "ProfileTranslation"):
        profiles.closers.register(f"experts.{table}", stay)
    profiles.closers.register("experts.ShortlistEntry", drop)
