"""What makes a post wait, and trying it out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.moderation import actions, policies
from communities.moderation.forms import RulesForm
from communities.moderation.models import RuleBook
from communities.moderation.rules import try_out
from communities.moderation.views.common import moderated, pages
from communities.views.common import crumbs, page, refuse, shell
from network.foundations.exceptions import StaleEdit


@login_required
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the rules, or see what they would have held in the last week."""
    here = moderated(request, slug)
    if not policies.can_rule(request.viewer, here):
        raise PermissionDenied(_("This community is closed: nothing waits here any more."))
    book = RuleBook.objects.filter(community=here).first()
    form = RulesForm(request.POST if request.method == "POST" else None, instance=book)
    trial = None
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        if "try" in request.POST:
            values.pop("version")
            trial = try_out(request.viewer, here, RuleBook(community=here, **values))
        else:
            try:
                actions.change_rules(viewer=request.viewer, community=here, **values)
            except StaleEdit as refused:
                refuse(form, refused)
                form.renew_version(refused.current)
            else:
                messages.success(request, _("Saved."))
                return redirect("moderation:rules", slug)
    context = shell(request, here, "moderation", trail=crumbs(here), pages=pages(request, here, "rules"))
    return page(request, "moderation/rules/index.html", context | {"form": form, "trial": trial}, form)
