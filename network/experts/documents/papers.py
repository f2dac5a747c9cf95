"""Which papers there are, what each asks, and what of a profile answers it.

Nothing asks for a day or place of birth, and nothing that a person said of herself (community, networks,
gender) is ever filled in: where a form has room for it, she writes it there herself.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.experts import values
from network.experts.enums import TERM_FIELDS, Detail, Field
from network.experts.lines import experience
from network.experts.models import ExpertProfile
from network.experts.summaries import in_words, term_label
from network.foundations import richtext

Filler = Callable[[ExpertProfile], str]


@dataclass(frozen=True)
class Part:
    """One thing that a paper tells. A ``line`` stands in the table on top, all else in a section."""

    name: str
    label: str | Promise
    fill: Filler | None = None
    line: bool = False
    help: str | Promise = ""
    rows: int = 4
    required: bool = False


@dataclass(frozen=True)
class Paper:
    name: str
    title: str | Promise
    good_for: str | Promise
    parts: tuple[Part, ...]
    #: What its person states by signing it.
    statement: str | Promise = ""


# --- what answers -----------------------------------------------------------------------------------------


def _said(name: str) -> Filler:
    return lambda profile: "\n".join(in_words(name, values.value_of(profile, name)))


def _terms(profile: ExpertProfile, field: str) -> str:
    """Each term on its own line, with what the person says of it."""
    told = []
    for entry in profile.terms.all() if profile.pk else ():
        if entry.field == field:
            note = str(entry.get_level_display()) if entry.level else experience(entry.years, entry.evidence)
            told.append(f"{term_label(entry.term)} ({note})" if note else term_label(entry.term))
    return "\n".join(told)


def _expertise(profile: ExpertProfile) -> str:
    tags = ", ".join(values.value_of(profile, Field.TAGS))
    return "\n".join(filter(None, (_terms(profile, Field.SUBJECTS), tags)))


def _list_of(field: str) -> Filler:
    if field not in TERM_FIELDS:
        return _said(field)
    return lambda profile: _terms(profile, field)


def _affiliation(profile: ExpertProfile) -> str:
    organization = profile.organization.title if profile.organization else profile.affiliation
    return ", ".join(filter(None, (profile.department, organization)))


def _employment(profile: ExpertProfile) -> str:
    return ", ".join(filter(None, (profile.designation, _affiliation(profile))))


def _time(profile: ExpertProfile) -> str:
    told = in_words(Field.AVAILABILITY, profile.offers)
    for name in (Detail.HOURS, Detail.AVAILABLE_FROM):
        told += [f"{Detail(name).label}: {words}" for words in in_words(name, values.value_of(profile, name))]
    return "\n".join(told)


# --- the papers -------------------------------------------------------------------------------------------

_NAME = Part("name", _("Name"), _said(Field.NAME), line=True, required=True)
_PERSON = (
    _NAME,
    Part(
        "other_names", _("Name in other scripts"), lambda profile: ", ".join(profile.other_names), line=True
    ),
    Part("designation", _("Position"), _said(Field.DESIGNATION), line=True),
    Part("affiliation", _("Organization"), _affiliation, line=True),
    Part("country", _("Country"), _said(Field.COUNTRY), line=True),
    Part("email", _("E-mail"), lambda profile: profile.user.email, line=True),
)
_EXPERTISE = Part("expertise", _("Expertise"), _expertise, rows=6)
_ROLES = Part("roles", _("Roles served"), _said(Field.ROLES))
_LANGUAGES = Part("languages", _("Languages"), _list_of(Field.LANGUAGES))
_PUBLICATIONS = Part("publications", _("Publications"), _said(Field.PUBLICATIONS), rows=8)

PAPERS = {
    paper.name: paper
    for paper in (
        Paper(
            "cv",
            _("Curriculum vitae"),
            _("For a selection panel, a project, a visa office."),
            (
                *_PERSON,
                Part("website", _("Website"), _said(Field.WEBSITE), line=True),
                Part("orcid", _("ORCID iD"), _said(Field.ORCID), line=True),
                Part("biography", _("Profile"), lambda p: richtext.to_text(p.biography), rows=8),
                _EXPERTISE,
                Part("targets", _("Global targets"), _list_of(Field.TARGETS)),
                _LANGUAGES,
                Part("worked", _("Countries worked in"), _list_of(Field.WORKED)),
                _ROLES,
                Part("trainings", _("Training given"), _said(Field.TRAININGS)),
                _PUBLICATIONS,
            ),
        ),
        Paper(
            "nomination",
            _("Nomination of an expert"),
            _("For a Party or an organization that nominates you to an expert group."),
            (
                Part("group", _("Nominated for"), line=True, help=_("The expert group, panel or meeting.")),
                Part("nominator", _("Nominated by"), line=True, help=_("The Party or organization.")),
                *_PERSON,
                Part("reason", _("Why this person"), rows=5, help=_("In view of the terms of reference.")),
                _EXPERTISE,
                _ROLES,
                _LANGUAGES,
                Part("time", _("Availability"), _time),
                _PUBLICATIONS,
                Part(
                    "yourself",
                    _("Community, networks, gender"),
                    rows=2,
                    help=_("Only if you like. It is never filled in for you."),
                ),
            ),
            _("I accept this nomination, and what stands above is true."),
        ),
        Paper(
            "interests",
            _("Disclosure of interests"),
            _("For expert groups that ask for it before their first meeting."),
            (
                Part("group", _("Expert group"), line=True),
                *_PERSON,
                Part("employment", _("Employment in the last four years"), _employment),
                Part(
                    "work",
                    _("Paid or unpaid work on matters of the group"),
                    _said(Field.ROLES),
                    help=_("Consulting, boards, advisory bodies, reviews, expert opinions."),
                ),
                Part(
                    "money",
                    _("Financial interests"),
                    help=_(
                        "Grants, shares, patents and other rights that a decision of the group could touch."
                    ),
                ),
                Part(
                    "statements", _("Public positions"), help=_("Statements or campaigns in your own name.")
                ),
                Part("near", _("Interests of people near you"), help=_("As far as you know of them.")),
                Part("else", _("Anything else that could be seen as a conflict")),
            ),
            _("What stands above is complete to the best of my knowledge. I will tell of changes at once."),
        ),
    )
}
