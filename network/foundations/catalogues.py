"""The catalogues of six languages: what is to be translated, what is, and whether it fits.

Babel does the work in Python alone, so that no installation needs gettext's own tools.
"""

import os
import string
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

ROOTS = ("network", "communities", "home", "templates")
KEYWORDS: dict[str, tuple | None] = {
    "_": None,
    "__": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_HEADER = """\
# The network in one of its six languages.
# Drafts are marked here until a native speaker has reviewed them: awaiting native review.
#"""


def path_of(language: str) -> Path:
    """The .po file of a language code as Django writes it (``zh-hans`` lives in ``zh_Hans``)."""
    return Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / "django.po"


def _sources() -> Iterator[Path]:
    for root in ROOTS:
        for path in sorted((Path(settings.BASE_DIR) / root).rglob("*")):
            if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
                yield path


def _as_python(path: Path) -> bytes:
    """A module as it is; a template as the calls that its tags stand for, line by line."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    calls = templatize(text, origin=str(path))
    return "\n".join(line.strip() for line in calls.splitlines()).encode()


def extracted() -> Catalog:
    """Every message that the code and the templates ask for."""
    found = Catalog(fuzzy=False)
    for path in _sources():
        if path.suffix == ".txt" and "templates" not in path.parts:
            continue
        name = str(path.relative_to(settings.BASE_DIR))
        messages = extract(
            "python", BytesIO(_as_python(path)), KEYWORDS, ["Translators:"], {"encoding": "utf-8"}
        )
        for line, message, comments, context in messages:
            found.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return found


def existing(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=to_locale(language), fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=to_locale(language))


def update(language: str, template: Catalog) -> None:
    """Bring the .po file up to date: new messages are empty, what nobody asks for any more goes."""
    catalog = existing(language)
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.header_comment = _HEADER
    catalog.project, catalog.version = "Biodiversity Practitioners’ Network", "1"
    catalog.msgid_bugs_address = catalog.language_team = ""
    catalog.last_translator = "awaiting native review"
    catalog.fuzzy = False
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=100, sort_output=True, include_lineno=False)


def compile_all() -> None:
    """Write each .mo file whose .po file is newer, whole or not at all."""
    for language, _name in settings.LANGUAGES:
        source = path_of(language)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        draft = target.with_suffix(f".{os.getpid()}")
        with draft.open("wb") as file:
            write_mo(file, existing(language))
        draft.replace(target)


def faults(language: str, template: Catalog) -> Iterator[str]:
    """What keeps the catalogue of ``language`` from being whole, one sentence each."""
    catalog = existing(language)
    for wanted in template:
        message = catalog.get(wanted.id, wanted.context) if wanted.id else None
        if not wanted.id:
            continue
        if message is None:
            yield f"{language}: missing: {_shown(wanted)}"
        elif message.fuzzy:
            yield f"{language}: fuzzy: {_shown(message)}"
        elif language != settings.LANGUAGE_CODE and not all(_strings(message.string)):
            yield f"{language}: not translated: {_shown(message)}"
    yield from _misfits(language, catalog)


def _misfits(language: str, catalog: Catalog) -> Iterator[str]:
    for message, errors in catalog.check():
        yield from (f"{language}: {error}: {_shown(message)}" for error in errors)
    for message in catalog:
        if message.id and message.python_brace_format:
            allowed = set().union(*(_fields(text) for text in _strings(message.id)))
            for text in filter(None, _strings(message.string)):
                if not _fields(text) <= allowed or (not message.pluralizable and _fields(text) != allowed):
                    yield f"{language}: placeholders differ: {_shown(message)}"


def _fields(text: str) -> set[str]:
    try:
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
    except ValueError:
        return {"(unbalanced braces)"}


def _strings(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _shown(message: Message) -> str:
    return repr(_strings(message.id)[0])
