"""The inbox, its preferences, the way out of mails, and what could not be delivered."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from network.foundations.exceptions import StaleEdit
from network.foundations.forms import posted
from network.foundations.pager import paginate
from network.notifications import actions, policies, reading, reckoning, signing, special
from network.notifications.forms import FilterForm, PlaceForm, PreferencesForm, ReadForm
from network.notifications.kinds import kinds, render_each
from network.notifications.models import Notification, OutgoingMail, PlaceChoice
from network.notifications.special import How


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    only_unread = request.GET.get("show") == "unread"
    form = FilterForm(request.GET, viewer=request.viewer)
    narrowed = form.narrowed
    only = reading.narrowed(**narrowed)
    newest = Notification.objects.visible_to(request.viewer).lines(only)
    if only_unread:
        newest = newest.filter(unread_count__gt=0)
    page = paginate(newest, ["-id"], request.GET.get("cursor", ""))
    lines = reading.lines(page.rows, request.viewer, only)
    gone = {row.group for row in page.rows if row.unread_count} - {line.notification.group for line in lines}
    if gone and not narrowed:
        # What may no longer be seen cannot be read either: it must not be counted for ever.
        actions.read(viewer=request.viewer, groups=gone)
    context = {
        "page": page,
        "lines": lines,
        "only_unread": only_unread,
        "unread": reading.unread(request.viewer),
        "newest": page.rows[0].pk if page.rows and not page.previous else None,
        "form": form,
        "narrowed": narrowed,
        "clear_url": _inbox(show="unread" if only_unread else ""),
        "tabs": [
            {"label": _("All"), "url": _inbox(**narrowed), "current": not only_unread},
            {"label": _("Unread"), "url": _inbox(show="unread", **narrowed), "current": only_unread},
        ],
    }
    return render(request, "notifications/inbox/index.html", context)


def _inbox(**query: str) -> str:
    kept = {name: value for name, value in query.items() if value}
    here = reverse("notifications:inbox")
    return f"{here}?{urlencode(kept)}" if kept else here


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
    """Mark everything up to the newest line that the page showed as read: all, or what it was narrowed to."""
    form = ReadForm(request.POST)
    if not form.is_valid():
        return redirect("notifications:inbox")
    narrowed = {name: form.cleaned_data[name] for name in ("family", "place") if form.cleaned_data[name]}
    actions.read(viewer=request.viewer, until=form.cleaned_data["until"], only=reading.narrowed(**narrowed))
    return redirect(_inbox(**narrowed))


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """One page for all of it; ``preview`` counts the mails of what is ticked and saves nothing."""
    form = PreferencesForm(posted(request), viewer=request.viewer)
    if request.method != "POST":
        return _preferences(request, form)
    if not form.is_valid():
        return _preferences(request, form, status=422)
    if request.POST.get("act") == "preview":
        return _preferences(request, form, previewed=True)
    try:
        actions.save_preferences(viewer=request.viewer, choices=form.choices(), habits=form.habits())
    except StaleEdit as stale:
        form.add_error(None, stale.sentence)
        form.data = form.data.copy()
        form.data["version"] = stale.current  # saving again is then meant
        return _preferences(request, form, status=409)
    messages.success(request, _("Your choices are saved."))
    return redirect("notifications:preferences")


def _preferences(
    request: HttpRequest, form: PreferencesForm, *, previewed: bool = False, status: int = 200
) -> HttpResponse:
    viewer = request.viewer
    context: dict[str, Any] = {
        "form": form,
        "rows": list(form.rows()),
        "special": special.of_viewer(viewer),
        "previewed": previewed,
    }
    if status == 200:
        context["reckoned"] = reckoning.last_week(viewer, form.wishes())
    return render(request, "notifications/preferences/index.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, place: str) -> HttpResponse:
    """How she wants to hear of one community, one thread, one line of her inbox."""
    viewer = request.viewer
    words = special.names(viewer, [place]).get(place) if "\x00" not in place else None
    if words is None:
        raise Http404("There is no such place for this viewer.")
    form = PlaceForm(posted(request), viewer=viewer, place=place, initial=_said(viewer, place))
    if request.method == "POST" and form.is_valid():
        how, own = How(form.cleaned_data["how"]), form.cleaned_data.get("own_posts", False)
        actions.choose_place(viewer=viewer, place=place, how=how, own_posts=own)
        told = {"place": words.title, "how": how.label}
        messages.success(request, _("“%(place)s”: %(how)s.") % told)
        return redirect("notifications:preferences" if request.POST.get("end") else "notifications:inbox")
    context = {"form": form, "place": place, "words": words}
    return render(request, "notifications/place/index.html", context, status=422 if form.errors else 200)


def _said(viewer: Any, place: str) -> dict[str, Any]:
    kept = PlaceChoice.objects.of(viewer.user_id).filter(place=place).first()
    hers = {line.place: line.how for line in special.of_viewer(viewer) if line.place == place}
    return {"how": hers.get(place, How.USUAL), "own_posts": bool(kept and kept.own_posts)}


@csrf_exempt
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """No more mails of one kind, without signing in: a button for people, one POST for programs (RFC 8058).

    The signature stands for the person; there is no session that a foreign page could borrow.
    """
    who = signing.read(signed)
    stopped = _stopped(who.kind)
    if request.method == "POST":
        actions.stop_mails(person_id=who.person_id, what=who.kind)
    context = {"stopped": stopped, "done": request.method == "POST"}
    return render(request, "notifications/unsubscribe/index.html", context)


def _stopped(what: str) -> str:
    """What such an address stops, in words; a list is not named to whoever holds the mail."""
    if what == actions.DIGESTS:
        return _("Digests")
    if what.startswith("list:"):
        return _("Every post of a community")
    kind = kinds.get(what)
    if kind is None:
        raise Http404("Nobody sends such mails any more.")
    return str(kind.label)


@login_required
@require_http_methods(["GET", "POST"])
def undelivered(request: HttpRequest) -> HttpResponse:
    """Mails that were given up, for those who run the installation: to whom and why, never what they say."""
    if not policies.can_see_undelivered(request.viewer):
        raise PermissionDenied(_("Only administrators see which mails could not be delivered."))
    if request.method == "POST":
        return _deal_with(request)
    rows = OutgoingMail.objects.undelivered().select_related("recipient")
    page = paginate(rows, ["-id"], request.GET.get("cursor", ""), size=50)
    context = {"page": page, "state": OutgoingMail.objects.state()}
    return render(request, "notifications/undelivered/index.html", context)


def _deal_with(request: HttpRequest) -> HttpResponse:
    """Send one or all again, or give one up for good."""
    mail = request.POST.get("mail", "")
    pk = int(mail) if mail.isascii() and mail.isdigit() and len(mail) < 19 else None
    if mail and pk is None:
        raise Http404("There is no such mail.")
    if request.POST.get("act") == "drop" and pk is not None:
        count = actions.drop(viewer=request.viewer, mail=pk)
        told = ngettext("%(count)s mail is dropped.", "%(count)s mails are dropped.", count)
    else:
        count = actions.try_again(viewer=request.viewer, mail=pk)
        told = ngettext(
            "%(count)s mail waits to be sent again.", "%(count)s mails wait to be sent again.", count
        )
    messages.success(request, told % {"count": count})
    return redirect("notifications:undelivered")
