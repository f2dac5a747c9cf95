"""What people are told of searches that they keep."""

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network.foundations.viewer import Viewer
from network.notifications.enums import Family, Timing
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.search.actions.alerting import FOUND
from network.search.models import SavedSearch
from network.search.searchables import Shown, searchables
from network.search.signing import sign

#: So many are named; the page shows all of them.
_NAMED = 10


def register() -> None:
    kinds.register(
        FOUND,
        # When she is told, the search itself says: its mail does not wait for a digest as well.
        Kind(
            gettext_lazy("Something new in a search that I keep"),
            render,
            family=Family.NEWS,
            mail=Timing.AT_ONCE,
        ),
    )


def render(ids: Ids, viewer: Viewer) -> Rendered | None:
    """What she may see of it when she reads this; nothing where nothing is left."""
    search = SavedSearch.objects.visible_to(viewer).filter(pk=ids["search"]).first()
    entry = searchables.get(search.searchable) if search else None
    if search is None or entry is None:
        return None
    things = list(search.found.filter(batch=ids["batch"]).order_by("pk").values_list("kind", "object_id"))
    shown = entry.show(viewer, things)
    if not shown:
        return None
    stop = f"{settings.NETWORK_BASE_URL}{reverse('search:stop', args=[sign(search.pk)])}"
    number = len(shown)
    subject = ngettext("%(number)d new in “%(name)s”", "%(number)d new in “%(name)s”", number) % {
        "number": number,
        "name": search.name,
    }
    return Rendered(
        subject=subject, text=_text(shown, stop), html=_html(shown, stop), url=entry.url(search.query)
    )


def _text(shown: list[Shown], stop: str) -> str:
    lines = [f"{one.title}: {settings.NETWORK_BASE_URL}{one.url}" for one in shown[:_NAMED]]
    return "\n".join(
        [*lines, *_more(shown), "", _("Stop telling me of this search: %(url)s") % {"url": stop}]
    )


def _html(shown: list[Shown], stop: str) -> str:
    rows = "".join(
        f'<li><a href="{escape(settings.NETWORK_BASE_URL + one.url)}">{escape(one.title)}</a></li>'
        for one in shown[:_NAMED]
    )
    more = "".join(f"<p>{escape(line)}</p>" for line in _more(shown))
    label = escape(_("Stop telling me of this search"))
    return f'<ul>{rows}</ul>{more}<p><a href="{escape(stop)}">{label}</a></p>'


def _more(shown: list[Shown]) -> list[str]:
    left = len(shown) - _NAMED
    return [ngettext("and %(n)d more", "and %(n)d more", left) % {"n": left}] if left > 0 else []
