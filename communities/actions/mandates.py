"""Speaking for others: asking for a mandate, answering, withdrawing, ending it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import policies
from communities.actions.common import demand, locked
from communities.enums import Capacity, Source
from communities.models import Community, Mandate
from network.accounts.models import User
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.organizations.enums import Kind
from network.organizations.models import Alternate
from network.outbox.actions import announce

_NOT_YOURS = gettext_lazy("Those for whom somebody would speak answer this, and nobody else.")
#: No mandate is asked for longer than this.
LONGEST = timedelta(days=3 * 366)


@deed
def ask_mandate(
    *,
    viewer: Viewer,
    community: Community,
    capacity: str,
    until: date,
    since: date | None = None,
    themes: Iterable = (),
    **whom: Any,
) -> Mandate:
    """Ask those for whom she would like to speak; ``whom`` is a country, an organization, a holder or a name.

    Who could say yes to herself by her office holds the mandate at once, and the row says by which office.
    """
    community = locked(community)
    demand(policies.can_write(viewer, community), _("Members who write here ask for a mandate."))
    mandate = Mandate(
        community=community,
        user=viewer.user,
        capacity=capacity,
        since=since or timezone.localdate(),
        until=until,
        **whom,
    )
    _check_whom(viewer, mandate)
    _check_term(mandate)
    _check_new(mandate)
    mandate.save()
    mandate.themes.set(themes)
    if policies.can_answer_mandate(viewer, mandate):
        _answer(viewer, mandate, "granted_at", "")
    else:
        announce(f"community:{community.pk}", "mandate.asked", mandate=mandate.pk)
    return mandate


def _check_whom(viewer: Viewer, mandate: Mandate) -> None:
    """Whom it is for, said once and in the way that fits the capacity."""
    if mandate.capacity == Capacity.GOVERNMENT and mandate.country is None:
        raise Refused(_("Choose the country."), field="country")
    if mandate.capacity == Capacity.ORGANIZATION and mandate.organization is None:
        raise Refused(_("Name the organization."), field="organization")
    if mandate.capacity != Capacity.PEOPLES:
        return
    holder, organization = mandate.holder, mandate.organization
    if holder is not None and not viewer.has(f"holder:{holder.pk}"):
        raise Refused(_("This people or community has not said that you are one of theirs."), field="holder")
    if organization is not None and organization.kind != Kind.IPLC:
        raise Refused(
            _("This is not an organization of Indigenous peoples or local communities."), field="organization"
        )
    if sum(bool(one) for one in (holder, organization, mandate.named)) != 1:
        raise Refused(
            _("Say for whom: choose your people or community, name it, or name its organization."),
            field="named",
        )


def _check_term(mandate: Mandate) -> None:
    if mandate.until < max(mandate.since, timezone.localdate()):
        raise Refused(_("The last day lies before the first."), field="until")
    if mandate.until - mandate.since > LONGEST:
        raise Refused(
            _("A mandate is given for three years at most. It can be asked for again."), field="until"
        )


def _check_new(mandate: Mandate) -> None:
    same = Mandate.objects.standing().filter(
        community=mandate.community,
        user=mandate.user,
        capacity=mandate.capacity,
        country=mandate.country,
        organization=mandate.organization,
        holder=mandate.holder,
        named=mandate.named,
    )
    if same.exists():
        raise Refused(_("You have this mandate here already, or have asked for it."))


@deed
def grant_mandate(*, viewer: Viewer, mandate: Mandate, until: date | None = None) -> Mandate:
    """Say yes, for a shorter time if wanted."""
    current = _answerable(viewer, mandate)
    if until is not None:
        if not timezone.localdate() <= until <= current.until:
            raise Refused(_("Choose a day from today until the last day that was asked for."), field="until")
        current.until = until
        current.save(update_fields=["until"])
    _answer(viewer, current, "granted_at", "")
    return current


@deed
def decline_mandate(*, viewer: Viewer, mandate: Mandate, reason: str) -> Mandate:
    current = _answerable(viewer, mandate)
    _answer(viewer, current, "declined_at", reason)
    return current


def _answerable(viewer: Viewer, mandate: Mandate) -> Mandate:
    current = _locked(mandate)
    demand(policies.can_answer_mandate(viewer, current), str(_NOT_YOURS))
    if current.granted_at or current.declined_at or not current.is_open:
        raise Refused(_("This has been answered in the meantime, or is over."))
    return current


def _locked(mandate: Mandate) -> Mandate:
    current = Mandate.objects.whole().select_for_update(of=("self",)).filter(pk=mandate.pk).first()
    if current is None:
        raise Refused(_("Whoever asked for this mandate has left in the meantime."))
    return current


def _answer(viewer: Viewer, mandate: Mandate, column: str, reason: str) -> None:
    setattr(mandate, column, timezone.now())
    mandate.answered_by, mandate.answered_for = viewer.user, _in_place_of(viewer, mandate)
    mandate.answered_as, mandate.reason = _source(mandate), reason
    mandate.save(update_fields=[column, "answered_by", "answered_for", "answered_as", "reason"])
    announce(f"community:{mandate.community_id}", "mandate.answered", mandate=mandate.pk)


def _source(mandate: Mandate) -> Source:
    if mandate.capacity == Capacity.GOVERNMENT:
        return Source.ALTERNATE if mandate.answered_for_id else Source.FOCAL_POINT
    return Source.OFFICER if mandate.organization_id else Source.AUTHORITY


def _in_place_of(viewer: Viewer, mandate: Mandate) -> User | None:
    """The focal point for whom an alternate answers; nobody where she answers by her own office."""
    if mandate.country_id is None or viewer.has(f"focal_point:{mandate.country_id}"):
        return None
    hers = Alternate.objects.current().filter(person=viewer.user_id, focal_point__country=mandate.country_id)
    found = hers.select_related("focal_point__user").order_by("pk").first()
    demand(found is not None, str(_NOT_YOURS))
    return found.focal_point.user


@deed
def withdraw_mandate(*, viewer: Viewer, mandate: Mandate, reason: str) -> None:
    """Take back what was granted: whoever holds the office that granted it. Posts keep what they said."""
    current = _locked(mandate)
    demand(policies.can_answer_mandate(viewer, current), str(_NOT_YOURS))
    if not current.granted_at or not current.is_open:
        raise Refused(_("This mandate is over already."))
    current.withdrawn_at, current.withdrawn_by = timezone.now(), viewer.user
    current.withdrawn_for = _in_place_of(viewer, current)
    current.withdrawn_reason = reason
    current.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_for", "withdrawn_reason"])
    announce(f"community:{current.community_id}", "mandate.answered", mandate=current.pk)


@deed
def end_mandate(*, viewer: Viewer, mandate: Mandate) -> None:
    """She no longer speaks for them, or takes her question back."""
    current = _locked(mandate)
    demand(current.user_id == viewer.user_id, _("Each ends her own mandates."))
    if current.is_open:
        current.ended_at = timezone.now()
        current.save(update_fields=["ended_at"])


def mandate_for_post(viewer: Viewer, community: Community, mandate: Mandate | None) -> Mandate | None:
    """The mandate in which she writes now, asked for anew: it may have ended since the form was opened."""
    if mandate is None:
        return None
    found = Mandate.objects.speaking().filter(pk=mandate.pk, community=community, user=viewer.user_id).first()
    if found is None:
        raise Refused(
            _("You no longer hold this mandate. Choose in what capacity you write."), field="mandate"
        )
    return found
