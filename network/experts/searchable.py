"""The directory as a search that can be kept."""

from collections.abc import Sequence

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.experts import disclosure
from network.experts.asking import asked_of
from network.experts.choosing import words_of
from network.experts.directory import Directory
from network.experts.models import ExpertProfile
from network.experts.searching import KIND
from network.foundations.viewer import Viewer, anonymous
from network.search.searchables import Searchable, Shown, Thing

NAME = "people"
#: As long as a kept query may be.
_LONGEST = 2000


def read(asked: QueryDict) -> str:
    query = asked_of(asked)
    address = query.address
    return address if (query.words or query.facets) and len(address) <= _LONGEST else ""


def words(query: str) -> str:
    return ", ".join(words_of(Directory(anonymous(), asked_of(QueryDict(query)))))


def url(query: str) -> str:
    return f"{reverse('experts:directory')}?{query}"


def find(viewer: Viewer, query: str, most: int) -> list[Thing]:
    found = Directory(viewer, asked_of(QueryDict(query))).profiles()
    return [(KIND, pk) for pk in found.order_by("-updated_at", "-pk").values_list("pk", flat=True)[:most]]


def show(viewer: Viewer, things: Sequence[Thing]) -> list[Shown]:
    visible = ExpertProfile.objects.visible_to(viewer).for_cards()
    found = visible.in_bulk([pk for kind, pk in things if kind == KIND])
    shown = [found[pk] for _kind, pk in things if pk in found]
    levels = disclosure.levels_for(viewer, shown)
    cards = [disclosure.build_card(profile, levels[profile.pk]) for profile in shown]
    return [Shown(_line(card), card.url) for card in cards]


def _line(card: disclosure.PersonCard) -> str:
    return ", ".join(filter(None, [card.name, card.affiliation, card.country]))


PEOPLE = Searchable(_("People"), read, words, url, find, show)
