"""What the code says of itself holds: no dead views and tasks, no raw HTML but our own, no failing check."""

import importlib
import inspect
import os
import pkgutil
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.core import checks
from django.utils.module_loading import import_string

import communities
import home
import network
from network.foundations.catalogues import KEYWORDS
from network.foundations.schedules import Timetable, schedules
from tests.alarms.places import addresses

pytestmark = pytest.mark.one_engine

ROOT = Path(settings.BASE_DIR)
ROOMS = (network, communities, home)
#: What may be printed as it is: HTML that ``richtext.clean`` made when it was written, and words that a kind
#: of notification made with ``format_html``.
CLEAN = {
    "post.html", "post.folded", "case.row.html", "case.row.post.html", "reported.html", "version.html",
    "stale.html", "field.html", "one.block.html", "shown.html",
    "community.purpose", "community.welcome", "profile.biography", "organization.description",
    "conduct", "stale_conduct", "stale.description", "stale.purpose", "stale.welcome", "words.html",
    "preview.html", "booth.story", "stale.story",
}  # fmt: skip
#: Modules beside views that hold what these share.
HELPERS = (".common", ".doorway")
#: Modules that mark strings as safe, each with a reason to.
MARKING = {
    "communities/forums/frames.py",
    "network/experts/structured.py",
    "network/foundations/templatetags/network_nav.py",
    "network/foundations/templatetags/network_ui.py",
}


def _modules(last: str) -> Iterator[ModuleType]:
    """Every module of ours called ``last``, or in a package called so."""
    for room in ROOMS:
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if last in found.name.split(".") and "migrations" not in found.name:
                yield importlib.import_module(found.name)


def _sources(pattern: str) -> Iterator[Path]:
    for folder in ("network", "communities", "home"):
        yield from (ROOT / folder).rglob(pattern)


def test_html_is_printed_as_it_is_only_where_it_is_known_to_be_clean():
    raw = {
        (path.relative_to(ROOT).as_posix(), expression)
        for path in [*(ROOT / "templates").rglob("*.html"), *_sources("*.html")]
        for expression in re.findall(r"([\w.]+)\s*\|\s*safe\b", path.read_text(encoding="utf-8"))
        if expression not in CLEAN
    }
    assert raw == set()
    off = [
        path
        for path in [*(ROOT / "templates").rglob("*.html"), *_sources("*.html")]
        if re.search(r"autoescape\s+off|safeseq", path.read_text(encoding="utf-8"))
    ]
    assert off == []


def test_strings_are_marked_as_safe_in_few_places():
    marking = {
        path.relative_to(ROOT).as_posix()
        for path in _sources("*.py")
        if re.search(r"\bmark_safe\(", path.read_text(encoding="utf-8"))
    }
    assert marking == MARKING


def test_every_view_is_reached_by_an_address():
    reached = {inspect.unwrap(getattr(address.view, "view_class", address.view)) for address in addresses()}
    unreached = {
        f"{module.__name__}.{name}"
        for last in ("views", "desk")
        for module in _modules(last)
        for name, view in inspect.getmembers(module, inspect.isfunction)
        if view.__module__ == module.__name__ and not name.startswith("_") and _answers(view)
        if inspect.unwrap(view) not in reached
    }
    assert unreached == set()


def _answers(view) -> bool:
    """Looks like a view: it takes a request and says that it answers with a response."""
    if view.__module__.endswith(HELPERS):
        return False
    signature = inspect.signature(view)
    first = next(iter(signature.parameters), "")
    return first == "request" and "Response" in str(signature.return_annotation)


@pytest.mark.parametrize("timetable", schedules, ids=schedules.names())
def test_what_the_clock_calls_is_there(timetable: Timetable):
    assert callable(import_string(timetable.task))


def test_every_task_is_called_by_somebody():
    source = "\n".join(path.read_text(encoding="utf-8") for path in _sources("*.py"))
    tasks = [
        f"{module.__name__}.{name}"
        for module in _modules("tasks")
        for name, task in inspect.getmembers(module, inspect.isfunction)
        if task.__module__ == module.__name__ and not name.startswith("_")
    ]
    assert tasks
    assert [task for task in tasks if f'"{task}"' not in source] == []


@pytest.mark.django_db
def test_the_project_has_nothing_to_complain_of():
    """The register of personal data is one of these checks."""
    found = [message for message in checks.run_checks() if message.level >= checks.WARNING]
    assert found == []


def test_a_public_installation_passes_its_checks():
    described = runpy.run_path(str(ROOT / "scripts" / "check.py"))["PRODUCTION"]
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env={**os.environ, **described}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_words_are_asked_for_under_names_that_the_catalogues_know():
    """A translation function under another name would show English in every language."""
    renamed = re.compile(r"import \w*gettext\w* as (\w+)")
    for room in ROOMS:
        for path in Path(room.__path__[0]).rglob("*.py"):
            strangers = set(renamed.findall(path.read_text())) - KEYWORDS.keys()
            assert not strangers, path
