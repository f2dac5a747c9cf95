"""The proceedings of a consultation: everything that page and documents tell, for one reader."""

from dataclasses import dataclass, field

from django.utils.functional import Promise

from communities.forums.consultations.contributors import Tallies, Tally, contributions, tally
from communities.forums.consultations.summaries import Text, questions_of, read
from communities.forums.enums import Attribution
from communities.forums.models import Forum, GuidingQuestion, Summary
from communities.voices import GROUPS, Group, grouped
from network.foundations.viewer import Viewer, anonymous


@dataclass(frozen=True)
class Lines:
    """Those of one group, as the rules of the consultation let them be told."""

    label: str | Promise
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Proceedings:
    forum: Forum
    summary: Summary
    questions: list[GuidingQuestion]
    text: Text
    tallies: Tallies
    contributors: list[Lines]
    threads: int
    proposed: int
    accepted: int
    declined: int

    @property
    def unanswered(self) -> int:
        return self.proposed - self.accepted - self.declined

    @property
    def by_question(self) -> list[tuple[GuidingQuestion, int]]:
        return [(question, self.tallies.posts_to(question.pk)) for question in self.questions]

    @property
    def groups(self) -> list[Tally]:
        return self.tallies.in_order


def is_public(forum: Forum) -> bool:
    """Anybody may read it, so anybody may be handed its documents."""
    return forum.community.is_public and forum.audience == "community"


def reader_of_documents(viewer: Viewer, forum: Forum) -> Viewer:
    """For whom a document is made: it is handed on, so what anybody may read is all that a public one
    holds; where members alone read, the member who fetches it."""
    return anonymous(viewer.language) if is_public(forum) else viewer


def gather(viewer: Viewer, forum: Forum, summary: Summary) -> Proceedings:
    """In a constant number of questions."""
    questions = questions_of(forum)
    posts = contributions(viewer, forum)
    tallies = tally(posts)
    answers = list(summary.corrections.values_list("is_accepted", flat=True))
    return Proceedings(
        forum=forum,
        summary=summary,
        questions=questions,
        text=read(viewer, forum, questions, summary),
        tallies=tallies,
        contributors=_contributors(viewer, forum, tallies),
        threads=posts.order_by().values("thread").distinct().count(),
        proposed=len(answers),
        accepted=answers.count(True),
        declined=answers.count(False),
    )


def _contributors(viewer: Viewer, forum: Forum, tallies: Tallies) -> list[Lines]:
    """As the consultation has promised: with names, by capacity, or not at all."""
    if forum.attribution == Attribution.NAMES:
        return [Lines(group.label, _names(group)) for group in grouped(viewer, tallies.spoken)]
    if forum.attribution == Attribution.CAPACITY:
        told = [(label, tallies.speakers(name)) for name, label in GROUPS.items()]
        return [Lines(label, [str(one.label) for one in whom]) for label, whom in told if whom]
    return []


def _names(group: Group) -> list[str]:
    return [
        ", ".join(filter(None, [one.person.name, one.mandate.line if one.mandate else ""]))
        for one in group.speakers
    ]
