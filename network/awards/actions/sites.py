"""What the secretariat notes of clearing-houses that nobody has nominated."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from network.awards.models import NationalSite
from network.calls.querysets import SECRETARIAT
from network.foundations.deeds import deed
from network.foundations.viewer import viewer_for
from network.thesaurus.models import Term


@deed
def note_site(*, party: Term, url: str, by: Any) -> NationalSite:
    """A Party has a clearing-house, at this address: it need not be asked to build one."""
    if not viewer_for(by).has(SECRETARIAT):
        raise PermissionDenied(_("This list is the secretariat's."))
    site, _made = NationalSite.objects.update_or_create(
        party=party, defaults={"url": url, "noted_at": timezone.now()}
    )
    return site
