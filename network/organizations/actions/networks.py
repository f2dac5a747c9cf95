"""Which organization belongs to which network: one side says so, the other confirms."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.organizations import policies
from network.organizations.models import Affiliation, Belonging, Organization
from network.outbox.actions import announce


@deed
def ask_belonging(
    *, viewer: Viewer, member: Organization, network: Organization, since: date | None = None
) -> Belonging:
    """Say that ``member`` belongs to ``network``, for those of the two sides for whom the viewer acts.

    The secretariat speaks for a side that has no officer; it never speaks for one that has.
    """
    if member.pk == network.pk:
        raise Refused(_("Choose another organization."), "name")
    said = [side for side in (member, network) if speaks_for(viewer, side)]
    if not said:
        raise PermissionDenied(_("Only officers of one of the two organizations say so."))
    if Belonging.objects.open().filter(member=member, network=network).exists():
        raise Refused(_("This has been said already."), "name")
    now = timezone.now()
    made = Belonging.objects.create(
        member=member,
        network=network,
        since=since or timezone.localdate(),
        asked_by_id=viewer.user_id,
        member_confirmed_at=now if member in said else None,
        network_confirmed_at=now if network in said else None,
    )
    announce(f"organization:{network.pk}", "organizations.belonging_asked", belonging=made.pk)
    return made


@deed
def confirm_belonging(*, viewer: Viewer, belonging: Belonging) -> None:
    """The other side says the same; from now on it stands on both pages."""
    held = _locked(belonging)
    now, changed = timezone.now(), False
    for name in ("member", "network"):
        if getattr(held, f"{name}_confirmed_at") is None and speaks_for(viewer, getattr(held, name)):
            setattr(held, f"{name}_confirmed_at", now)
            changed = True
    if not changed:
        raise PermissionDenied(_("The other side confirms this."))
    held.confirmed_by_id = viewer.user_id
    held.save(update_fields=["member_confirmed_at", "network_confirmed_at", "confirmed_by"])


@deed
def end_belonging(*, viewer: Viewer, belonging: Belonging) -> None:
    """Either side ends it, or does not confirm it."""
    held = _locked(belonging)
    if not any(speaks_for(viewer, side) for side in (held.member, held.network)):
        raise PermissionDenied(_("Only officers of one of the two organizations end this."))
    today = timezone.localdate()
    held.ended_at, held.ended_by_id = timezone.now(), viewer.user_id
    held.until = max(today, held.since)
    held.save(update_fields=["ended_at", "ended_by", "until"])


def speaks_for(viewer: Viewer, organization: Organization) -> bool:
    """Its officers; the secretariat where there is none."""
    if policies.can_act_for(viewer, organization):
        return True
    if not policies.can_manage_organizations(viewer):
        return False
    return not Affiliation.objects.officers().filter(organization=organization).exists()


def _locked(belonging: Belonging) -> Belonging:
    found = Belonging.objects.select_for_update(of=("self",)).select_related("member", "network")
    held = found.filter(pk=belonging.pk).first()
    if held is None or held.ended_at is not None:
        raise Refused(_("This has ended already."))
    return held
