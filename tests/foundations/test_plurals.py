"""The plural forms of each catalogue stand in the order of CLDR's categories, number by number."""

from gettext import c2py

import pytest
from babel import Locale
from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext, to_locale

from network.foundations.catalogues import existing

ORDER = ["zero", "one", "two", "few", "many", "other"]


@pytest.mark.one_engine
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_formula_chooses_the_category_of_the_language(language):
    choose = c2py(existing(language).plural_expr)
    category = Locale.parse(to_locale(language)).plural_form
    chosen = {category(number): set() for number in range(1000)}
    for number in range(1000):
        chosen[category(number)].add(choose(number))
    assert [chosen[name] for name in ORDER if name in chosen] == [{place} for place in range(len(chosen))]


def test_a_hundred_threads_in_arabic():
    with translation.override("ar"):
        eleven, hundred = (ngettext("%(n)d day", "%(n)d days", n) % {"n": n} for n in (11, 100))
    assert (eleven, hundred) == ("11 يومًا", "100 يوم")
