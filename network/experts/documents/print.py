"""A paper as a PDF file, tagged, from the data of an outline."""

import json
from functools import cache
from pathlib import Path

import typst

from network.experts.documents.outline import Outline

_TEMPLATE = Path(__file__).with_name("paper.typ")


@cache
def _fonts() -> typst.Fonts:
    """Looking through all faces of the machine takes a while: once for each process."""
    return typst.Fonts()


def pdf(paper: Outline) -> bytes:
    """The text goes in as data alone. A missing face is no error: the next one of the list is taken."""
    compiler = typst.Compiler(
        _TEMPLATE.read_bytes(), font_paths=_fonts(), sys_inputs={"data": json.dumps(paper.data)}
    )
    try:
        made, _warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        # Something that people wrote does not fit the standard (a sign without a face): tagged all the same.
        made, _warnings = compiler.compile_with_warnings(format="pdf")
    return made if isinstance(made, bytes) else b"".join(made or [])
