"""The one policy for text that people write."""

import time
from pathlib import Path

import bleach
import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from network.foundations import richtext
from network.foundations.richtext import nets, policy

TOKEN = "[[tk:3f2a9c1e-5b7d-4e8f-9a0b-1c2d3e4f5a6b:body]]"
REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        ("hello", "<p>hello</p>"),
        ("", ""),
        ("  \n ", ""),
        ("<p>One <b>bold</b> <i>word</i></p>", "<p>One <strong>bold</strong> <em>word</em></p>"),
        ("<div>a<br><br>b<br>c</div>", "<p>a</p><p>b<br>c</p>"),
        ("<h1>Title</h1><h5>Small</h5>", "<h2>Title</h2><h4>Small</h4>"),
        ("<pre>\n\nif x:\n    y</pre>", "<pre><code>if x:\n    y</code></pre>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<li>a<li>b", "<ul><li>a</li><li>b</li></ul>"),
        ("<p>&nbsp;</p><p>x</p><p><br></p>", "<p>x</p>"),
        ("<p dir=RTL lang=AR>نص</p>", '<p dir="rtl">نص</p>'),
        ('<ol start="3"><li>c</li></ol>', '<ol start="3"><li>c</li></ol>'),
        (
            "<table><tr><th scope=col>a</th><td colspan=2>b</td></tr></table>",
            '<table><tbody><tr><th scope="col">a</th><td colspan="2">b</td></tr></tbody></table>',
        ),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("<b><p>x</p>y</b>", "<p><strong>x</strong></p><p><strong>y</strong></p>"),
    ],
)
def test_text_comes_out_in_the_shapes_of_the_policy(given_html, expected):
    assert richtext.clean(given_html) == expected


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<style>p{color:red}alert(1)</style>",
        "<svg><script>alert(1)</script></svg>",
        "<svg/onload=alert(1)>",
        "<img src=x onerror=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data='javascript:alert(1)'></object>",
        "<math><mtext></p><style><img src=x onerror=alert(1)></style>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<template><script>alert(1)</script></template>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<form><button formaction='javascript:alert(1)'></button></form>",
        "<base href='https://evil.example/'>",
        "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
        "<a href='java\tscript:alert(1)'>x</a>",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<a href='vbscript:x'>x</a>",
        "<p style='background:url(javascript:alert(1))' onclick='alert(1)' class=x id=y>x</p>",
    ],
)
def test_nothing_that_acts_survives(hostile):
    clean = richtext.clean(f"<p>before</p>{hostile}")
    assert clean.startswith("<p>before</p>")
    for trace in (
        "<script",
        "<style",
        "<img",
        "<iframe",
        "<svg",
        "onerror",
        "onclick",
        "javascript:",
        "evil",
    ):
        assert trace not in clean.replace("&lt;", "").lower()


@pytest.mark.parametrize("tag", ["script", "style", "title", "svg", "template"])
def test_the_text_inside_what_is_dropped_goes_too(tag):
    assert richtext.clean(f"<p>kept</p><{tag}>secret plan</{tag}>") == "<p>kept</p>"


def test_links_say_what_they_are():
    assert richtext.clean('<a href="https://www.cbd.int/">CBD</a>') == (
        f'<p><a href="https://www.cbd.int/" {REL}>CBD</a></p>'
    )
    assert richtext.clean('<a href="/experts/" target=_blank rel=follow>x</a>') == (
        f'<p><a href="/experts/" {REL}>x</a></p>'
    )
    assert richtext.clean('<a href="www.cbd.int/x">x</a>') == (
        f'<p><a href="https://www.cbd.int/x" {REL}>x</a></p>'
    )
    assert richtext.clean('<a href="http://[">x</a>') == "<p>x</p>"


def test_addresses_in_the_text_become_links_once():
    clean = richtext.clean("See https://www.cbd.int/a_(b), or www.iucn.org. Not report.py or a.b@c.org")
    assert clean.count("<a ") == 2
    assert f'<a href="https://www.cbd.int/a_(b)" {REL}>https://www.cbd.int/a_(b)</a>,' in clean
    assert f'<a href="https://www.iucn.org" {REL}>www.iucn.org</a>.' in clean
    assert richtext.clean("<p><code>https://x.org</code></p>") == "<p><code>https://x.org</code></p>"


def test_both_nets_are_knotted_from_one_list():
    options = nets.nh3_options()
    assert options["tags"] == set(policy.TAGS)
    assert options["url_schemes"] == set(policy.SCHEMES)
    names = {
        "href",
        "rel",
        "start",
        "colspan",
        "rowspan",
        "scope",
        "dir",
        "style",
        "class",
        "id",
        "onclick",
        "title",
    }
    for tag in policy.TAGS:
        by_nh3 = set(options["attributes"].get(tag, ())) | set(options["tag_attribute_values"].get(tag, {}))
        values = {
            name: next(iter(options["tag_attribute_values"].get(tag, {}).get(name, "x"))) for name in names
        }
        by_bleach = {name for name in names if nets.bleach_allows(tag, name, values[name])}
        assert by_nh3 == by_bleach, tag


@pytest.mark.parametrize("net", [nets.through_bleach, nets.through_nh3])
def test_each_net_holds_alone(net):
    caught = net('<p onclick="x">a<img src=x onerror=y><a href="javascript:z" style="x">b</a></p>')
    assert caught.replace(f" {REL}", "") in ("<p>a<a>b</a></p>",)


def test_the_second_net_changes_nothing_of_what_the_first_lets_through():
    rich = richtext.clean(
        WORD + "<h2>x</h2><blockquote>q</blockquote><hr><p>a<sub>2</sub> <s>b</s> https://a.org/</p>"
    )
    assert nets.through_bleach(rich).replace("\u00a0", "&nbsp;") == rich


WORD = Path(__file__).with_name("word.html").read_text(encoding="utf-8")


def test_word_comes_out_as_paragraphs_and_real_lists():
    assert richtext.clean(WORD) == (
        "<p>The national <strong>biodiversity</strong> strategy</p>"
        "<ul><li>First point<ol><li>Detail</li></ol></li><li>Second point</li></ul>"
        "<ol><li>Numbered</li></ol>"
        "<p>Nairobi, 2026</p>"
    )


def test_google_docs_comes_out_as_paragraphs():
    pasted = (
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr">'
        '<span style="font-weight:700;font-style:italic">Both</span>'
        '<span style="font-weight:400"> none</span></p>'
        "<br /><p>Next</p></b>"
    )
    assert richtext.clean(pasted) == '<p dir="ltr"><em><strong>Both</strong></em> none</p><p>Next</p>'


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("pay\u200dpal \u200cx", "paypal x"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("a \u2067שלום\u2069 b", "a \u2067שלום\u2069 b"),
        ("a \u2067b", "a b"),
        ("\u2069a\u2067", "a"),
        ("e\u0301", "é"),
        ("nul\x00l", "null"),
        ("&#8238;abc", "abc"),
    ],
)
def test_unseen_characters_stay_only_where_a_language_needs_them(typed, kept):
    assert richtext.clean(typed) == f"<p>{kept}</p>"


def test_tokens_stay_inert_text_and_only_text():
    assert richtext.clean(f"<p>Before {TOKEN} after</p>") == f"<p>Before {TOKEN} after</p>"
    assert richtext.clean(f'<a href="https://x.org/{TOKEN}" title="{TOKEN}">x</a>') == "<p>x</p>"
    clean = richtext.clean(f"https://x.org/{TOKEN}")
    assert f'href="https://x.org/" {REL}' in clean
    assert clean.endswith(f"</a>{TOKEN}</p>")


def test_tokens_leave_no_words():
    html = f"<p>Before {TOKEN} after</p><ul><li>{TOKEN}</li></ul>"
    assert richtext.to_text(html) == "Before after"
    assert richtext.excerpt(html, 200) == "Before after"
    assert "tk" not in richtext.excerpt(f"<p>{'word ' * 30}{TOKEN}</p>", 155)
    assert not richtext.is_empty(f"<p>{TOKEN}</p>")


def test_plain_text_keeps_the_shape():
    html = richtext.clean(
        "<h2>Title</h2><p>One<br>two &amp; three</p><ul><li>a</li><li><p>b</p></li></ul><p>end</p>"
    )
    assert richtext.to_text(html) == "Title\n\nOne\ntwo & three\n\n- a\n- b\n\nend"


def test_an_excerpt_ends_between_words_and_never_inside_a_letter():
    assert richtext.excerpt("<p>Protected areas in the Andes</p>", 18) == "Protected areas…"
    assert richtext.excerpt("<p>short</p>", 18) == "short"
    family = "👩\u200d👩\u200d👧"
    assert richtext.excerpt(f"<p>ab{family}</p>", 5) == "ab…"
    assert richtext.excerpt("<p>ab🇰🇪🇺🇬</p>", 4) == "ab…"
    assert richtext.excerpt("<p>किकिकिकि</p>", 4) == "कि…"
    assert len(richtext.excerpt("<p>" + "生物多样性" * 40 + "</p>", 50)) == 50


@pytest.mark.parametrize(
    "hostile",
    [
        "<ul><li>" * 12_000,
        "<blockquote>" * 200,
        "<div>" * 20_000,
        "<p " + " ".join(f"a{number}" for number in range(15_000)) + ">x",
        "".join(f"<b a={number}>" for number in range(50)) + "<p>x" * 15_000,
        "x" * 1_000_000,
    ],
)
def test_hostile_input_costs_little_and_is_told(hostile):
    started = time.monotonic()
    with pytest.raises(ValidationError) as refused:
        richtext.clean(hostile)
    assert time.monotonic() - started < 3
    assert "too" in refused.value.messages[0]


@pytest.mark.parametrize(
    "hostile", ["<" * 50_000, "&" * 50_000, "www." * 20_000, "[[tk:" * 20_000, "\u200d" * 50_000]
)
def test_noise_costs_little(hostile):
    started = time.monotonic()
    richtext.clean(hostile)
    assert time.monotonic() - started < 10


TAGS = sorted(
    policy.TAGS | {"b", "div", "span", "font", "script", "svg", "form", "o:p", "center", "h1", "select"}
)
PIECES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["www.a.org", "https://x.org/?a=b&c", TOKEN, "&nbsp;", "&#8238;", "\u200d", "\u2067", "\n", " ", "<"]
    ),
    st.sampled_from(TAGS).flatmap(
        lambda tag: st.sampled_from(
            [
                f"<{tag}>",
                f"</{tag}>",
                f"<{tag} dir=rtl start=2 colspan=3>",
                f"<{tag} href='http://a.org/?x=1&y' scope=row>",
            ]
        )
    ),
    st.sampled_from(
        ["<p style='mso-list:l0 level2 lfo1'>", "<span style='font-weight:bold'>", "<!-- x -->", "<![if x]>"]
    ),
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=25).map("".join))
@example("<a>www.a.org<table><a href=/>x")
def test_cleaning_twice_is_cleaning_once(html):
    once = richtext.clean(html)
    assert richtext.clean(once) == once
    assert bleach.clean(once, tags=policy.TAGS, attributes=nets.bleach_allows).count("<script") == 0
    richtext.excerpt(once, 10)
