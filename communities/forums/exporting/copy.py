"""What is taken out of a community, and for whom."""

from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet

from communities.forums.models import Post, PostFile, Thread
from communities.models import Community, Resource
from network.accounts.models import User
from network.foundations.viewer import Viewer


@dataclass(frozen=True)
class Copy:
    """What is taken out, and for whom: without a ``viewer`` for those who run the network.

    A viewer gets the posts that she may read and no addresses of people.
    """

    community: Community
    viewer: Viewer | None = None

    @property
    def is_whole(self) -> bool:
        return self.viewer is None

    def posts(self) -> QuerySet[Post]:
        found = Post.objects if self.viewer is None else Post.objects.visible_to(self.viewer)
        return found.filter(thread__forum__community=self.community)

    def threads(self) -> QuerySet[Thread]:
        """Those that were merged into others stay in a whole copy: their addresses lead somewhere."""
        found = Thread.objects if self.viewer is None else Thread.objects.visible_to(self.viewer)
        return found.filter(forum__community=self.community)

    def files(self) -> QuerySet[PostFile]:
        return PostFile.objects.filter(post__in=self.posts()).exclude(file="").order_by("pk")

    def resources(self) -> QuerySet[Resource]:
        """What was taken off the list stays in a whole copy."""
        found = self.community.resources.order_by("pk")
        return found if self.is_whole else found.filter(removed_at=None)

    def address(self, person: User | None) -> str:
        if person is None:
            return f"former@{host()}.invalid"
        return person.email if self.viewer is None else f"person-{person.pk}@{host()}.invalid"


def host() -> str:
    return urlsplit(settings.NETWORK_BASE_URL).hostname or "localhost"


def message_id(post: Post) -> str:
    """By what a post is known wherever it is brought in; numbers alone may be given again elsewhere."""
    return post.message_id or f"post-{post.pk}-{post.written_at:%Y%m%d%H%M%S%f}@{host()}"


def path_of(file: PostFile) -> str:
    """Where the content of a file stands in a copy."""
    return f"files/{file.pk}-{file.name.replace('/', '_')}"


def place_of_resource(resource: Resource) -> str:
    """Where the content of a document of the community stands in a copy."""
    return f"resources/{resource.pk}-{PurePath(resource.file.name).name}"
