"""Changing what makes a post wait."""

from typing import Any

from django.utils.translation import gettext as _

from communities.actions.common import demand, record
from communities.enums import Act
from communities.models import Community
from communities.moderation import policies
from communities.moderation.models import RuleBook
from network.foundations.deeds import deed
from network.foundations.exceptions import StaleEdit
from network.foundations.viewer import Viewer


@deed
def change_rules(*, viewer: Viewer, community: Community, version: int, **values: Any) -> RuleBook:
    """``version`` is the one that the moderator had before her; zero where there was none yet."""
    demand(policies.can_rule(viewer, community))
    Community.objects.select_for_update().get(pk=community.pk)
    book = RuleBook.objects.filter(community=community).first()
    if (book.version if book else 0) != version:
        raise StaleEdit(
            _("Somebody saved other rules in the meantime. Send yours again to replace them."), current=book
        )
    book = book or RuleBook(community=community, version=0)
    for name, value in values.items():
        setattr(book, name, value)
    book.version += 1
    book.save()
    record(Act.RULES_CHANGED, community, viewer, ("rules", book.pk))
    return book
