"""Countries as lists write them: any name in a UN language, any code, also of states that are no more."""

from collections.abc import Iterable
from pathlib import Path

import yaml
from babel import Locale
from babel.core import get_global
from django.utils.translation import gettext as _

from network.experts.importing.headers import key
from network.thesaurus.models import Term

_HERE = Path(__file__).parent
_LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")


class Unknown(Exception):
    """No country, or one that is several today; the text says which."""


class Countries:
    """Terms of the thesaurus by all their names."""

    def __init__(self, terms: Iterable[Term], known: dict[str, int]) -> None:
        self._terms = {term.code: term for term in terms}
        self._found = dict(known)
        self._gone: dict[str, list[str]] = {}
        self._add_other_names()
        self._add_codes()
        self._add_gone()

    def __call__(self, written: str) -> int:
        """The country of a cell; raises ``Unknown``."""
        for text in (written, written.partition("(")[0]):
            name = key(text)
            if found := self._found.get(name):
                return found
            if now := self._gone.get(name):
                raise Unknown(
                    _("“%(country)s” is no more. Write which country it is today: %(now)s.")
                    % {"country": written[:60], "now": ", ".join(self._terms[code].name for code in now)}
                )
        raise Unknown(
            _("“%(country)s” is no country that we know. Write its name in a UN language or its ISO code.")
            % {"country": written[:60]}
        )

    def _add_other_names(self) -> None:
        also = yaml.safe_load((_HERE / "countries.yaml").read_text(encoding="utf-8"))
        for code, names in also.items():
            self._add(code, names)
        for language in _LANGUAGES:
            for code, name in Locale(language).territories.items():
                self._add(code, [name])

    def _add_codes(self) -> None:
        """Three letters, the UN's numbers, codes that ended: one successor is meant, several are asked."""
        for code, now in get_global("territory_aliases").items():
            standing = [one for one in now if one in self._terms]
            # A single letter or digit is nobody's idea of a country.
            if len(code) > 1 and len(standing) == 1 == len(now):
                self._add(standing[0], [code])
            elif standing:
                self._gone.setdefault(key(code), standing)

    def _add_gone(self) -> None:
        for state in yaml.safe_load((_HERE / "gone.yaml").read_text(encoding="utf-8")):
            now = [code for code in state["now"] if code in self._terms]
            for name in state["names"]:
                if len(now) == 1:
                    self._add(now[0], [name])
                elif key(name) not in self._found:
                    self._gone[key(name)] = now

    def _add(self, code: str, names: Iterable[str]) -> None:
        term = self._terms.get(code)
        for name in names:
            if term and key(name):
                self._found.setdefault(key(name), term.pk)
