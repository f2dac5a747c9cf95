"""Pages for nominations that come by letter, for endorsements, and for who stands behind a site."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from network.awards import actions, policies
from network.awards.asking import ask
from network.awards.desk import desk_or_403
from network.awards.forms import LetterForm, SupportForm
from network.awards.models import Nomination, Support
from network.awards.questions import answered
from network.awards.views import about, nomination_or_404, trail
from network.calls import actions as engine
from network.calls import policies as engine_policies
from network.calls.forms import LinkForm, NameForm
from network.foundations.exceptions import Refused
from network.foundations.forms import posted


@login_required
def enter_letter(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a nomination that came by letter; the Party's focal point confirms it before it is screened."""
    edition = desk_or_403(request, slug)
    form = LetterForm(posted(request))
    made: list[Nomination] = []
    return ask(
        request, "awards/letter/index.html", form, {"trail": trail(edition), "edition": edition},
        lambda: made.append(actions.enter_letter(edition=edition, by=request.user, **form.cleaned_data)),
        lambda: redirect("awards:nomination-edit", slug, made[0].case.public_id),
    )  # fmt: skip


@login_required
def endorse(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The focal point confirms; the secretariat sends a link to an office that has no account."""
    nomination = nomination_or_404(request, slug, public_id)
    case = nomination.case
    if engine_policies.can_endorse(request.viewer, case):
        if request.method == "POST":
            engine.endorse(case=case, by=request.user)
            messages.info(request, _("Confirmed. The nomination goes to its screening."))
            return redirect("awards:nomination", slug, public_id)
        return render(request, "awards/endorse/index.html", about(nomination))
    if not engine_policies.can_send_link(request.viewer, case):
        raise PermissionDenied(_("This nomination does not wait for your confirmation."))
    form = LinkForm(posted(request))

    def done() -> HttpResponse:
        messages.info(request, _("The link is on its way. It works once, for a fortnight."))
        return redirect("awards:endorse", slug, public_id)

    return ask(
        request, "awards/endorse/link.html", form, {**about(nomination), "links": case.run.links.all()},
        lambda: engine.send_link(case=case, email=form.cleaned_data["email"], by=request.user),
        done,
    )  # fmt: skip


@never_cache
def confirm_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what would be confirmed, and confirm it by a button: opening a link does nothing."""
    link = engine.link_of(token)
    if link is None:
        raise Http404
    nomination = get_object_or_404(
        Nomination.objects.select_related("case__party", "edition__call"), case=link.run.case
    )
    form = NameForm(posted(request))
    context = {
        "nomination": nomination,
        "edition": nomination.edition,
        "asked": answered(nomination),
        "form": form,
    }
    if not link.is_usable():
        return render(request, "awards/endorse/used.html", context, status=410)
    if request.method == "POST" and form.is_valid():
        try:
            engine.endorse_by_link(token=token, name=form.cleaned_data["name"])
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            return render(request, "awards/endorse/thanks.html", context)
    return render(request, "awards/endorse/by_link.html", context, status=422 if form.errors else 200)


@login_required
def show_supporters(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Which organizations host, built, funded or trained; their people on the jury lose the file at once."""
    nomination = nomination_or_404(request, slug, public_id)
    if not policies.can_name_supporters(request.viewer, nomination.case):
        raise PermissionDenied(_("Who stands behind the site is told by the nominator and the secretariat."))
    if request.method == "POST" and "forget" in request.POST:
        raw = request.POST["forget"]
        pk = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 19 else 0
        support = get_object_or_404(Support.objects.filter(nomination=nomination), pk=pk)
        actions.forget_supporter(support=support, by=request.user)
        return redirect("awards:supporters", slug, public_id)
    form = SupportForm(posted(request))
    supports = nomination.supports.select_related("organization").order_by("pk")
    return ask(
        request, "awards/supporters/index.html", form, {**about(nomination), "supports": supports},
        lambda: actions.name_supporter(nomination=nomination, by=request.user, **form.cleaned_data),
        lambda: redirect("awards:supporters", slug, public_id),
    )  # fmt: skip
