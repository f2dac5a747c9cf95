"""Editions of the award and their laureates, for machines."""

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from network.awards.models import Edition, Laureate
from network.foundations.api import page_of
from network.foundations.pager import paginate

router = Router(tags=["awards"])


class EditionOut(Schema):
    slug: str
    name: str
    year: int
    place: str
    held_on: date | None
    opens_at: datetime | None
    closes_at: datetime | None
    released_at: datetime | None
    url: str

    @staticmethod
    def resolve_opens_at(edition: Edition) -> datetime | None:
        return edition.call and edition.call.opens_at

    @staticmethod
    def resolve_closes_at(edition: Edition) -> datetime | None:
        return edition.call and edition.call.closes_at

    @staticmethod
    def resolve_released_at(edition: Edition) -> datetime | None:
        return edition.call and edition.call.released_at

    @staticmethod
    def resolve_url(edition: Edition) -> str:
        return edition.get_absolute_url()


class EditionsOut(Schema):
    items: list[EditionOut]
    next: str | None = None


class LaureateOut(Schema):
    edition: str
    year: int
    category: str
    medal: str
    country_code: str
    awarded_to: str
    site_name: str
    site_url: str
    certificate: str

    @staticmethod
    def resolve_edition(laureate: Laureate) -> str:
        return laureate.edition.slug

    @staticmethod
    def resolve_year(laureate: Laureate) -> int:
        return laureate.edition.year

    @staticmethod
    def resolve_country_code(laureate: Laureate) -> str:
        return laureate.party.code if laureate.party else ""

    @staticmethod
    def resolve_awarded_to(laureate: Laureate) -> str:
        return str(laureate.party or laureate.awarded_to)

    @staticmethod
    def resolve_certificate(laureate: Laureate) -> str:
        return laureate.certificate.code if hasattr(laureate, "certificate") else ""


class LaureatesOut(Schema):
    items: list[LaureateOut]
    next: str | None = None


class LaureatesIn(Schema):
    edition: str = Field("", max_length=60, description="The slug of an edition.")
    country: str = Field("", max_length=10, description="ISO 3166-1 alpha-2 code.")
    cursor: str = Field("", max_length=500, description="As in the former page's ``next``.")


@router.get("/editions", response=EditionsOut, summary="Editions of the award, the newest first")
def editions(request: HttpRequest, cursor: str = Query("", max_length=500)) -> dict:
    found = Edition.objects.visible_to(request.viewer).select_related("call")
    page = paginate(found, ["-year", "-id"], cursor)
    return page_of(request, page, page.rows)


@router.get("/laureates", response=LaureatesOut, summary="Results that are out and stand, the newest first")
def laureates(request: HttpRequest, asked: Query[LaureatesIn]) -> dict:
    found = Laureate.objects.visible_to(request.viewer).standing()
    found = found.select_related("edition", "party", "certificate")
    if asked.edition:
        found = found.filter(edition__slug=asked.edition.replace("\x00", ""))
    if asked.country:
        found = found.filter(party__code=asked.country.replace("\x00", "").upper())
    page = paginate(found, ["-edition__year", "-id"], asked.cursor)
    return page_of(request, page, page.rows)
