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
    NOMINATION = "nomination", _("By nomination of a national focal point")


class MemberRole(models.TextChoices):
    """What a member does in a community."""

    MEMBER = "member", _("Member")
    FACILITATOR = "facilitator", _("Facilitator")
    MODERATOR = "moderator", _("Moderator")
    OBSERVER = "observer", _("Observer")


class Involvement(models.TextChoices):
    """How much somebody wants to be told of a community, a forum or a thread; the nearest setting wins."""

    EVERYTHING = "everything", _("Watching: tell me of each new post")
    MENTIONS = "mentions", _("Tracking: tell me of what concerns me, count the rest")
    NOTHING = "nothing", _("Muted: tell me nothing, leave it out of what I catch up with")

    @property
    def word(self) -> str:
        """The level in one word, for a button."""
        return {
            Involvement.EVERYTHING: _("Watching"),
            Involvement.MENTIONS: _("Tracking"),
            Involvement.NOTHING: _("Muted"),
        }[self]


class Decision(models.TextChoices):
    """How a request to join ended."""

    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Capacity(models.TextChoices):
    """In what capacity somebody speaks for others."""

    GOVERNMENT = "government", _("For the Government of a country")
    ORGANIZATION = "organization", _("For an organization")
    PEOPLES = "peoples", _("As a representative of Indigenous peoples and local communities")


class SpeakerGroup(models.TextChoices):
    """The groups by which those who take part are counted and listed."""

    PARTIES = "parties", _("Parties")
    NON_PARTIES = "non-parties", _("Non-Parties")
    PEOPLES = "peoples", _("Indigenous peoples and local communities")
    ORGANIZATIONS = "organizations", _("Organizations")
    INDIVIDUALS = "individuals", _("Individuals")


class Source(models.TextChoices):
    """By what office a mandate was answered."""

    FOCAL_POINT = "focal_point", _("national focal point")
    ALTERNATE = "alternate", _("alternate of a national focal point")
    OFFICER = "officer", _("officer of the organization")
    AUTHORITY = "authority", _("authority of the people or community")


class MandateState(models.TextChoices):
    WAITING = "waiting", _("Waiting for an answer")
    DECLARED = "declared", _("Self-declared, awaiting")
    GRANTED = "granted", _("Granted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ENDED = "ended", _("Ended")
    OVER = "over", _("Its term is over")


class Act(models.TextChoices):
    """What those who look after a community do; each is rung as ``act_recorded``."""

    COMMUNITY_OPENED = "community.opened", _("opened the community")
    COMMUNITY_CHANGED = "community.changed", _("changed the settings of the community")
    CONDUCT_CHANGED = "community.conduct", _("wrote a new code of conduct")
    ENTRANCE_CHANGED = "community.entrance", _("changed what is asked of those who join")
    AUDIENCE_NARROWED = "audience.narrowed", _("narrowed who may read")
    AUDIENCE_PROPOSED = "audience.proposed", _("proposed to widen who may read")
    AUDIENCE_WIDENED = "audience.widened", _("widened who may read")
    PROPOSAL_WITHDRAWN = "audience.withdrawn", _("took back a proposal to widen who may read")
    RESOURCE_ADDED = "resource.added", _("added a resource")
    RESOURCE_REMOVED = "resource.removed", _("removed a resource")
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
    MEMBER_WARNED = "member.warned", _("warned a member")
    MEMBER_SILENCED = "member.silenced", _("silenced a member")
    SILENCE_LIFTED = "member.heard", _("lifted a silence")
    NOTE_WRITTEN = "member.note", _("wrote a note about a member")
    NOTE_REMOVED = "member.note_removed", _("removed a note about a member")
    FORUM_OPENED = "forum.opened", _("opened a forum")
    FORUM_CHANGED = "forum.changed", _("changed a forum")
    WINDOW_SET = "forum.window", _("set when a forum is open")
    WINDOW_EXTENDED = "forum.extended", _("extended a forum")
    FORUM_SUMMARISED = "forum.summarised", _("set the summary of a forum")
    QUESTION_ADDED = "question.added", _("added a guiding question")
    QUESTION_CHANGED = "question.changed", _("changed a guiding question")
    QUESTION_REMOVED = "question.removed", _("removed a guiding question")
    QUESTION_CLARIFIED = "question.clarified", _("clarified a guiding question")
    SUMMARY_DRAFTED = "summary.drafted", _("showed the draft of a summary to those who contributed")
    SUMMARY_TAKEN_BACK = "summary.taken_back", _("took back the draft of a summary")
    CORRECTION_ACCEPTED = "correction.accepted", _("accepted a correction of a summary")
    CORRECTION_DECLINED = "correction.declined", _("declined a correction of a summary")
    PROCEEDINGS_PUBLISHED = "proceedings.published", _("published the proceedings of a consultation")
    AUTHOR_SEEN = "author.seen", _("looked up who wrote a post without a name")
    THREAD_PINNED = "thread.pinned", _("pinned a thread")
    THREAD_UNPINNED = "thread.unpinned", _("unpinned a thread")
    THREAD_LOCKED = "thread.locked", _("locked a thread")
    THREAD_UNLOCKED = "thread.unlocked", _("unlocked a thread")
    THREAD_MOVED = "thread.moved", _("moved a thread to another forum")
    THREAD_SPLIT = "thread.split", _("split a thread")
    THREAD_MERGED = "thread.merged", _("merged a thread into another")
    POST_HIDDEN = "post.hidden", _("hid a post")
    POST_SHOWN = "post.shown", _("showed a hidden post again")
    POST_APPROVED = "post.approved", _("approved a waiting post")
    POST_REJECTED = "post.rejected", _("turned down a waiting post")
    POST_RETURNED = "post.returned", _("returned a waiting post to its author")
    POST_AMENDED = "post.amended", _("edited a post of somebody else")
    POST_HELD_BACK = "post.held_back", _("hid a post until a moderator decides")
    DECISION_UNDONE = "decision.undone", _("took a decision back")
    APPEAL_GRANTED = "appeal.granted", _("granted an appeal")
    APPEAL_DISMISSED = "appeal.dismissed", _("dismissed an appeal")
    CLAIM_GRANTED = "claim.granted", _("gave imported posts to the person who claimed them")
    CLAIM_DECLINED = "claim.declined", _("declined a claim of imported posts")
    RULES_CHANGED = "moderation.rules", _("changed what makes a post wait")
    REPORT_UPHELD = "report.upheld", _("acted on a report")
    REPORT_DISMISSED = "report.dismissed", _("dismissed a report")
