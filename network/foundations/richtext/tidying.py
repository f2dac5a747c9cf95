"""Making good paragraphs of what people paste: a tree in, a tree of the policy's shapes out."""

import html
import re
from collections.abc import Callable, Iterable
from functools import partial
from urllib.parse import urlsplit

from network.foundations.richtext import policy, word
from network.foundations.richtext.characters import tamed
from network.foundations.richtext.parsing import Node

Children = list[Node | str]

_RENAMED = {
    "b": "strong", "i": "em", "cite": "em", "dfn": "em", "var": "em", "strike": "s", "del": "s",
    "tt": "code", "kbd": "code", "samp": "code", "h1": "h2", "h5": "h4", "h6": "h4",
    "listing": "pre", "xmp": "pre", "plaintext": "pre", "menu": "ul", "dir": "ul",
}  # fmt: skip
#: Boxes that mean nothing but where a paragraph ends.
_BOXES = frozenset(
    {
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
    }
    | {"figcaption", "figure", "footer", "form", "header", "hgroup", "html", "legend", "main", "nav"}
    | {"noscript", "optgroup", "option", "section", "select", "summary"}
)
_TABLE_CHILDREN = {
    "table": {"caption", "thead", "tbody", "tfoot"},
    "thead": {"tr"}, "tbody": {"tr"}, "tfoot": {"tr"}, "tr": {"td", "th"},
}  # fmt: skip
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLANK = " \t\n\r\f\u00a0"
_HOST = re.compile(r"^[\w-]+(\.[\w-]+)+(:\d+)?(/|$)")


def tidy(body: Node) -> Children:
    return _paragraphs(_flow(body.children, frozenset()))


# --- one node at a time, from the leaves up -----------------------------------------------------------------


def _flow(children: Iterable[Node | str], inside: frozenset[str]) -> Children:
    """The children tidied, one after the other."""
    out: Children = []
    for child in word.lists(children):
        out += [child] if isinstance(child, str) else _tidied(child, inside)
    return _joined(out)


def _joined(children: Children) -> Children:
    """Texts that meet made one, without unseen characters and with single spaces."""
    out: Children = []
    for child in children:
        if isinstance(child, str) and out and isinstance(out[-1], str):
            out[-1] += child
        elif child != "":
            out.append(child)
    return [_SPACE.sub(" ", tamed(child)) if isinstance(child, str) else child for child in out]


def _tidied(node: Node, inside: frozenset[str]) -> Children:
    """``node`` as zero or more nodes of the policy."""
    tag = _RENAMED.get(node.tag, node.tag)
    if tag in ("br", "hr"):
        return [Node(tag)]
    if tag == "pre":
        return _preformatted(node)
    if tag in _TABLE_CHILDREN:
        rows = [child for child in _flow(node.children, inside) if _tag(child) in _TABLE_CHILDREN[tag]]
        return [Node(tag, {}, rows)] if rows else []
    if tag in ("p", "blockquote") or tag in _BOXES:
        blocks = _paragraphs(_flow(node.children, inside))
        if tag == "blockquote":
            return [Node(tag, _kept(node, tag), blocks)] if blocks else []
        for block in blocks:
            if isinstance(block, Node) and block.tag == "p" and tag in ("p", "div"):
                block.attributes = _kept(node, "p") | block.attributes
        return blocks
    if tag in ("ul", "ol"):
        items = _items(_flow(node.children, inside))
        return [Node(tag, _kept(node, tag), items)] if items else []
    if tag in policy.BLOCKS:
        content = _trimmed(_flow(node.children, inside))
        if tag in ("h2", "h3", "h4", "caption"):
            content = _trimmed(_joined(_inline_only(content)))
        return [Node(tag, _kept(node, tag), content)] if content or tag in ("td", "th") else []
    return _inline(node, tag, inside)


def _inline(node: Node, tag: str, inside: frozenset[str]) -> Children:
    """A span of text: kept with its meaning, without its looks; nothing stands in itself."""
    meanings = [name for name in word.meanings(node, tag) if name not in inside]
    attributes = _kept(node, "a") if tag == "a" else {}
    if attributes.get("href") and "a" not in inside:
        meanings.append("a")
    content = _flow(node.children, inside.union(meanings))
    for name in meanings:
        content = _around(content, partial(Node, name, attributes if name == "a" else {}))
    return content


def _around(content: Children, wrap: Callable[[Children], Node]) -> Children:
    """Formatting around blocks goes into each paragraph of theirs; around nothing there is none."""
    if not any(_is_block(child) for child in content):
        bare = all(
            (isinstance(child, str) and not child.strip(_BLANK)) or _tag(child) == "br" for child in content
        )
        return content if bare else [wrap(content)]
    out: Children = []
    for run in _runs(content):
        block = run[0]
        if isinstance(block, str) or not _is_block(block):
            out += _around(run, wrap)
            continue
        if block.tag in ("p", "h2", "h3", "h4"):
            block.children = _around(block.children, wrap)
        out.append(block)
    return out


def _preformatted(node: Node) -> Children:
    text = tamed(_raw_text(node).replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    return [Node("pre", {}, [Node("code", {}, [text])])] if text.strip() else []


def _raw_text(node: Node) -> str:
    parts = []
    for child in node.children:
        if isinstance(child, str):
            parts.append(child)
        else:
            parts.append("\n" if child.tag == "br" else _raw_text(child))
            if child.tag in ("p", "div", "li", "tr"):
                parts.append("\n")
    return "".join(parts)


# --- many nodes side by side --------------------------------------------------------------------------------


def _tag(child: Node | str) -> str:
    return "" if isinstance(child, str) else child.tag


def _is_block(child: Node | str) -> bool:
    return _tag(child) in policy.BLOCKS


def _runs(children: Children) -> list[Children]:
    """Neighbouring inline content together, each block alone."""
    runs: list[Children] = []
    for child in children:
        if runs and not _is_block(child) and not _is_block(runs[-1][-1]):
            runs[-1].append(child)
        else:
            runs.append([child])
    return runs


def _paragraphs(children: Children) -> Children:
    """Blocks only: loose text in paragraphs, loose items in a list; two line breaks end a paragraph."""
    out: Children = []
    for run in _runs(children):
        block = run[0]
        if isinstance(block, Node) and block.tag == "li":
            if out and isinstance(out[-1], Node) and out[-1].tag == "ul":
                out[-1].children.append(block)
            else:
                out.append(Node("ul", {}, [block]))
        elif _is_block(block):
            out.append(block)
        else:
            out += [Node("p", {}, text) for text in _split_at_double_breaks(run)]
    return out


def _split_at_double_breaks(run: Children) -> list[Children]:
    parts: list[Children] = [[]]
    breaks = 0
    for child in run:
        if _tag(child) == "br":
            breaks += 1
        elif isinstance(child, Node) or child.strip(_BLANK):
            if breaks > 1:
                parts.append([])
            elif breaks:
                parts[-1].append(Node("br"))
            parts[-1].append(child.lstrip(_BLANK) if breaks and isinstance(child, str) else child)
            breaks = 0
        elif not breaks:
            parts[-1].append(child)
    return [trimmed for part in parts if (trimmed := _trimmed(part))]


def _trimmed(children: Children) -> Children:
    """Without blanks and line breaks at either end."""
    kept = list(children)
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while kept and not _is_block(kept[end]):
            child = kept[end]
            if isinstance(child, str):
                kept[end] = strip(child, _BLANK)
                if kept[end]:
                    break
            elif child.tag != "br":
                break
            kept.pop(end)
    return kept


def _inline_only(children: Children) -> Children:
    """For headings and captions: what blocks in them say, in one line."""
    out: Children = []
    for child in children:
        if isinstance(child, Node) and child.tag == "pre":
            out += [Node("code", {}, [_SPACE.sub(" ", _raw_text(child))]), " "]
        elif isinstance(child, Node) and child.tag in policy.BLOCKS:
            out += [*_inline_only(child.children), " "]
        else:
            out.append(child)
    return out


def _items(children: Children) -> Children:
    """Items of a list; a list between items belongs to the one before it."""
    items: list[Node] = []
    for run in _runs(children):
        first = run[0]
        if isinstance(first, Node) and first.tag == "li":
            items.append(first)
        elif isinstance(first, Node) and first.tag in ("ul", "ol") and items:
            items[-1].children.append(first)
        elif content := _trimmed(run):
            items.append(Node("li", {}, content))
    return list(items)


# --- attributes and writing ---------------------------------------------------------------------------------


def _kept(node: Node, tag: str) -> dict[str, str]:
    """The attributes that the policy knows for ``tag``, their values in order; no token in any."""
    kept = {}
    for name, value in node.attributes.items():
        words = policy.ATTRIBUTE_VALUES.get(tag, {}).get(name, ())
        if name == "href" and tag == "a":
            value = _address(value)
        elif name in policy.NUMBERS and name in policy.ATTRIBUTES.get(tag, ()):
            value = str(int(value)) if re.fullmatch(r"[0-9]{1,3}", value) and 1 < int(value) <= 500 else ""
        else:
            value = value.strip().lower()
            value = value if value in words else ""
        if value:
            kept[name] = value
    return kept


def _address(href: str) -> str:
    """Where a link may lead, or nothing."""
    href = tamed(_SPACE.sub("", href))
    if not href or len(href) > policy.MAX_HREF or "[[" in href:
        return ""
    try:
        scheme = urlsplit(href).scheme
    except ValueError:
        return ""
    if scheme in policy.SCHEMES or (not scheme and href[0] in "/#?"):
        return href
    return f"https://{href}" if _HOST.match(href) else ""


def as_html(children: Iterable[Node | str]) -> str:
    return "".join(
        html.escape(child, quote=False) if isinstance(child, str) else _tagged(child) for child in children
    )


def _tagged(node: Node) -> str:
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in node.attributes.items())
    if node.tag in ("br", "hr"):
        return f"<{node.tag}>"
    return f"<{node.tag}{attributes}>{as_html(node.children)}</{node.tag}>"
