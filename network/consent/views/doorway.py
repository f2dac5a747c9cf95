"""What every page of the workspace has in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from network.consent import policies
from network.consent.exits import WORKSPACE
from network.consent.models import Holder, KnowledgeItem
from network.foundations.exceptions import Refused
from network.foundations.once import once_then_redirect

View = Callable[..., HttpResponse]


def workspace(*methods: str) -> Callable[[View], View]:
    """A page of the workspace: for stewards and people of holders; to others there is no such place."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not policies.can_enter(request.viewer):
                raise Http404
            request.consent_exit = WORKSPACE
            return view(request, *args, **kwargs)

        return _door(guarded, methods)

    return decorate


def members(*methods: str) -> Callable[[View], View]:
    """A page for every member: whoever asks holders, and the holders who answer."""

    def decorate(view: View) -> View:
        return _door(view, methods)

    return decorate


def _door(view: View, methods: tuple[str, ...]) -> View:
    """Signed in, kept by no cache; nothing that is typed here stands in a report of an error."""
    typed = sensitive_post_parameters()(view)
    return never_cache(login_required(require_http_methods(methods)(typed)))


def uploaded(request: HttpRequest) -> MultiValueDict | None:
    return request.FILES if request.method == "POST" else None


def asked(
    request: HttpRequest, form: forms.Form, template: str, deed: Callable[[], str], **context: Any
) -> HttpResponse:
    """Show ``form``, or do ``deed`` once and go where it says; what is refused stands beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            return once_then_redirect(request, form.cleaned_data["submission_key"], deed)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)


def known_item(request: HttpRequest, pk: UUID) -> KnowledgeItem:
    """An item that she may know of; any other is not there."""
    return get_object_or_404(KnowledgeItem.objects.discoverable_by(request.viewer), pk=pk)


def held(request: HttpRequest, pk: UUID, holder_id: int) -> tuple[KnowledgeItem, Holder]:
    """An item that she may see here, and one of its holders."""
    item = item_of(request, pk)
    return item, get_object_or_404(item.holders, pk=holder_id)


def item_of(request: HttpRequest, pk: UUID) -> KnowledgeItem:
    return get_object_or_404(KnowledgeItem.objects.visible_to(request.viewer), pk=pk)
