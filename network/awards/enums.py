"""Words of the award: categories, medals, criteria."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    EXISTING = "existing", _("Existing clearing-house")
    NEW = "new", _("New or relaunched clearing-house")


class Medal(models.TextChoices):
    """What can be decided about a nomination; certificates go out on the jury's recommendation."""

    GOLD = "gold", _("Gold")
    SILVER = "silver", _("Silver")
    BRONZE = "bronze", _("Bronze")
    CERTIFICATE = "certificate", _("Certificate of achievement")
    PROGRESS = "progress", _("Certificate of progress")
    NONE = "none", _("No award")


class Awarded(models.TextChoices):
    """What an edition gives; it is frozen with its rules."""

    MEDALS = "medals", _("Medals and certificates of achievement")
    BOTH = "both", _("These, and certificates of progress")
    PROGRESS = "progress", _("Certificates of progress alone, as in a year between two meetings")

    @property
    def outcomes(self) -> list[str]:
        """What can be decided about a nomination."""
        left_out = {
            Awarded.MEDALS: {Medal.PROGRESS},
            Awarded.BOTH: set(),
            Awarded.PROGRESS: set(Medal) - {Medal.PROGRESS, Medal.NONE},
        }[self]
        return [medal.value for medal in Medal if medal not in left_out]


def outcomes_of(rules: dict) -> dict[str, Any]:
    """What can be decided in an edition, code to word."""
    stages = [stage for stage in rules.get("stages", []) if stage["kind"] == "decide"]
    codes = (stages and stages[-1].get("outcomes")) or Awarded.MEDALS.outcomes
    return {code: Medal(code).label for code in codes}


class Criterion(models.TextChoices):
    """The six criteria of the award (modalities of COP-15), each with what the jury looks for."""

    CONTENT = "content", _("Content")
    SERVICES = "services", _("Online services")
    LAYOUT = "layout", _("Layout and functionality")
    VISIBILITY = "visibility", _("Visibility and usage")
    MANAGEMENT = "management", _("Content management")
    GOVERNANCE = "governance", _("Governance")

    @property
    def question(self) -> str:
        return QUESTIONS[self]


#: Decision 16/9 rewards those who have come furthest: change since the baseline is scored on its own.
PROGRESS = "progress"

CHECKLIST = {
    "focal-point": _("It comes from the focal point of the Party, or is endorsed"),
    "complete": _("Every answer is given, and answers the question that was asked"),
    "opens": _("The address opens a public website of the nominee"),
    "category": _("The category is right: existing, or new since the last edition"),
}


class Mending(models.TextChoices):
    """What is done about a result that is out."""

    CORRECTED = "corrected", _("Corrected")
    REVOKED = "revoked", _("Revoked")


class QuestionKind(models.TextChoices):
    """What kind of answer a question asks for."""

    TEXT = "text", _("Text")
    CHOICE = "choice", _("One of several options")
    NUMBER = "number", _("A number")
    LINK = "link", _("An address on the web; what it shows is kept beside it")


class SupportKind(models.TextChoices):
    """What ties an organization to a clearing-house, and so its people to the nomination."""

    HOSTED = "hosted", _("Hosts the site")
    BUILT = "built", _("Built the site")
    FUNDED = "funded", _("Funded the site")
    TRAINED = "trained", _("Trained those who run it")


QUESTIONS = {
    Criterion.CONTENT: _(
        "What does the site hold on biodiversity in your country, its strategy and action plan, and progress?"
    ),
    Criterion.SERVICES: _("Which services does it offer: search, data, forums, newsletters, feeds, maps?"),
    Criterion.LAYOUT: _(
        "How is it laid out, in which languages, and how does it serve phones and weak lines?"
    ),
    Criterion.VISIBILITY: _("Who uses it, how often, and how do people find it?"),
    Criterion.MANAGEMENT: _("Who keeps it up to date, and how often does each part change?"),
    Criterion.GOVERNANCE: _("Who steers it: mandate, partners, budget, rules for what is published?"),
}

#: What each score is given on, in order.
SCORED = {**dict(Criterion.choices), PROGRESS: _("Progress since the last edition")}

#: What the lowest, a middle and the highest score mean, so that two jurors mean the same by a 3.
ANCHORS: dict[str, dict[int, Any]] = {
    Criterion.CONTENT: {
        0: _("nothing on the country's biodiversity"),
        3: _("strategy, reports and a country profile, most of them current"),
        5: _("all of it current, and more than the Convention asks for"),
    },
    Criterion.SERVICES: {
        0: _("pages only"),
        3: _("search that finds, a calendar or a newsletter, data to download"),
        5: _("services on which other institutions build"),
    },
    Criterion.LAYOUT: {
        0: _("cannot be used on a phone"),
        3: _("works on a phone and a weak line, in the languages that most people read"),
        5: _("people with disabilities and in remote places use it as easily as others"),
    },
    Criterion.VISIBILITY: {
        0: _("nobody knows who uses it"),
        3: _("use is measured, and grows beyond the ministry"),
        5: _("it is where the country looks first"),
    },
    Criterion.MANAGEMENT: {
        0: _("no change within two years"),
        3: _("updated within six months, with somebody named for each part"),
        5: _("every page has a keeper and a day of review, and the days are kept"),
    },
    Criterion.GOVERNANCE: {
        0: _("no mandate"),
        3: _("a mandate, a budget and written rules"),
        5: _("those concerned, among them indigenous peoples and local communities, steer it"),
    },
    PROGRESS: {
        0: _("nothing has changed since the baseline"),
        3: _("clear steps on several criteria, with evidence"),
        5: _("has become another clearing-house since the baseline"),
    },
}


def anchor_of(code: str) -> str:
    """The anchors of a criterion in one line: ``0 = ...; 3 = ...; 5 = ...``."""
    return "; ".join(f"{score} = {words}" for score, words in ANCHORS[code].items())
