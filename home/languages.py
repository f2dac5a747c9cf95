"""Pages in six languages: shown in the reader's where they are translated, else in the network's first.

A page that has no translation yet is still found at its address in each language; its frame is in the
reader's language and its text says in which language it is.
"""

from functools import cache

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import get_language, get_language_info
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.query import PageQuerySet

from network.foundations.navigation import in_language


class LocalizedPageQuerySet(PageQuerySet):
    def visible(self) -> "LocalizedPageQuerySet":
        """What anybody may read: published, not behind a restriction, not a copy of another page.

        The same pages as Wagtail's ``public()`` in one question: that asks for all restrictions first.
        """
        here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
        shut = PageViewRestriction.objects.annotate(here=here).filter(here__startswith=F("page__path"))
        return self.live().filter(~Exists(shut), alias_of=None)

    def for_readers_of(self, language: str | None = None) -> "LocalizedPageQuerySet":
        """Each page once: its translation into ``language``, else the one in the network's first language."""
        language = language or get_language() or settings.LANGUAGE_CODE
        if language == settings.LANGUAGE_CODE:
            return self.filter(locale__language_code=language)
        translated = self.model.objects.live().filter(locale__language_code=language)
        return self.filter(
            Q(locale__language_code=language)
            | Q(locale__language_code=settings.LANGUAGE_CODE)
            & ~Q(translation_key__in=translated.values("translation_key"))
        )


def address_of(page: Page) -> str:
    """The page's address in the language of the reader, whatever language the page itself is in."""
    return in_language(page.get_url() or "/", get_language() or settings.LANGUAGE_CODE)


@cache
def _codes() -> dict[int, str]:
    """The six languages by the ids of their rows; a row made later is asked for."""
    return dict(Locale.objects.values_list("pk", "language_code"))


def foreign(page: Page) -> dict | None:
    """Code, own name and direction of the page's language where it is not the reader's; else None."""
    code = _codes().get(page.locale_id) or page.locale.language_code
    if code == get_language():
        return None
    info = get_language_info(code)
    return {"code": code, "name": info["name_local"], "direction": "rtl" if info["bidi"] else "ltr"}
