"""The guiding questions of a consultation.

Before it opens they may be changed at will. After that nobody finds another question above her answer: they
are added to and clarified, each time by a recorded act.
"""

from collections.abc import Sequence

from django.db.models import Max
from django.utils.translation import gettext as _

from communities.actions.common import demand, record
from communities.enums import Act
from communities.forums import knowledge, policies
from communities.forums.actions.counting import locked
from communities.forums.models import Clarification, Forum, GuidingQuestion, Thread
from communities.paging import forum_tag
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import Viewer
from network.pagecache.actions import bump

#: So many questions a consultation holds at most.
MOST_QUESTIONS = 40


@deed
def add_question(*, viewer: Viewer, forum: Forum, title: str, text: str = "") -> GuidingQuestion:
    """Ask one more, behind the others; also while the consultation is open."""
    current = _locked(viewer, forum)
    knowledge.refuse_copies(viewer, title, "title")
    knowledge.refuse_copies(viewer, text, "text")
    if current.guiding_questions.count() >= MOST_QUESTIONS:
        raise Refused(_("A consultation has at most %(n)s questions.") % {"n": MOST_QUESTIONS}, "title")
    last = current.guiding_questions.aggregate(last=Max("position"))["last"]
    made = GuidingQuestion.objects.create(
        forum=current,
        title=title,
        text=text,
        position=0 if last is None else last + 1,
        added_by=viewer.user,
    )
    _tell(Act.QUESTION_ADDED, viewer, current)
    return made


@deed
def change_question(
    *, viewer: Viewer, question: GuidingQuestion, title: str, text: str, version: int
) -> GuidingQuestion:
    """Change its words before the opening; ``version`` is the one that stood in the form."""
    forum = _locked(viewer, question.forum)
    _demand_not_begun(forum)
    current = _current(question)
    knowledge.refuse_copies(viewer, title, "title")
    knowledge.refuse_copies(viewer, text, "text")
    if (current.title, current.text) == (title, text):
        return current
    if current.version != version:
        raise StaleEdit(_("Saved in the meantime"), current)
    current.title, current.text, current.version = title, text, current.version + 1
    current.save(update_fields=["title", "text", "version"])
    _tell(Act.QUESTION_CHANGED, viewer, forum)
    return current


@deed
def remove_question(*, viewer: Viewer, question: GuidingQuestion) -> None:
    forum = _locked(viewer, question.forum)
    _demand_not_begun(forum)
    _current(question).delete()
    _tell(Act.QUESTION_REMOVED, viewer, forum)


@deed
def order_questions(*, viewer: Viewer, forum: Forum, order: Sequence[int]) -> None:
    """Put them into this order (their ids); those that are not named stay behind the others."""
    current = _locked(viewer, forum)
    _demand_not_begun(current)
    place = {pk: number for number, pk in enumerate(order)}
    rows = sorted(
        current.guiding_questions.all(), key=lambda one: (place.get(one.pk, len(place)), one.position)
    )
    for position, row in enumerate(rows):
        row.position = position
    GuidingQuestion.objects.bulk_update(rows, ["position"])
    _tell(Act.QUESTION_CHANGED, viewer, current)


@deed
def clarify_question(*, viewer: Viewer, question: GuidingQuestion, text: str) -> Clarification:
    """Add to a question whose consultation has opened; what it said before stays."""
    forum = _locked(viewer, question.forum)
    if not forum.has_begun:
        raise Refused(_("The consultation has not opened yet: change the question itself."))
    knowledge.refuse_copies(viewer, text, "text")
    made = Clarification.objects.create(question=_current(question), text=text, by=viewer.user)
    _tell(Act.QUESTION_CLARIFIED, viewer, forum)
    return made


@deed
def assign_thread(*, viewer: Viewer, thread: Thread, question: GuidingQuestion | None) -> Thread:
    """Say which question a thread is about: those who keep the forum, where it was begun without one."""
    current = locked(thread)
    forum = current.forum
    demand(policies.can_consult(viewer, forum))
    if question is not None and question.forum_id != forum.pk:
        raise Refused(_("This question belongs to another consultation."), "question")
    current.question = question
    current.save(update_fields=["question"])
    bump(forum_tag(forum.community.slug, forum.slug), f"thread:{current.pk}")
    return current


def _locked(viewer: Viewer, forum: Forum) -> Forum:
    current = Forum.objects.select_for_update(of=("self",)).select_related("community").get(pk=forum.pk)
    demand(policies.can_consult(viewer, current))
    return current


def _current(question: GuidingQuestion) -> GuidingQuestion:
    found = GuidingQuestion.objects.select_for_update().filter(pk=question.pk).first()
    if found is None:
        raise Refused(_("This question was removed in the meantime."))
    return found


def _demand_not_begun(forum: Forum) -> None:
    if forum.has_begun:
        raise Refused(
            _("The consultation has opened: people have read these words. Clarify the question instead.")
        )


def _tell(act: Act, viewer: Viewer, forum: Forum) -> None:
    bump(forum_tag(forum.community.slug, forum.slug))
    record(act, forum.community, viewer, ("forum", forum.pk))
