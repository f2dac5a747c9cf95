"""Knowledge that somebody writes where people talk: sealed at once, so that only a token stands there.

Either it is her own people's, and she shares it in that one place by her own word
(``docs/decisions/consent-this-thread-only.md``), or she holds it from others, and it waits for theirs.
"""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from network.consent import gate, policies
from network.consent.actions.checking import check_terms
from network.consent.actions.particulars import Particulars
from network.consent.actions.recording import write_record
from network.consent.actions.sealing import check_text, new_item, seal_note, write_part
from network.consent.decision import ANY_LANGUAGE, Clause, at_place
from network.consent.enums import Action, Basis, Exposure, Method, PartName, RecordKind
from network.consent.models import Holder, Holding, KnowledgeItem
from network.consent.querysets import STEWARD
from network.consent.tokens import Token
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer

#: Pages of the place, as they are asked for, previewed and followed live. Nothing that leaves it.
EXITS = frozenset({"page", "preview", "socket"})
#: The name of a part that holds an earlier text, with the number of its version.
EARLIER = "earlier"
#: The name of the note that says whose it is, as the one who told it knows it.
WHOSE = "whose"


def share_in_place(
    *, title: str, text: str, language: str, holder: Holder, place: str, audiences: Iterable[str], by: Viewer
) -> KnowledgeItem:
    """Seal what one of the holder's own people tells, and let these audiences read it at ``place`` alone.

    She needs no office for that, and nobody else's word: she says it herself, about her own words, in front
    of these people. Whatever goes farther is decided as everything else is.
    """
    if not policies.belongs_to(by, holder.pk):
        raise PermissionDenied(_("Only people of these holders share their knowledge in this way."))
    clauses = [
        Clause(at_place(audience, place), frozenset({Action.DISPLAY}), EXITS, frozenset({ANY_LANGUAGE}))
        for audience in (*audiences, f"holder:{holder.pk}")
    ]
    with transaction.atomic():
        item = new_item(title=title, holders=[holder], exposure=Exposure.SHARED, by=by)
        check_terms(item, holder, clauses, Basis.APPROVAL, Particulars())
        _seal_body(item, language, text)
        write_record(
            item=item, holder=holder, kind=RecordKind.GIVEN, method=Method.HERE, basis=Basis.APPROVAL,
            clauses=clauses, recorded_by=by.user.actor_id,
        )  # fmt: skip
    return item


def entrust(
    *, title: str, text: str, language: str, whose: str, sources: Iterable[UUID] = (), by: Viewer
) -> KnowledgeItem:
    """Seal what somebody holds from others until they say whether it may be shared.

    A steward finds the holders (``name_holders``) by what she wrote of them in ``whose``. Until then she
    reads it herself and nobody else does. What is copied from ``sources`` goes no farther than they.
    """
    if not by.is_member:
        raise PermissionDenied(_("Sign in to write."))
    if not whose:
        raise Refused(_("Say whose knowledge this is."), "whose")
    with transaction.atomic():
        item = new_item(title=title, holders=[], exposure=Exposure.SHARED, by=by, sources=sources)
        own = f"user:{by.user_id}"
        _seal_body(item, language, text, readers=[own])
        seal_note(item=item, name=f"{WHOSE}1", language=language, text=whose, readers=[own, STEWARD])
    return item


def name_holders(*, item: KnowledgeItem, holders: Iterable[Holder], by: Viewer) -> None:
    """A steward says whose it is; from then on they read it in their workspace and decide about it."""
    holders = list(holders)
    if not by.has(STEWARD):
        raise PermissionDenied(_("A steward says whose knowledge this is."))
    if not holders:
        raise Refused(_("Say whose knowledge this is."), "holders")
    with transaction.atomic():
        locked = KnowledgeItem.objects.select_for_update().get(pk=item.pk)
        if locked.holdings.exists():
            raise Refused(_("Its holders are known already."), "holders")
        Holding.objects.bulk_create(Holding(item=locked, holder=holder) for holder in holders)
        for part in locked.parts.notes():
            part.readers = sorted({*part.readers, *(f"holder:{holder.pk}" for holder in holders)})
            part.save(update_fields=["readers"])


def tell_anew(*, item: KnowledgeItem, text: str, language: str, version: int, by: Viewer) -> Token:
    """Another text in the place of what she told; the token of the earlier one, for her and the holders.

    Only while nothing stands on record but her own word: nobody agreed to what she writes now.
    """
    if not is_hers(item, by):
        raise Refused(_("The holders have spoken about this text since. Write another post instead."))
    with transaction.atomic():
        body = item.parts.get(name=PartName.BODY)
        earlier = set_aside(item=item, version=version, by=by)
        _seal_body(item, language, text, readers=body.readers)
    return earlier


def set_aside(*, item: KnowledgeItem, version: int, by: Viewer) -> Token:
    """Her text as it stood in ``version``, taken out of its place: for herself and the holders."""
    body = item.parts.get(name=PartName.BODY)
    name = f"{EARLIER}{version}"
    body.ciphertext = gate.moved(body, name)
    body.name, body.readers = name, _hers_and_holders(item, by)
    body.save(update_fields=["ciphertext", "name", "readers"])
    item.fingerprints.filter(part=PartName.BODY).delete()
    return body.token


def seal_earlier(*, item: KnowledgeItem, version: int, text: str, language: str, by: Viewer) -> Token:
    """A text that stood in the open before she said that it is knowledge."""
    return seal_note(
        item=item, name=f"{EARLIER}{version}", language=language, text=text,
        readers=_hers_and_holders(item, by),
    ).token  # fmt: skip


def is_hers(item: KnowledgeItem, by: Viewer) -> bool:
    """She told it, it stands in one language, and nobody who decides for the holders has spoken about it."""
    return (
        item.created_by == by.user.actor_id
        and not item.records.exclude(authority=None, kind=RecordKind.GIVEN).exists()
        and item.parts.filter(name=PartName.BODY).count() == 1
    )


def _seal_body(item: KnowledgeItem, language: str, text: str, readers: list[str] | None = None) -> None:
    check_text(item, PartName.BODY, language, text)
    write_part(item, PartName.BODY, language, text, readers=readers)


def _hers_and_holders(item: KnowledgeItem, by: Viewer) -> list[str]:
    holders = item.holdings.values_list("holder", flat=True)
    return sorted({f"user:{by.user_id}", *(f"holder:{holder}" for holder in holders)})
