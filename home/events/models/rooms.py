"""What happens in a session: its room, what the audience asks there, who speaks, what stays afterwards.

The session itself is a line that an editor writes on the page of the event. What belongs to it beside the
page is found by the key of the event and that of the session, which all translations share.
"""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.forums.models import Thread
from home.events.enums import ClaimState, QuestionState
from home.events.querysets import AudienceQuestionQuerySet, SpeakerQuerySet

#: A room that nobody ends is an archive so long after the end of its session.
LINGERS = timedelta(hours=2)


class LiveRoom(models.Model):
    """Where a session meets online, and by which rules.

    Of what is recorded, ``materials_version`` counts the changes: each speaker agrees to one version, and
    nothing is shown before all have. ``shares_knowledge``: then nothing is recorded at all.
    """

    event = models.UUIDField(editable=False)
    session = models.UUIDField(editable=False)
    meeting_url = models.URLField(
        _("address of the meeting or stream"),
        max_length=300,
        blank=True,
        help_text=_("Shown only to those who have a place, when it is time."),
    )
    opens_minutes = models.PositiveSmallIntegerField(
        _("minutes before the start at which it is shown"), default=15, validators=[MaxValueValidator(1440)]
    )
    takes_questions = models.BooleanField(_("the audience can ask in writing"), default=True)
    is_moderated = models.BooleanField(
        _("each question is looked at before it is shown"),
        default=True,
        help_text=_("Questions without a name always are."),
    )
    allows_unnamed = models.BooleanField(
        _("questions without a name are taken"),
        default=False,
        help_text=_("Nobody can find out afterwards who asked; neither can you."),
    )
    shares_knowledge = models.BooleanField(
        _("traditional knowledge may be shared here"),
        default=False,
        help_text=_(
            "Then there is no recording, no captions and no transcript, and only those who take part read "
            "the questions."
        ),
    )
    captions_url = models.URLField(_("address of the captions"), max_length=300, blank=True)
    slides_url = models.URLField(_("address of the slides"), max_length=300, blank=True)
    recording_url = models.URLField(_("address of the recording"), max_length=300, blank=True)
    transcript_url = models.URLField(_("address of the transcript"), max_length=300, blank=True)
    materials_version = models.PositiveIntegerField(default=0, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    thread = models.ForeignKey(
        Thread, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("room of a session")
        verbose_name_plural = _("rooms of sessions")
        constraints = [
            models.UniqueConstraint(fields=["event", "session"], name="events_one_room_a_session"),
            models.CheckConstraint(
                condition=Q(shares_knowledge=False) | Q(captions_url="", recording_url="", transcript_url=""),
                name="events_knowledge_is_not_recorded",
            ),
        ]

    def __str__(self) -> str:
        return str(self.session)

    @property
    def stream(self) -> str:
        """The name of its live stream."""
        return f"session:{self.pk}"


class AudienceQuestion(models.Model):
    """What somebody in the audience asks. Without a name (``is_unnamed``), no row knows who it was.

    ``votes`` counts the rows of those who want it answered, too.
    """

    room = models.ForeignKey(LiveRoom, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="audience_questions"
    )
    is_unnamed = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("question"))
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=QuestionState, default=QuestionState.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    votes = models.PositiveIntegerField(default=0)

    objects = AudienceQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question from the audience")
        verbose_name_plural = _("questions from the audience")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_unnamed=False) | Q(asked_by=None), name="events_unnamed_has_nobody"
            )
        ]
        indexes = [
            models.Index(fields=["room", "state", "-votes", "id"], name="events_audience_questions"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id}: {self.pk}"


class QuestionVote(models.Model):
    """Somebody wants this question answered, too."""

    question = models.ForeignKey(AudienceQuestion, on_delete=models.CASCADE, related_name="voters")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("vote for a question")
        verbose_name_plural = _("votes for questions")
        constraints = [
            models.UniqueConstraint(fields=["question", "person"], name="events_one_vote_a_question")
        ]

    def __str__(self) -> str:
        return str(self.question_id)


class Speaker(models.Model):
    """Somebody with an account says that she is one of the speakers who stand there by name only.

    Once confirmed, her name leads to her profile, and she helps to keep the room.
    """

    event = models.UUIDField(editable=False)
    session = models.UUIDField(editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="spoken_sessions"
    )
    name = models.CharField(_("name in the programme"), max_length=300)
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        constraints = [
            models.UniqueConstraint(fields=["event", "session", "person"], name="events_one_claim_a_session")
        ]

    def __str__(self) -> str:
        return self.name


class SpeakerReview(models.Model):
    """A speaker agrees that this version of recording, transcript and slides is shown, or does not."""

    room = models.ForeignKey(LiveRoom, on_delete=models.CASCADE, related_name="reviews")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    agrees = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("review by a speaker")
        verbose_name_plural = _("reviews by speakers")
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="events_one_review_a_speaker")]

    def __str__(self) -> str:
        return f"{self.room_id}: {self.version}"
