"""How a section of a summary is written: a sentence a line, an empty line between paragraphs. Pure.

Behind a sentence stand the numbers of the passages that it rests on, each in square brackets.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_MARKS = re.compile(r"(?:\s*\[[0-9]{1,6}(?:\s*[,;]\s*[0-9]{1,6})*\])+\s*$")
_NUMBER = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Line:
    """A sentence with the numbers of its passages, in their order, and the paragraph that it belongs to."""

    paragraph: int
    text: str
    numbers: tuple[int, ...]


def read(text: str) -> list[Line]:
    lines: list[Line] = []
    paragraph, is_open = 0, False
    for raw in text.splitlines():
        line = " ".join(raw.split())
        marks = _MARKS.search(line)
        said = line[: marks.start()].strip() if marks else line
        if not said:
            is_open = False
            continue
        if not is_open:
            paragraph, is_open = paragraph + 1, True
        found = dict.fromkeys(int(number) for number in _NUMBER.findall(marks[0])) if marks else {}
        lines.append(Line(paragraph, said, tuple(found)))
    return lines


def written(lines: Iterable[Line]) -> str:
    """What ``read`` reads back into the same lines."""
    told: list[str] = []
    before = None
    for line in lines:
        if before is not None and line.paragraph != before:
            told.append("")
        before = line.paragraph
        told.append(" ".join([line.text, *(f"[{number}]" for number in line.numbers)]))
    return "\n".join(told)
