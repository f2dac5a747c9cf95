"""How much of a profile is written, and what the next field would be good for.

What a person may say of herself if she likes does not count: nobody is asked for it by a number.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.experts import values
from network.experts.enums import Detail, Field
from network.experts.models import ExpertProfile
from network.experts.summaries import label_of
from network.foundations import richtext


@dataclass(frozen=True)
class Step:
    """A field that counts, in which section it stands, and what it is good for."""

    name: str
    section: str
    good_for: str | Promise

    @property
    def label(self) -> str:
        return label_of(self.name)


#: The next one is the first that is empty: what is most useful to others comes first.
STEPS = (
    Step(Field.NAME, "about", _("It is what others find you by.")),
    Step(Field.SUBJECTS, "expertise", _("Most people search by subject: without one they do not find you.")),
    Step(Field.COUNTRY, "about", _("Panels are balanced by region, and country pages list you.")),
    Step(Field.LANGUAGES, "expertise", _("Who needs an answer in a language looks for it first.")),
    Step(Field.AFFILIATION, "about", _("Your organization can confirm it, and its page lists you.")),
    Step(
        Field.AVAILABILITY,
        "availability",
        _("Those who look for a reviewer or a mentor ask people who said yes."),
    ),
    Step(
        Field.BIOGRAPHY,
        "story",
        _("It answers what a list of subjects leaves open: what you could help with."),
    ),
    Step(Field.DESIGNATION, "about", _("It says in a word in what position you do your work.")),
    Step(
        Detail.EVIDENCE, "depth", _("Years and evidence let a focal point nominate you without asking again.")
    ),
    Step(Detail.LEVELS, "depth", _("A level tells whether you can chair a meeting or read a report.")),
    Step(Field.TARGETS, "expertise", _("National reports go target by target, and so do those who search.")),
    Step(Field.ROLES, "experience", _("Nomination forms ask for it: here it is written once.")),
    Step(Field.PUBLICATIONS, "publications", _("Reviewers are chosen by what they have published.")),
    Step(Field.TRAININGS, "experience", _("Who plans a course looks for somebody who has given one.")),
    Step(Field.WORKED, "expertise", _("Experience in a country counts as much as coming from it.")),
    Step(Field.PHOTO, "photo", _("You are recognised in a meeting.")),
    Step(Field.ORCID, "story", _("Your publications can be fetched instead of typed.")),
)


@dataclass(frozen=True)
class Meter:
    """``done`` of ``of`` fields, and the next ones."""

    done: int
    of: int
    next: tuple[Step, ...]

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.of)


def meter(profile: ExpertProfile) -> Meter:
    empty = tuple(step for step in STEPS if not _is_written(profile, step.name))
    return Meter(done=len(STEPS) - len(empty), of=len(STEPS), next=empty[:3])


def _is_written(profile: ExpertProfile, name: str) -> bool:
    value = values.value_of(profile, name)
    return not richtext.is_empty(value) if name == Field.BIOGRAPHY else bool(value)
