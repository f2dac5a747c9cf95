"""Which posts wait for a moderator before they go out."""

from communities.forums.gatekeepers import Candidate
from communities.forums.models import Post
from communities.policies import can_facilitate

#: A newcomer's post with more links than this waits.
NEWCOMER_LINKS = 0


def newcomer_with_links(candidate: Candidate) -> bool:
    """The first words of somebody nobody knows here, with a link in them: how advertising begins."""
    if candidate.html.count("<a ") <= NEWCOMER_LINKS or can_facilitate(candidate.viewer, candidate.community):
        return False
    known = Post.objects.published().filter(
        author=candidate.viewer.user_id, thread__forum__community=candidate.community
    )
    return not known.exists()
