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
