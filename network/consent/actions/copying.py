"""Words that were copied from sealed knowledge: finding them, keeping them, and what becomes of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.consent import fingerprints, policies
from network.consent.actions.sealing import seal_note
from network.consent.copies import desks
from network.consent.enums import Exposure, PartName
from network.consent.models import Fingerprint, KnowledgeItem, Lineage, Part
from network.consent.tokens import HELD, Token
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer, anonymous


@dataclass(frozen=True)
class Match:
    """A sealed text that others are copied from."""

    item: UUID
    part: str
    holders: frozenset[int]

    @property
    def token(self) -> Token:
        return Token(self.item, self.part)

    def belongs_to(self, viewer: Viewer) -> bool:
        """She is of everybody whose knowledge it is."""
        return bool(self.holders) and self.holders <= viewer.ids("holder")


def find(text: str, viewer: Viewer) -> list[Match]:
    """Whose sealed words stand in ``text``, the most alike first. One query, none for a short text.

    Nobody learns in this way of what is hidden from her.
    """
    marks = fingerprints.marks(text)
    if not marks:
        return []
    hidden = KnowledgeItem.objects.filter(exposure=Exposure.HIDDEN).exclude(
        pk__in=KnowledgeItem.objects.held_by(viewer).values("pk")
    )
    rows = (
        Fingerprint.objects.filter(digest__in=marks)
        .exclude(item__in=Lineage.objects.filter(source__in=hidden).values("item"))
        .values_list("item_id", "part", "digest", "item__holdings__holder")
    )
    alike: Counter[Token] = Counter()
    holders: dict[Token, set[int]] = {}
    for (item, part, _digest), held_by in _grouped(rows).items():
        token = Token(item, part)
        alike[token] += 1
        holders.setdefault(token, set()).update(held_by)
    return [Match(token.item, token.part, frozenset(holders[token])) for token, _n in alike.most_common()]


def copied_words() -> str:
    return _(
        "This repeats, word for word, knowledge that its holders keep here. Insert it as shared knowledge "
        "instead: each reader then sees what she may."
    )


def refusal(text: str) -> str:
    """Why ``text`` may not stand where nothing can wait for holders; empty if it may."""
    return copied_words() if find(text, anonymous()) else ""


def _grouped(rows) -> dict[tuple, set[int]]:
    grouped: dict[tuple, set[int]] = {}
    for item, part, digest, holder in rows:
        grouped.setdefault((item, part, digest), set()).update({holder} - {None})
    return grouped


@transaction.atomic
def keep_copy(*, matches: Sequence[Match], text: str, author: User, language: str) -> Token:
    """Seal somebody's words beside the knowledge that they copy, for its holders and herself alone."""
    item = KnowledgeItem.objects.select_for_update().get(pk=matches[0].item)
    readers = {f"holder:{holder}" for match in matches for holder in match.holders}
    name = f"{HELD}{next_number(item, HELD)}"
    return seal_note(
        item=item, name=name, language=language, text=text, readers=readers | {f"user:{author.pk}"}
    ).token


def next_number(item: KnowledgeItem, kind: str) -> int:
    """The next free number of parts called ``kind`` and a number; the caller has locked the item."""
    names = Part.objects.filter(item=item, name__startswith=kind).values_list("name", flat=True)
    return max((int(name[len(kind) :]) for name in names if name[len(kind) :].isdigit()), default=0) + 1


def let_go(token: Token) -> None:
    """Erase a copy that has given way to a reference, or whose author has left."""
    if token.is_held:
        Part.objects.notes().filter(item=token.item, name=token.part).delete()


def settle_copy(*, copy: Part, stays: bool, by: Viewer, reason: str = "") -> None:
    """Holders (or their steward) decide about words that repeat theirs.

    They stay as a reference, which each reader sees as far as the holders share it, or they go back to
    whoever wrote them.
    """
    if not policies.serves(by, copy.item):
        raise PermissionDenied(_("Only the holders or a steward decide about this."))
    if not stays and not reason:
        raise Refused(_("Say in a sentence why; whoever wrote it reads it."), "reason")
    with transaction.atomic():
        if stays:
            done = any(desk.put_reference(copy.token, _reference(copy.item), by) for desk in desks)
        else:
            done = any(desk.give_back(copy.token, reason, by) for desk in desks)
        if not done:
            raise Refused(_("Somebody has decided about this in the meantime."))
        if stays:
            let_go(copy.token)


def _reference(item: KnowledgeItem) -> Token:
    """The text by which an item is referred to: its body, or the first that it has."""
    names = set(item.parts.filter(name__in=PartName.values).values_list("name", flat=True))
    order = [PartName.BODY, PartName.SUMMARY, *PartName]
    return item.token(next((str(name) for name in order if name in names), PartName.BODY.value))
