"""In what capacity a mail is written: by a line at its top, ``Speaking for: Kenya``, or by its address.

Without either she speaks for herself. A line that names none of her mandates is never passed over: what she
wrote goes back to her, rather than out in another capacity than she said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from communities.models import Community, Mandate
from communities.voices import voice_of
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.notifications.inbound.spoken import meaning_of, normal

#: What the line begins with, in six languages; the first of each is what our pages and mails offer.
LABELS = {
    "ar": ("باسم", "نيابة عن", "أتحدث باسم", "أتكلم باسم"),
    "en": ("Speaking for", "Speaking as", "On behalf of", "I speak for"),
    "es": ("En nombre de", "Hablo por", "Hablo en nombre de"),
    "fr": ("Au nom de", "Je parle pour", "Je parle au nom de", "Pour le compte de"),
    "ru": ("От имени", "Выступаю от имени", "Говорю от имени"),
    "zh-hans": ("代表", "我代表", "谨代表"),
}
_OPEN, _CLOSE = r"(?:<(?:strong|b|em|i|u|bdi)>\s*)*", r"(?:\s*</(?:strong|b|em|i|u|bdi)>)*"
_LINE = re.compile(
    rf"\s*(?P<opens><(?:p|div)>)?\s*{_OPEN}"
    rf"(?:{'|'.join(re.escape(label) for labels in LABELS.values() for label in labels)}){_CLOSE}"
    rf"\s*[:：]\s*{_CLOSE}{_OPEN}(?P<whom>[^<\n]{{1,300}}?){_CLOSE}\s*(?P<ends><br\s*/?>|</(?:p|div)>|\Z)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Spoken:
    """What is left of her words without the line, and in which mandate they are said."""

    html: str
    mandate: Mandate | None


def label(language: str) -> str:
    """How the line begins in this language."""
    return LABELS.get(language, LABELS[settings.LANGUAGE_CODE])[0]


def spoken(viewer: Viewer, community: Community, html: str, mandate_id: int | None = None) -> Spoken:
    """Take the line off ``html`` (clean) and find what it names; ``mandate_id`` is what the address said.

    Raises ``Refused`` where it names no mandate that she holds here.
    """
    line = _LINE.match(html)
    if line is None:
        if mandate_id is None:
            return Spoken(html, None)
        held = {mandate.pk: mandate for mandate in voice_of(viewer, community).mandates}
        if mandate_id not in held:
            raise Refused(_("You no longer hold the mandate that this address was made for."))
        return Spoken(html, held[mandate_id])
    rest = html[line.end() :]
    if line["opens"] and line["ends"].startswith("<br"):
        rest = line["opens"] + rest
    return Spoken(rest, _named(viewer, community, line["whom"]))


def _named(viewer: Viewer, community: Community, whom: str) -> Mandate | None:
    """The one mandate of hers that these words name; None where she names herself."""
    mandates = voice_of(viewer, community).mandates
    if meaning_of(whom, ("personal",)):
        return None
    wanted = normal(whom)
    exact = [mandate for mandate in mandates if wanted in set(_names(mandate))]
    near = [mandate for mandate in mandates if any(_near(wanted, name) for name in _names(mandate))]
    found = exact or near
    if len(found) == 1:
        return found[0]
    if not mandates:
        raise Refused(
            _(
                "You wrote for whom you speak, but hold no mandate in “%(community)s”. Leave the line out to "
                "speak for yourself."
            )
            % {"community": community.name}
        )
    raise Refused(
        _("We could not tell for whom you speak. Begin with one of these lines: %(lines)s.")
        % {"lines": "; ".join(f"{label(translation.get_language() or '')}: {one.whom}" for one in mandates)}
    )


def _names(mandate: Mandate) -> Iterator[str]:
    """How it is called, in every language."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield normal(str(mandate.whom))
            yield normal(mandate.line)


def _near(wanted: str, name: str) -> bool:
    """Whether one is part of the other, word by word: ``the Government of Kenya`` and ``Kenya``."""
    shorter, longer = sorted((wanted, name), key=len)
    return len(shorter) > 1 and f" {shorter} " in f" {longer} "
