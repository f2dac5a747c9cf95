"""The two nets, bleach and nh3, knotted from the same allow list."""

import re
from functools import partial
from typing import Any

import nh3
from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner

from network.foundations.richtext import policy

# Only what is meant as an address: bleach's own pattern would also take "report.py" or "e.g.so" for one.
# Brackets end it, so that a token behind an address stays outside of it.
_ADDRESS = re.compile(r"""\b(?:https?://|www\.)[^\s<>"'`\[\]{}|\\^\u2066-\u2069]+""", re.IGNORECASE)


def bleach_allows(tag: str, name: str, value: str) -> bool:
    """bleach's question for each attribute, answered from the policy."""
    words = policy.ATTRIBUTE_VALUES.get(tag, {}).get(name)
    if words is not None:
        return value in words
    return name in policy.ATTRIBUTES.get(tag, ())


def nh3_options() -> dict[str, Any]:
    """nh3's options, taken from the policy."""
    return {
        "tags": set(policy.TAGS),
        "clean_content_tags": set(policy.DROPPED_WITH_CONTENT),
        "attributes": {tag: set(names) for tag, names in policy.ATTRIBUTES.items()},
        "tag_attribute_values": {
            tag: {name: set(words) for name, words in values.items()}
            for tag, values in policy.ATTRIBUTE_VALUES.items()
        },
        "url_schemes": set(policy.SCHEMES),
        "link_rel": None,
    }


def _marked(attributes: dict, new: bool = False) -> dict | None:
    """Every link says what it is; one that linkify wants to make of half an address stays text."""
    href = attributes.get((None, "href"), "")
    if new and (len(href) > policy.MAX_HREF or not href.partition("//")[2]):
        return None
    if new and href.lower().startswith("http://www.") and attributes["_text"].lower().startswith("www."):
        attributes[None, "href"] = f"https://{attributes['_text']}"
    attributes[None, "rel"] = policy.LINK_REL
    return attributes


_bleach = partial(
    Cleaner,
    tags=policy.TAGS,
    attributes=bleach_allows,
    protocols=policy.SCHEMES,
    strip=True,
    strip_comments=True,
    filters=[
        partial(LinkifyFilter, callbacks=[_marked], skip_tags={"code", "pre"}, url_re=_ADDRESS),
    ],
)
_nh3 = nh3.Cleaner(**nh3_options())


def through_bleach(html: str) -> str:
    """The first net. A cleaner each time, for its parser keeps state and threads would share it."""
    return _bleach().clean(html)


def through_nh3(html: str) -> str:
    return _nh3.clean(html)
