"""What style sheets and templates may not contain, wherever a room puts one."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loader import get_template

pytestmark = pytest.mark.one_engine

BASE = Path(settings.BASE_DIR)
STYLES = sorted((BASE / "network/static/css").rglob("*.css"))
TEMPLATES = sorted((BASE / "templates").rglob("*.html")) + sorted((BASE / "templates").rglob("*.txt"))
#: Mails are read by programs that drop everything but styles on the elements.
PAGES = [path for path in TEMPLATES if not {"email", "emails"} & set(path.parts) and path.suffix == ".html"]

PHYSICAL = re.compile(
    r"(?<![\w-])(?:"
    r"(?:margin|padding|border)-(?:left|right|top|bottom)(?:-\w+)*\s*:"
    r"|(?:left|right|top|bottom)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
    r"|border-(?:top|bottom)-(?:left|right)-radius\s*:"
    r"|(?:min-|max-)?(?:width|height)\s*:(?!\s*[\d.]+(?:rem|em|px)\))"
    r")"
)


def name_of(path: Path) -> str:
    return str(path.relative_to(BASE))


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_styles_use_logical_properties_only(path: Path) -> None:
    assert not PHYSICAL.findall(without_comments(path.read_text()))


@pytest.mark.parametrize(
    "line",
    ["margin-left: 1rem", "padding-right:0", "left: 0", "text-align: left", "float: right", "width: 4rem"],
)
def test_the_search_for_physical_properties_finds_them(line: str) -> None:
    assert PHYSICAL.search(f".x {{ {line}; }}")


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_colors_stand_in_the_tokens_alone(path: Path) -> None:
    if path.name in ("tokens.css", "admin.css", "print.css"):
        pytest.skip("holds values")
    text = re.sub(r"linear-gradient\([^;]*;", "", without_comments(path.read_text()))
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", text)


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_no_style_asks_another_host(path: Path) -> None:
    assert "url(" not in without_comments(path.read_text())
    assert "@import" not in path.read_text()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_pages_carry_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<[^>]*\sstyle\s*=", text)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=\s*[\"']", text)
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL):
        data = re.search(r'type="application/(?:ld\+)?json"', attributes)
        assert not body.strip() or "nonce=" in attributes or data


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_compile_and_their_static_files_exist(path: Path) -> None:
    get_template(str(path.relative_to(BASE / "templates")))
    for name in re.findall(r"{% static ['\"]([^'\"]+)['\"]", path.read_text()):
        assert finders.find(name), name


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_ask_no_other_host(path: Path) -> None:
    assert not re.search(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?:https?:)?//", path.read_text())


def test_no_component_goes_without_saying_what_it_needs() -> None:
    silent = [
        path.name
        for path in (BASE / "templates/components").glob("[!_]*.html")
        if "{% comment %}" not in path.read_text()
    ]
    assert not silent


def test_custom_tags_are_known_to_the_engine() -> None:
    engines["django"].from_string("{% load network_ui network_nav network_mail %}")
