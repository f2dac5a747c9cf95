"""Answers to bells: results of an award become a page in the transaction that releases them."""

from django.conf import settings
from django.template.defaultfilters import linebreaks
from django.utils import timezone, translation
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from home.pages.models import AwardResultsPage, HomePage, NewsIndexPage, PracticePage
from network.awards.models import Edition
from network.pagecache.actions import bump
from network.pagecache.rules import PAGES
from network.search.actions import index


def publish_results(sender, call, user, **kwargs) -> None:
    edition = Edition.objects.filter(call=call).first()
    index = NewsIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).live().first()
    if edition is None or index is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        page = AwardResultsPage(
            title=_("Results: %(edition)s") % {"edition": edition.name},
            slug=f"results-{edition.slug}",
            introduction=_("The jury has finished. These national clearing-houses made the most progress."),
            edition=edition,
            owner=user,
            first_published_at=timezone.now(),
        )
        index.add_child(instance=page)
        page.save_revision(user=user).publish(user=user, skip_permission_checks=True)


def draft_practice(sender, nomination, answers, user, **kwargs) -> None:
    """A draft of what the laureate lets others learn from, in her words, below the door of her language."""
    doors = HomePage.objects.live()
    door = (
        doors.filter(locale__language_code=nomination.language).first()
        or doors.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    )
    if door is None:
        return
    with translation.override(nomination.language):
        party = nomination.case.party
        page = PracticePage(
            title=_("Good practice: %(party)s") % {"party": party},
            slug=f"good-practice-{nomination.case.public_id.lower()}",
            introduction=_("What %(party)s wrote about %(site)s, awarded in %(edition)s.")
            % {"party": party, "site": nomination.site_name, "edition": nomination.edition.name},
            body=[("text", RichText(_as_text(answers)))],
            nomination=nomination,
            owner=user,
            live=False,
        )
        door.add_child(instance=page)
        page.save_revision(user=user)


def _as_text(answers: list[tuple[str, str]]) -> str:
    """What people typed as plain text, its paragraphs kept and nothing of it read as markup."""
    return format_html_join("", "<h2>{}</h2>{}", ((label, linebreaks(text, True)) for label, text in answers))


def take_practice_away(sender, nomination, **kwargs) -> None:
    """Drafts and published pages alike, with what they were before."""
    for page in PracticePage.objects.filter(nomination=nomination):
        if page.live:
            page.unpublish()
        page.delete()


def index_page(sender, instance, **kwargs) -> None:
    index("pages", instance.pk, now=True)


def forget_kept(sender, **kwargs) -> None:
    """Pages name one another in menus and lists, so one that changes may change any."""
    bump(PAGES)
