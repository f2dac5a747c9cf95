"""The pages that editors write."""

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, Orderable, Page, PageManager
from wagtail.models.pages import RouteResult

from communities.models import Community
from home.blocks import BodyBlock
from home.languages import LocalizedPageQuerySet
from home.pages import front
from home.pages.models.blogs import BlogEntryPage
from network.awards.models import Edition, Laureate, Nomination
from network.foundations.pager import paginate
from network.pagecache.rules import expire_at

LocalizedPageManager = PageManager.from_queryset(LocalizedPageQuerySet)


class HomePage(Page):
    """The front door, one for each language."""

    headline = models.CharField(_("headline"), max_length=120, blank=True)
    introduction = models.TextField(_("introduction"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [
        *Page.content_panels, FieldPanel("headline"), FieldPanel("introduction"),
        InlinePanel("slots", label=_("page"), heading=_("In the first row"), max_num=3), FieldPanel("body"),
    ]  # fmt: skip
    parent_page_types = ["wagtailcore.Page"]
    template = "pages/home/index.html"

    class Meta:
        verbose_name = _("home page")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The page at this address below the door, found at once and not step by step.

        What is not translated yet is found in the network's first language.
        """
        if not path_components:
            return super().route(request, path_components)
        page = self._below(path_components)
        if page is None and self.locale_id != (first := Locale.get_default()).pk:
            door = self.get_translation_or_none(first)
            page = door and door._below(path_components)
        if page is None:
            raise Http404
        return RouteResult(page)

    def _below(self, path_components: list[str]) -> Page | None:
        address = self.url_path + "".join(f"{component}/" for component in path_components)
        found = (
            Page.objects.live().descendant_of(self).filter(url_path=address).select_related("locale").first()
        )
        return found and found.specific

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        entries = BlogEntryPage.objects.all()
        shown = front.sections(request.viewer, NewsPage.objects.all(), StandardPage.objects.all(), entries)
        shown["chosen"] = front.row(self.slots.all(), shown)
        for event in shown["events"]:
            expire_at(request, event.ends_at)
        return {**super().get_context(request, *args, **kwargs), **shown}


class Slot(Orderable):
    """A place in the first row of the front door, kept for a page."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="slots")
    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Shown while it is live."),
    )

    panels = [PageChooserPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = _("place in the first row")
        verbose_name_plural = _("places in the first row")


class StandardPage(Page):
    """Guidance, rules, the story of the network: a page that stays."""

    introduction = models.TextField(_("introduction"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = LocalizedPageManager()

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]
    template = "pages/standard/index.html"

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        below = StandardPage.objects.child_of(self).visible().order_by("path")
        return {**super().get_context(request, *args, **kwargs), "below": below}


class CommunityPage(Page):
    """What editors write about a community, in as many languages as they like.

    It has no place of its own: it is lent to the front page of the community, and its address leads there.
    """

    community = models.ForeignKey(
        Community, verbose_name=_("community"), on_delete=models.PROTECT, related_name="+"
    )
    introduction = models.TextField(_("introduction"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = LocalizedPageManager()

    content_panels = [
        *Page.content_panels, FieldPanel("community"), FieldPanel("introduction"), FieldPanel("body"),
    ]  # fmt: skip
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("landing page of a community")
        verbose_name_plural = _("landing pages of communities")

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return redirect(get_object_or_404(Community.objects.visible_to(request.viewer), pk=self.community_id))


class NewsIndexPage(Page):
    """All news, the newest first."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.NewsPage", "pages.AwardResultsPage"]
    max_count_per_parent = 1
    template = "pages/news_index/index.html"

    class Meta:
        verbose_name = _("list of news")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        found = NewsPage.objects.visible().for_readers_of()
        news = paginate(found, ["-first_published_at", "-id"], request.GET.get("cursor", ""), 15)
        return {**super().get_context(request, *args, **kwargs), "news": news}


class NewsPage(Page):
    """Something that happened."""

    introduction = models.TextField(_("in two sentences"), max_length=400)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = LocalizedPageManager()

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "pages/news/index.html"

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")


class AwardResultsPage(NewsPage):
    """The results of an edition: facts from the award, around which editors write.

    Made and published by the release itself, in its transaction.
    """

    edition = models.OneToOneField(
        Edition,
        verbose_name=_("edition"),
        on_delete=models.PROTECT,
        related_name="results_page",
        editable=False,
    )

    template = "pages/results/index.html"

    class Meta:
        verbose_name = _("award results")
        verbose_name_plural = _("award results")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Only a release makes one."""
        return False

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        laureates = list(Laureate.objects.filter(edition=self.edition).standing().in_order())
        return {**super().get_context(request, *args, **kwargs), "laureates": laureates}


class PracticePage(StandardPage):
    """What a laureate of the award answered and lets others learn from; editors write around it.

    Drafted when its focal point gives leave, and gone when she takes it back, in every language.
    """

    nomination = models.ForeignKey(
        Nomination,
        verbose_name=_("nomination"),
        on_delete=models.PROTECT,
        related_name="practice_pages",
        editable=False,
    )

    template = "pages/standard/index.html"

    class Meta:
        verbose_name = _("page on good practice")
        verbose_name_plural = _("pages on good practice")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Only a laureate's leave makes one."""
        return False
