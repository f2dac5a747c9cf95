"""What the Wagtail administration knows of this room: how to choose an item, nothing of what is in it."""

from wagtail import hooks

from network.consent.choosers import KnowledgeChooserViewSet, knowledge_chooser


@hooks.register("register_admin_viewset")
def register_knowledge_chooser() -> KnowledgeChooserViewSet:
    return knowledge_chooser
