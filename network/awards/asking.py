"""What every page with a form of the award does with it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from network.awards.views import INVALID
from network.foundations.exceptions import Refused


def ask(
    request: HttpRequest,
    template: str,
    form: forms.Form,
    context: dict[str, Any],
    deed: Callable[[], Any],
    done: Callable[[], HttpResponse],
) -> HttpResponse:
    """Show a form, do the deed when it is valid, put a refusal beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            deed()
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            return done()
    return render(request, template, {**context, "form": form}, status=INVALID if form.errors else 200)
