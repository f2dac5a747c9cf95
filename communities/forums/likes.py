"""Likes of other forums: what they are here, and who gave them."""

from dataclasses import dataclass
from datetime import datetime

from communities.forums.enums import ReactionKind

#: A like elsewhere agrees with nothing in particular; it is kept as the mildest of our words.
LIKED = ReactionKind.THANKS


@dataclass(frozen=True)
class Like:
    """Somebody, by her address and name, liked a post."""

    address: str
    name: str
    at: datetime
