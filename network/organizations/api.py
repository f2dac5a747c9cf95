"""Organizations and focal points for machines."""

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from network.foundations.api import page_of
from network.foundations.pager import paginate
from network.organizations import panels
from network.organizations.models import FocalPoint, Organization

router = Router(tags=["organizations"])


class OrganizationOut(Schema):
    name: str
    acronym: str
    kind: str
    country_code: str
    website: str
    description: str
    url: str

    @staticmethod
    def resolve_country_code(organization: Organization) -> str:
        return organization.country.code if organization.country else ""

    @staticmethod
    def resolve_url(organization: Organization) -> str:
        return organization.get_absolute_url()


class OrganizationsOut(Schema):
    items: list[OrganizationOut]
    next: str | None = None


class FocalPointOut(Schema):
    name: str
    url: str
    role: str
    country_code: str
    since: date


class OrganizationsIn(Schema):
    kind: str = Field("", max_length=20)
    country: str = Field("", max_length=10, description="ISO 3166-1 alpha-2 code.")
    cursor: str = Field("", max_length=500, description="As in the former page's ``next``.")


@router.get("/", response=OrganizationsOut, summary="Organizations by name")
def organizations(request: HttpRequest, asked: Query[OrganizationsIn]) -> dict:
    found = Organization.objects.visible_to(request.viewer).with_country()
    if asked.kind:
        found = found.filter(kind=asked.kind.replace("\x00", ""))
    if asked.country:
        found = found.filter(country__code=asked.country.replace("\x00", "").upper())
    page = paginate(found, ["sort_name", "id"], asked.cursor)
    return page_of(request, page, page.rows)


@router.get("/focal-points", response=list[FocalPointOut], summary="Who speaks for a Party today")
def focal_points(request: HttpRequest, country: str) -> list[dict]:
    current = FocalPoint.objects.visible_to(request.viewer).current().select_related("country")
    standing = list(
        current.filter(country__code=country.replace("\x00", "")[:10].upper()).order_by("role", "pk")
    )
    cards = panels.cards_for(request.viewer, [point.user_id for point in standing])
    return [
        {
            "name": cards[point.user_id].name,
            "url": cards[point.user_id].url,
            "role": point.role,
            "country_code": point.country.code,
            "since": point.since,
        }
        for point in standing
        if point.user_id in cards
    ]


@router.get("/{slug}", response=OrganizationOut, summary="One organization")
def organization(request: HttpRequest, slug: str) -> Organization:
    visible = Organization.objects.visible_to(request.viewer).with_country()
    return get_object_or_404(visible, slug=slug.replace("\x00", ""))
