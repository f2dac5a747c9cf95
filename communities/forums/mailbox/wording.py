"""The text of a mail as clean HTML: what she wrote, and apart from it what she quoted and signed with."""

import re
from dataclasses import dataclass

from network.foundations import richtext

#: A line that only introduces a quotation, in six languages and some more; it may run over two lines.
_INTRODUCES = re.compile(
    r"(?:on .{5,200}wrote|le .{5,200}a [ée]crit|el .{5,200}escribi[óo]|em .{5,200}escreveu"
    r"|am .{5,200}schrieb.{0,80}"
    r"|.{5,200}(?:пишет|писал[аи]?|написал[аи]?)|在.{5,200}写道|.{5,200}写道|.{0,200}كتب.{0,200})\s?[:：]\s*",
    re.IGNORECASE,
)
#: Where a program puts the whole old mail below the new one.
_OLD_MAIL = re.compile(
    r"\s*(?:-{2,}\s*(?:original message|message d.origine|mensaje original|исходное сообщение|"
    r"原始邮件|original-nachricht|الرسالة الأصلية|forwarded message)\s*-{2,}"
    r"|_{20,}|(?:from|de|от|发件人|von|من)\s?[:：]\s.+@.+)\s*",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"--\s?|(?:sent from my|envoyé de mon|enviado desde mi|отправлено с|发自我的|أرسلت من).{0,60}", re.I
)
#: Programs that fill lines end them about here.
_FILLED = 66
_ITEM = re.compile(r"\s*(?:[-*•+]|\d{1,3}[.)])\s|\s{3,}|>|\|")
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")


@dataclass(frozen=True)
class Wording:
    html: str
    folded: str = ""


def of_plain(text: str, *, flowed: bool = False) -> Wording:
    """A plain text, its lines joined to paragraphs and its quotations marked as such."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if flowed:
        lines = _unflowed(lines)
    end = _where_own_words_end(lines)
    return Wording(_html(lines[:end]), _html(lines[end:]))


def _unflowed(lines: list[str]) -> list[str]:
    """Lines that end in a space go on in the next (RFC 3676)."""
    joined: list[str] = []
    open_line = False
    for line in lines:
        line = line[1:] if line.startswith(" ") else line
        if open_line and joined and not line.startswith(">"):
            joined[-1] += line
        else:
            joined.append(line)
        open_line = line.endswith(" ") and line != "-- "
    return joined


def _where_own_words_end(lines: list[str]) -> int:
    """The first line of signature, footer of the list, or a quotation after which nothing of hers comes."""
    for number, line in enumerate(lines):
        if _SIGNATURE.fullmatch(line.strip() if line != "-- " else line) or _OLD_MAIL.fullmatch(line):
            return _before_introduction(lines, number)
    return _before_introduction(lines, _before_trailing_quote(lines))


def _before_trailing_quote(lines: list[str]) -> int:
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith(">")):
        end -= 1
    return end if any(line.strip() for line in lines[end:]) else len(lines)


def _before_introduction(lines: list[str], end: int) -> int:
    """Take the line (or two) that introduces what follows with it."""
    if end == len(lines):
        return end
    own = end
    while own and not lines[own - 1].strip():
        own -= 1
    for span in (1, 2):
        if own >= span and _INTRODUCES.fullmatch(" ".join(lines[own - span : own]).strip()):
            return own - span
    # A quotation in the middle of which the signature stands belongs to what is folded as well.
    return _before_trailing_quote(lines[:end]) if end < len(lines) else end


def _html(lines: list[str]) -> str:
    """Runs of quoted and unquoted lines as paragraphs, quoted ones inside blockquotes of their depth."""
    parts: list[str] = []
    depth = 0
    run: list[str] = []
    for line in [*lines, None]:
        level, words = _depth(line) if line is not None else (0, "")
        if line is None or level != depth:
            parts.append(_nested(richtext.from_plain_text(_filled(run)), depth))
            run, depth = [], level
        run.append(words)
    return richtext.clean("".join(parts)) if any(parts) else ""


def _depth(line: str) -> tuple[int, str]:
    match = re.match(r"(?:>\s?)*", line)
    marks = match.group() if match else ""
    # Beyond a few levels nobody reads who said what to whom.
    return min(marks.count(">"), 4), line[len(marks) :]


def _nested(html: str, depth: int) -> str:
    return f"{'<blockquote>' * depth}{html}{'</blockquote>' * depth}" if html else ""


def _filled(lines: list[str]) -> str:
    """Lines that a program broke are one again; lines that a person broke stay."""
    text = ""
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        text += line.rstrip()
        first = following.split(" ", 1)[0]
        broken = line.strip() and following.strip() and not _ITEM.match(following)
        if broken and len(line) + 1 + len(first) > _FILLED:
            spaceless = _SPACELESS.match(following) and _SPACELESS.match(line.rstrip()[-1:])
            text += "" if spaceless else " "
        else:
            text += "\n"
    return text


#: Where programs begin the old mail in HTML.
_OLD_HTML = re.compile(
    r"<div[^>]+(?:class=[\"']?gmail_quote|id=[\"']?(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message))"
    r"|<blockquote[^>]+(?:type=[\"']?cite|class=[\"']?gmail_quote)|<hr[^>]+id=[\"']?stopSpelling"
    r"|<div[^>]+style=[\"'][^\"']*border-top:\s?solid #(?:E1E1E1|B5C4DF)",
    re.IGNORECASE,
)


def of_html(text: str) -> Wording:
    """HTML cut where its program put the old mail; cleaning each part closes what was left open."""
    match = _OLD_HTML.search(text)
    if match is None or not richtext.to_text(text[: match.start()]).strip():
        return Wording(richtext.clean(text))
    return Wording(richtext.clean(text[: match.start()]), richtext.clean(text[match.start() :]))
