"""How many of what, in words: for a line of the inbox and for a digest."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.notifications.kinds import kinds


def counted(numbers: Mapping[str, int]) -> str:
    """``7 replies, 1 mention``: kinds that have a word for it, and the rest together."""
    words, others = [], 0
    for name, number in numbers.items():
        kind = kinds.get(name)
        if kind is not None and kind.counted and number:
            words.append(kind.counted(number))
        else:
            others += number
    if others:
        words.append(ngettext("%(n)d notice", "%(n)d notices", others) % {"n": others})
    return _(", ").join(words)


def named(people: list[str], number: int) -> str:
    """``Amina, Bohdan and 3 others``: the first names of a list of ``number`` people."""
    others = number - len(people)
    if others > 0:
        together = _(", ").join(people)
        words = ngettext("%(names)s and %(n)d other", "%(names)s and %(n)d others", others)
        return words % {"names": together, "n": others}
    if len(people) < 2:
        return people[0] if people else ""
    return _("%(names)s and %(last)s") % {"names": _(", ").join(people[:-1]), "last": people[-1]}
