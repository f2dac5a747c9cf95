"""What the keys database remembers of the main one, so that an older main database does not count.

Yesterday's backup of the main database says what holders said yesterday. The keys database is never brought
back to an earlier day: beside each key stands the number of the newest word of each holder, and which marks
hold the item back. The gate takes an older word, or a mark that is missing, for closed (``gate``).

Each is written after the commit of the deed. What a crash leaves out, ``catch_up`` writes down; where the
main database is behind, it puts marks back, and sharing is paused for the holder until she speaks anew. The
worker does so every minute.
"""

import logging
import uuid
from collections.abc import Iterable, Iterator
from functools import partial
from uuid import UUID

from django.db import transaction

from network.consent import gate
from network.consent.enums import Warning
from network.consent.models import Holding, ItemKey, KnowledgeItem, Label
from network.consent.routers import KEYS

logger = logging.getLogger(__name__)

#: The pseudonym under which records say that it was nobody but the keys database that remembered.
MEMORY = uuid.uuid5(uuid.UUID("7e6c9c1e-5f0a-5d3b-9a52-3f4d0c7a1b44"), "memory of the keys")


def remember_word(item_id: UUID, holder_id: int, number: int) -> None:
    """Once the record is there for good, nothing older speaks for this holder any more."""
    transaction.on_commit(partial(_remember, item_id, {str(holder_id): number}, []))


def remember_mark(item_id: UUID, mark: str) -> None:
    transaction.on_commit(partial(_remember, item_id, {}, [mark]))


def forget_mark(item_id: UUID, mark: str) -> None:
    """It is being taken away by its holder: from now on it is not missed.

    At once and not after the commit: a mark that is missed while it is taken away would be put back.
    """
    with transaction.atomic(using=KEYS):
        key = ItemKey.objects.select_for_update().filter(pk=item_id).first()
        if key is not None and mark in key.marks:
            key.marks = [kept for kept in key.marks if kept != mark]
            key.save(update_fields=["marks"])


def newest_number(item_id: UUID) -> int:
    """The highest number of a record that was ever remembered; the next one comes after it."""
    words = ItemKey.objects.filter(pk=item_id).values_list("words", flat=True).first()
    return max((words or {}).values(), default=0)


def label_mark(holder_id: int, family: str, code: str) -> str:
    return f"{holder_id}:{family}:{code}"


def warning_mark(holder_id: int, warning: str) -> str:
    return f"{holder_id}:{gate.WARNING_MARK}:{warning}"


def _remember(item_id: UUID, words: dict[str, int], marks: Iterable[str]) -> None:
    gate.make_key(item_id)
    with transaction.atomic(using=KEYS):
        key = ItemKey.objects.select_for_update().get(pk=item_id)
        newest = {
            holder: max(number, words.get(holder, 0)) for holder, number in {**words, **key.words}.items()
        }
        key.words, key.marks = newest, sorted({*key.marks, *marks})
        key.save(update_fields=["words", "marks"])


def catch_up() -> list[tuple[UUID, int]]:
    """Level both databases; item and holder of each word that is older than what the keys remember.

    The keys are read first: what is written while they are compared is newer, never missing.
    """
    behind = []
    keys = {key.pk: key for key in ItemKey.objects.only("words", "marks")}
    said, marked = _words_of_main(), _marks_of_main()
    for item_id, words in said.items():
        key = keys.get(item_id)
        remembered = key.words if key else {}
        missing = set(key.marks if key else ()) - marked.get(item_id, set())
        _put_back(item_id, missing)
        newer = {holder: number for holder, number in words.items() if number > remembered.get(holder, 0)}
        unknown = marked.get(item_id, set()) - set(key.marks if key else ())
        if newer or unknown:
            _remember(item_id, newer, unknown)
        behind += [
            (item_id, int(holder))
            for holder, number in remembered.items()
            if holder in words and words[holder] < number
        ]
    return behind


def _words_of_main() -> dict[UUID, dict[str, int]]:
    found: dict[UUID, dict[str, int]] = {}
    for item_id, holder_id, number in Holding.objects.values_list("item_id", "holder_id", "record__number"):
        found.setdefault(item_id, {})[str(holder_id)] = number or 0
    return found


def _marks_of_main() -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    labels = Label.objects.in_force().values_list("item_id", "holder_id", "family", "code")
    for item_id, holder_id, family, code in labels:
        found.setdefault(item_id, set()).add(label_mark(holder_id, family, code))
    for item_id, holder_id, warnings in Holding.objects.values_list("item_id", "holder_id", "warnings"):
        found.setdefault(item_id, set()).update(warning_mark(holder_id, each) for each in warnings)
    return found


def _put_back(item_id: UUID, marks: Iterable[str]) -> None:
    """Marks that the main database lost, as the holders had put them."""
    if not marks:
        return
    # One that was taken away in this very moment is remembered no more.
    remembered = ItemKey.objects.get(pk=item_id).marks
    for holder_id, kind, code in _parted(set(marks) & set(remembered)):
        holding = Holding.objects.filter(item=item_id, holder=holder_id).first()
        if holding is None:
            continue
        logger.warning("a mark that a backup did not know is put back: %s", item_id)
        if kind == gate.WARNING_MARK:
            with transaction.atomic():
                holding = Holding.objects.select_for_update().get(pk=holding.pk)
                holding.warnings = sorted({*holding.warnings, Warning(code).value})
                holding.save(update_fields=["warnings"])
        else:
            Label.objects.get_or_create(
                item=KnowledgeItem(pk=item_id), holder_id=holder_id, family=kind, code=code, until=None,
                defaults={"applied_by": MEMORY},
            )  # fmt: skip


def _parted(marks: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    for mark in sorted(marks):
        holder_id, kind, code = mark.split(":", 2)
        yield int(holder_id), kind, code
