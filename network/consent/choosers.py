"""How an editor finds knowledge to refer to: by its neutral title, which is all she needs to see."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.chooser import ChosenMultipleView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from network.consent.models import KnowledgeItem


class _Chosen(ChosenView):
    def get_object(self, pk: str) -> KnowledgeItem:
        return KnowledgeItem.objects.placeable().get(pk=pk)


class _ChosenMultiple(ChosenMultipleView):
    def get_objects(self, pks: list[str | UUID]) -> QuerySet:
        return KnowledgeItem.objects.placeable().filter(pk__in=pks)


class KnowledgeChooserViewSet(ChooserViewSet):
    model = KnowledgeItem
    icon = "key"
    choose_one_text = _("Choose knowledge")
    choose_another_text = _("Choose other knowledge")
    edit_item_url_name = None
    link_to_chosen_url_name = None
    chosen_view_class = _Chosen
    chosen_multiple_view_class = _ChosenMultiple

    def get_object_list(self) -> QuerySet:
        """What is hidden is there for its holders alone, and they place it by themselves."""
        return KnowledgeItem.objects.placeable()


knowledge_chooser = KnowledgeChooserViewSet("knowledge_chooser", url_prefix="knowledge")
