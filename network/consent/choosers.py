"""How an editor finds knowledge to refer to: by its neutral title, which is all she needs to see."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

from network.consent.models import KnowledgeItem


class KnowledgeChooserViewSet(ChooserViewSet):
    model = KnowledgeItem
    icon = "key"
    choose_one_text = _("Choose knowledge")
    choose_another_text = _("Choose other knowledge")
    edit_item_url_name = None
    link_to_chosen_url_name = None


knowledge_chooser = KnowledgeChooserViewSet("knowledge_chooser", url_prefix="knowledge")
