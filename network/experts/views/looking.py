"""Her own profile with other eyes, and as it was before."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from network.experts import actions, disclosure
from network.experts.changes import told
from network.experts.enums import Visibility
from network.experts.models import Revision
from network.experts.views.editing import own, trail_of_own
from network.foundations.pager import paginate

#: As whom a person may look at her own page, and what is to be said of it.
_EYES = {
    "stranger": (Visibility.EVERYONE, gettext_lazy("Anybody on the internet"), ""),
    "member": (Visibility.MEMBERS, gettext_lazy("A member of the network"), ""),
    "focal-point": (
        Visibility.MEMBERS,
        gettext_lazy("A national focal point"),
        gettext_lazy(
            "A focal point sees what every member sees, and what you send her in a nomination yourself."
        ),
    ),
    "fellow": (Visibility.CIRCLES, gettext_lazy("A member of one of your communities"), ""),
}


@login_required
@require_safe
def preview(request: HttpRequest, eyes: str) -> HttpResponse:
    """Her own page with other eyes."""
    if eyes not in _EYES:
        raise Http404
    profile = own(request)
    level, who, note = _EYES[eyes]
    if profile.pk is None:
        return redirect("experts:me")
    tabs = [
        {"label": label, "url": reverse("experts:preview", args=[name]), "current": name == eyes}
        for name, (_level, label, _note) in _EYES.items()
    ]
    context = {
        "profile": disclosure.build_page(profile, level, preview=True),
        "who": who,
        "note": note,
        "tabs": tabs,
        "published": disclosure.has_page(profile),
        "trail": trail_of_own(),
    }
    return render(request, "experts/preview/index.html", context)


@login_required
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """What she changed, the newest first, each with what stood there before."""
    kept = Revision.objects.filter(profile__user=request.viewer.user_id)
    page = paginate(kept, ["-id"], request.GET.get("cursor", ""), 10)
    changes = [told(revision) for revision in page.rows]
    context = {"page": page, "changes": changes, "trail": trail_of_own()}
    return render(request, "experts/history/index.html", context)


@login_required
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    revision = get_object_or_404(Revision, pk=pk, profile__user=request.viewer.user_id)
    actions.bring_back(viewer=request.viewer, revision=revision)
    messages.success(request, _("It stands there again. Who sees it stays as it is now."))
    return redirect(f"{reverse('experts:me')}#{revision.section}")


@login_required
@require_POST
def forget_history(request: HttpRequest) -> HttpResponse:
    actions.forget_history(viewer=request.viewer)
    messages.success(request, _("What stood in your profile before is deleted."))
    return redirect("experts:history")
