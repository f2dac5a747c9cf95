"""Answers to bells: results of an award become a page in the transaction that releases them."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from home.pages.models import AwardResultsPage, NewsIndexPage
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


def index_page(sender, instance, **kwargs) -> None:
    index("pages", instance.pk, now=True)


def forget_kept(sender, **kwargs) -> None:
    """Pages name one another in menus and lists, so one that changes may change any."""
    bump(PAGES)
