"""An old mailing list that was brought in, and members who say that posts of it are theirs."""

from pathlib import Path

from django.db import transaction

from communities.demo import viewer
from communities.forums import actions as forums
from communities.forums.actions.importing import bring_in
from communities.forums.mailbox.archive import Mailbox
from communities.forums.mailbox.files import Mbox
from communities.forums.models import Forum, Post
from communities.models import Community
from communities.moderation import actions
from communities.moderation.models import Claim

_MAILS = Path(__file__).with_name("old_list.mbox")
_FORUM = "The coast list, 2011 and 2012"
_ABOUT = "What was written on a mailing list before this community began, brought in as it was."
#: Whose name stood there, who says that it is her, and how one can tell.
_CLAIMS = {
    "ana": (
        "Ana P.",
        "ana.pereira",
        "The broom handle still stands in our boat house, and the address was that of our school.",
    ),
    "sofia": (
        "S. Mendez",
        "sofia.mendez",
        "I signed as Sofía then, from the laguna. Peter Marsh will remember the report with his name in it.",
    ),
}


@transaction.atomic
def seed(community: Community) -> None:
    """Brought in once; one claim was granted, the other waits."""
    if Forum.objects.filter(community=community, title=_FORUM).exists():
        return
    forum = forums.open_forum(
        viewer=viewer("moderator"), community=community, title=_FORUM, description=_ABOUT
    )
    bring_in(forum=forum, archive=Mailbox(Mbox(_MAILS)), language="en")
    actions.grant_claim(viewer=viewer("moderator"), claim=_claim(forum, *_CLAIMS["ana"]))
    _claim(forum, *_CLAIMS["sofia"])


def _claim(forum: Forum, name: str, handle: str, words: str) -> Claim:
    post = Post.objects.filter(thread__forum=forum, author__name=name).earliest("pk")
    return actions.claim(viewer=viewer(handle), post=post, words=words)
