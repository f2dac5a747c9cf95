"""Every template compiles, and none of ours says anything inline."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

pytestmark = pytest.mark.one_engine

ROOT = Path(settings.BASE_DIR)
OURS = sorted(
    path.relative_to(directory).as_posix()
    for directory in (ROOT / "templates", *ROOT.glob("*/**/templates"))
    if ".venv" not in directory.parts
    for path in directory.rglob("*")
    if path.suffix in (".html", ".txt", ".xml")
)
INLINE = re.compile(r"""\son[a-z]+\s*=\s*["']|\sstyle\s*=\s*["']|<style(?![^>]*nonce)""", re.IGNORECASE)
#: Mail programs know no style sheets.
MAY_STYLE = ("emails/", "account/email/", "wagtailadmin/")
TAG = re.compile(r"{[%#{].*?[%#}]}", re.DOTALL)


@pytest.mark.parametrize("name", OURS)
def test_a_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", [name for name in OURS if name.endswith(".html")])
def test_a_template_has_no_inline_style_or_handler(name):
    if name.startswith(MAY_STYLE):
        return
    source = Path(get_template(name).origin.name).read_text(encoding="utf-8")
    assert not INLINE.findall(TAG.sub("", source))
