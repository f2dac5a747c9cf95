"""Binding: a text that holds tokens, as one reader may have it at one exit."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from network.consent import gate, labels
from network.consent.enums import Action, DutyKind, PartName, Warning
from network.consent.exits import exits
from network.consent.formats import FORMATS, Format, Style
from network.consent.gate import Outcome
from network.consent.places import reading_at
from network.consent.terms import HolderCard
from network.consent.tokens import MARK, Token, lease_key
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


def bind_for(viewer: Viewer, text: str, *, exit: str, format: str | None = None, place: str = "") -> str:
    """``text`` with every token turned into what ``viewer`` may read at ``exit``, in ``format``.

    ``format`` is ``html``, ``json``, ``xml``, ``text``, ``csv`` or ``ics``, by default that of the exit.
    Where a format folds or escapes (calendars, tables), bind each value as ``text`` before serialising.
    ``place``: where she reads it (``thread:12``), if what stands there may be bound to that place.
    """
    return bind(viewer, text, exit=exit, format=format, place=place).text


def bind(
    viewer: Viewer,
    text: str,
    *,
    exit: str,
    format: str | None = None,
    now: datetime | None = None,
    place: str = "",
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
            wanted, unasked = _wanted(write, text)
            outcomes = gate.release(wanted, reading_at(viewer, place), exit, now, unasked)
            return Bound(
                write(text, partial(_fill, outcomes, place, bool(door and door.asks))),
                held=True,
                released=any(outcome.released for outcome in outcomes.values()),
                indexable=all(Action.INDEX in o.uses for o in outcomes.values() if o.released),
            )
        except Exception as error:
            gate.logger.error("consent adapter %s failed: %s", format or exit, type(error).__name__)
            return Bound(_with_nothing_but_words(write, text), held=True)


def _with_nothing_but_words(write: Format, text: str) -> str:
    """Where nothing else can be written any more; if not even that, tokens stay tokens."""
    words = _("The holders of this knowledge keep it to themselves.")
    in_html = {Style.BLOCK: f"<p>{escape(words)}</p>", Style.INLINE: str(escape(words))}
    try:
        return write(text, lambda token, style: in_html.get(style, words))
    except Exception:
        return text


def _wanted(write: Format, text: str) -> tuple[set[Token], set[Token]]:
    """The tokens that stand where a text may stand, and those of them that stand nowhere as a block.

    Only a block has room for the question whether to show what comes with a warning.
    """
    places: dict[Token, set[Style]] = {}

    def collect(token: Token, style: Style) -> str:
        if style is not Style.NEUTRAL:
            places.setdefault(token, set()).add(style)
        return ""

    write(text, collect)
    return set(places), {token for token, styles in places.items() if Style.BLOCK not in styles}


def _fill(outcomes: dict[Token, Outcome], place: str, at_home: bool, token: Token, style: Style) -> str:
    """``at_home``: it stands on a page of ours, where files play and addresses need no host."""
    if style is Style.NEUTRAL:
        return _("Traditional knowledge")
    outcome = outcomes.get(token) or Outcome(token, "unknown")
    if outcome.released and outcome.warnings and style is not Style.BLOCK:
        outcome = Outcome(token, "warning", holders=outcome.holders, warnings=outcome.warnings)
    if style is Style.PLAIN:
        return _plain(outcome)
    template = f"consent/egress/{style.value}.html"
    return render_to_string(template, _context(outcome, place, at_home)).strip()


def _context(outcome: Outcome, place: str, at_home: bool) -> dict[str, Any]:
    about = reverse("consent:about", args=[outcome.token.item]) if outcome.holders else ""
    return {
        "at_home": at_home,
        "about": about if at_home or not about else settings.NETWORK_BASE_URL + about,
        "outcome": outcome,
        "token": outcome.token,
        "key": lease_key(outcome.token, place),
        "names": _names(outcome.holders),
        "contacts": _contacts(outcome.holders),
        "words": _withheld_words(outcome),
        "warnings": [Warning(code).label for code in outcome.warnings],
        "uses": [use.label for use in Action if use in outcome.uses and use not in _NO_USES],
        "duties": [DutyKind(kind).label for kind in outcome.duties],
        "labels": [labels.name_of(*label) for label in outcome.labels],
        "prints": Action.EXPORT in outcome.uses or not outcome.is_knowledge,
    }


#: What a reader does not do with it herself.
_NO_USES = {Action.DISCOVER, Action.KEEP}


def _plain(outcome: Outcome) -> str:
    names = _names(outcome.holders)
    if outcome.text is not None:
        return f"{outcome.text} ({names})" if names else outcome.text
    words = _withheld_words(outcome)
    contacts = "; ".join(_contacts(outcome.holders))
    return f"[{words} {contacts}]" if contacts else f"[{words}]"


def _contacts(holders: tuple[HolderCard, ...]) -> list[str]:
    return [way for holder in holders for way in holder.ways_to_ask]


def _names(holders: tuple[HolderCard, ...]) -> str:
    return "; ".join(holder.named_as for holder in holders)


def _withheld_words(outcome: Outcome) -> str:
    """Why it is not here: what has to be asked first, or the holders' own words."""
    if outcome.code == "warning":
        warned = " ".join(f"{Warning(code).label}." for code in outcome.warnings)
        return _("%(warning)s It is shown on its own page, which asks first.") % {"warning": warned}
    own = " ".join(holder.withheld_words for holder in outcome.holders if holder.withheld_words)
    if outcome.code == "note" and outcome.token.part in PartName.values:
        return own or _("This waits for the word of its holders.")
    return own or _("The holders of this knowledge keep it to themselves.")
