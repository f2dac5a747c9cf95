"""Binding: a text that holds tokens, as one reader may have it at one exit."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from network.consent import gate
from network.consent.enums import Action
from network.consent.exits import exits
from network.consent.formats import FORMATS, Format, Style
from network.consent.gate import HolderCard, Outcome
from network.consent.tokens import MARK, Token
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Bound:
    """A text as one reader may have it.

    ``held``: tokens stood in it; ``released``: one was opened; ``indexable``: all that was may be indexed.
    """

    text: str
    held: bool = False
    released: bool = False
    indexable: bool = True


def bind_for(viewer: Viewer, text: str, *, exit: str, format: str | None = None) -> str:
    """``text`` with every token turned into what ``viewer`` may read at ``exit``, in ``format``.

    ``format`` is ``html``, ``json``, ``xml``, ``text``, ``csv`` or ``ics``, by default that of the exit.
    Where a format folds or escapes (calendars, tables), bind each value as ``text`` before serialising.
    """
    return bind(viewer, text, exit=exit, format=format).text


def bind(
    viewer: Viewer, text: str, *, exit: str, format: str | None = None, now: datetime | None = None
) -> Bound:
    """As ``bind_for``, with what the caller needs to know about the result. Never raises."""
    if MARK not in text:
        return Bound(text)
    door = exits.get(exit)
    write = FORMATS.get(format or (door.format if door else ""))
    if write is None:
        return Bound(text, held=True)
    with translation.override(viewer.language):
        try:
            outcomes = gate.release(_wanted(write, text), viewer, exit, now)
            return Bound(
                write(text, partial(_fill, outcomes)),
                held=True,
                released=any(outcome.released for outcome in outcomes.values()),
                indexable=all(Action.INDEX in o.uses for o in outcomes.values() if o.released),
            )
        except Exception as error:
            gate.logger.error("consent adapter %s failed: %s", format or exit, type(error).__name__)
            return Bound(text, held=True)


def _wanted(write: Format, text: str) -> set[Token]:
    """The tokens that stand where a text may stand: only these are asked for."""
    wanted: set[Token] = set()

    def collect(token: Token, style: Style) -> str:
        if style is not Style.NEUTRAL:
            wanted.add(token)
        return ""

    write(text, collect)
    return wanted


def _fill(outcomes: dict[Token, Outcome], token: Token, style: Style) -> str:
    if style is Style.NEUTRAL:
        return _("Traditional knowledge")
    outcome = outcomes.get(token) or Outcome(token, "unknown")
    if style is Style.PLAIN:
        return _plain(outcome)
    template = f"consent/egress/{style.value}.html"
    return render_to_string(template, _context(outcome)).strip()


def _context(outcome: Outcome) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "token": outcome.token,
        "names": _names(outcome.holders),
        "contacts": [holder.contact for holder in outcome.holders],
        "words": _withheld_words(outcome.holders),
        "uses": [use.label for use in Action if use in outcome.uses],
    }


def _plain(outcome: Outcome) -> str:
    names = _names(outcome.holders)
    if outcome.text is not None:
        return f"{outcome.text} ({names})" if names else outcome.text
    words = _withheld_words(outcome.holders)
    contacts = "; ".join(holder.contact for holder in outcome.holders)
    return f"[{words} {contacts}]" if contacts else f"[{words}]"


def _names(holders: tuple[HolderCard, ...]) -> str:
    return "; ".join(holder.named_as for holder in holders)


def _withheld_words(holders: tuple[HolderCard, ...]) -> str:
    own = " ".join(holder.withheld_words for holder in holders if holder.withheld_words)
    return own or _("The holders of this knowledge keep it to themselves.")
