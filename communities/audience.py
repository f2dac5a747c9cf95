"""The keys that a person holds through the communities that she belongs to."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from communities.enums import MemberRole
from communities.models import Community, Mandate, Membership, Silence
from network.foundations.prepared import NOW, TODAY, WHO
from network.foundations.viewer import KeyRows, Viewer


def _membership_keys(user: Any, rows: list[tuple[str, str]]) -> Iterator[str]:
    """``community:<id>`` for each active membership, and ``community:<id>:<role>`` beside it.

    A moderator facilitates too, so that no rule has to name both. ``conduct:<id>`` says that she has not yet
    agreed to the code of conduct in force there, ``speaks:<id>`` that she has or asked for a mandate there,
    ``silenced:<id>`` that she may not write there for now.
    """
    for community, place in rows:
        role, *flags = place.split(" ")
        yield from (f"{flag}:{community}" for flag in flags)
        yield f"community:{community}"
        yield f"community:{community}:{role}"
        if role == MemberRole.MODERATOR:
            yield f"community:{community}:{MemberRole.FACILITATOR}"


def _places() -> QuerySet:
    """Her active memberships; ``place`` is her role there, and what else is true of her there."""
    behind = Q(conduct_version__lt=F("community__conduct_version"))
    asked = Exists(Mandate.objects.standing(TODAY).filter(community=OuterRef("community"), user=WHO))
    silent = Exists(Silence.objects.running(NOW).filter(membership=OuterRef("pk")))
    flags = [_flag(behind, " conduct"), _flag(Q(asked), " speaks"), _flag(Q(silent), " silenced")]
    return Membership.objects.active(NOW).filter(user=WHO).annotate(place=Concat("role", *flags))


def _flag(condition: Q, flag: str) -> Case:
    return Case(When(condition, then=Value(flag)), default=Value(""), output_field=CharField())


membership_keys = KeyRows(
    rows=_places,
    first="community_id",
    second="place",
    keys=_membership_keys,
)


def named(viewer: Viewer) -> Iterator[tuple[str, str]]:
    """The communities with whom holders of knowledge can share: those that ``viewer`` may see."""
    for pk, name in Community.objects.visible_to(viewer).order_by("name").values_list("pk", "name"):
        yield f"community:{pk}", name


def circle_keys(user: Any) -> Iterator[str]:
    """The communities that she shares with others: the circles to which she may open her profile."""
    memberships = Membership.objects.active().filter(user=user)
    for community in memberships.values_list("community_id", flat=True):
        yield f"community:{community}"
