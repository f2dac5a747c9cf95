"""Proceedings as a PDF file, tagged, from the data of ``documents``."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import typst

_TEMPLATE = Path(__file__).with_name("proceedings.typ")


@cache
def _fonts() -> typst.Fonts:
    """Looking through all faces of the machine takes a while: once for each process."""
    return typst.Fonts()


def pdf(data: dict[str, Any]) -> bytes:
    """The text goes in as data alone. A missing face is no error: the next one of the list is taken."""
    compiler = typst.Compiler(
        _TEMPLATE.read_bytes(), font_paths=_fonts(), sys_inputs={"data": json.dumps(_tongues(data))}
    )
    try:
        made, _warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        # Something that people wrote does not fit the standard (a title of blanks): tagged all the same.
        made, _warnings = compiler.compile_with_warnings(format="pdf")
    return made if isinstance(made, bytes) else b"".join(made or [])


def _tongues(data: dict[str, Any]) -> dict[str, Any]:
    """Typesetters know a language by its first part: ``zh`` of ``zh-hans``."""
    names = {name: re.split("[-_]", data[name])[0] for name in ("language", "written_in")}
    return data | names
