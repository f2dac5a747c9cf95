"""What a word of the holders can say beside who, what kind and which clauses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from network.consent.enums import Agreement, Detail, DutyKind
from network.consent.models import CommunityProtocol


@dataclass(frozen=True)
class Note:
    """How the holders came to their word: sealed, erasable, and outside the chain.

    Written in ``language``; ``text`` in one piece, or ``details`` each by itself. ``file`` is evidence:
    minutes, a picture, a recording.
    """

    text: str = ""
    language: str = settings.LANGUAGE_CODE
    details: Mapping[Detail, str] = field(default_factory=dict)
    file: UploadedFile | None = None

    @property
    def texts(self) -> dict[str, str]:
        whole = {Detail.NOTE.value: self.text} if self.text else {}
        found = whole | {Detail(name).value: text for name, text in self.details.items() if text}
        if self.file:
            found.setdefault(Detail.EVIDENCE.value, gettext("What it shows was not written down."))
        return found

    def file_of(self, name: str) -> UploadedFile | None:
        """The file that is sealed with the text of this name."""
        return self.file if name == Detail.EVIDENCE else None


@dataclass(frozen=True)
class DutyTerm:
    """What is owed in return; ``words`` are sealed."""

    kind: DutyKind
    due_on: date | None = None
    suspends: bool = False
    words: str = ""


@dataclass(frozen=True)
class Particulars:
    """Everything that a record can say beside who, what kind and which clauses; all optional.

    ``visibility``: field of the record or ``Detail`` to ``Visibility``; what is not named stays sealed.
    """

    preset: str = ""
    protocol: CommunityProtocol | None = None
    request: UUID | None = None
    recipients: tuple[str, ...] = ()
    permit: str = ""
    agreement: Agreement | str = ""
    visibility: Mapping[str, str] = field(default_factory=dict)
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    review_on: date | None = None
    duties: tuple[DutyTerm, ...] = ()
