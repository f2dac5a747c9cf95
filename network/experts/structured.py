"""What machines may know of a profile: its public fields as JSON-LD, the same for every reader."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from network.experts.disclosure import Entry, build_page, has_page
from network.experts.enums import Visibility
from network.experts.models import ExpertProfile
from network.foundations import richtext

# As in Django's json_script: nothing in the data can end the element or begin a comment.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}

#: Works that are named; a list of a lifetime would be most of the page.
_WORKS = 20


def json_ld(profile: ExpertProfile) -> SafeString:
    """The text of the ``script`` element; empty where the public sees nothing."""
    person = person_of(profile)
    return mark_safe(json.dumps(person, ensure_ascii=False).translate(_ESCAPES)) if person else SafeString("")


def person_of(profile: ExpertProfile) -> dict[str, Any]:
    """schema.org's Person of what everyone may see, whoever is asking.

    What she says of herself (community, networks, gender) is for people who read her page, not for machines.
    """
    page = build_page(profile, Visibility.EVERYONE)
    if not has_page(profile) or not page.card.url:
        return {}
    card = page.card
    site = settings.NETWORK_BASE_URL
    person = {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": card.name,
        "url": f"{site}{card.url}",
        "alternateName": list(page.other_names),
        "jobTitle": card.designation,
        "affiliation": {"@type": "Organization", "name": card.affiliation} if card.affiliation else None,
        "workLocation": {"@type": "Country", "name": card.country} if card.country else None,
        "image": f"{site}{card.photo_large_url}" if card.photo_large_url else "",
        "description": richtext.excerpt(page.biography, 300),
        "knowsAbout": [word.name for word in (*page.subjects, *page.targets, *page.tags)],
        "knowsLanguage": [language.name for language in page.languages],
        "@reverse": {"author": [_cited(entry) for entry in page.publications[:_WORKS]]}
        if page.publications
        else None,
        "sameAs": [address for address in (page.orcid_url, page.website) if address],
    }
    return {key: value for key, value in person.items() if value}


def _cited(entry: Entry) -> dict[str, str]:
    told = {"@type": "CreativeWork", "name": entry.text, "url": entry.url}
    return {key: value for key, value in told.items() if value}
