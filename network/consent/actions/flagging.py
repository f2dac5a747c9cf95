"""Warning holders. It freezes nothing: that is for them, who see it at once."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.consent import policies
from network.consent.actions.asking import check_reachable
from network.consent.actions.consequences import ASKING
from network.consent.actions.sealing import check_words, seal_note
from network.consent.models import Flag, KnowledgeItem
from network.consent.querysets import STEWARD
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


def flag(*, item: KnowledgeItem, text: str, language: str, by: Viewer) -> Flag:
    """Tell holders and stewards that something may not be shared rightly."""
    if not policies.can_ask(by, item):
        raise PermissionDenied(_("Sign in to warn the holders."))
    check_words(text, language, "text")
    check_reachable(item)
    try:
        with transaction.atomic():
            raised = Flag.objects.create(item=item, raised_by=by.user)
            holders = item.holdings.values_list("holder_id", flat=True)
            readers = [*(f"holder:{holder}" for holder in holders), STEWARD]
            seal_note(item=item, name=raised.part, language=language, text=text, readers=readers)
            announce(ASKING, "consent.flagged", flag=raised.pk)
    except IntegrityError:
        raise Refused(_("You have warned the holders of this already. They see it.")) from None
    return raised


def settle_flag(*, flag: Flag, by: Viewer) -> None:
    """The holders have seen to it; whoever warned them may warn again."""
    if not policies.serves(by, flag.item):
        raise PermissionDenied(_("Only the holders and their stewards settle a warning."))
    Flag.objects.open().filter(pk=flag.pk).update(settled_at=timezone.now(), settled_by=by.user.actor_id)
