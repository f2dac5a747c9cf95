"""The text of a mail as clean HTML: what she wrote, and apart from it what she quoted and signed with.

Where programs begin the old mail is known in English, French, Spanish and Chinese by ``mailparser_reply``,
and by our own words in these, Arabic, Russian and some more. Its patterns are asked about a few short lines
at a time: on a whole mail that somebody made for it they would never end.
"""

import re
from dataclasses import dataclass
from functools import cache

from mailparser_reply.parser import EmailMessage

from network.foundations import richtext

#: A line that only introduces a quotation, in six languages and some more; it may run over two lines.
_INTRODUCES = re.compile(
    r"(?:on .{5,200}wrote|le .{5,200}a [ée]crit|el .{5,200}escribi[óo]|em .{5,200}escreveu"
    r"|am .{5,200}schrieb.{0,80}"
    r"|.{5,200}(?:пишет|писал[аи]?|написал[аи]?)|在.{5,200}写道|.{5,200}写道|.{0,200}كتب.{0,200}"
    r"|.{0,100}تمت كتابة ما يلي.{0,200}|.{0,120}\d{4}.{0,150}<[^<>\s]{1,100}@[^<>\s]{1,100}>)\s?[:：]\s*",
    re.IGNORECASE,
)
#: What stands above a mail that is forwarded.
FORWARDS = re.compile(
    r"\s*(?:-{2,}\s*(?:forwarded message|message (?:transféré|réexpédié)|mensaje reenviado"
    r"|(?:пересылаемое|пересланное|перенаправленное) сообщение|转发的?邮件(?:信息)?|已转发邮件"
    r"|الرسالة المعاد توجيهها|رسالة (?:معاد توجيهها|مُعاد توجيهها)|weitergeleitete nachricht)\s*-{2,}"
    r"|begin forwarded message|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado"
    r"|начало переадресованного сообщения|以下是转发的邮件|开始转发的?邮件"
    r"|بداية الرسالة المُ?عاد توجيهها)\s?[:：]?\s*",
    re.IGNORECASE,
)
#: Where a program puts the whole old mail below the new one.
_OLD_MAIL = re.compile(
    r"\s*(?:-{2,}\s*(?:original message|original|message d.origine|mensaje original|исходное сообщение|"
    r"原始邮件|原邮件|original-nachricht|الرسالة الأصلية|رسالة أصلية)\s*-{2,}"
    r"|_{20,}|(?:from|de|от|发件人|von|من)\s?[:：]\s.+@.+)\s*",
    re.IGNORECASE,
)
#: The first line of a mail's head, as programs write it above an old mail, and lines that follow it.
FROM_LABEL = re.compile(
    r"[\s*>]*(?:from|de|от|发件人|von|من)\s?\*?\s?[:：]\s*\*?\s*(?P<value>.{1,300})", re.I
)
_MORE_LABELS = re.compile(
    r"[\s*>]*(?:sent|date|subject|envoyé(?: le)?|objet|enviado(?: el)?|fecha|asunto|отправлено|дата|тема"
    r"|发送时间|日期|主题|gesendet|datum|betreff|تاريخ الإرسال|تم الإرسال|التاريخ|الموضوع)\s?\*?\s?[:：].*",
    re.IGNORECASE,
)
#: What telephones put below a mail.
_SENT_FROM = (
    r"(?:sent from (?:my|outlook|yahoo|mail for)|sent via|get outlook for"
    r"|envoyé (?:de mon|depuis|à partir de)"
    r"|télécharge[rz] outlook|enviado desde|obtener outlook|отправлено (?:с|из|от)|скачать outlook"
    r"|发自我的|从我的|来自我的|获取 ?outlook|أرسلت من|أُرسلت من|مرسل من|تم الإرسال من|von meinem)"
)
_SIGNATURE = re.compile(rf"--\s?|{_SENT_FROM}.{{0,60}}", re.I)
#: The first line of what Google Groups puts below each mail, in the language of the group.
_FOOTER = re.compile(
    r"(?:you received this message because you are subscribed to"
    r"|vous (?:recevez|avez reçu) ce message,? car vous êtes abonné"
    r"|has recibido este mensaje porque estás suscrito"
    r"|(?:você )?recebeu est?sa mensagem porque está inscrito"
    r"|sie erhalten diese nachricht, weil sie in google groups"
    r"|вы получили это сообщение, поскольку подписаны|您收到此邮件是因为您订阅了).*",
    re.IGNORECASE,
)
#: It stands on its own line above a footer.
_RULE = re.compile(r"-{2,3}\s?")
#: Whatever is longer introduces nothing.
_LONGEST_INTRODUCTION = 400
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
    begin = _where_own_words_begin(lines[:end])
    folded = [*lines[:begin], *([""] if begin else []), *lines[end:]]
    return Wording(_html(lines[begin:end]), _html(folded))


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


def _where_own_words_begin(lines: list[str]) -> int:
    """Behind one quotation that stands above all her words. Where she answers in between, it stays."""
    quoted = [number for number, line in enumerate(lines) if line.lstrip().startswith(">")]
    if not quoted:
        return 0
    first, last = quoted[0], quoted[-1]
    if any(line.strip() and not line.lstrip().startswith(">") for line in lines[first:last]):
        return 0
    before = " ".join(line.strip() for line in lines[:first] if line.strip())
    if (before and not _introduces(before)) or not any(line.strip() for line in lines[last + 1 :]):
        return 0
    return last + 1


def _introduces(words: str) -> bool:
    if len(words) > _LONGEST_INTRODUCTION or not words.rstrip().endswith((":", "：")):
        return False
    return bool(_INTRODUCES.fullmatch(words) or _known_heads().fullmatch(words))


@cache
def _known_heads() -> re.Pattern[str]:
    return EmailMessage("", languages=["en", "fr", "es", "zh", "de"]).HEADER_REGEX


def _begins_old_mail(lines: list[str], number: int) -> bool:
    """Whether the lines from here on are an old mail that no sign marks: its head, or a line that
    introduces it."""
    line = lines[number]
    if not line.strip() or line.lstrip().startswith(">"):
        return False
    if FORWARDS.fullmatch(line) or _OLD_MAIL.fullmatch(line):
        return True
    if FROM_LABEL.fullmatch(line) and any(
        _MORE_LABELS.fullmatch(next) for next in lines[number + 1 : number + 5]
    ):
        return True
    for span in (1, 2, 3):
        parts = [part.strip() for part in lines[number : number + span]]
        following = next((rest for rest in lines[number + span : number + span + 4] if rest.strip()), ">")
        # Not where her own last line only stands above the one that introduces.
        if not all(parts) or (span > 1 and _introduces(" ".join(parts[1:]))):
            return False
        if _introduces(" ".join(parts)) and not following.lstrip().startswith(">"):
            return True
    return False


def _where_own_words_end(lines: list[str]) -> int:
    """The first line of signature, footer of the list, or a quotation after which nothing of hers comes."""
    for number, line in enumerate(lines):
        if _FOOTER.fullmatch(line.strip()):
            ruled = number > 0 and _RULE.fullmatch(lines[number - 1])
            return _before_introduction(lines, number - bool(ruled))
        signed = _SIGNATURE.fullmatch(line.strip() if line != "-- " else line)
        if signed or _begins_old_mail(lines, number):
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
    for span in (1, 2, 3):
        if own >= span and _introduces(" ".join(line.strip() for line in lines[own - span : own]).strip()):
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


#: Where programs begin the old mail in HTML, or a signature.
_OLD_HTML = re.compile(
    r"<(?:div|p|span)[^<>]{1,600}?"
    r"(?:class=[\"']?(?:gmail_quote|gmail_extra|gmail_signature|yahoo_quoted|moz-cite-prefix|moz-signature"
    r"|moz-forward-container|protonmail_quote|zmail_extra|OutlookMessageHeader|x_gmail_quote)"
    r"|id=[\"']?(?:divRplyFwdMsg|x_divRplyFwdMsg|appendonsend|mail-editor-reference-message|reply-intro"
    r"|ms-outlook-mobile-signature|AppleMailSignature|isReplyContent|yahoo_quoted))"
    r"|<blockquote[^<>]{1,600}?(?:type=[\"']?cite|class=[\"']?gmail_quote|id=[\"']?isReplyContent)"
    r"|<includetail|<hr[^<>]{1,300}?id=[\"']?stopSpelling"
    r"|<div[^<>]{1,600}?style=[\"'][^\"']*border-top:\s?solid #(?:E1E1E1|B5C4DF)"
    r"|<div[^<>]{0,600}>(?:&nbsp;|\s)*-{4,}(?:&nbsp;|\s)*(?:original|原始邮件)(?:&nbsp;|\s|message)*-{4,}"
    rf"|<(?:div|p)[^<>]{{0,600}}>(?:<(?:span|font)[^<>]{{0,600}}>)?\s*{_SENT_FROM}[^<]{{0,60}}<"
    # The footer of Google Groups, with the rule above it.
    rf"|(?:<p>\s*</p>\s*)?-{{2,3}}\s*<br\s*/?>\s*(?=\S){_FOOTER.pattern}",
    re.IGNORECASE,
)
_QUOTE_TAG = re.compile(r"<(/?)blockquote\b[^>]*>", re.IGNORECASE)


def of_html(text: str) -> Wording:
    """HTML cut where its program put the old mail; cleaning each part closes what was left open."""
    match = _OLD_HTML.search(text)
    if match is None:
        return Wording(richtext.clean(text))
    if richtext.to_text(text[: match.start()]).strip():
        return Wording(richtext.clean(text[: match.start()]), richtext.clean(text[match.start() :]))
    below = _behind_quotation(text, match.start())
    if below and richtext.to_text(text[below:]).strip():
        return Wording(richtext.clean(text[below:]), richtext.clean(text[:below]))
    return Wording(richtext.clean(text))


def _behind_quotation(text: str, start: int) -> int:
    """Where the first quotation after ``start`` has ended; 0 where it never does."""
    depth = 0
    for tag in _QUOTE_TAG.finditer(text, start):
        depth += -1 if tag.group(1) else 1
        if depth <= 0:
            return tag.end()
    return 0
