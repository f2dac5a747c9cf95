"""A paper as plain data: every text bound for its reader, nothing in it is markup."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from network.consent.egress import bind_for
from network.experts.documents.papers import Paper
from network.foundations.printing import direction, printable
from network.foundations.viewer import Viewer

EXIT = "document"


@dataclass(frozen=True)
class Outline:
    """What the writers of DOCX and PDF are given, and nothing else."""

    data: dict[str, Any]


def outline(paper: Paper, answers: dict[str, str], reader: Viewer) -> Outline:
    """``paper`` with these answers, in the active language; what is empty is left out.

    Where a paper is signed, empty questions stay: a disclosure says 'none' in its person's own hand.
    """

    def block(text: str) -> dict[str, str]:
        bound = printable(
            bind_for(reader, text.replace("\r\n", "\n").replace("\r", "\n"), exit=EXIT, format="text")
        )
        return {"text": bound, "dir": direction(bound)}

    facts, sections = [], []
    for part in paper.parts:
        text = answers.get(part.name, "").strip()
        if part.line and text:
            facts.append([str(part.label), block(text)])
        elif not part.line and (text or paper.name == "interests"):
            lines = [block(line.strip()) for line in text.split("\n") if line.strip()]
            sections.append({"title": str(part.label), "lines": lines or [block("–")]})
    return Outline(
        {
            "language": get_language() or settings.LANGUAGE_CODE,
            "tongue": re.split("[-_]", get_language() or settings.LANGUAGE_CODE)[0],
            "dir": "rtl" if get_language_bidi() else "ltr",
            "title": str(paper.title),
            "name": block(answers.get("name", "").strip() or "–"),
            "facts": facts,
            "sections": sections,
            "statement": str(paper.statement),
            "signature": _("Date and signature") if paper.statement else "",
            "made": _("Made on %(day)s") % {"day": date_format(timezone.localdate())},
        }
    )
