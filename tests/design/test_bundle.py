"""The two bundles: whole, current, light."""

import gzip

from django.contrib.staticfiles import finders

from network.foundations import bundle


def test_every_component_is_in_the_style_sheet() -> None:
    joined = bundle.text("css/network.css")
    for path in (bundle.SOURCE / "css/components").glob("*.css"):
        first_class = path.read_text().split("{")[0].rsplit("*/", 1)[-1].strip().splitlines()[-1]
        assert first_class.rstrip(",") in joined, path.name


def test_tokens_come_first_and_print_last() -> None:
    names = [path.name for path in bundle.parts("css/network.css")]
    assert names[:3] == ["tokens.css", "base.css", "layout.css"]
    assert names[-1] == "print.css"


def test_comments_go_and_the_empty_switch_of_the_appearance_stays() -> None:
    joined = bundle.text("css/network.css")
    assert "/*" not in joined
    assert "--dark: ;" in joined


def test_each_script_keeps_its_own_names() -> None:
    joined = bundle.text("js/network.js")
    assert "/* " not in joined
    assert joined.count("\n}\n{\n") == len(bundle.parts("js/network.js")) - 1
    assert "import " not in joined


def test_finder_serves_the_current_text(tmp_path, settings) -> None:
    settings.VAR_DIR = tmp_path
    finder = bundle.BundleFinder()
    found = finder.find("css/network.css")
    assert found.startswith(str(tmp_path))
    with open(found, encoding="utf-8") as made:
        assert made.read() == bundle.text("css/network.css")
    with open(found, "w", encoding="utf-8") as made:
        made.write("old")
    finder.find("css/network.css")
    with open(found, encoding="utf-8") as made:
        assert made.read() == bundle.text("css/network.css")


def test_finder_lists_the_bundles_for_collectstatic_and_heeds_what_is_ignored() -> None:
    finder = bundle.BundleFinder()
    assert [name for name, _storage in finder.list([])] == list(bundle.BUNDLES)
    assert [name for name, _storage in finder.list(["*.js"])] == ["css/network.css"]
    assert finder.find("css/other.css") == []
    assert len(finder.find("css/network.css", find_all=True)) > 0
    assert finders.find("css/network.css")


def test_styles_and_scripts_leave_room_for_the_text() -> None:
    """A first visit stays under 100 KB in all; the furniture may take a quarter of it."""
    files = [bundle.text(name).encode() for name in bundle.BUNDLES]
    files.append((bundle.SOURCE / "js/appearance.js").read_bytes())
    assert sum(len(gzip.compress(text)) for text in files) < 25_000
