"""One style sheet and one script for the browser, many small files for us.

There is no build step: a staticfiles finder joins the parts whenever somebody asks for the bundle, so that
the development server and ``collectstatic`` (which hashes and compresses it) always see the current text.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage, Storage

SOURCE = Path(settings.BASE_DIR) / "network" / "static"

#: Name of the bundle -> its parts in order; a pattern stands for its files by name.
BUNDLES: dict[str, list[str]] = {
    "css/network.css": [
        "css/tokens.css",
        "css/base.css",
        "css/layout.css",
        "css/components/*.css",
        "css/print.css",
    ],
    "js/network.js": [
        "js/dialogs.js",
        "js/forms.js",
        "js/menus.js",
        "js/times.js",
        "js/instants.js",
        "js/consent.js",
        "js/inbox.js",
        "js/live.js",
    ],
}

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
#: A comment that stands on lines of its own: no string and no template of ours begins a line like that.
_REMARK = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
# Around these a style sheet needs no blanks. An empty value (``--dark: ;``) keeps its own.
_BLANKS = re.compile(r"\s*([{}])\s*|(;)\s+|(?<=[\w-])(:) (?!;)|(,)\s+")


def parts(name: str) -> list[Path]:
    """The files that make up the bundle ``name``, in the order in which they are joined."""
    return [path for pattern in BUNDLES[name] for path in sorted(SOURCE.glob(pattern))]


def text(name: str) -> str:
    """The joined text. Styles lose comments and blanks, scripts their remarks; each keeps its own scope."""
    sources = [path.read_text(encoding="utf-8") for path in parts(name)]
    if name.endswith(".css"):
        bare = _COMMENT.sub("", "\n".join(sources))
        narrow = _BLANKS.sub(lambda found: found[found.lastindex or 0], bare)
        return narrow.replace(";}", "}").strip() + "\n"
    return "".join(f"{{\n{_REMARK.sub('', source)}}}\n" for source in sources)


class BundleFinder(BaseFinder):
    """Finds the bundles, made fresh under ``var/bundle/``."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=Path(settings.VAR_DIR) / "bundle")
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in BUNDLES:
            return []
        made = str(self._make(path))
        return [made] if find_all else made

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for name in BUNDLES:
            if not matches_patterns(name, ignore_patterns or ()):
                self._make(name)
                yield name, self.storage

    def _make(self, name: str) -> Path:
        """Written only when it differs, and moved into place whole: several processes may ask at once."""
        target = Path(self.storage.path(name))
        joined = text(name)
        if not target.exists() or target.read_text(encoding="utf-8") != joined:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(f".{id(joined)}")
            draft.write_text(joined, encoding="utf-8")
            draft.replace(target)
        return target
