"""The award in the Wagtail admin: nominations to look at, their run in dashboard, reports and history."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from network.awards.models import Nomination


class NominationViewSet(SnippetViewSet):
    model = Nomination
    icon = "clipboard-list"
    menu_label = _("Nominations")
    add_to_admin_menu = True
    inspect_view_enabled = True
    list_display = ["__str__", "edition", "category"]
    list_filter = ["category"]
    copy_view_enabled = False


register_snippet(NominationViewSet)
