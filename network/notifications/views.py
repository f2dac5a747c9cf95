"""The inbox, its preferences, the way out of mails, and what could not be delivered."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from network.foundations.pager import paginate
from network.notifications import actions, policies, reading, signing
from network.notifications.enums import Channel, Timing
from network.notifications.forms import PreferencesForm, ReadForm
from network.notifications.kinds import kinds, render_each
from network.notifications.models import Notification, OutgoingMail


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    only_unread = request.GET.get("show") == "unread"
    newest = Notification.objects.visible_to(request.viewer).lines()
    if only_unread:
        newest = newest.filter(unread_count__gt=0)
    page = paginate(newest, ["-id"], request.GET.get("cursor", ""))
    lines = reading.lines(page.rows, request.viewer)
    gone = {row.group for row in page.rows if row.unread_count} - {line.notification.group for line in lines}
    if gone:
        # What may no longer be seen cannot be read either: it must not be counted for ever.
        actions.read(viewer=request.viewer, groups=gone)
    here = reverse("notifications:inbox")
    context = {
        "page": page,
        "lines": lines,
        "only_unread": only_unread,
        "unread": reading.unread(request.viewer),
        "newest": page.rows[0].pk if page.rows and not page.previous else None,
        "tabs": [
            {"label": _("All"), "url": here, "current": not only_unread},
            {"label": _("Unread"), "url": f"{here}?show=unread", "current": only_unread},
        ],
    }
    return render(request, "notifications/inbox/index.html", context)


@login_required
@require_GET
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Go where a notification leads; its line is read by that."""
    row = get_object_or_404(Notification.objects.visible_to(request.viewer), pk=pk)
    words = render_each([(row.kind, row.ids)], request.viewer)[0]
    actions.read(viewer=request.viewer, groups=[row.group])
    if words is None or not url_has_allowed_host_and_scheme(words.url, allowed_hosts=None):
        raise Http404("What this told of is no longer there.")
    return redirect(words.url)


@login_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark everything up to the newest line that the page showed as read."""
    form = ReadForm(request.POST)
    if form.is_valid():
        actions.read(viewer=request.viewer, until=form.cleaned_data["until"])
    return redirect("notifications:inbox")


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    form = PreferencesForm(request.POST or None, person_id=request.viewer.user_id)
    if request.method == "POST" and form.is_valid():
        actions.choose(person_id=request.viewer.user_id, choices=form.choices())
        messages.success(request, _("Your choices are saved."))
        return redirect("notifications:preferences")
    return render(request, "notifications/preferences/index.html", {"form": form})


@csrf_exempt
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """No more mails of one kind, without signing in: a button for people, one POST for programs (RFC 8058).

    The signature stands for the person; there is no session that a foreign page could borrow.
    """
    who = signing.read(signed)
    kind = kinds.get(who.kind)
    if kind is None:
        raise Http404("Nobody sends such mails any more.")
    if request.method == "POST":
        actions.choose(person_id=who.person_id, choices={(who.kind, Channel.MAIL): Timing.NEVER})
    context = {"kind": kind, "done": request.method == "POST"}
    return render(request, "notifications/unsubscribe/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def undelivered(request: HttpRequest) -> HttpResponse:
    """Mails that were given up, for those who run the installation: to whom and why, never what they say."""
    if not policies.can_see_undelivered(request.viewer):
        raise PermissionDenied(_("Only administrators see which mails could not be delivered."))
    if request.method == "POST":
        count = actions.try_again(viewer=request.viewer)
        messages.success(request, _("%(count)s mails wait to be sent again.") % {"count": count})
        return redirect("notifications:undelivered")
    rows = OutgoingMail.objects.undelivered().select_related("recipient")
    page = paginate(rows, ["-id"], request.GET.get("cursor", ""), size=50)
    return render(request, "notifications/undelivered/index.html", {"page": page})
