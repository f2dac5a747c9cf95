"""The map of tiles: every country in its region, counted as far as members show it to the viewer."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.enums import Visibility
from network.thesaurus.models import Term
from network.thesaurus.tiles import tile_map
from tests import people
from tests.communities.factories import belongs, community
from tests.experts import factories as experts

pytestmark = pytest.mark.django_db


def country(code: str) -> Term:
    return Term.objects.of("country").get(code=code)


def test_every_country_has_its_tile_and_the_fullest_is_darkest():
    numbers = {country("KE"): 9, country("JP"): 1, country("BR"): 5}
    patches = tile_map(numbers)
    tiles = {tile.country.code: tile for patch in patches for tile in patch.tiles}
    assert len(tiles) == Term.objects.of("country").current().count()
    assert [tiles[code].shade for code in ("KE", "BR", "JP", "FR")] == [3, 2, 1, 0]
    assert sum(patch.number for patch in patches) == 15
    assert tile_map({}) == []


def test_a_country_that_is_no_more_has_a_tile_only_while_somebody_is_there():
    gone = country("FJ")
    gone.retired_on = date(2020, 1, 1)
    gone.save()

    def codes(numbers: dict[Term, int]) -> set[str]:
        return {tile.country.code for patch in tile_map(numbers) for tile in patch.tiles}

    assert gone.code not in codes({country("KE"): 1})
    assert gone.code in codes({country("KE"): 1, gone: 2})


def test_the_page_shows_it_beside_the_table_and_costs_the_same(client):
    here = community("Mangroves", visibility=Visibility.PUBLIC)
    belongs(people.community_member(), here)
    people.sign_in(client, people.community_member())
    url = reverse("communities:countries", args=[here.slug])

    def add(number: int) -> None:
        who = people.person(f"kenyan-{number}")
        experts.published(who, slug=f"kenyan-{number}", country=country("KE").pk)
        belongs(who, here)

    add(0)
    with CaptureQueriesContext(connection) as one:
        page = client.get(url).content.decode()
    assert "tile--3" in page
    assert "?country=KE" in page
    for number in range(1, 6):
        add(number)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) <= len(one)
