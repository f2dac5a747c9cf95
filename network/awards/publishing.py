"""What everybody may read of results: the map of laureates, and a feed of them."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.awards.models import Laureate
from network.awards.views import trail
from network.foundations.viewer import anonymous
from network.notifications.addressing import absolute
from network.thesaurus.models import Term
from network.thesaurus.tiles import tile_map

_IN_FEED = 60


@require_safe
def show_map(request: HttpRequest) -> HttpResponse:
    """Every award of every edition that the reader may know of, country by country."""
    laureates = list(
        Laureate.objects.visible_to(request.viewer).standing().in_order().select_related("edition", "party")
    )
    numbers = Counter(laureate.party_id for laureate in laureates if laureate.party_id)
    parties = {laureate.party_id: laureate.party for laureate in laureates if laureate.party_id}
    code = request.GET.get("country", "")[:10].upper()
    chosen = Term.objects.of("country").filter(code=code).first() if code.isalnum() else None
    shown = [one for one in laureates if chosen is None or one.party_id == chosen.pk]
    return render(request, "awards/map/index.html", {
        "trail": trail(),
        "patches": tile_map({parties[pk]: number for pk, number in numbers.items()}),
        "chosen": chosen,
        "laureates": sorted(shown, key=lambda one: (-one.edition.year, -one.edition_id)),
    })  # fmt: skip


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Results as anybody on the internet may see them, the newest edition first."""
    address = absolute(reverse("awards:list"))
    document = Atom1Feed(
        title=_("Laureates of the award for clearing-houses"),
        link=address,
        description=_("Who was awarded, edition by edition."),
        language=get_language() or "en",
        feed_url=absolute(reverse("awards:feed")),
    )
    laureates = (
        Laureate.objects.visible_to(anonymous()).standing().filter(edition__call__isnull=False)
        .select_related("edition__call", "party").order_by("-edition__call__released_at", "pk")
    )  # fmt: skip
    for laureate in laureates[:_IN_FEED]:
        document.add_item(
            title=pgettext("feed", "%(party)s: %(award)s")
            % {"party": laureate.party or laureate.awarded_to, "award": laureate.get_medal_display()},
            link=absolute(laureate.edition.get_absolute_url()),
            description=f"{laureate.edition.name} · {laureate.get_category_display()} · {laureate.site_name}",
            unique_id=f"{absolute(laureate.edition.get_absolute_url())}#{laureate.pk}",
            pubdate=laureate.edition.call.released_at,
            updateddate=laureate.edition.call.released_at,
        )
    return HttpResponse(document.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
