"""Proceedings as a DOCX file, from the data of ``documents``."""

from io import BytesIO
from typing import Any

from docx import Document as new_document
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

#: Faces for Arabic and for Chinese; programs take another one where these are missing.
_ARABIC, _CHINESE, _LATIN = "Noto Naskh Arabic", "Noto Sans CJK SC", "Noto Sans"


def docx(data: dict[str, Any]) -> bytes:
    return _Writer(data).written()


class _Writer:
    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.file: Document = new_document()

    def written(self) -> bytes:
        data = self.data
        self._prepare()
        self._paragraph(data["kind"])
        self._heading(data["title"]["text"], 0, data["title"]["dir"])
        self._block(data["community"])
        self._block(data["about"])
        self._table(None, data["facts"])
        self._questions()
        self._summary()
        self._sources()
        self._contributors()
        self._numbers()
        out = BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _prepare(self) -> None:
        """Title, language and faces of the whole file."""
        core = self.file.core_properties
        core.title, core.language = self.data["title"]["text"][:255], self.data["language"]
        core.author = core.last_modified_by = self.data["community"]["text"][:255]
        core.comments = ""
        fonts = self.file.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
        faces = {"ascii": _LATIN, "hAnsi": _LATIN, "cs": _ARABIC, "eastAsia": _CHINESE}
        for which, face in faces.items():
            fonts.set(qn(f"w:{which}"), face)
        language = OxmlElement("w:lang")
        for which in ("val", "eastAsia", "bidi"):
            language.set(qn(f"w:{which}"), self.data["written_in"])
        self.file.styles["Normal"].element.get_or_add_rPr().append(language)

    def _heading(self, text: str, level: int, direction: str = "") -> None:
        self._turn(self.file.add_heading(text, level), direction or self.data["dir"])

    def _paragraph(self, text: str, style: str | None = None, direction: str = "") -> Paragraph:
        made = self.file.add_paragraph(text, style)
        self._turn(made, direction or self.data["dir"])
        return made

    def _block(self, block: dict[str, str], style: str | None = None) -> None:
        if block["text"]:
            self._paragraph(block["text"], style, block["dir"])

    def _questions(self) -> None:
        self._heading(self.data["questions"]["title"], 1)
        for question in self.data["questions"]["items"]:
            self._block(question["title"], "List Number")
            self._block(question["text"])
            for one in question["clarified"]:
                self._block(one, "List Bullet")

    def _summary(self) -> None:
        self._heading(self.data["summary"]["title"], 1)
        self._paragraph(self.data["note"])
        urls = {source["number"]: source["url"] for source in self.data["sources"]["items"]}
        for part in self.data["summary"]["items"]:
            if part["paragraphs"] and part["title"]["text"]:
                self._heading(part["title"]["text"], 2, part["title"]["dir"])
            for sentences in part["paragraphs"]:
                self._sentences(sentences, urls)

    def _sentences(self, sentences: list[dict[str, Any]], urls: dict[int, str]) -> None:
        paragraph = self._paragraph("", direction=sentences[0]["dir"])
        for said in sentences:
            self._run(paragraph, said["text"])
            if said["own"]:
                self._run(paragraph, f" ({self.data['own']})")
            for number in said["notes"]:
                self._run(paragraph, " ")
                self._link(paragraph, f"[{number}]", urls[number])
            self._run(paragraph, " ")
        self._turn(paragraph, sentences[0]["dir"])

    def _sources(self) -> None:
        if not self.data["sources"]["items"]:
            return
        self._heading(self.data["sources"]["title"], 1)
        for source in self.data["sources"]["items"]:
            paragraph = self._paragraph(f"[{source['number']}] ")
            if source["url"]:
                self._link(paragraph, source["label"]["text"], source["url"])
                self._run(paragraph, f" {source['url']}")
            else:
                self._run(paragraph, source["label"]["text"])
            self._turn(paragraph, self.data["dir"])
            self._block(source["words"], "Quote")

    def _contributors(self) -> None:
        self._heading(self.data["contributors"]["title"], 1)
        self._paragraph(self.data["attribution"])
        for group in self.data["contributors"]["items"]:
            self._heading(group["title"], 2)
            for line in group["lines"]:
                self._paragraph(line, "List Bullet")

    def _numbers(self) -> None:
        for name, level in (("statistics", 1), ("by_question", 2)):
            table = self.data[name]
            self._heading(table["title"], level)
            rows = [*table["rows"], *([table["total"]] if "total" in table else [])]
            self._table(table["head"], rows)

    def _table(self, head: list[str] | None, rows: list[list[str]]) -> None:
        lines = [*([head] if head else []), *rows]
        if not lines:
            return
        table = self.file.add_table(0, len(lines[0]), "Light Grid Accent 1")
        if self.data["dir"] == "rtl":
            table._tblPr.append(OxmlElement("w:bidiVisual"))
        for line in lines:
            for cell, text in zip(table.add_row().cells, line, strict=True):
                cell.text = text
                self._turn(cell.paragraphs[0], self.data["dir"])
        if head:
            mark = OxmlElement("w:tblHeader")
            table.rows[0]._tr.get_or_add_trPr().append(mark)
        self.file.add_paragraph()

    @staticmethod
    def _run(paragraph: Paragraph, text: str) -> None:
        paragraph.add_run(text)

    def _link(self, paragraph: Paragraph, text: str, url: str) -> None:
        if not url:
            self._run(paragraph, text)
            return
        relation = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), relation)
        run = paragraph.add_run(text)
        run.font.underline = True
        link.append(run._r)
        paragraph._p.append(link)

    @staticmethod
    def _turn(paragraph: Paragraph, direction: str) -> None:
        """From right to left: the paragraph, and each run in it."""
        if direction != "rtl":
            return
        properties = paragraph._p.get_or_add_pPr()
        if properties.find(qn("w:bidi")) is None:
            properties.append(OxmlElement("w:bidi"))
        for run in paragraph._p.iter(qn("w:r")):
            marks = run.get_or_add_rPr()
            if marks.find(qn("w:rtl")) is None:
                marks.append(OxmlElement("w:rtl"))
