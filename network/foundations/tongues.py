"""Languages of the whole world, for what people write in their own.

The interface speaks six; a text, a name or an answer may be in any language that BCP 47 knows.
"""

from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from langcodes import Language, find, standardize_tag, tag_is_valid

#: The longest tag that is kept.
LONGEST_TAG = 35


@lru_cache(maxsize=512)
def is_known(tag: str) -> bool:
    """Whether ``tag`` is a language that the registry of BCP 47 has; ``und`` is none."""
    if not tag or len(tag) > LONGEST_TAG or tag.lower().startswith(("und", "x-")):
        return False
    try:
        return tag_is_valid(tag)
    except ValueError:
        return False


def cleaned(text: str) -> str:
    """The one spelling that is kept (``zh-hans``, ``tzo``) of a tag, or of a name in some language.

    Raises ``ValidationError``.
    """
    text = text.strip()
    if is_known(text):
        return standardize_tag(text).lower()
    try:
        return find(text).to_tag().lower()
    except (LookupError, ValueError):
        raise ValidationError(
            _("This is not a language that we know. Use its code of two or three letters, such as tzo."),
            code="unknown_language",
        ) from None


@lru_cache(maxsize=2048)
def _name(tag: str, language: str) -> str:
    return Language.get(tag).display_name(language) if is_known(tag) else tag


def name_of(tag: str) -> str:
    """The name of a language in the language of the page; the tag itself where it has none."""
    return _name(tag, get_language() or "en")
