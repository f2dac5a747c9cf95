"""People for machines: exactly what the caller would see on the pages."""

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from network.experts import disclosure
from network.experts.directory import Asked, Directory
from network.experts.models import ExpertProfile
from network.foundations.api import page_of

router = Router(tags=["experts"])


class CardOut(Schema):
    name: str
    url: str
    designation: str
    affiliation: str
    country: str
    country_code: str
    photo_url: str


class RowOut(Schema):
    card: CardOut
    words: list[str]


class PeopleOut(Schema):
    count: int
    items: list[RowOut]
    next: str | None = None


class NamedOut(Schema):
    name: str
    note: str = ""


class EntryOut(Schema):
    text: str
    url: str


class AskingOut(Schema):
    offers: list[NamedOut]
    hours: int | None
    since: date | None


class ProfileOut(Schema):
    card: CardOut
    confirmed: bool
    biography: str
    website: str
    orcid: str
    subjects: list[NamedOut]
    targets: list[NamedOut]
    tags: list[NamedOut]
    languages: list[NamedOut]
    worked: list[NamedOut]
    other_names: list[str]
    department: str
    language: str
    roles: list[EntryOut]
    trainings: list[EntryOut]
    publications: list[EntryOut]
    availability: AskingOut
    community: str
    groups: list[str]
    gender: str


class PeopleIn(Schema):
    q: str = Field("", max_length=500, description="Words in any of the six languages.")
    country: str = Field("", max_length=100, description="ISO 3166-1 alpha-2 code.")
    region: str = Field("", max_length=100)
    target: str = Field("", max_length=100, description="Number of the global target.")
    subject: str = Field("", max_length=100)
    language: str = Field("", max_length=100)
    tag: str = Field("", max_length=100)
    worked: str = Field("", max_length=100)
    organization: str = Field("", max_length=100)
    sort: str = Field("", max_length=20, description="name, recent or relevance")
    cursor: str = Field("", max_length=500, description="As in the former page's ``next``.")


@router.get("/", response=PeopleOut, summary="People who show themselves to the caller")
def people(request: HttpRequest, asked: Query[PeopleIn]) -> dict:
    facets = asked.dict(exclude={"q", "sort", "cursor"})
    directory = Directory(
        request.viewer, Asked(asked.q, {name: code for name, code in facets.items() if code}, asked.sort)
    )
    page = directory.page(asked.cursor)
    return page_of(request, page, page.rows) | {"count": directory.count()}


@router.get("/{slug}", response=ProfileOut, summary="One person, as the caller may see her")
def person(request: HttpRequest, slug: str) -> disclosure.ProfilePage:
    visible = ExpertProfile.objects.visible_to(request.viewer).for_cards()
    visible = visible.prefetch_related(*disclosure.PARTS)
    profile = get_object_or_404(visible, slug=slug.replace("\x00", ""))
    return disclosure.page_for(request.viewer, profile)
