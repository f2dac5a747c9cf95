"""Words of the award: categories, medals, criteria."""

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
    NONE = "none", _("No award")


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
