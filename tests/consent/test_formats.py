"""Whatever the document, a text lands where running text stands, and every other byte stays as it was."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from bleach._vendor import html5lib
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from network.consent.formats import FORMATS, Style
from network.consent.tokens import PATTERN

TOKEN = "[[tk:00000000-0000-4000-8000-000000000001:body]]"
OTHER = "[[tk:00000000-0000-4000-8000-000000000002:title]]"
KNOWN, NEUTRAL = "zqKNOWNqz", "zqNEUTRALqz"
LOOKALIKES = [
    "[[tk:",
    "]]",
    "[[tk:x:body]]",
    TOKEN[:-1],
    f"[[tk:{TOKEN}:body]]",
    TOKEN.upper(),
    "[[",
    ":body",
]

#: Everything with which a document can confuse whoever looks for its running text.
HTML = [
    TOKEN,
    TOKEN,
    TOKEN,
    OTHER,
    *LOOKALIKES,
    " ",
    "\n",
    "\f",
    "a < b",
    "&lt;",
    "it's",
    '"',
    "'",
    "=",
    ">",
    "<",
    "/",
    "<p>",
    "</p>",
    f"<p>{TOKEN}</p>",
    f"<p class=x> {TOKEN} </p>",
    f"<P title='>'>{TOKEN}</P>",
    "<b>",
    "</b>",
    "<a href='",
    '<a href="',
    "<a href=",
    "<a title=it's>",
    f"<a {TOKEN}>",
    f"<a {TOKEN}=x>",
    f"<a x='{TOKEN}'>",
    f'<a title="{TOKEN}">',
    f"<a alt={TOKEN}>",
    f"<{TOKEN}>",
    f"</{TOKEN}>",
    f"<b{TOKEN}>",
    "<a ='>",
    "<a b='c'd>",
    "<!--",
    "-->",
    "<!-->",
    "<!--->",
    "--!>",
    "--",
    "<!",
    "<?",
    "</",
    "</>",
    "<![CDATA[",
    "]]>",
    "<!doctype html>",
    "<script>",
    "</script>",
    "</script ",
    "<script/>",
    "<SCRIPT type='application/ld+json'>",
    "</scripty>",
    "<style>",
    "</style>",
    "<textarea>",
    "</textarea>",
    "<title>",
    "</title>",
    "<xmp>",
    "</xmp>",
    "<iframe>",
    "</iframe>",
    "<noembed>",
    "</noembed>",
    "<noframes>",
    "</noframes>",
    "<template>",
    "</template>",
    "<select>",
    "<option>",
    "</option>",
    "</select>",
    "<svg>",
    "</svg>",
    "<svg/>",
    "<math>",
    "</math>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<body>",
    "<head>",
    "</body>",
    "<br/>",
    "<img alt='",
    "<input value=",
]
many = settings(max_examples=300, deadline=None)
pages = st.lists(st.sampled_from(HTML), max_size=14).map("".join)


def known(token, style):
    """As the real ones: an element of its own in HTML, words elsewhere."""
    if style is Style.NEUTRAL:
        return NEUTRAL
    return KNOWN if style is Style.PLAIN else f"<i>{KNOWN}</i>"


def itself(token, style):
    return str(token)


def _places(page):
    """Where the text landed, as a browser sees it: names of elements, or of what is no running text."""
    tree = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("dom"), namespaceHTMLElements=False)
    found = []

    def walk(node, within):
        name = node.nodeName.lower()
        if node.nodeType == node.TEXT_NODE:
            found.extend([within] * node.data.count(KNOWN))
        elif node.nodeType == node.ELEMENT_NODE:
            attributes = str([(a.name, a.value) for a in node.attributes.values()])
            if KNOWN in attributes or KNOWN.lower() in name + attributes:
                found.append("a tag")
            for child in node.childNodes:
                walk(child, name)
        elif node.nodeType == node.COMMENT_NODE and KNOWN in node.data:
            found.append("a comment")

    document = tree.parse(page, scripting=True)
    for child in document.childNodes:
        if child.nodeType != child.DOCUMENT_TYPE_NODE:
            walk(child, "document")
        elif KNOWN in f"{child.name} {child.publicId} {child.systemId}":
            found.append("a doctype")
    return set(found)


NO_RUNNING_TEXT = {
    "a tag",
    "a comment",
    "a doctype",
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "option",
}


@settings(max_examples=400, deadline=None)
@given(pages)
def test_html_shows_a_text_where_running_text_stands_and_nowhere_else(page):
    assert not _places(FORMATS["html"](page, known)) & NO_RUNNING_TEXT


def _bare(page):
    """Without paragraphs, which a block replaces."""
    return re.sub(r"(?i)<p(?:\s[^>]*)?>|</p>|\s", "", page.replace("'>'", ""))


@many
@given(pages)
def test_html_changes_no_other_byte(page):
    asked = []

    def fill(token, style):
        asked.append(style)
        return str(token)

    written = FORMATS["html"](page, fill)
    if Style.BLOCK in asked:
        assert _bare(written) == _bare(page)
    else:
        assert written == page


def test_html_still_finds_running_text_in_an_ordinary_page():
    page = (
        "<!doctype html><html><head><title>x</title><style>a>b{}</style>"
        "<script>if (a<b) '<!--'</script></head>"
        f"<body><!-- x --><p class='a' title=\"it's\">So {TOKEN}</p><svg><title>y</title></svg><p>{TOKEN}</p>"
        f"<textarea>{TOKEN}</textarea><i>{TOKEN}</i></body></html>"
    )
    assert FORMATS["html"](page, known).count(KNOWN) == 3


XML = [
    TOKEN,
    TOKEN,
    OTHER,
    *LOOKALIKES,
    " ",
    "\n",
    "a",
    "&amp;",
    "'",
    "é",
    "<a>",
    "</a>",
    "<a/>",
    "<_a b='>'>",
    f"<a b='{TOKEN}'>",
    f'<é b="{TOKEN}">',
    f"<a><!-- {TOKEN} --></a>",
    f"<?x {TOKEN} ?>",
    "<title>",
    "</title>",
    f"<![CDATA[{TOKEN}]]>",
    "<![CDATA[<b>]]>",
    "<link/>",
    "<script>",
    "</script>",
    "<description>",
    "</description>",
    "<b>x</b>",
    "<?y?>",
]
documents = st.lists(st.sampled_from(XML), max_size=10).map(lambda parts: f"<rss>{''.join(parts)}</rss>")
broken = st.lists(st.sampled_from([*XML, "<!--", "<![CDATA[", "<", ">", '"', "<a b='"]), max_size=10).map(
    "".join
)


@many
@given(documents | broken)
def test_xml_shows_a_text_in_elements_alone(document):
    written = FORMATS["xml"](document, known)
    assert FORMATS["xml"](document, itself) == document
    assert PATTERN.sub(KNOWN, document) == PATTERN.sub(KNOWN, written).replace(NEUTRAL, KNOWN)
    try:
        tree = ElementTree.fromstring(written)  # noqa: S314 - our own
    except ElementTree.ParseError:
        return
    for element in tree.iter():
        assert KNOWN not in element.tag + str(element.attrib)
        if element.tag in ("title", "script", "link"):
            assert KNOWN not in "".join(element.itertext())


plain_texts = st.lists(
    st.sampled_from([TOKEN, OTHER, *LOOKALIKES, '"', "\\", "\n", "é", "<b>", "a", ",", ";"]), max_size=6
).map("".join)
values = st.recursive(
    plain_texts | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(plain_texts | st.just("html"), inner, max_size=3)
    ),
    max_leaves=8,
)


@many
@given(values, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_json_changes_values_and_no_other_byte(value, ascii, indent):
    document = json.dumps(value, ensure_ascii=ascii, indent=indent)
    assert FORMATS["json"](document, itself) == document
    written = FORMATS["json"](document, known)
    assert _shape(json.loads(written)) == _shape(value)
    assert KNOWN not in str(_names(json.loads(written)))


def _shape(value):
    """Values without what stood or stands in the place of a token."""
    if isinstance(value, dict):
        return [(key, _shape(child)) for key, child in value.items()]
    if isinstance(value, list):
        return [_shape(child) for child in value]
    return re.sub(f"</?i>|{KNOWN}|{PATTERN.pattern}", "", value) if isinstance(value, str) else value


def _names(value):
    if isinstance(value, dict):
        return [*value, *(_names(child) for child in value.values())]
    return [_names(child) for child in value] if isinstance(value, list) else []


@many
@given(st.text(max_size=60))
def test_what_is_no_json_stays(text):
    document = f"{text}{TOKEN}"
    assert FORMATS["json"](document, known) == document


rows = st.lists(st.lists(plain_texts, min_size=3, max_size=3), min_size=1, max_size=4)


@many
@given(rows, st.sampled_from([",", ";", "\t"]), st.sampled_from(["\r\n", "\n"]), st.booleans())
def test_a_table_keeps_its_cells(cells, delimiter, end, quoted):
    out = io.StringIO()
    how = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=how).writerows([["a", "b", "c"], *cells])
    assert FORMATS["csv"](out.getvalue(), itself) == out.getvalue()
    formula = "=1+1"
    written = FORMATS["csv"](out.getvalue(), lambda token, style: formula)
    found = list(csv.reader(io.StringIO(written, newline=""), delimiter=delimiter))[1:]
    expected = [[PATTERN.sub(formula, cell) for cell in row] for row in cells]
    assert [[cell.removeprefix("'") for cell in row] for row in found] == expected
    assert not any(cell.startswith("=") for row in found for cell in row)


LINES = [
    f"SUMMARY:{TOKEN}",
    f"DESCRIPTION:a {TOKEN} b",
    f'DESCRIPTION;ALTREP="http://x/{TOKEN}":so {TOKEN}',
    f"URL:http://x/{TOKEN}",
    f"X-ALT-DESC;FMTTYPE=text/html:{TOKEN}",
    "DESCRIPTION:a\u2028b\x85c\x0bd " + "x" * 90,
    f"ATTENDEE;CN={TOKEN}:mailto:x",
    f"COMMENT:{TOKEN}\\, {OTHER}",
    "BEGIN:VEVENT",
    "END:VEVENT",
    f"{TOKEN}",
    *(f"DESCRIPTION:{text}" for text in LOOKALIKES),
]


@many
@given(st.lists(st.sampled_from(LINES), max_size=8), st.sampled_from(["\r\n", "\n"]), st.integers(10, 70))
def test_a_calendar_changes_the_words_of_its_descriptions_alone(lines, end, width):
    folded = [f"{end} ".join(line[at : at + width] for at in range(0, len(line), width)) for line in lines]
    document = "".join(line + end for line in folded)
    written = FORMATS["ics"](document, known)
    if TOKEN not in document.replace(f"{end} ", ""):
        assert written == document
    for before, after in zip(lines, re.sub(r"\r?\n ", "", written).split(end)[:-1], strict=True):
        head, _colon, said = after.rpartition(":") if "so " in after else after.partition(":")
        assert KNOWN not in head
        if KNOWN in said:
            assert before.startswith(("DESCRIPTION", "COMMENT"))
        elif NEUTRAL not in said:
            assert after == before


@pytest.mark.parametrize("name", list(FORMATS))
@given(text=st.lists(st.sampled_from([*LOOKALIKES, "a", "\n", " "]), max_size=8).map("".join))
@many
def test_what_only_looks_like_a_token_stays_to_the_byte(name, text):
    assume(not PATTERN.search(text))
    assert FORMATS[name](text, known) == text


@pytest.mark.parametrize(
    "opening", ["<a ", "<a b='", '<a b="', "<!--", "<script>", "<![CDATA[", "<a b=", "</", "<svg>", '"']
)
@pytest.mark.parametrize("name", list(FORMATS))
def test_a_hostile_document_takes_no_time(name, opening):
    FORMATS[name]((opening + TOKEN) * 3000, known)
