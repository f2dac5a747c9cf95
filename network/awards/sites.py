"""Pages about the nominees' sites: what was seen of them, and which Parties have none."""

import io

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from network.awards import actions
from network.awards.asking import ask
from network.awards.forms import SiteForm
from network.awards.outreach import parties_without_a_site
from network.awards.views import nomination_or_404, trail
from network.calls import policies
from network.calls.querysets import SECRETARIAT
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.spreadsheets import write_rows


@login_required
@require_POST
def ask_look(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Have the addresses of a nomination looked at; the worker does it within a minute or two."""
    nomination = nomination_or_404(request, slug, public_id)
    try:
        actions.ask_look(nomination=nomination, by=request.user)
        messages.info(request, _("The addresses are being looked at. What is seen stands here in a minute."))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    writing = policies.can_edit(request.viewer, nomination.case)
    return redirect("awards:nomination-edit" if writing else "awards:nomination", slug, public_id)


def _secretariat_only(request: HttpRequest) -> None:
    if not request.viewer.has(SECRETARIAT):
        raise PermissionDenied(_("This list is the secretariat's."))


@login_required
def show_outreach(request: HttpRequest) -> HttpResponse:
    """Parties without a clearing-house, with whom to write to; and where one is noted that there is."""
    _secretariat_only(request)
    form = SiteForm(posted(request))
    rows = parties_without_a_site()
    cards = cards_for(request.viewer, [person for row in rows for person in row.focal_points])

    def done() -> HttpResponse:
        messages.info(request, _("It is noted. The Party has left this list."))
        return redirect("awards:outreach")

    return ask(
        request, "awards/outreach/index.html", form,
        {
            "trail": trail(),
            "rows": [
                (row.party, [cards[one] for one in row.focal_points if one in cards]) for row in rows
            ],
        },
        lambda: actions.note_site(by=request.user, **form.cleaned_data),
        done,
    )  # fmt: skip


@never_cache
@login_required
@require_safe
def download_outreach(request: HttpRequest) -> HttpResponse:
    _secretariat_only(request)
    rows = parties_without_a_site()
    cards = cards_for(request.viewer, [person for row in rows for person in row.focal_points])
    base = request.build_absolute_uri(reverse("awards:list"))
    table = [[_("Code"), _("Party"), _("Region"), _("Focal points"), _("Where to nominate")]]
    table += [
        [
            row.party.code, row.party.name, row.party.parent.name if row.party.parent else "",
            "; ".join(cards[one].name for one in row.focal_points if one in cards), base,
        ]
        for row in rows
    ]  # fmt: skip
    made = io.StringIO()
    write_rows(made, table)
    name = f"parties-without-a-clearing-house-{timezone.localdate().isoformat()}.csv"
    return HttpResponse(
        "\ufeff" + made.getvalue(), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip
