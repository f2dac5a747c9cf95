"""The people whom pages of organizations and countries show: those who show themselves to the viewer."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from network.experts.asking import Asked
from network.experts.directory import Directory
from network.experts.enums import Facet
from network.foundations.viewer import Viewer
from network.organizations.models import Organization
from network.organizations.panels import Panel
from network.thesaurus.models import Term

_SHOWN = 6


def of_organization(viewer: Viewer, organization: Organization) -> Panel | None:
    return _panel(viewer, Facet.ORGANIZATION, organization.slug)


def of_country(viewer: Viewer, country: Term) -> Panel | None:
    return _panel(viewer, Facet.COUNTRY, country.code)


def _panel(viewer: Viewer, facet: Facet, code: str) -> Panel | None:
    directory = Directory(viewer, Asked(facets={str(facet): (code,)}, order="recent"))
    page = directory.page(size=_SHOWN)
    if not page.rows:
        return None
    address = f"{reverse('experts:directory')}?{urlencode({str(facet): code})}"
    return Panel(
        title=_("People"),
        template="experts/directory/_panel.html",
        context={"rows": page.rows, "more": address if page.next else "", "number": directory.count()},
    )
