"""The pages that editors write."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class HomePage(Page):
    """The front door, one for each language."""

    headline = models.CharField(_("headline"), max_length=120, blank=True)
    introduction = models.TextField(_("introduction"), max_length=600, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    template = "pages/home/index.html"

    class Meta:
        verbose_name = _("home page")
