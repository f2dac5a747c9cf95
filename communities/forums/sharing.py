"""A thread as a neutral card: its title and its address, and nothing of what is said in it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from communities.forums.enums import Audience
from communities.forums.models import Thread


@dataclass(frozen=True)
class Card:
    title: str
    url: str
    #: Whether whoever gets it can read there without being a member.
    is_open: bool

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.url}"

    @property
    def ways(self) -> list[tuple[str, str, str]]:
        """Where one click hands it on: a name, an address, an icon."""
        return [
            (_("E-mail"), f"mailto:?{_query(subject=self.title, body=self.url)}", "mail"),
            ("WhatsApp", f"https://wa.me/?{_query(text=self.text)}", "message-square"),
            ("Telegram", f"https://t.me/share/url?{_query(url=self.url, text=self.title)}", "message-square"),
        ]


def _query(**parts: str) -> str:
    """Mail programs take a plus sign for one."""
    return urlencode(parts).replace("+", "%20")


def card_of(thread: Thread) -> Card:
    forum = thread.forum
    is_open = forum.community.is_public and forum.audience == Audience.COMMUNITY and not thread.for_members
    title = " ".join(thread.title.split())
    return Card(title, f"{settings.NETWORK_BASE_URL}{thread.get_absolute_url()}", is_open)
