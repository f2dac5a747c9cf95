"""The demo's holders keep control: labels, a warning, what is owed, a code on paper, their own protocol."""

from datetime import date, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from network.accounts.models import User
from network.consent import actions
from network.consent.actions import DutyTerm
from network.consent.enums import DutyKind, Exposure, LabelFamily, Warning
from network.consent.models import Holder, KnowledgeItem
from network.foundations.viewer import Viewer, viewer_for

KEEPER = "Old Mele at the radio house (an imagined person)"
PROTOCOL = "How others come to sit with us (an imagined protocol)"


def minutes() -> SimpleUploadedFile:
    """What a photograph of a paper would be: evidence of a meeting that never was."""
    sheet = Image.new("RGB", (900, 420), "#f6f1e4")
    lines = "Minutes of the council of Lanu\n\nRead aloud, agreed by all.\n\nMade up for a demonstration."
    ImageDraw.Draw(sheet).multiline_text((60, 60), lines, "#28231a", ImageFont.load_default(34), spacing=14)
    written = BytesIO()
    sheet.save(written, "PNG")
    return SimpleUploadedFile("minutes.png", written.getvalue(), "image/png")


def duties() -> tuple[DutyTerm, ...]:
    """One is overdue, one will be due and would pause sharing, one has no day."""
    today = timezone.localdate()
    return (
        DutyTerm(DutyKind.ATTRIBUTION),
        DutyTerm(
            DutyKind.REPORT, due_on=today - timedelta(days=20),
            words="Tell the council in two pages who has read it. This was made up for a demonstration.",
        ),
        DutyTerm(
            DutyKind.RETURN, due_on=today + timedelta(days=60), suspends=True,
            words="Bring the drawings of the school children. This was made up for a demonstration.",
        ),
    )  # fmt: skip


def last_week() -> date:
    """The day on which the holders wanted to look at it again."""
    return timezone.localdate() - timedelta(days=6)


def seed_protocol(holder: Holder, by: Viewer) -> None:
    """Stricter at first, then opened a little."""
    if holder.protocols.exists():
        return
    actions.record_protocol(
        holder=holder, title=PROTOCOL, language="en", adopted_on=date(2023, 3, 8), ceiling=Exposure.KNOWN,
        by=by,
    )  # fmt: skip
    actions.record_protocol(
        holder=holder, title=PROTOCOL, language="en", adopted_on=date(2025, 6, 21), ceiling=Exposure.OPEN,
        by=by,
    )  # fmt: skip


def seed_labels(holder: Holder, birds: KnowledgeItem, song: KnowledgeItem) -> None:
    """The speaker puts them on: nobody does it for the holders."""
    if holder.labels.exists():
        return
    speaker = viewer_for(User.objects.get(email="holder@demo.example"))
    actions.put_label(item=birds, holder=holder, family=LabelFamily.TK, code="tka", by=speaker)
    actions.put_label(item=song, holder=holder, family=LabelFamily.TK, code="tkco", by=speaker)
    actions.put_warning(item=song, holder=holder, warning=Warning.SEASON, by=speaker)


def seed_code(holder: Holder, by: Viewer) -> None:
    """Nobody has the paper: what stood on it was never written down."""
    if not holder.codes.exists():
        actions.give_code(holder=holder, keeper=KEEPER, by=by)
