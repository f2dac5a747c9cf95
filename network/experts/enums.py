"""Words of the room ``experts``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShareRole(models.TextChoices):
    """What a colleague may do with a shortlist that is shared with her."""

    VIEW = "view", _("See it")
    EDIT = "edit", _("Work on it")


class ExportFormat(models.TextChoices):
    """As what a list of people is taken out."""

    CSV = "csv", _("CSV, for any program")
    XLSX = "xlsx", _("Spreadsheet (XLSX)")
    VCARD = "vcard", _("Calling cards (vCard)")
    JSON_LD = "jsonld", _("Linked data (JSON-LD)")


class Visibility(models.IntegerChoices):
    """Who sees a field, from the fewest to all; whoever is in a narrower circle is in the wider ones."""

    NOBODY = 0, _("Only me")
    CIRCLES = 1, _("Members of my communities")
    MEMBERS = 2, _("Members of the network")
    EVERYONE = 3, _("Everyone")


class State(models.TextChoices):
    """Whether there is a page at all."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")


class Field(models.TextChoices):
    """What a profile holds and its person decides the visibility of, one by one."""

    NAME = "name", _("Name")
    OTHER_NAMES = "other_names", _("Name in other scripts")
    PHOTO = "photo", _("Photo")
    DESIGNATION = "designation", _("Position")
    DEPARTMENT = "department", _("Department")
    AFFILIATION = "affiliation", _("Affiliation")
    COUNTRY = "country", _("Country")
    WORKED = "worked", _("Countries worked in")
    LANGUAGES = "languages", _("Languages")
    SUBJECTS = "subjects", _("Subjects")
    TARGETS = "targets", _("Global targets")
    TAGS = "tags", _("Keywords")
    BIOGRAPHY = "biography", _("Biography")
    WEBSITE = "website", _("Website")
    ORCID = "orcid", _("ORCID iD")
    ROLES = "roles", _("Roles served")
    TRAININGS = "trainings", _("Training given")
    PUBLICATIONS = "publications", _("Publications")
    AVAILABILITY = "availability", _("Availability")
    COMMUNITY = "community", _("Community that I belong to")
    GROUPS = "groups", _("Networks that I belong to")
    GENDER = "gender", _("Gender")


class Detail(models.TextChoices):
    """What belongs to a field, and is seen by whoever sees that: no choice of its own."""

    LEVELS = "levels", _("How well you speak them")
    EVIDENCE = "evidence", _("Experience by subject")
    HOURS = "hours", _("Hours a month")
    AVAILABLE_FROM = "available_from", _("Available from")
    AWAY_UNTIL = "away_until", _("Away until")
    AWAY_NOTE = "away_note", _("While I am away")
    CONTACT = "contact", _("Who may write to me")
    WRITTEN_IN = "written_in", _("Language of your text")


#: The field whose visibility each detail shares.
FIELD_OF_DETAIL: dict[str, Field] = {
    Detail.LEVELS: Field.LANGUAGES,
    Detail.EVIDENCE: Field.SUBJECTS,
    Detail.HOURS: Field.AVAILABILITY,
    Detail.AVAILABLE_FROM: Field.AVAILABILITY,
    Detail.AWAY_UNTIL: Field.AVAILABILITY,
    Detail.AWAY_NOTE: Field.AVAILABILITY,
    Detail.WRITTEN_IN: Field.BIOGRAPHY,
}

#: What a person says of herself if she likes: shown to nobody until she chooses, and never derived from
#: anything else.
SELF_DESCRIPTION = (Field.COMMUNITY, Field.GROUPS, Field.GENDER)

#: What a person starts from; nothing is shown before she publishes her profile.
DEFAULT_VISIBILITY: dict[str, Visibility] = {
    Field.NAME: Visibility.EVERYONE,
    Field.AFFILIATION: Visibility.EVERYONE,
    Field.COUNTRY: Visibility.EVERYONE,
    **dict.fromkeys(SELF_DESCRIPTION, Visibility.NOBODY),
    **dict.fromkeys(
        [
            Field.PHOTO,
            Field.OTHER_NAMES,
            Field.DESIGNATION,
            Field.DEPARTMENT,
            Field.WORKED,
            Field.LANGUAGES,
            Field.SUBJECTS,
            Field.TARGETS,
            Field.TAGS,
            Field.BIOGRAPHY,
            Field.WEBSITE,
            Field.ORCID,
            Field.ROLES,
            Field.TRAININGS,
            Field.PUBLICATIONS,
            Field.AVAILABILITY,
        ],
        Visibility.MEMBERS,
    ),
}

#: Fields that are lists of terms, and the vocabulary that they draw on.
TERM_FIELDS: dict[str, str] = {
    Field.WORKED: "country",
    Field.LANGUAGES: "language",
    Field.SUBJECTS: "subject",
    Field.TARGETS: "kmgbf-target",
}


class Facet(models.TextChoices):
    """By what the directory is narrowed."""

    COUNTRY = "country", _("Country")
    REGION = "region", _("UN region")
    TARGET = "target", _("Global target")
    SUBJECT = "subject", _("Subject")
    LANGUAGE = "language", _("Language")
    TAG = "tag", _("Keyword")
    WORKED = "worked", _("Has worked in")
    ORGANIZATION = "organization", _("Organization")
    VERIFIED = "verified", _("Endorsed")
    AVAILABILITY = "availability", _("Available to")
    GROUP = "group", _("Network that they belong to")
    GENDER = "gender", _("Gender as they describe it")


class Offer(models.TextChoices):
    """What somebody can be asked for. The number in :data:`NUMBER_OF` stands in facets, and never changes."""

    REVIEW = "review", _("Can review")
    TRAVEL = "travel", _("Can travel")
    MENTOR = "mentor", _("Can mentor")
    SPEAK = "speak", _("Can speak at events")


class Group(models.TextChoices):
    """In which company a person says that she stands."""

    IPLC = "iplc", _("Indigenous peoples and local communities")
    WOMEN = "women", _("A women’s network")
    YOUTH = "youth", _("A youth network")


class Gender(models.TextChoices):
    """As the person describes herself; not saying it is the usual thing."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("In another way")


#: The numbers by which facets know codes that are no rows of their own.
NUMBER_OF: dict[str, dict[str, int]] = {
    Facet.AVAILABILITY: {Offer.REVIEW: 1, Offer.TRAVEL: 2, Offer.MENTOR: 3, Offer.SPEAK: 4},
    Facet.GROUP: {Group.IPLC: 1, Group.WOMEN: 2, Group.YOUTH: 3},
    Facet.GENDER: {Gender.WOMAN: 1, Gender.MAN: 2, Gender.OTHER: 3},
}


class Level(models.TextChoices):
    """How well somebody speaks a language."""

    BASIC = "basic", _("Basic")
    WORKING = "working", _("Working knowledge")
    FLUENT = "fluent", _("Fluent")
    NATIVE = "native", _("First language")


class EngagementKind(models.TextChoices):
    ROLE = "role", _("Role served")
    TRAINING = "training", _("Training given")


class Source(models.TextChoices):
    """Where an entry comes from."""

    HAND = "hand", _("Written by hand")
    BIBTEX = "bibtex", _("BibTeX")
    ORCID = "orcid", _("ORCID")
    DOI = "doi", _("DOI")


class Capacity(models.TextChoices):
    """In whose name somebody endorses or nominates."""

    FOCAL_POINT = "focal_point", _("national focal point")
    ALTERNATE = "alternate", _("alternate of a national focal point")
    OFFICER = "officer", _("officer of the organization")


class Ending(models.TextChoices):
    """How an endorsement or a place on a roster came to its end before its day."""

    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REPLACED = "replaced", _("Followed by another one")
    REFUSED = "refused", _("Not approved")
    RESIGNED = "resigned", _("Left")
    REMOVED = "removed", _("Taken off")
    STALE = "stale", _("Not confirmed in time")
    EXPIRED = "expired", _("Term over")
    CLOSED = "closed", _("Roster closed")


class Way(models.TextChoices):
    """How it became known that an entry of a roster is still true."""

    LINK = "link", _("by the link in a mail")
    MAIL = "mail", _("by answering a mail")
    PAGE = "page", _("on the site")
    OFFICER = "officer", _("through an officer of the organization")


class Step(models.TextChoices):
    """What happened to an entry of a roster."""

    NOMINATED = "nominated", _("Nominated")
    ACCEPTED = "accepted", _("Accepted the nomination")
    APPROVED = "approved", _("Approved")
    ASKED = "asked", _("Asked whether it is still true")
    REMINDED = "reminded", _("Reminded")
    STALE = "stale", _("Marked as not confirmed")
    WARNED = "warned", _("Told that it leaves the roster")
    CONFIRMED = "confirmed", _("Confirmed that it is still true")
    TERM_TOLD = "term_told", _("Told that the term ends")
    TERM_WARNED = "term_warned", _("Reminded that the term ends")
    RENOMINATED = "renominated", _("Nominated again")
    RENEWED = "renewed", _("Term renewed")
    ENDED = "ended", _("Ended")
