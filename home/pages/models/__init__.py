"""The pages that editors and bloggers write."""

from home.pages.models.blogs import BlogEntryPage, BlogPage, Conversation
from home.pages.models.pages import (
    AwardResultsPage,
    CommunityPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    PracticePage,
    Slot,
    StandardPage,
)

__all__ = [
    "AwardResultsPage", "BlogEntryPage", "BlogPage", "CommunityPage", "Conversation", "HomePage",
    "NewsIndexPage", "NewsPage", "PracticePage", "Slot", "StandardPage",
]  # fmt: skip
