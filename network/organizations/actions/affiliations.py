"""Who belongs to which organization: both sides say so, and nobody takes the last officer away unheard."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.organizations import policies
from network.organizations.models import Affiliation, AffiliationInvitation, Organization
from network.outbox.actions import announce
from network.pagecache.actions import bump
from network.pagecache.rules import PEOPLE


@deed
def claim_affiliation(*, person: User, organization: Organization | None, role: str = "") -> None:
    """The profile says that she belongs to ``organization``, and no longer to the one it said before.

    Saying it again changes nothing but her role there, so that a confirmation stands. What she accepted of
    an officer stays beside it.
    """
    open_ones = Affiliation.objects.current().filter(person=person, from_profile=True)
    for former in open_ones.exclude(organization=organization):
        end_for_good(former)
    if organization is None:
        return
    held, new = Affiliation.objects.get_or_create(
        person=person, organization=organization, until=None, defaults={"role": role}
    )
    if not new and held.role != role and held.from_profile:
        held.role = role
        held.save(update_fields=["role"])


@deed
def confirm_affiliation(*, viewer: Viewer, affiliation: Affiliation) -> None:
    if not policies.can_confirm_people(viewer, affiliation.organization):
        raise PermissionDenied(_("Only officers of the organization and the secretariat confirm its people."))
    Affiliation.objects.waiting().filter(pk=affiliation.pk).update(
        confirmed_at=timezone.now(), confirmed_by_id=viewer.user_id
    )
    bump(PEOPLE)


@deed
def make_officer(*, viewer: Viewer, affiliation: Affiliation) -> None:
    """Let a confirmed person act for her organization."""
    if not policies.can_make_officers(viewer, affiliation.organization):
        raise PermissionDenied(_("Only officers of the organization and the secretariat name its officers."))
    confirm_affiliation(viewer=viewer, affiliation=affiliation)
    named = (
        Affiliation.objects.current()
        .filter(pk=affiliation.pk, officer_since=None)
        .update(officer_since=timezone.now())
    )
    if named:
        announce(_stream(affiliation), "organizations.officer_named", affiliation=affiliation.pk)


@deed
def hand_over(*, viewer: Viewer, affiliation: Affiliation) -> None:
    """An officer makes somebody else one in her place."""
    mine = _locked(affiliation.organization_id).filter(person=viewer.user_id).first()
    if mine is None or mine.officer_since is None:
        raise PermissionDenied(_("Only an officer hands her office over."))
    if affiliation.person_id == viewer.user_id:
        raise Refused(_("Choose somebody else."))
    make_officer(viewer=viewer, affiliation=affiliation)
    mine.officer_since = None
    mine.save(update_fields=["officer_since"])


@deed
def end_office(*, viewer: Viewer, affiliation: Affiliation) -> None:
    """She resigns, or the secretariat ends it; the last officer hands over instead."""
    held = _locked(affiliation.organization_id).filter(pk=affiliation.pk).first()
    if held is None or held.officer_since is None:
        raise Refused(_("This has ended already."))
    hers = viewer.is_member and viewer.user_id == held.person_id
    if not hers and not policies.can_manage_organizations(viewer):
        raise PermissionDenied(_("Only the officer herself and the secretariat end an office."))
    _refuse_last(held)
    held.officer_since = None
    held.save(update_fields=["officer_since"])


@deed
def end_affiliation(*, viewer: Viewer, affiliation: Affiliation) -> None:
    """She leaves, or an officer says that she does not belong there (any more); the other one is told."""
    held = _locked(affiliation.organization_id).filter(pk=affiliation.pk).first()
    if held is None:
        raise Refused(_("This has ended already."))
    hers = viewer.is_member and viewer.user_id == held.person_id
    if not hers and not policies.can_confirm_people(viewer, affiliation.organization):
        raise PermissionDenied(_("Only the person, officers and the secretariat end this."))
    if held.officer_since is not None:
        _refuse_last(held)
    end_for_good(held)
    if not hers:
        announce(_stream(held), "organizations.affiliation_ended", affiliation=held.pk)
    bump(PEOPLE)


@deed
def invite(*, viewer: Viewer, organization: Organization, email: str, role: str = "") -> None:
    """Say that whoever has this address belongs here; she is asked. Every address is answered alike."""
    if not policies.can_confirm_people(viewer, organization):
        raise PermissionDenied(_("Only officers of the organization and the secretariat invite people."))
    if (
        AffiliationInvitation.objects.waiting()
        .filter(organization=organization, email__iexact=email)
        .exists()
    ):
        raise Refused(_("You have asked this address already."), "email")
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    made = AffiliationInvitation.objects.create(
        organization=organization, person=person, email=email, role=role, invited_by_id=viewer.user_id
    )
    announce(f"organization:{organization.pk}", "organizations.invited", invitation=made.pk)


@deed
def answer_invitation(*, viewer: Viewer, invitation: AffiliationInvitation, accept: bool) -> None:
    """She belongs there from now on, confirmed by whoever invited her; or she does not."""
    found = AffiliationInvitation.objects.select_for_update(of=("self",)).select_related("organization")
    held = found.filter(pk=invitation.pk).first()
    if held is None or viewer.user_id is None or held.person_id != viewer.user_id:
        raise PermissionDenied(_("Only whoever was asked answers this."))
    if not AffiliationInvitation.objects.waiting().filter(pk=held.pk).exists():
        raise Refused(_("This has been answered in the meantime, or is over."))
    held.answered_at, held.email = timezone.now(), ""
    held.save(update_fields=["answered_at", "email"])
    if not accept:
        return
    row, _new = Affiliation.objects.get_or_create(
        person_id=viewer.user_id,
        organization=held.organization,
        until=None,
        defaults={"role": held.role, "from_profile": False},
    )
    if row.confirmed_at is None:
        row.confirmed_at, row.confirmed_by_id = timezone.now(), held.invited_by_id
        row.save(update_fields=["confirmed_at", "confirmed_by"])
    announce(_stream(row), "organizations.invitation_accepted", invitation=held.pk)
    bump(PEOPLE)


# --- the last officer -------------------------------------------------------------------------------------


def _stream(row: Affiliation) -> str:
    return f"organization:{row.organization_id}"


def _locked(organization: int) -> Any:
    """The current affiliations of an organization, whose row is locked: officers go one after the other."""
    Organization.objects.select_for_update().get(pk=organization)
    return Affiliation.objects.current().filter(organization=organization)


def _refuse_last(held: Affiliation) -> None:
    others = Affiliation.objects.officers().filter(organization=held.organization_id).exclude(pk=held.pk)
    if not others.exists():
        raise Refused(_("You are the last officer of this organization. Hand the office over first."))


def end_for_good(held: Affiliation) -> None:
    """End it. Where that leaves an organization without an officer, the secretariat is told."""
    served = held.officer_since is not None
    held.until, held.officer_since = timezone.now(), None
    held.save(update_fields=["until", "officer_since"])
    others = Affiliation.objects.officers().filter(organization=held.organization_id)
    if served and not others.exists():
        announce(_stream(held), "organizations.without_officer", organization=held.organization_id)
