"""Signing in at ORCID and a profile: the iD that is proven stands in it, and goes with the link."""

from network.accounts.models import User
from network.experts import orcid, sections
from network.experts.actions.editing import change
from network.experts.enums import Field
from network.experts.models import ExpertProfile
from network.foundations.deeds import deed

_SECTION = next(section for section in sections.SECTIONS.values() if Field.ORCID in section.fields)


@deed
def follow_link(*, person: User) -> None:
    """The iD with which she signs in now stands in her profile, in place of one that she typed."""
    profile = _locked(person)
    if profile is not None and (proven := orcid.proven(person.pk)) and profile.orcid != proven:
        change(profile, _SECTION, {Field.ORCID: proven}, {})


@deed
def follow_unlinking(*, person: User, uid: str) -> None:
    """The link is gone: what it proved no longer stands there. One that she typed stays."""
    profile = _locked(person)
    if profile is not None and profile.orcid and profile.orcid == orcid.normal_form(uid):
        change(profile, _SECTION, {Field.ORCID: ""}, {})


def _locked(person: User) -> ExpertProfile | None:
    profiles = ExpertProfile.objects.select_for_update(of=("self",))
    return profiles.filter(user=person).first()
