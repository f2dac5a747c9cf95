"""How what people are told of consultations and their summaries reads."""

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.forums.models import (
    Correction,
    Forum,
    Summary,
)
from communities.forums.policies import can_consult
from communities.forums.windows import told
from network.foundations.viewer import Viewer
from network.notifications.kinds import Ids, Rendered


def _summary(pk: int, viewer: Viewer) -> Summary | None:
    found = Summary.objects.filter(pk=pk, forum__in=Forum.objects.visible_to(viewer))
    return found.select_related("forum__community").first()


def _page(name: str, forum: Forum, *more: int) -> str:
    return reverse(f"forums:{name}", args=[forum.community.slug, forum.slug, *more])


def draft(ids: Ids, viewer: Viewer) -> Rendered | None:
    summary = _summary(ids["summary"], viewer)
    if summary is None or summary.corrections_until is None:
        return None
    forum = summary.forum
    until = told(summary.corrections_until, forum.zone, viewer.zone)
    return Rendered(
        subject=_("The draft of the summary of “%(forum)s” quotes you") % {"forum": forum.title},
        text=_("See what it says of your words. Corrections are taken until %(time)s.") % {"time": until},
        url=_page("draft", forum),
    )


def proceedings(ids: Ids, viewer: Viewer) -> Rendered | None:
    summary = _summary(ids["summary"], viewer)
    if summary is None or not summary.is_published:
        return None
    return Rendered(
        subject=_("The proceedings of “%(forum)s” are out") % {"forum": summary.forum.title},
        text=_("The summary names what you wrote among its sources."),
        url=_page("proceedings", summary.forum),
    )


def correction(ids: Ids, viewer: Viewer) -> Rendered | None:
    made = Correction.objects.select_related("summary__forum__community").filter(pk=ids["correction"]).first()
    if made is None or not can_consult(viewer, made.summary.forum):
        return None
    return Rendered(
        subject=_("A correction of the summary of “%(forum)s”") % {"forum": made.summary.forum.title},
        text=f"{made.proposed}\n\n{made.reason}",
        url=_page("correction", made.summary.forum, made.pk),
    )


def correction_answer(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = Correction.objects.filter(pk=ids["correction"], user=viewer.user_id)
    made = found.filter(summary__forum__in=Forum.objects.visible_to(viewer)).exclude(answered_at=None)
    row = made.select_related("summary__forum__community").first()
    if row is None:
        return None
    said = _("Your correction was accepted.") if row.is_accepted else _("Your correction was declined.")
    return Rendered(
        subject=_("Your correction of the summary of “%(forum)s”") % {"forum": row.summary.forum.title},
        text=f"{said}\n\n{row.answer}",
        url=_page("draft", row.summary.forum),
    )
