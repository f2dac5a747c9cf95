"""``@handle`` in what people write: who is meant, and a link in its place.

A handle is the last part of the address of somebody's profile, or else of a community's; ``@moderators`` are
those of the community.
Nobody is looked for in quotations, links, code, and sealed knowledge (of which a post holds a token only).
"""

import re
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from communities.enums import Visibility
from communities.models import Community
from communities.notices import carers
from network.experts.models import ExpertProfile
from network.foundations import richtext
from network.foundations.viewer import Viewer

MODERATORS = "moderators"
#: How many handles of one text are looked up; what is written beyond stays as it is.
MOST = 20
# Not behind a letter, a dot or a slash: that is an e-mail address or part of a link.
_HANDLE = re.compile(r"(?<![\w@./+-])@(\w(?:[\w-]{0,78}\w)?)")
_TAGS = re.compile(r"""(<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>)""")
_NAME = re.compile(r"</?([a-z0-9]+)")
_LEFT_ALONE = frozenset({"a", "blockquote", "code", "pre"})


@dataclass(frozen=True)
class Named:
    """``html`` with links, and the people whom it names (their ids)."""

    html: str
    people: frozenset[int] = field(default_factory=frozenset)


def named_in(viewer: Viewer, community: Community, html: str) -> Named:
    """Find whom ``viewer`` names in her clean ``html``: people whose profile opens to her. No question where
    nobody is named."""
    handles = _handles(html)
    if not handles:
        return Named(html)
    with translation.override(settings.LANGUAGE_CODE):
        people, links = _found(viewer, handles)
        if MODERATORS in handles:
            people.update(carers(community.pk, only_moderators=True))
            links[MODERATORS] = reverse("communities:members", args=[community.slug])
        links |= _communities(viewer, [handle for handle in handles if handle not in links])
    people.discard(viewer.user_id or 0)
    return Named(_linked(html, links), frozenset(people))


def _found(viewer: Viewer, handles: list[str]) -> tuple[set[int], dict[str, str]]:
    profiles = ExpertProfile.objects.visible_to(viewer).filter(slug__in=handles)
    rows = dict(profiles.values_list("slug", "user"))
    return set(rows.values()), {slug: reverse("experts:detail", args=[slug]) for slug in rows}


def _communities(viewer: Viewer, handles: list[str]) -> dict[str, str]:
    """Communities by the last part of their address: a link, nobody is told. A hidden one stays hidden."""
    if not handles:
        return {}
    found = Community.objects.visible_to(viewer).exclude(visibility=Visibility.HIDDEN)
    slugs = found.filter(slug__in=handles).values_list("slug", flat=True)
    return {slug: reverse("communities:community", args=[slug]) for slug in slugs}


def _texts(html: str) -> list[tuple[str, bool]]:
    """``html`` in pieces, each with whether it is text in which somebody may be named."""
    pieces, around = [], 0
    for piece in _TAGS.split(html):
        name = _NAME.match(piece)
        if name and name[1] in _LEFT_ALONE:
            around += -1 if piece.startswith("</") else 1
        pieces.append((piece, not name and not around))
    return pieces


def _handles(html: str) -> list[str]:
    """The first different handles, in their order."""
    if "@" not in html:
        return []
    found: dict[str, None] = {}
    for text, open_ in _texts(html):
        for match in _HANDLE.finditer(text) if open_ else ():
            found[match[1].lower()] = None
            if len(found) == MOST:
                return list(found)
    return list(found)


def _linked(html: str, links: dict[str, str]) -> str:
    """A link where each of them is named first, made clean by the policy that all texts go through."""
    left = dict(links)

    def link(match: re.Match) -> str:
        address = left.pop(match[1].lower(), "")
        return f'<a href="{escape(address)}">{match[0]}</a>' if address else match[0]

    pieces = [_HANDLE.sub(link, text) if open_ else text for text, open_ in _texts(html)]
    try:
        return richtext.clean("".join(pieces))
    except ValidationError:  # at the very limit of what a text may be, it stands without links
        return html
