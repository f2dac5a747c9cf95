"""Who contributed to a consultation, by the capacity in which it was written; posts without a name by what
they say of themselves."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.enums import Capacity
from communities.forums.models import Forum, Post
from communities.models import Mandate
from communities.models.mandates import PARTY
from communities.voices import GROUPS, group_of
from network.foundations.viewer import Viewer

#: Of those who wrote without a name and said no group.
UNNAMED = "unnamed"
ALL_GROUPS: dict[str, str | Promise] = {**GROUPS, UNNAMED: _("Without a name")}

_OF_PARTY = Q(mandate__capacity=Capacity.GOVERNMENT, **{f"mandate__country__facts__{PARTY}": True})
_NAMED: dict[str, Q] = {
    "parties": _OF_PARTY,
    "non-parties": Q(mandate__capacity=Capacity.GOVERNMENT) & ~_OF_PARTY,
    "peoples": Q(mandate__capacity=Capacity.PEOPLES),
    "organizations": Q(mandate__capacity=Capacity.ORGANIZATION),
    "individuals": Q(mandate=None),
}


def of_group(name: str) -> Q:
    """Posts that were written in a capacity of this group."""
    if name == UNNAMED:
        return Q(participant__isnull=False, participant_group="")
    return Q(participant=None) & _NAMED[name] | Q(participant__isnull=False, participant_group=name)


def own_posts(viewer: Viewer) -> QuerySet[Post]:
    """What she wrote and can be read, with her name or without."""
    if viewer.user_id is None:
        return Post.objects.none()
    return Post.objects.published().filter(Q(author=viewer.user_id) | Q(unnamed__user=viewer.user_id))


def has_contributed(viewer: Viewer, forum: Forum) -> bool:
    return own_posts(viewer).filter(thread__forum=forum).exists()


def contributions(viewer: Viewer, forum: Forum) -> QuerySet[Post]:
    """Everything in the forum that this viewer may read and everybody else in it may too."""
    return Post.objects.visible_to(viewer).published().filter(thread__forum=forum)


@dataclass
class Tally:
    """How many contributed, and with how many posts."""

    label: str | Promise
    people: set[Any] = field(default_factory=set)
    posts: int = 0

    @property
    def number(self) -> int:
        return len(self.people)


@dataclass
class Tallies:
    """Contributions counted by group, within the groups by whom they speak for, and by question."""

    groups: dict[str, Tally] = field(default_factory=dict)
    whom: dict[str, dict[str, Tally]] = field(default_factory=dict)
    questions: dict[int | None, dict[str, Tally]] = field(default_factory=dict)
    spoken: list[tuple[int, Mandate | None, str]] = field(default_factory=list)
    people: set[Any] = field(default_factory=set)
    posts: int = 0

    def of_question(self, pk: int | None) -> list[Tally]:
        return list(_in_order(self.questions.get(pk, {})).values())

    def posts_to(self, pk: int | None) -> int:
        return sum(tally.posts for tally in self.questions.get(pk, {}).values())

    @property
    def in_order(self) -> list[Tally]:
        return list(_in_order(self.groups).values())

    @property
    def parties(self) -> list[Tally]:
        return self.speakers("parties")

    def speakers(self, group: str) -> list[Tally]:
        """Those for whom somebody spoke in a group, by their names."""
        return sorted(self.whom.get(group, {}).values(), key=lambda tally: str(tally.label))


def _in_order(tallies: dict[str, Tally]) -> dict[str, Tally]:
    return {name: tallies[name] for name in ALL_GROUPS if name in tallies}


def tally(posts: QuerySet[Post]) -> Tallies:
    """Count ``posts``: two questions, however many there are."""
    columns = ("thread__question", "author", "mandate", "mandate_state", "thread", "participant")
    rows = list(
        posts.order_by()
        .values_list(*columns, "participant_group")
        .annotate(n=Count("pk"))
        .values_list(*columns, "participant_group", "n")
    )
    mandates = Mandate.objects.whole().in_bulk({row[2] for row in rows if row[2]})
    found = Tallies()
    spoken: dict[tuple, None] = {}
    by_question: dict[int | None, dict[str, Tally]] = defaultdict(dict)
    for question, author, mandate_id, state, thread, participant, said, number in rows:
        mandate = mandates.get(mandate_id)
        if participant is not None:
            group, who = said or UNNAMED, (thread, participant)
        else:
            group, who = group_of(mandate), author or ("former", mandate_id)
            if author is not None:
                spoken[author, mandate_id, state] = None
        if mandate is not None:
            whom = found.whom.setdefault(group, {})
            _add(whom, mandate.whom, mandate.whom, who, number)
        _add(found.groups, group, ALL_GROUPS[group], who, number)
        _add(by_question[question], group, ALL_GROUPS[group], who, number)
        found.people.add(who)
        found.posts += number
    found.questions = dict(by_question)
    found.spoken = [(who, mandates.get(mandate), state) for who, mandate, state in spoken]
    return found


def _add(into: dict[str, Tally], key: str, label: str | Promise, who: Any, posts: int) -> None:
    counted = into.setdefault(key, Tally(label))
    counted.people.add(who)
    counted.posts += posts
