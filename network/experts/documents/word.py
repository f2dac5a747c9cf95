"""A paper as a DOCX file, from the data of an outline."""

from io import BytesIO
from typing import Any

from docx import Document as new_document
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from network.experts.documents.outline import Outline

#: Faces for Arabic and for Chinese; programs take another one where these are missing.
_FACES = {
    "ascii": "Noto Sans",
    "hAnsi": "Noto Sans",
    "cs": "Noto Naskh Arabic",
    "eastAsia": "Noto Sans CJK SC",
}


def docx(paper: Outline) -> bytes:
    data = paper.data
    file = new_document()
    _prepare(file, data)
    _turn(file.add_heading(data["title"], 0), data["dir"])
    _turn(file.add_heading(data["name"]["text"], 1), data["name"]["dir"])
    _facts(file, data)
    for section in data["sections"]:
        _turn(file.add_heading(section["title"], 2), data["dir"])
        for line in section["lines"]:
            _turn(file.add_paragraph(line["text"]), line["dir"])
    if data["statement"]:
        _turn(file.add_paragraph(data["statement"]), data["dir"])
        _turn(file.add_paragraph(f"{'_' * 40}\n{data['signature']}"), data["dir"])
    _turn(file.add_paragraph(data["made"]), data["dir"])
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _prepare(file: Document, data: dict[str, Any]) -> None:
    """Title, language and faces of the whole file."""
    core = file.core_properties
    core.title, core.language = data["title"][:255], data["language"]
    core.author = core.last_modified_by = data["name"]["text"][:255]
    core.comments = ""
    properties = file.styles["Normal"].element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for which, face in _FACES.items():
        fonts.set(qn(f"w:{which}"), face)
    language = OxmlElement("w:lang")
    for which in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{which}"), data["language"])
    properties.append(language)


def _facts(file: Document, data: dict[str, Any]) -> None:
    if not data["facts"]:
        return
    table = file.add_table(0, 2, "Light Grid Accent 1")
    if data["dir"] == "rtl":
        table._tblPr.append(OxmlElement("w:bidiVisual"))
    for label, block in data["facts"]:
        head, body = table.add_row().cells
        head.text, body.text = label, block["text"]
        _turn(head.paragraphs[0], data["dir"])
        _turn(body.paragraphs[0], block["dir"])
    file.add_paragraph()


def _turn(paragraph: Paragraph, direction: str) -> None:
    """From right to left: the paragraph, and each run in it."""
    if direction != "rtl":
        return
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for run in paragraph._p.iter(qn("w:r")):
        run.get_or_add_rPr().append(OxmlElement("w:rtl"))
