"""What this room holds about a person: what she wrote in blogs, and a blog that is hers."""

from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from home.pages.models import BlogEntryPage, BlogPage
from network.accounts.models import User


def export(person: User) -> dict[str, Any]:
    return {
        _("Blogs of yours"): [
            {_("Title"): blog.title, _("What it is about"): blog.introduction}
            for blog in BlogPage.objects.filter(keeper__user=person).order_by("pk")
        ],
        _("Entries in blogs"): [
            {
                _("Title"): entry.title,
                _("Published"): entry.first_published_at,
                _("In two sentences"): entry.introduction,
                _("Text"): strip_tags(entry.body.render_as_block()),
            }
            for entry in BlogEntryPage.objects.filter(author__user=person).order_by("pk")
        ],
    }


def erase(person: User, keep_contributions: bool) -> None:
    """What she wrote goes, or stays without her name. Her own blog is nobody's then and takes no more."""
    hers = BlogEntryPage.objects.filter(author__user=person)
    if not keep_contributions:
        for entry in hers:
            entry.delete()
        for blog in BlogPage.objects.filter(keeper__user=person):
            blog.delete()
    hers.update(author=None, owner=None)
    BlogPage.objects.filter(keeper__user=person).update(keeper=None)
