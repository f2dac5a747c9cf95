"""Words of the room ``forums``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PostState(models.TextChoices):
    PUBLISHED = "published", _("Published")
    HELD = "held", _("Waiting for a moderator")
    HIDDEN = "hidden", _("Hidden by a moderator")
    REJECTED = "rejected", _("Turned down")
    SCHEDULED = "scheduled", _("Appears at its time")
    DELETED = "deleted", _("Deleted by its author")


class Origin(models.TextChoices):
    """Which door a post came through."""

    WEB = "web", _("Web")
    MAIL = "mail", _("E-mail")
    IMPORT = "import", _("Imported")
    FORUM = "forum", _("Imported from another forum")


#: What was written elsewhere, by somebody who may not sign in here.
IMPORTED = (Origin.IMPORT, Origin.FORUM)


class ThreadEventKind(models.TextChoices):
    PINNED = "pinned", _("pinned this thread")
    UNPINNED = "unpinned", _("unpinned this thread")
    LOCKED = "locked", _("locked this thread")
    UNLOCKED = "unlocked", _("unlocked this thread")
    ANSWERED = "answered", _("accepted an answer")
    UNANSWERED = "unanswered", _("took back the accepted answer")
    MOVED = "moved", _("moved this thread here")
    SPLIT = "split", _("moved posts into a thread of their own")
    SPLIT_OFF = "split_off", _("made this thread of posts from another one")
    MERGED = "merged", _("merged another thread into this one")
    POLL_CLOSED = "poll_closed", _("closed the poll")


class ReactionKind(models.TextChoices):
    """What one may say to a post without writing: few words, none of them against anybody."""

    AGREE = "agree", _("Agree")
    THANKS = "thanks", _("Thanks")
    USEFUL = "useful", _("Useful")
    INSIGHT = "insight", _("Insightful")
    QUESTION = "question", _("More, please")


class Results(models.TextChoices):
    """From when on the results of a poll are shown."""

    ALWAYS = "always", _("Always")
    VOTED = "voted", _("To whoever has voted, and to all once it is closed")
    CLOSED = "closed", _("Once it is closed")


class Audience(models.TextChoices):
    """Who of those who may read the community may read a forum of it."""

    COMMUNITY = "community", _("Everybody who may read the community")
    MEMBERS = "members", _("Members of the community")


class Told(models.TextChoices):
    """What an author says about a post that holds traditional knowledge."""

    OWN = "own", _("It is my own people’s: share it in this thread only")
    OTHERS = "others", _("I hold it from others and can show their consent")


class ForumKind(models.TextChoices):
    """What a forum is for."""

    DISCUSSION = "discussion", _("Discussion: members start threads and reply")
    QUESTIONS = "questions", _("Questions: who asks accepts the answer that helped")
    ANNOUNCEMENTS = "announcements", _("Announcements: those who look after the community start threads")
    CONSULTATION = "consultation", _("Consultation: guiding questions, a summary of the answers, proceedings")


class Attribution(models.TextChoices):
    """What the proceedings of a consultation say of those who contributed."""

    NAMES = "names", _("Names and capacity")
    CAPACITY = "capacity", _("Capacity only")
    NOTHING = "nothing", _("Nothing but numbers")


class Phase(models.TextChoices):
    """Where the window of a forum stands."""

    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", _("Open")
    PAUSED = "paused", _("Paused for the weekend")
    FINAL = "final", _("Final call")
    CLOSED = "closed", _("Closed")
    SUMMARISED = "summarised", _("Summarised")
