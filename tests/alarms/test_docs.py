"""What the documents name is there, and the repository names nothing that is not its own."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

pytestmark = pytest.mark.one_engine

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*/**/data/*.md")])
FENCE = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"(?:communities|docs|home|network|scripts|templates|tests)/[\w/.-]*")

#: Put together here, so that this file holds none of them.
FOREIGN = [
    *("pypi" + ".org", "python" + "hosted", "npm" + "js", "index" + "-url=", "index" + "-url "),
    *("/wo" + "rk/", "/ro" + "ot/", "/Us" + "ers/"),
    *("clau" + "de", "anthro" + "pic", "chat" + "gpt", "open" + "ai", "co" + "pilot", "sub" + "agent"),
]
FOREIGN_WORD = re.compile(rf"(?<![\w.}}-])(?:{'|'.join(map(re.escape, FOREIGN))})", re.IGNORECASE)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def _code(text: str) -> str:
    """Code of a document alone: what stands in fences and between backticks."""
    return "\n".join([*FENCE.findall(text), *SPAN.findall(FENCE.sub("", text))])


def _own_files() -> Iterator[Path]:
    """What git keeps or would keep; the catalogues' binaries and pictures hold no words to read."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    for name in listed.splitlines():
        path = ROOT / name
        if path.is_file() and path.suffix not in (".mo", ".png", ".webp", ".jpg", ".woff2"):
            yield path


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_commands_and_targets_exist(document: Path) -> None:
    code = _code(document.read_text(encoding="utf-8"))
    commands = set(re.findall(r"manage\.py ([a-z_]+)", code))
    targets = set(re.findall(r"^make ([a-z-]+)", code, re.MULTILINE))
    assert commands <= set(get_commands())
    assert targets <= _targets()


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_links_lead_somewhere(document: Path) -> None:
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    relative = [link.split("#")[0] for link in LINK.findall(text) if "://" not in link]
    assert [link for link in relative if link and not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_files_that_are_named_exist(document: Path) -> None:
    spans = SPAN.findall(FENCE.sub("", document.read_text(encoding="utf-8")))
    paths = [found[0] for span in spans if (found := PATH.match(span)) and found[0] == span]
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_repository_names_nothing_foreign() -> None:
    found = []
    for path in _own_files():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if FOREIGN_WORD.search(line):
                found.append(f"{_name(path)}:{number}: {line.strip()[:100]}")
    assert found == []
