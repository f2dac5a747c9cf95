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
    PHOTO = "photo", _("Photo")
    DESIGNATION = "designation", _("Position")
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


#: What a person starts from; nothing is shown before she publishes her profile.
DEFAULT_VISIBILITY: dict[str, Visibility] = {
    Field.NAME: Visibility.EVERYONE,
    Field.AFFILIATION: Visibility.EVERYONE,
    Field.COUNTRY: Visibility.EVERYONE,
    **dict.fromkeys(
        [
            Field.PHOTO,
            Field.DESIGNATION,
            Field.WORKED,
            Field.LANGUAGES,
            Field.SUBJECTS,
            Field.TARGETS,
            Field.TAGS,
            Field.BIOGRAPHY,
            Field.WEBSITE,
            Field.ORCID,
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
