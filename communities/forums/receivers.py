"""What follows a deed of the community in its forums."""

from communities.forums import actions
from communities.models import Community
from network.accounts.models import User
from network.outbox.models import Entry


def forget_levels(entry: Entry) -> None:
    """Somebody has left: nothing is kept of what she wanted to be told where she may not read any more."""
    community = Community.objects.filter(pk=entry.stream_id.partition(":")[2]).first()
    person = User.objects.filter(pk=entry.ids["user"]).first()
    if community is not None and person is not None:
        actions.forget_levels(user=person, community=community)
