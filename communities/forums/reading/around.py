"""What stands around a thread: who takes part in it, and threads about the same."""

from communities.forums.models import Thread
from communities.models import Mandate
from communities.voices import Group, grouped
from network.foundations.viewer import Viewer
from network.search.alike import Alike, alike


def participants(viewer: Viewer, thread: Thread) -> list[Group]:
    """Everybody whose words can be read in the thread, once in each capacity in which she spoke there."""
    said = thread.posts.published().exclude(author=None)
    spoken = list(said.order_by().values_list("author_id", "mandate_id", "mandate_state").distinct())
    mandates = Mandate.objects.whole().in_bulk({mandate for _who, mandate, _state in spoken if mandate})
    return grouped(viewer, [(who, mandates.get(mandate), state) for who, mandate, state in spoken])


def related(viewer: Viewer, thread: Thread) -> list[Alike]:
    """Other threads with the same tags or words, as far as she may read them; one question."""
    words = " ".join([thread.title, *(name for _slug, name in thread.tag_line)])
    return alike(viewer, "threads", words, but=thread.pk, language=thread.language)
