"""What stands in a community of the demonstration: resources, mandates, nominations, or its closing."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from communities import actions
from communities.demo.people import person, viewer
from communities.models import Community, Invitation, Mandate
from network.consent.models import Holder
from network.foundations.viewer import Viewer
from network.organizations.models import Organization
from network.thesaurus.models import Term


def furnish(community: Community, entry: dict[str, Any]) -> None:
    keeper = viewer(entry["moderators"][0])
    for told in entry.get("resources", []):
        document = told.get("document")
        actions.add_resource(
            viewer=keeper,
            community=community,
            title=told["title"],
            description=told["description"],
            url=told.get("url", ""),
            file=ContentFile(document.encode(), name="counting-frame.txt") if document else None,
        )
    for told in entry.get("nominated", []):
        _nominate(community, told)
    for told in entry.get("invited", []):
        _invite(keeper, community, told)
    for told in entry.get("mandates", []):
        _ask(community, told)
    if "closed" in entry:
        actions.close_community(viewer=keeper, community=community, reason=entry["closed"])


def _invite(keeper: Viewer, community: Community, told: dict[str, Any]) -> None:
    """Somebody who was written to ``days_ago`` and has not answered."""
    letter = actions.invite(viewer=keeper, community=community, email=told["email"], language="en")
    at = timezone.now() - timedelta(days=told["days_ago"])
    Invitation.objects.filter(pk=letter.pk).update(invited_at=at, sent_at=at)


def _nominate(community: Community, told: dict[str, Any]) -> None:
    who = person(told["person"])
    letter = actions.nominate(
        viewer=viewer(told["by"]),
        community=community,
        email=who.email,
        country=Term.objects.get(domain="country", code=told["country"]),
        language=who.language,
    )
    actions.accept_invitation(viewer=viewer(told["person"]), invitation=letter, conduct=0)


def _ask(community: Community, told: dict[str, Any]) -> None:
    """Granted where the person holds the office herself; else it waits since ``days_ago``."""
    today = timezone.localdate()
    mandate = actions.ask_mandate(
        viewer=viewer(told["by"]),
        community=community,
        capacity=told["capacity"],
        since=today - timedelta(days=told["days_ago"]),
        until=today + timedelta(days=365),
        themes=Term.objects.filter(domain="kmgbf-target", code__in=told.get("targets", [])),
        country=Term.objects.filter(domain="country", code=told.get("country")).first(),
        organization=Organization.objects.filter(name=told.get("organization")).first(),
        holder=Holder.objects.filter(names__en=told.get("holder")).first(),
        named=told.get("named", ""),
    )
    asked = timezone.now() - timedelta(days=told["days_ago"])
    Mandate.objects.filter(pk=mandate.pk).update(asked_at=asked)
