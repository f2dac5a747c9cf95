"""What pages of communities are made of, as the page cache names it."""

from network.pagecache.rules import tag


def community_tag(slug: str) -> str:
    """The community itself: what it says of itself, who may read it, who looks after it."""
    return tag("community", slug)


def forum_tag(community: str, slug: str) -> str:
    """A forum and its list of threads."""
    return tag("forum", community, slug)
