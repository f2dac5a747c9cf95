"""Forums, threads and posts; who may read them, and what became of them."""

from communities.forums.models.audience import Widening, WideningAnswer
from communities.forums.models.consultations import (
    Clarification,
    Correction,
    GuidingQuestion,
    Passage,
    Sentence,
    Summary,
    SummarySection,
)
from communities.forums.models.forums import Forum
from communities.forums.models.moving import MovedPost
from communities.forums.models.personal import Bookmark, Draft, Mention, Reaction
from communities.forums.models.polls import Ballot, Poll
from communities.forums.models.posts import Hiding, Hold, Post, PostEdit, PostFile, file_storage
from communities.forums.models.tags import Tag
from communities.forums.models.threads import POSTS_A_PAGE, ReadMark, Thread, ThreadEvent, Watch, page_start
from communities.forums.models.unnamed import Unnamed
from communities.forums.models.uploads import Upload
from communities.forums.models.windows import Extension, Wanted

__all__ = [
    "POSTS_A_PAGE",
    "Ballot",
    "Bookmark",
    "Clarification",
    "Correction",
    "Draft",
    "Extension",
    "Forum",
    "GuidingQuestion",
    "Hiding",
    "Hold",
    "Mention",
    "MovedPost",
    "Passage",
    "Poll",
    "Post",
    "PostEdit",
    "PostFile",
    "Reaction",
    "ReadMark",
    "Sentence",
    "Summary",
    "SummarySection",
    "Tag",
    "Thread",
    "ThreadEvent",
    "Unnamed",
    "Upload",
    "Wanted",
    "Watch",
    "Widening",
    "WideningAnswer",
    "file_storage",
    "page_start",
]
