"""Who has been heard in a community and who has not, by region, capacity and language.

Groups are counted and nobody is ranked. What a member keeps to herself is not counted anywhere.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.crowd import Crowd
from communities.enums import MemberRole
from communities.forums.models import Post
from communities.models import Community, Invitation, Mandate, Membership
from communities.voices import GROUPS, group_of
from network.experts.disclosure import PersonCard, cards_for, levels_for, term_lists
from network.experts.enums import Facet, Field
from network.experts.models import ExpertProfile, ProfileFacet
from network.foundations.viewer import Viewer
from network.thesaurus.models import Term

#: Faces in each list of suggestions, and among how many they are looked for.
SUGGESTED, LOOKED_AT = 12, 60


@dataclass(frozen=True)
class Row:
    """A group: how many were invited and have not answered, belong, have written; how much they wrote."""

    label: str | Promise
    invited: int
    members: int
    heard: int
    posts: int
    most: int

    @property
    def width(self) -> float:
        return 100 * self.members / self.most

    @property
    def heard_width(self) -> float:
        return 100 * self.heard / self.most

    @property
    def is_silent(self) -> bool:
        return self.heard == 0


@dataclass(frozen=True)
class Table:
    name: str
    label: str | Promise
    note: str | Promise
    rows: list[Row]
    with_invited: bool = True


@dataclass(frozen=True)
class Suggestion:
    person: PersonCard
    region: str | Promise
    slug: str = ""


#: Of whom nothing is known in one respect.
UNSAID: str | Promise = _("Not said, or not shown to you")


class Hearing:
    """Everything at once, in a constant number of questions however many belong and however much they wrote.

    ``since`` leaves out what was written before.
    """

    def __init__(self, viewer: Viewer, community: Community, since: datetime | None = None) -> None:
        self.viewer, self.community, self.since = viewer, community, since
        self.crowd = Crowd(viewer, community)

    def tables(self) -> list[Table]:
        return [
            Table(
                "regions",
                _("By UN region"),
                _("As far as people show their country to you."),
                self._by_region(),
            ),
            Table(
                "capacities",
                _("By capacity"),
                _("Members by the mandates that they hold, posts by the capacity of their authors then."),
                self._by_capacity(),
                with_invited=False,
            ),
            Table(
                "languages",
                _("By language"),
                _("Members by the languages of their profiles; posts by the language of the thread."),
                self._by_language(),
            ),
        ]

    # --- what is counted ------------------------------------------------------------------------------

    @cached_property
    def _said(self) -> list[tuple[int, int | None, str, int]]:
        """Author, mandate and language of what was written, with how many posts."""
        posts = Post.objects.published().filter(thread__forum__community=self.community)
        if self.since is not None:
            posts = posts.filter(written_at__gte=self.since)
        spoken = posts.exclude(author=None).order_by().values("author", "mandate", "thread__language")
        return list(spoken.annotate(n=Count("pk")).values_list("author", "mandate", "thread__language", "n"))

    @cached_property
    def _heard(self) -> set[int]:
        return {author for author, _mandate, _language, _n in self._said}

    @cached_property
    def invitations(self) -> list[Invitation]:
        """Sent and not answered."""
        found = self.community.invitations.open().select_related("nominated_for__parent")
        return list(found.order_by("pk"))

    @cached_property
    def _regions(self) -> dict[str, Term]:
        """The region of each country that has one, by the code of the country."""
        countries = Term.objects.of("country").select_related("parent")
        return {country.code: country.parent for country in countries if country.parent is not None}

    def _region(self, card: PersonCard | None) -> Term | None:
        return self._regions.get(card.country_code) if card else None

    @cached_property
    def _writers(self) -> dict[int, PersonCard]:
        """Cards of those who wrote and do not belong (any more) as well as of those who do."""
        others = self._heard - set(self.crowd.cards)
        return self.crowd.cards | cards_for(self.viewer, others)

    # --- the tables -----------------------------------------------------------------------------------

    def _by_region(self) -> list[Row]:
        members = {pk: self._region(card) for pk, card in self.crowd.cards.items()}
        posts: Counter[Term | None] = Counter()
        for author, _mandate, _language, n in self._said:
            posts[self._region(self._writers.get(author))] += n
        invited = Counter(self._region_of(invitation) for invitation in self.invitations)
        every = sorted({*self._regions.values()}, key=lambda term: (term.position, term.code))
        heard = Counter(region for pk, region in members.items() if pk in self._heard)
        return _rows(
            [*((region, region.name) for region in every), (None, UNSAID)],
            invited,
            Counter(members.values()),
            heard,
            posts,
        )

    def _region_of(self, invitation: Invitation) -> Term | None:
        """The country that nominated her, or the one that the person shows who was invited by her name."""
        if invitation.nominated_for is not None:
            return invitation.nominated_for.parent
        return self._region(self._invited_people.get(invitation.person_id or 0))

    @cached_property
    def _invited_people(self) -> dict[int, PersonCard]:
        return cards_for(self.viewer, [invitation.person_id for invitation in self.invitations])

    def _by_capacity(self) -> list[Row]:
        members: dict[str, set[int]] = defaultdict(set)
        for mandate in self.crowd.mandates:
            if mandate.user_id is not None:
                members[group_of(mandate)].add(mandate.user_id)
        speaking = set().union(*members.values())
        members["individuals"] = set(self.crowd.cards) - speaking
        mandates = Mandate.objects.whole().in_bulk({mandate for _a, mandate, _l, _n in self._said if mandate})
        heard: dict[str, set[int]] = defaultdict(set)
        posts: Counter[str] = Counter()
        for author, pk, _language, n in self._said:
            group = group_of(mandates.get(pk) if pk else None)
            posts[group] += n
            heard[group].add(author)
        return _rows(
            GROUPS.items(),
            Counter(),
            Counter({name: len(people) for name, people in members.items()}),
            Counter({name: len(heard[name] & people) for name, people in members.items()}),
            posts,
        )

    def _by_language(self) -> list[Row]:
        spoken = self._languages
        members = Counter(code for codes in spoken.values() for code in codes)
        members[""] = sum(1 for pk in self.crowd.cards if not spoken.get(pk))
        heard = Counter(code for pk, codes in spoken.items() if pk in self._heard for code in codes)
        heard[""] = sum(1 for pk in self.crowd.cards if pk in self._heard and not spoken.get(pk))
        posts: Counter[str] = Counter()
        for _author, _mandate, language, n in self._said:
            posts[_code(language)] += n
        invited = Counter(_code(invitation.language) for invitation in self.invitations)
        own = [term.code for term in self.community.languages.all()]
        wanted = {*own, *members, *posts, *invited} - {""}
        terms = Term.objects.of("language").filter(code__in=wanted).order_by("position", "code")
        return _rows(
            [*((term.code, term.name) for term in terms), ("", UNSAID)], invited, members, heard, posts
        )

    @cached_property
    def _languages(self) -> dict[int, list[str]]:
        """The languages that members show in their profiles."""
        profiles = list(ExpertProfile.objects.published().filter(user__in=self.crowd.cards).for_cards())
        lists = term_lists(profiles, levels_for(self.viewer, profiles))
        return {
            profile.user_id: [term.code for term in lists[profile.pk][Field.LANGUAGES]]
            for profile in profiles
        }

    # --- whom to ask ----------------------------------------------------------------------------------

    @cached_property
    def _shares(self) -> dict[Term | None, float]:
        """How much of the members of each region has been heard; a region without members is the least."""
        members = Counter(self._region(card) for card in self.crowd.cards.values())
        heard = Counter(self._region(card) for pk, card in self.crowd.cards.items() if pk in self._heard)
        return {region: heard[region] / number for region, number in members.items()}

    def _order(self, card: PersonCard) -> tuple[bool, float, str]:
        """Regions that are heard least come first; whoever shows no country comes last."""
        region = self._region(card)
        return region is None, self._shares.get(region, -1.0), card.name

    def silent(self) -> list[Suggestion]:
        """Members who may write and never have, whatever the period."""
        wrote = Post.objects.published().filter(thread__forum__community=self.community).exclude(author=None)
        waiting = self.community.memberships.active().exclude(role=MemberRole.OBSERVER)
        waiting = waiting.exclude(user__in=wrote.values("author")).exclude(user=self.viewer.user_id)
        found = self._oldest(waiting)
        return self._suggest((self.crowd.cards[pk], "") for pk in found if pk in self.crowd.cards)

    @staticmethod
    def _oldest(memberships: QuerySet[Membership]) -> list[int]:
        ordered = memberships.order_by("since", "id").values_list("user_id", flat=True)
        return list(ordered[:LOOKED_AT])

    def experts(self) -> list[Suggestion]:
        """People of the network who are no members: those who know the themes of the community first."""
        themes = [term.pk for term in self.community.themes.all()]
        found = ExpertProfile.objects.visible_to(self.viewer).for_cards()
        found = found.exclude(user__in=self.community.memberships.current().values("user"))
        found = found.exclude(
            user__in=self.community.invitations.open().exclude(person=None).values("person")
        )
        if themes:
            facets = ProfileFacet.objects.visible_to(self.viewer)
            facets = facets.filter(facet__in=[Facet.SUBJECT, Facet.TARGET], value__in=themes)
            found = found.filter(pk__in=facets.values("profile"))
        profiles = {profile.user_id: profile for profile in found.order_by("-updated_at", "-id")[:LOOKED_AT]}
        cards = cards_for(self.viewer, profiles)
        return self._suggest((cards[pk], profile.slug) for pk, profile in profiles.items())

    def _suggest(self, people: Iterable[tuple[PersonCard, str]]) -> list[Suggestion]:
        ordered = sorted(people, key=lambda one: self._order(one[0]))[:SUGGESTED]
        return [Suggestion(card, self._name(self._region(card)), slug) for card, slug in ordered]

    @staticmethod
    def _name(region: Term | None) -> str:
        return region.name if region else ""


def _code(language: str) -> str:
    """The code of a language of the interface as the thesaurus has it."""
    return language.partition("-")[0]


def _rows(
    groups: Iterable[tuple], invited: Counter, members: Counter, heard: Counter, posts: Counter
) -> list[Row]:
    most = max(members.values(), default=0) or 1
    rows = [Row(label, invited[key], members[key], heard[key], posts[key], most) for key, label in groups]
    return [row for row in rows if row.label is not UNSAID or row.members or row.invited or row.posts]
