"""What a column of a list can be said to hold."""

from django.utils.translation import gettext_lazy as _

from network.experts.enums import Field

FIELDS = {
    "name": _("Name in one"),
    "given": _("Given name"),
    "family": _("Family name"),
    "email": _("E-mail address"),
    "designation": Field.DESIGNATION.label,
    "affiliation": Field.AFFILIATION.label,
    "country": Field.COUNTRY.label,
    "worked": Field.WORKED.label,
    "languages": Field.LANGUAGES.label,
    "expertise": _("Expertise (subjects and keywords)"),
    "targets": Field.TARGETS.label,
    "biography": Field.BIOGRAPHY.label,
    "website": Field.WEBSITE.label,
    "orcid": Field.ORCID.label,
}
