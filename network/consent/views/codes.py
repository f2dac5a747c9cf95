"""Codes on paper: given out on the holder's page, used by anybody who holds one, signed in or not."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from network.consent import actions, policies
from network.consent.enums import ContactKind, Exposure, Method, RecordKind
from network.consent.forms import CloseForm, CodeForm, ConfirmForm, EnterCodeForm
from network.consent.models import ConsentRecord, Holder, KnowledgeItem, RecoveryCode
from network.consent.views.doorway import asked, workspace
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.once import once, once_then_redirect
from network.foundations.ratelimit import TooOften, limit, who_is
from network.foundations.viewer import anonymous

#: So long may somebody think, on the telephone perhaps, after the code was typed.
_GOOD_FOR = 60 * 60
#: What proves that the code was typed, and what only shows its holder what came of it: the second stands in
#: an address, where others could find it.
_PROOF, _RECEIPT = "network.consent.codes", "network.consent.codes.receipt"
#: More titles than these stand in no page; everything can always be stopped at once.
_MOST_TITLES = 200
#: Tries in a quarter of an hour from one place. Nobody guesses a code; this keeps machines away.
_TRIES, _WINDOW = 10, 15 * 60


@dataclass(frozen=True)
class Entered:
    """That a code was typed, how it came, and when: travels signed, in the place of the code."""

    code: RecoveryCode
    method: Method
    at: float

    def signed(self, purpose: str) -> str:
        return signing.dumps([self.code.pk, self.method.value, self.at], salt=purpose)

    @classmethod
    def read(cls, signed: str, purpose: str) -> "Entered | None":
        try:
            pk, method, at = signing.loads(signed, salt=purpose, max_age=_GOOD_FOR)
        except signing.BadSignature:
            return None
        code = RecoveryCode.objects.in_force().select_related("holder").filter(pk=pk).first()
        return cls(code, Method(method), at) if code else None


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest) -> HttpResponse:
    """Type the code, choose, done. Works logged out; whoever asks learns nothing before the code is right."""
    if request.method == "POST" and "entered" in request.POST:
        return _choose(request)
    form = EnterCodeForm(posted(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                limit("consent.code", who_is(request), times=_TRIES, seconds=_WINDOW)
                code = actions.enter_code(form.cleaned_data["code"])
            except TooOften as refused:
                form.add_error(None, refused.sentence)
                status = 429
            except Refused as refused:
                form.add_error(refused.field, refused.sentence)
            else:
                method = Method(form.cleaned_data["method"])
                return _ask(request, Entered(code, method, timezone.now().timestamp()))
    return render(request, "consent/enter_code/index.html", {"form": form}, status=status)


def _choose(request: HttpRequest) -> HttpResponse:
    entered = Entered.read(request.POST.get("entered", ""), _PROOF)
    if entered is None:
        context = {"form": EnterCodeForm(), "too_late": True}
        return render(request, "consent/enter_code/index.html", context, status=422)
    items = _items(entered.code.holder)
    form = CloseForm(request.POST, items=items)
    if not form.is_valid():
        return _ask(request, entered, form)
    typed = form.cleaned_data

    def deed() -> str:
        chosen = entered.code.holder.items.all() if typed["reach"] == "all" else typed["items"]
        actions.close_by_code(
            code=entered.code, items=chosen, kind=RecordKind(typed["kind"]), method=entered.method
        )
        return f"{reverse('consent:stopped')}?done={entered.signed(_RECEIPT)}"

    return once_then_redirect(request, typed["submission_key"], deed)


def _ask(request: HttpRequest, entered: Entered, form: CloseForm | None = None) -> HttpResponse:
    status = 200 if form is None else 422
    items = _items(entered.code.holder)
    form = form or CloseForm(
        items=items, initial={"entered": entered.signed(_PROOF), "kind": RecordKind.SUSPENDED}
    )
    context = {"form": form, "holder": entered.code.holder}
    return render(request, "consent/close/index.html", context, status=status)


def _items(holder: Holder) -> Any:
    """What may be named before anybody: hidden items have no name here, 'everything' stops them as well."""
    named = KnowledgeItem.objects.discoverable_by(anonymous()).filter(holdings__holder=holder)
    first = list(named.order_by("title", "pk").values_list("pk", flat=True)[:_MOST_TITLES])
    return KnowledgeItem.objects.filter(pk__in=first).order_by("title", "pk")


@never_cache
@require_http_methods(["GET", "HEAD"])
def stopped(request: HttpRequest) -> HttpResponse:
    """What happened, and what no system can call back."""
    entered = Entered.read(request.GET.get("done", ""), _RECEIPT)
    if entered is None:
        return redirect("consent:stop_by_code")
    records = _records_since(entered)
    context = {
        "holder": entered.code.holder,
        "titles": [record.item.title for record in records if _is_named(record.item)][:_MOST_TITLES],
        "count": len(records),
        "paused": any(record.kind == RecordKind.SUSPENDED for record in records),
    }
    return render(request, "consent/stopped/index.html", context)


def _records_since(entered: Entered) -> list[ConsentRecord]:
    since = datetime.fromtimestamp(entered.at, UTC)
    found = ConsentRecord.objects.filter(recorded_by=entered.code.actor, at__gte=since)
    return list(found.select_related("item").order_by("item__title", "pk"))


def _is_named(item: KnowledgeItem) -> bool:
    return item.exposure != Exposure.HIDDEN


@workspace("GET", "POST")
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """A new code. Its sheet is the answer to the form, for nobody can show it a second time."""
    holder = _described(request, pk)
    form = CodeForm(posted(request), initial={"language": request.viewer.language})
    if request.method == "GET" or not form.is_valid():
        context = {"holder": holder, "form": form}
        return render(request, "consent/give_code/index.html", context, status=422 if form.is_bound else 200)
    made: list[str] = []

    def deed() -> str:
        _code, plain = actions.give_code(holder=holder, keeper=form.cleaned_data["keeper"], by=request.viewer)
        made.append(plain)
        return reverse("consent:holder", args=[holder.pk])

    done = once(person=request.user.pk, key=form.cleaned_data["submission_key"], deed=deed)
    if done.repeated:
        messages.info(
            request, _("A code is shown once. If the sheet is lost, take the code back and give a new one.")
        )
        return redirect(done.url)
    return _sheet(request, holder, form.cleaned_data, made[0])


def _sheet(request: HttpRequest, holder: Holder, typed: dict[str, Any], plain: str) -> HttpResponse:
    with translation.override(typed["language"]):
        address = request.build_absolute_uri(reverse("consent:stop_by_code"))
        telephones = [c["value"] for c in holder.contacts if c["kind"] == ContactKind.TELEPHONE]
        context = {
            "holder": holder,
            "keeper": typed["keeper"],
            "groups": plain.split("-"),
            "address": address,
            "telephones": telephones,
        }
        return render(request, "consent/code_sheet/index.html", context)


@workspace("GET", "POST")
def revoke(request: HttpRequest, pk: int, code_id: int) -> HttpResponse:
    holder = _described(request, pk)
    code = get_object_or_404(holder.codes.in_force(), pk=code_id)
    form = ConfirmForm(posted(request))

    def deed() -> str:
        actions.revoke_code(code=code, by=request.viewer)
        return reverse("consent:holder", args=[holder.pk])

    return asked(request, form, "consent/revoke_code/index.html", deed, holder=holder, code=code)


def _described(request: HttpRequest, pk: int) -> Holder:
    holder = get_object_or_404(Holder.objects.visible_to(request.viewer), pk=pk)
    if not policies.can_describe(request.viewer, holder.pk):
        raise PermissionDenied(
            _("Only those who decide for the holders, or a steward for them, give out codes.")
        )
    return holder
