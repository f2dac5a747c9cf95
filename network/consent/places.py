"""Reading at a place: the same person, with the keys that are good there and nowhere else.

A place is named by whoever writes the page (``request.consent_place``) or by the stream of a live message,
never by what is typed: a token that is pasted elsewhere meets another place, or none.
"""

from network.consent.decision import keys_at
from network.foundations.viewer import Viewer


def reading_at(viewer: Viewer, place: str) -> Viewer:
    """``viewer`` as she reads at ``place``; where there is none she is only herself."""
    if not place:
        return viewer
    # Built by hand: a request's viewer is made when first asked, which ``replace`` does not understand.
    return Viewer(viewer.user, keys_at(viewer.keys, place), viewer.language, viewer.zone)
