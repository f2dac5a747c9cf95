"""Tagging threads: by whoever started one, and by those who keep the forum."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from communities.actions.common import demand, digest_of
from communities.forums import knowledge, policies
from communities.forums.actions.counting import locked, tell_each
from communities.forums.models import Tag, Thread
from communities.forums.tags import MOST_TAGS, key_of
from communities.models import Community
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.ids import public_id, readable_slug
from network.foundations.viewer import Viewer


def tags_version(thread: Thread) -> str:
    """Names the tags of a thread: it differs as soon as any of them does."""
    return digest_of(thread.tag_line)


@deed
def tag(*, viewer: Viewer, thread: Thread, names: Iterable[str], version: str | None = None) -> Thread:
    """Have the thread found by these words and no others; ``version`` is what stood there before."""
    current = locked(thread)
    demand(policies.can_tag(viewer, current), _("Whoever started a thread tags it, and those who keep it."))
    if version is not None and version != tags_version(current):
        raise StaleEdit(_("The tags were changed in the meantime."), current, "tags")
    put_tags(viewer, current, names)
    tell_each([current], "tagged")
    return current


def put_tags(viewer: Viewer, thread: Thread, names: Iterable[str]) -> None:
    """Write the tags of a thread that the caller has locked or just made."""
    names = list(names)
    if len(names) > MOST_TAGS:
        raise Refused(_("At most %(n)s tags.") % {"n": MOST_TAGS}, "tags")
    knowledge.refuse_copies(viewer, ", ".join(names), "tags")
    set_tags(thread, named(thread.forum.community, names))


def set_tags(thread: Thread, tags: list[Tag]) -> None:
    """Lists read ``tag_line``, so that they ask nothing more for it."""
    thread.tags.set(tags)
    thread.tag_line = [[tag.slug, tag.name] for tag in tags]
    thread.save(update_fields=["tag_line"])


def named(community: Community, names: Iterable[str]) -> list[Tag]:
    """The tags of a community that are called so, each made where nobody used it yet."""
    return [_found_or_made(community, name) for name in names]


def _found_or_made(community: Community, name: str) -> Tag:
    key = key_of(name)
    named = {"name": name, "slug": readable_slug(name, fallback=public_id(5))}
    if Tag.objects.filter(community=community, slug=named["slug"]).exclude(key=key).exists():
        named["slug"] += f"-{public_id(5)}"
    found, _new = Tag.objects.get_or_create(community=community, key=key, defaults=named)
    return found
