"""The demonstration's shortlist, shared with a colleague, and a search that is kept."""

from django.db import transaction

from network.accounts.models import User
from network.experts import actions
from network.experts.asking import asked
from network.experts.directory import Directory
from network.experts.models import Shortlist, ShortlistEntry
from network.experts.searchable import NAME
from network.foundations.viewer import viewer_for
from network.search import actions as search
from network.search.models import SavedSearch

_LIST = "Peer reviewers for the wetlands guide"
_NOTES = [
    "Has asked for a second reader in French.",
    "Available after the regional workshop.",
    "Would chair; knows the field data.",
]


@transaction.atomic
def seed() -> None:
    """Written once: what people changed since stays."""
    people = {
        handle: User.objects.filter(email=f"{handle}@demo.example").first()
        for handle in ("secretariat", "expert")
    }
    if not all(people.values()) or Shortlist.objects.filter(owner=people["secretariat"], name=_LIST).exists():
        return
    _shortlist(people["secretariat"])
    _search(people["expert"])


def _shortlist(owner: User) -> None:
    viewer = viewer_for(owner, "en")
    wetlands = Directory(viewer, asked("", {"subject": ["inland-waters", "ecosystem-restoration"]}))
    slugs = list(wetlands.ordered().order_by("sort_name", "pk").values_list("slug", flat=True)[:9])
    made = actions.make_shortlist(
        viewer=viewer,
        name=_LIST,
        purpose="Four readers from at least three regions, two of them women, one from a community.",
    )
    actions.put_on_shortlist(viewer=viewer, shortlist=made, slugs=slugs)
    for entry, note in zip(
        ShortlistEntry.objects.filter(shortlist=made).order_by("pk"), _NOTES, strict=False
    ):
        actions.note_on_shortlist(viewer=viewer, entry=entry, note=note, version=1)
    actions.share_shortlist(viewer=viewer, shortlist=made, email="steward@demo.example", role="edit")


def _search(owner: User) -> None:
    viewer = viewer_for(owner, "en")
    if not SavedSearch.objects.visible_to(viewer).exists():
        search.save(
            viewer=viewer,
            searchable=NAME,
            query=asked("", {"subject": ["inland-waters"], "region": ["africa"]}).address,
            name="Wetlands in Africa",
            rhythm="daily",
        )
