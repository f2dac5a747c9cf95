"""Who may change the vocabularies: editors and administrators; what comes with the network, nobody."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from network.foundations.viewer import Viewer, viewer_for
from network.thesaurus.models import Term


def may_edit(viewer: Viewer) -> bool:
    return viewer.has_any("role:editor", "role:administrator")


class VocabularyPolicy(BasePermissionPolicy):
    """The same in the words of Wagtail. Nothing is deleted: what is in use somewhere must keep its name."""

    _ACTIONS = frozenset({"add", "change", "view", "choose"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self._ACTIONS and may_edit(viewer_for(user))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        # The loader would overwrite the change.
        fixed = action == "change" and isinstance(instance, Term) and instance.shipped
        return not fixed and self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet:
        rows = self.model._default_manager
        return rows.all() if self.user_has_any_permission(user, actions) else rows.none()

    def users_with_any_permission(self, actions: Any) -> QuerySet:
        people = get_user_model()._default_manager
        if not self._ACTIONS.intersection(actions):
            return people.none()
        return people.filter(Q(is_superuser=True) | Q(groups__name="editor"), is_active=True).distinct()
