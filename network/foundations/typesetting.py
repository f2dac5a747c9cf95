"""Documents to be filed, set by Typst: accessible PDF files (PDF/UA).

All that people wrote goes in as data and is never markup.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language, get_language_bidi


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts()


def typeset(template: Path, data: dict[str, Any]) -> bytes:
    """The template with ``data``, and what every document says of itself: its language, its direction, whose
    it is."""
    language = get_language() or settings.LANGUAGE_CODE
    common = {
        "language": language.partition("-")[0],
        "dir": "rtl" if get_language_bidi() else "ltr",
        "network": settings.NETWORK_NAME,
    }
    compiler = typst.Compiler(
        template.read_bytes(), font_paths=_fonts(), sys_inputs={"data": json.dumps(common | data)}
    )
    made, _warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    return made if isinstance(made, bytes) else b"".join(made or [])
