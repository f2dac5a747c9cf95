"""How an organization reads to the search."""

from django.db.models import QuerySet

from network.foundations import richtext
from network.foundations.viewer import Viewer
from network.organizations.models import Organization
from network.search.sources import Document, Segment

KIND = "organizations"


def rows() -> QuerySet[Organization]:
    return Organization.objects.with_country()


def visible(viewer: Viewer) -> QuerySet[Organization]:
    return Organization.objects.visible_to(viewer)


def document(organization: Organization) -> Document:
    names = dict.fromkeys([organization.name, organization.acronym, *organization.names.values()])
    country = organization.country
    return Document(
        title=organization.name,
        url=organization.get_absolute_url(),
        segments=[
            Segment(" · ".join(filter(None, names)), weight=8),
            Segment(", ".join(country.names.values()) if country else "", weight=2),
            Segment(richtext.to_text(organization.description)),
        ],
    )
