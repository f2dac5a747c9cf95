"""Words with values."""

from django.utils.translation import gettext_lazy as _

#: Headings for terms that stand under no broader term but in a group (the fact ``group``).
GROUPS = {
    "other": _("Other languages"),
    "programme": _("Programmes of work"),
    "theme": _("Cross-cutting subjects"),
    "united-nations": _("Languages of the United Nations"),
}
#: Vocabularies whose code people know and quote ("Target 3"); they keep their own order.
QUOTED_BY_CODE = frozenset({"kmgbf-goal", "kmgbf-target"})
#: Vocabularies that are read in the order of the alphabet of the reader's language.
READ_BY_NAME = frozenset({"country", "language", "subject"})
