"""People for machines: exactly what the caller would see on the pages."""

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from network.experts import disclosure
from network.experts.asking import asked_of
from network.experts.choosing import Choices
from network.experts.directory import Directory
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


class ChoiceOut(Schema):
    code: str
    label: str
    count: int
    narrower: list["ChoiceOut"] = []


class GroupOut(Schema):
    name: str = Field(description="The parameter that it belongs to.")
    label: str
    choices: list[ChoiceOut]


class PeopleOut(Schema):
    count: int
    facets: list[GroupOut] = Field([], description="On the first page, with ``facets=true``.")
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
    """Any of the values of one parameter, and all parameters together; each may be given several times."""

    q: str = Field("", max_length=500, description="Words in any of the six languages.")
    country: list[str] = Field([], description="ISO 3166-1 alpha-2 code.")
    region: list[str] = []
    target: list[str] = Field([], description="Number of the global target.")
    subject: list[str] = Field([], description="A broader one finds the narrower as well.")
    language: list[str] = []
    tag: list[str] = []
    worked: list[str] = []
    organization: list[str] = []
    kind: list[str] = Field([], description="Kind of the organization.")
    active: list[str] = Field([], description="month, half-year or year: changed within.")
    sort: str = Field("", max_length=20, description="name, recent or relevance")
    cursor: str = Field("", max_length=500, description="As in the former page's ``next``.")
    size: int = Field(20, ge=1, le=100, description="People on a page.")
    facets: bool = Field(False, description="What else one could narrow by, with counts.")


@router.get("/", response=PeopleOut, summary="People who show themselves to the caller")
def people(request: HttpRequest, asked: Query[PeopleIn]) -> dict:
    # Rooms may add facets of their own, so what is asked is read as the page reads it.
    directory = Directory(request.viewer, asked_of(request.GET))
    page = directory.page(asked.cursor, asked.size)
    if not asked.facets or asked.cursor:
        return page_of(request, page, page.rows) | {"count": directory.count()}
    choices = Choices(directory)
    return page_of(request, page, page.rows) | {"count": choices.counts.total, "facets": choices.groups}


@router.get("/{slug}", response=ProfileOut, summary="One person, as the caller may see her")
def person(request: HttpRequest, slug: str) -> disclosure.ProfilePage:
    visible = ExpertProfile.objects.visible_to(request.viewer).for_cards()
    visible = visible.prefetch_related(*disclosure.PARTS)
    profile = get_object_or_404(visible, slug=slug.replace("\x00", ""))
    return disclosure.page_for(request.viewer, profile)
