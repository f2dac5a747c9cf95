"""Blogs of people and of communities. What is said about an entry stands in a thread of a forum."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager

from communities.models import Community
from home.blocks import BodyBlock
from home.languages import LocalizedPageQuerySet
from home.pages import telling
from home.pages.blogging import BlogForm
from network.experts.models import ExpertProfile
from network.foundations.pager import paginate

BlogManager = PageManager.from_queryset(LocalizedPageQuerySet)


class BlogPage(Page):
    """A blog: of one person with a profile, or of a community, whose facilitators write in it.

    ``forum`` is where readers answer; without one, they do not.
    """

    introduction = models.TextField(_("what it is about"), max_length=400)
    keeper = models.ForeignKey(
        ExpertProfile, verbose_name=_("of this person"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    community = models.ForeignKey(
        Community, verbose_name=_("or of this community"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    forum = models.ForeignKey(
        "forums.Forum", verbose_name=_("readers answer in this forum"), on_delete=models.SET_NULL, null=True,
        blank=True, related_name="+",
        help_text=_("Each entry gets a thread there. Its moderators look after what is said."),
    )  # fmt: skip

    base_form_class = BlogForm
    objects = BlogManager()

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel("keeper"), FieldPanel("community")], heading=_("Whose it is")),
        FieldPanel("forum"),
    ]
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.BlogEntryPage"]
    template = "pages/blog/index.html"

    class Meta:
        verbose_name = _("blog")
        verbose_name_plural = _("blogs")
        constraints = [
            models.CheckConstraint(
                condition=Q(keeper=None) | Q(community=None), name="pages_blog_of_one_or_many"
            )
        ]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        found = BlogEntryPage.objects.visible().child_of(self).select_related("author")
        entries = paginate(found, ["-first_published_at", "-id"], request.GET.get("cursor", ""), 15)
        return {**super().get_context(request), "entries": entries, **telling.of_blog(request, self, entries)}


class BlogEntryPage(Page):
    """What somebody has to say, under her name."""

    introduction = models.TextField(_("in two sentences"), max_length=400)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    author = models.ForeignKey(
        ExpertProfile, verbose_name=_("author"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="+",
    )  # fmt: skip

    objects = BlogManager()

    content_panels = [
        *Page.content_panels, FieldPanel("author"), FieldPanel("introduction"), FieldPanel("body"),
    ]  # fmt: skip
    parent_page_types = ["pages.BlogPage"]
    subpage_types: list[str] = []
    template = "pages/entry/index.html"

    class Meta:
        verbose_name = _("entry of a blog")
        verbose_name_plural = _("entries of blogs")

    @property
    def blog(self) -> BlogPage:
        return self.get_parent().specific

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return {**super().get_context(request), **telling.of_entry(request, self)}


class Conversation(models.Model):
    """Which thread is about which entry; one for all its translations."""

    entry: "models.UUIDField[UUID, UUID]" = models.UUIDField(unique=True)
    thread = models.OneToOneField("forums.Thread", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("conversation about an entry")
        verbose_name_plural = _("conversations about entries")

    def __str__(self) -> str:
        return str(self.entry)
