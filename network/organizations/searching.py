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
    others = dict.fromkeys([organization.acronym, *organization.names.values()])
    country = organization.country
    return Document(
        title=organization.name,
        url=organization.get_absolute_url(),
        segments=[
            Segment(organization.name, weight=8),
            Segment(" · ".join(filter(None, others)), weight=8),
            Segment(", ".join(country.names.values()) if country else "", weight=2, shown=False),
            Segment(richtext.to_text(organization.description)),
        ],
    )
