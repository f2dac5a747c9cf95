"""What people are told of organizations that they belong to or act for."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.accounts.enums import Role
from network.accounts.models import RoleGrant
from network.foundations.viewer import Viewer
from network.notifications.actions import notify
from network.notifications.enums import Family, Timing
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.organizations.models import Affiliation, AffiliationInvitation, Belonging, Organization
from network.outbox.handlers import on
from network.outbox.models import Entry


def register() -> None:
    for name, label, render in (
        ("invited", gettext_lazy("Who asks me into an organization"), _render_invited),
        ("invitation_accepted", gettext_lazy("Answers to my invitations"), _render_accepted),
        ("officer_named", gettext_lazy("When I become an officer"), _render_officer),
        ("affiliation_ended", gettext_lazy("When I no longer belong"), _render_ended),
        ("belonging_asked", gettext_lazy("Networks that my organization confirms"), _render_belonging),
        ("without_officer", gettext_lazy("Organizations without an officer"), _render_without),
    ):
        kinds.register(
            f"organizations.{name}", Kind(label, render, family=Family.JOINING, mail=Timing.AT_ONCE)
        )
    for deed, run in (
        ("invited", tell_of_invitation),
        ("invitation_accepted", tell_of_acceptance),
        ("officer_named", tell_officer),
        ("affiliation_ended", tell_of_leaving),
        ("belonging_asked", tell_other_side),
        ("without_officer", tell_secretariat),
    ):
        on(f"organizations.{run.__name__}", f"organizations.{deed}", run=run)


def tell_of_invitation(entry: Entry) -> None:
    """Whoever was asked; nobody where the address has no account."""
    asked = AffiliationInvitation.objects.waiting().filter(pk=entry.ids["invitation"]).exclude(person=None)
    for row in asked:
        _tell("invited", [row.person_id], row.invited_by_id, invitation=row.pk)


def tell_of_acceptance(entry: Entry) -> None:
    for row in AffiliationInvitation.objects.filter(pk=entry.ids["invitation"]):
        _tell("invitation_accepted", [row.invited_by_id], row.person_id, invitation=row.pk)


def tell_officer(entry: Entry) -> None:
    for row in Affiliation.objects.officers().filter(pk=entry.ids["affiliation"]):
        _tell("officer_named", [row.person_id], None, affiliation=row.pk)


def tell_of_leaving(entry: Entry) -> None:
    for row in Affiliation.objects.filter(pk=entry.ids["affiliation"]):
        _tell("affiliation_ended", [row.person_id], None, affiliation=row.pk)


def tell_other_side(entry: Entry) -> None:
    """Officers of the side whose word is missing; the secretariat where it has none."""
    for row in Belonging.objects.open().filter(pk=entry.ids["belonging"]):
        missing = row.member_id if row.member_confirmed_at is None else row.network_id
        if row.member_confirmed_at and row.network_confirmed_at:
            continue
        officers = Affiliation.objects.officers().filter(organization=missing)
        told = set(officers.values_list("person_id", flat=True)) or _secretariat()
        _tell("belonging_asked", told, row.asked_by_id, belonging=row.pk)


def tell_secretariat(entry: Entry) -> None:
    _tell("without_officer", _secretariat(), None, organization=entry.ids["organization"])


def _secretariat() -> set[int]:
    return set(RoleGrant.objects.held().filter(role=Role.SECRETARIAT).values_list("person_id", flat=True))


def _tell(kind: str, recipients: Iterable[int | None], actor: int | None, **ids: int) -> None:
    people = [person for person in recipients if person is not None]
    notify(kind=f"organizations.{kind}", recipients=people, actor=actor, ids=ids)


def _render_invited(ids: Ids, viewer: Viewer) -> Rendered | None:
    asked = AffiliationInvitation.objects.waiting().select_related("organization")
    row = asked.filter(pk=ids["invitation"], person=viewer.user_id).first()
    if row is None or not viewer.is_member:
        return None
    return _rendered(
        _("%(name)s says that you belong to it") % {"name": row.organization.title},
        _("Accept it or decline. Its officers see what you answer."),
    )


def _render_accepted(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = AffiliationInvitation.objects.select_related("organization", "person")
    row = found.filter(pk=ids["invitation"], invited_by=viewer.user_id).first()
    if row is None or row.person is None or not viewer.is_member:
        return None
    words = {"name": row.person.get_full_name(), "organization": row.organization.title}
    return Rendered(
        subject=_("%(name)s belongs to %(organization)s now") % words,
        text="",
        url=reverse("organizations:people", args=[row.organization.slug]),
    )


def _affiliation(ids: Ids, viewer: Viewer) -> Affiliation | None:
    found = Affiliation.objects.select_related("organization")
    return found.filter(pk=ids["affiliation"], person=viewer.user_id).first() if viewer.is_member else None


def _render_officer(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = _affiliation(ids, viewer)
    if row is None or row.officer_since is None:
        return None
    return _rendered(
        _("You are an officer of %(name)s") % {"name": row.organization.title},
        _("You confirm its people, endorse and nominate in its name, and hand the office over one day."),
    )


def _render_ended(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = _affiliation(ids, viewer)
    if row is None or row.until is None:
        return None
    return _rendered(
        _("%(name)s says that you do not belong to it") % {"name": row.organization.title},
        _("If that is wrong, ask its officers."),
    )


def _render_belonging(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = Belonging.objects.open().whole().filter(pk=ids["belonging"]).first()
    if row is None or (row.member_confirmed_at and row.network_confirmed_at) or not viewer.is_member:
        return None
    ours = row.member if row.member_confirmed_at is None else row.network
    if not viewer.has_any(f"officer:{ours.pk}", f"role:{Role.SECRETARIAT}"):
        return None
    return Rendered(
        subject=_("Does %(member)s belong to %(network)s?")
        % {"member": row.member.title, "network": row.network.title},
        text=_("The other side says so. It stands on both pages once you confirm it."),
        url=reverse("organizations:networks", args=[ours.slug]),
    )


def _render_without(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = Organization.objects.visible_to(viewer).filter(pk=ids["organization"]).first()
    if row is None or not viewer.has(f"role:{Role.SECRETARIAT}"):
        return None
    if Affiliation.objects.officers().filter(organization=row).exists():
        return None
    return Rendered(
        subject=_("%(name)s has no officer any more") % {"name": row.title},
        text=_("Its last officer has gone. Name another one."),
        url=reverse("organizations:people", args=[row.slug]),
    )


def _rendered(subject: str, text: str) -> Rendered:
    return Rendered(subject=subject, text=text, url=reverse("organizations:mine"))
