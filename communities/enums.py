"""Words of the room ``communities``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may read what is said in a community, and who may know that it exists."""

    PUBLIC = "public", _("Public: everyone may read")
    MEMBERS = "members", _("Members: everyone may know of it, members read")
    HIDDEN = "hidden", _("Hidden: only members know of it")


class Joining(models.TextChoices):
    OPEN = "open", _("Open: whoever wants to may join")
    REQUEST = "request", _("On request: a facilitator answers each request")
    INVITATION = "invitation", _("By invitation")


class MemberRole(models.TextChoices):
    """What a member does in a community."""

    MEMBER = "member", _("Member")
    FACILITATOR = "facilitator", _("Facilitator")
    MODERATOR = "moderator", _("Moderator")
    OBSERVER = "observer", _("Observer")


class Involvement(models.TextChoices):
    """How much a member wants to be told."""

    NOTHING = "nothing", _("Nothing: I come and look")
    MENTIONS = "mentions", _("What concerns me: threads that I watch")
    EVERYTHING = "everything", _("Everything: each new thread and reply")


class Decision(models.TextChoices):
    """How a request to join ended."""

    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Act(models.TextChoices):
    """What those who look after a community do; each is rung as ``act_recorded``."""

    COMMUNITY_OPENED = "community.opened", _("opened the community")
    COMMUNITY_CHANGED = "community.changed", _("changed the settings of the community")
    COMMUNITY_CLOSED = "community.closed", _("closed the community")
    COMMUNITY_REOPENED = "community.reopened", _("reopened the community")
    REQUEST_ACCEPTED = "request.accepted", _("accepted a request to join")
    REQUEST_DECLINED = "request.declined", _("declined a request to join")
    MEMBER_INVITED = "member.invited", _("invited somebody")
    INVITATION_WITHDRAWN = "invitation.withdrawn", _("withdrew an invitation")
    ROLE_CHANGED = "member.role", _("changed the role of a member")
    MEMBER_REMOVED = "member.removed", _("ended a membership")
    MEMBER_SUSPENDED = "member.suspended", _("suspended a member")
    SUSPENSION_LIFTED = "member.reinstated", _("lifted a suspension")
    FORUM_OPENED = "forum.opened", _("opened a forum")
    FORUM_CHANGED = "forum.changed", _("changed a forum")
    THREAD_PINNED = "thread.pinned", _("pinned a thread")
    THREAD_UNPINNED = "thread.unpinned", _("unpinned a thread")
    THREAD_LOCKED = "thread.locked", _("locked a thread")
    THREAD_UNLOCKED = "thread.unlocked", _("unlocked a thread")
    POST_HIDDEN = "post.hidden", _("hid a post")
    POST_SHOWN = "post.shown", _("showed a hidden post again")
    POST_APPROVED = "post.approved", _("approved a waiting post")
    POST_REJECTED = "post.rejected", _("turned down a waiting post")
    REPORT_UPHELD = "report.upheld", _("acted on a report")
    REPORT_DISMISSED = "report.dismissed", _("dismissed a report")
