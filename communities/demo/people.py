"""People of the demonstration, and words as they would type them."""

from network.accounts.models import User
from network.foundations import richtext
from network.foundations.viewer import Viewer, viewer_for


def person(handle: str) -> User:
    """A person of the demonstration by the part of her address that stands before the @."""
    return User.objects.get(email__in=[f"{handle}@demo.example", f"{handle}@people.example"])


def viewer(handle: str) -> Viewer:
    return viewer_for(person(handle), language="en")


def html(text: str) -> str:
    return richtext.clean(richtext.from_plain_text(text.strip()))
