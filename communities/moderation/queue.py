"""What waits for a decision, page by page, in a number of questions that does not grow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from communities.enums import MemberRole
from communities.forums.gatekeepers import reasons
from communities.models import Community, Membership
from communities.moderation.actions.settling import LOOKS_FOR
from communities.moderation.canned import choices
from communities.moderation.cases import Case, case_kinds, kinds_in_order, ordered
from communities.moderation.models import Away, Look, Standing
from communities.policies import can_facilitate
from network.experts.disclosure import PersonCard, cards_for
from network.foundations.pager import KeysetPage, paginate_together
from network.foundations.viewer import Viewer

CASES_A_PAGE = 20
#: What is longer in coming than this is shown as such.
AGES = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}


@dataclass
class Queue:
    """``page`` holds the rows and the cursors, ``cases`` the same rows with what is shown beside them."""

    page: KeysetPage
    cases: list[Case] = field(default_factory=list)
    away: list[Any] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.cases)

    @property
    def communities(self) -> list[Community]:
        """Those of the page, each once."""
        known = [case.community for case in self.cases if case.shows_place]
        return list({community.pk: community for community in known}.values())


def waiting_for(
    viewer: Viewer,
    community: Community | None = None,
    wanted: Mapping[str, Any] | None = None,
    cursor: str = "",
) -> Queue:
    """What this viewer may decide, the oldest first, in one community or in all of hers.

    ``wanted`` narrows it: ``kind``, ``language``, ``age`` (a name of ``AGES``), ``community``.
    """
    wanted = wanted or {}
    kinds = [(name, kind) for name, kind in kinds_in_order() if wanted.get("kind") in (None, "", name)]
    querysets = []
    for name, kind in kinds:
        rows = kind.rows(viewer)
        if place := community or wanted.get("community"):
            rows = rows.filter(**{kind.place: place.pk})
        if wanted.get("language"):
            rows = rows.filter(**{kind.language: wanted["language"]})
        rows = ordered(name, kind, rows)
        if age := AGES.get(wanted.get("age", "")):
            rows = rows.filter(waits_since__lte=timezone.now() - age)
        querysets.append(rows)
    page = paginate_together(querysets, ["waits_since", "rank", "pk"], cursor, CASES_A_PAGE)
    names = [name for name, _kind in kinds_in_order()]
    all_kinds = dict(kinds_in_order())
    cases = [Case(names[row.rank], all_kinds[names[row.rank]], row) for row in page]
    dress(viewer, cases)
    return Queue(page, cases, _away(viewer, community))


def dress(viewer: Viewer, cases: list[Case]) -> None:
    """Add to each case the people, who looks at it, how its author stands, what one could say of it."""
    _prepare(viewer, cases)
    looks = _looks(viewer, cases)
    ids = {pk for case in cases for pk in case.people if pk} | {look.by_id for look in looks.values()}
    cards = cards_for(viewer, ids)
    offered = choices(viewer, [case.community for case in cases]) if cases else {}
    standings = _standings(cases)
    for case in cases:
        case.person = cards.get(case.about)
        case.others = [cards.get(pk) for pk in case.people[1:]]
        look = looks.get((case.name, case.row.pk))
        case.looking = look and cards.get(look.by_id)
        # An appeal may be decided by somebody who does not even know of the community.
        case.shows_place = can_facilitate(viewer, case.community)
        case.standing = standings.get((case.about, case.community.pk)) if case.shows_place else None
        case.canned = offered.get(case.community.pk, [])
        case.held_for = _held_for(case)


def _prepare(viewer: Viewer, cases: list[Case]) -> None:
    for name, kind in case_kinds.items():
        rows = [case.row for case in cases if case.name == name]
        if kind.prepare and rows:
            kind.prepare(viewer, rows)


def _held_for(case: Case) -> list[Any]:
    """Why a post waits, in words."""
    open_holds = [
        h for h in getattr(case.row, "_prefetched_objects_cache", {}).get("holds", []) if not h.ended_at
    ]
    return [reasons.get(rule) or rule for hold in open_holds for rule in hold.rules]


def _looks(viewer: Viewer, cases: list[Case]) -> dict[tuple[str, int], Look]:
    """Others who are at these cases now."""
    wanted = Q(pk__in=[])
    for name in {case.name for case in cases}:
        wanted |= Q(kind=name, target_id__in=[case.row.pk for case in cases if case.name == name])
    looks = Look.objects.filter(wanted, at__gte=timezone.now() - LOOKS_FOR).exclude(by=viewer.user_id)
    return {(look.kind, look.target_id): look for look in looks}


def _standings(cases: list[Case]) -> dict[tuple[int | None, int], Standing]:
    people = {case.about for case in cases if case.about}
    communities = {case.community.pk for case in cases}
    found = Standing.objects.filter(user__in=people, community__in=communities)
    return {(standing.user_id, standing.community_id): standing for standing in found}


def _away(viewer: Viewer, community: Community | None) -> list[tuple[PersonCard | None, Away]]:
    """Who of those that look after the same communities has handed over, and until when."""
    mine = [community.pk] if community else viewer.ids("community", MemberRole.FACILITATOR)
    carers = Membership.objects.active().caring().filter(community__in=mine)
    gone = list(
        Away.objects.filter(
            Q(user__in=carers.values("user")) | Q(user=viewer.user_id), until__gt=timezone.now()
        )
    )
    cards = cards_for(viewer, [away.user_id for away in gone])
    return [(cards.get(away.user_id), away) for away in gone]
