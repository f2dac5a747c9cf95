"""What this room holds about a person: of whom she is one, for whom she speaks, what she asked for."""

from typing import Any

from django.utils.translation import gettext as _

from network.consent import vault
from network.consent.models import Authority, ConsentRequest, Flag, KnowledgeItem, Message, Part, Standing


def export(user: Any) -> dict:
    return {
        _("Holders you belong to"): [
            {_("Holders"): str(row.holder), _("Since"): row.since, _("Until"): row.until}
            for row in Standing.objects.filter(user=user).select_related("holder")
        ],
        _("Holders you speak for"): [
            {
                _("Holders"): str(row.holder),
                _("Office"): row.office,
                _("Since"): row.since,
                _("Until"): row.until,
            }
            for row in Authority.objects.filter(user=user).select_related("holder")
        ],
        _("What you asked holders for"): [
            {
                _("Knowledge"): row.item.title,
                _("Asked"): row.asked_at,
                _("Until"): row.until,
                # What she was told, and no more than that.
                _("Answer"): str(row.told_state.label),
            }
            for row in ConsentRequest.objects.filter(requester=user).select_related("item")
        ],
        _("Warnings you sent to holders"): [
            {_("Knowledge"): row.item.title, _("Sent"): row.at}
            for row in Flag.objects.filter(raised_by=user).select_related("item")
        ],
    }


def erase(user: Any, keep_contributions: bool) -> None:
    """Records of consent keep the number of the authority that they rest on, and no name."""
    Authority.objects.filter(user=user).delete()
    Standing.objects.filter(user=user).delete()
    for request in ConsentRequest.objects.filter(requester=user):
        said = [message.part for message in request.messages.all()]
        parts = Part.objects.notes().filter(item=request.item_id, name__in=said)
        for path in parts.exclude(path="").values_list("path", flat=True):
            vault.delete_after_commit(path)
        parts.delete()
        request.delete()
    _erase_entrusted(user)
    Message.objects.filter(by=user).update(by=None)
    Flag.objects.filter(raised_by=user).update(raised_by=None)


def _erase_entrusted(user: Any) -> None:
    """What she told of others' knowledge goes with her, unless its holders were found: then it is theirs."""
    told = KnowledgeItem.objects.entrusted().filter(created_by=user.actor_id, holders=None)
    Part.objects.filter(item__in=told.values("pk")).delete()
