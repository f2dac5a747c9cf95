"""What stands in the JSON Lines of a copy. ``restoring`` reads it again: change both together."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from communities.forums.enums import Results
from communities.forums.exporting import summaries
from communities.forums.exporting.copy import Copy, message_id, path_of, place_of_resource
from communities.forums.exporting.plain import Rows, plain
from communities.forums.models import (
    Clarification,
    Extension,
    GuidingQuestion,
    MovedPost,
    Poll,
    Post,
    Reaction,
    ThreadEvent,
    Wanted,
)
from communities.models import Mandate, Membership
from network.accounts.models import User

_AT_ONCE = 500
COMMUNITY = (
    "slug", "name", "summary", "purpose", "welcome", "visibility", "joining", "questions", "conduct_version",
    "created_at", "closed_at", "closing_reason",
)  # fmt: skip
CONDUCT = ("version", "html", "written_at")
RESOURCE = ("title", "description", "url", "size", "position", "added_at", "removed_at")
MANDATE = (
    "capacity", "named", "since", "until", "asked_at", "granted_at", "declined_at", "answered_as", "reason",
    "withdrawn_at", "withdrawn_reason", "ended_at",
)  # fmt: skip
MEMBER = ("role", "involvement", "since", "conduct_version", "conduct_accepted_at", "ended_at")
FORUM = (
    "slug", "title", "description", "position", "audience", "created_at", "kind", "takes_replies",
    "opens_at", "closes_at", "zone", "pauses_at_weekends", "final_call_days", "final_call_for",
    "summary_url", "takes_unnamed", "attribution", "correction_days",
)  # fmt: skip
QUESTION = ("position", "title", "text", "version", "added_at")
THREAD = (
    "title", "slug", "language", "created_at", "published_at", "appears_at", "appears_zone", "pinned_at",
    "locked_at", "last_number", "for_members",
)  # fmt: skip
POST = (
    "number", "state", "html", "folded", "version", "written_at", "edited_at", "deleted_at",
    "moderator_note", "origin", "participant", "participant_group",
)  # fmt: skip
EDIT = ("version", "html", "written_at", "replaced_at")
HOLD = ("rules", "since", "returned_at", "ended_at", "reason")
HIDING = ("reason", "since", "ended_at")
POLL = (
    "question", "options", "most", "is_secret", "may_change", "results", "created_at", "closes_at", "zone",
)  # fmt: skip
EVENT = ("kind", "at", "after_number", "reason")
#: Who decided about a mandate, and of whom where an alternate did.
ANSWERED = ("answered_by", "answered_for", "withdrawn_by", "withdrawn_for")
EXTENSION = ("was", "until", "reason", "at")


def community(copy: Copy) -> dict[str, Any]:
    here = copy.community
    return plain(here, COMMUNITY) | {
        "themes": [f"{term.domain_id}:{term.code}" for term in here.themes.all()],
        "languages": [term.code for term in here.languages.all()],
    }


def _conduct(copy: Copy) -> Rows:
    for code in copy.community.conducts.order_by("version"):
        yield plain(code, CONDUCT) | {"written_by": code.written_by_id}


def _people(copy: Copy) -> Rows:
    """Everybody who belongs or has belonged to it, and everybody who did anything that stands in the copy."""
    here = copy.community
    acted = [
        Membership.objects.filter(community=here).values("user"),
        copy.posts().values("author"),
        copy.threads().values("author"),
        _reacted(copy).values("user"),
        ThreadEvent.objects.filter(thread__in=copy.threads()).values("actor"),
        Extension.objects.filter(forum__community=here).values("by"),
        GuidingQuestion.objects.filter(forum__community=here).values("added_by"),
        Poll.objects.filter(post__in=copy.posts()).values("created_by"),
        Clarification.objects.filter(question__forum__community=here).values("by"),
        here.conducts.values("written_by"),
        copy.resources().values("added_by"),
        *summaries.people(copy),
    ]
    if copy.is_whole:
        acted += [here.mandates.values(who) for who in ("user", *ANSWERED)]
        acted.append(Wanted.objects.filter(thread__in=copy.threads()).values("user"))
        acted += [copy.posts().values("holds__ended_by"), copy.posts().values("hidings__by")]
    anybody = Q()
    for rows in acted:
        anybody |= Q(pk__in=rows)
    for person in User.objects.filter(anybody).order_by("pk").iterator():
        yield {"id": person.pk, "name": person.name, "address": copy.address(person)}


def _members(copy: Copy) -> Rows:
    rows = Membership.objects.filter(community=copy.community).order_by("pk")
    yield from rows.values("user", *MEMBER).iterator()


def _resources(copy: Copy) -> Rows:
    for row in copy.resources():
        told = {"added_by": row.added_by_id, "path": place_of_resource(row) if row.file else ""}
        yield plain(row, RESOURCE) | told


def mandates(copy: Copy) -> Rows:
    """In what capacities people spoke or asked to, and who said yes or no: for those who run the network."""
    rows = copy.community.mandates.select_related("country", "organization", "holder")
    for one in rows.prefetch_related("themes").order_by("pk").iterator(_AT_ONCE):
        told = {"id": one.pk, "user": one.user_id, "whom": one.whom}
        told |= {name: getattr(one, f"{name}_id") for name in ANSWERED}
        yield told | plain(one, MANDATE) | _spoken_for(one)


def _spoken_for(mandate: Mandate) -> dict[str, Any]:
    """What is known of those whom it is for: a holder by her number and the instant of her row, so that no
    other is taken for her elsewhere."""
    holder = mandate.holder
    return {
        "country": mandate.country.code if mandate.country else "",
        "organization": mandate.organization.slug if mandate.organization else "",
        "holder": [holder.pk, holder.created_at] if holder else [],
        "themes": [f"{term.domain_id}:{term.code}" for term in mandate.themes.all()],
    }


def _forums(copy: Copy) -> Rows:
    yield from copy.community.forums.order_by("pk").values("id", *FORUM).iterator()


def _questions(copy: Copy) -> Rows:
    """What is asked in consultations, with what was added to make it clear."""
    asked = GuidingQuestion.objects.filter(forum__community=copy.community).order_by("pk")
    for question in asked.prefetch_related("clarifications"):
        told = {"id": question.pk, "forum": question.forum_id, "added_by": question.added_by_id}
        added = [{"text": one.text, "at": one.at, "by": one.by_id} for one in question.clarifications.all()]
        yield told | plain(question, QUESTION) | {"clarifications": added}


def _threads(copy: Copy) -> Rows:
    relations = ("id", "forum", "author", "answer", "merged_into", "question", "wanted_count", "tag_line")
    yield from copy.threads().order_by("pk").values(*relations, *THREAD).iterator()


def _posts(copy: Copy) -> Rows:
    related = ["edits", "files", *(["holds", "hidings"] if copy.is_whole else [])]
    found = copy.posts().order_by("pk").select_related("mandate__country", "mandate__organization")
    for post in found.prefetch_related(*related).iterator(_AT_ONCE):
        told: dict[str, Any] = {"id": post.pk, "thread_id": post.thread_id, "author_id": post.author_id}
        told |= {"message_id": message_id(post)} | plain(post, POST) | _spoken(post)
        told["earlier"] = [plain(edit, EDIT) for edit in post.edits.all()]
        told["files"] = [
            {"id": file.pk, "name": file.name, "size": file.size, "path": path_of(file) if file.file else ""}
            for file in post.files.all()
        ]
        if copy.is_whole:
            told["mandate"] = post.mandate_id
            told["holds"] = [plain(hold, HOLD) | {"ended_by": hold.ended_by_id} for hold in post.holds.all()]
            told["hidings"] = [plain(one, HIDING) | {"by": one.by_id} for one in post.hidings.all()]
        yield told


def _spoken(post: Post) -> dict[str, Any]:
    """In what capacity it was written, in words: to be read where the mandate itself is not in the copy."""
    return {"mandate_state": post.mandate_state, "spoken": post.spoken}


def _moved(copy: Copy) -> Rows:
    """Where posts stood before: the way from an old address to the post."""
    rows = MovedPost.objects.filter(post__in=copy.posts()).order_by("pk")
    yield from rows.values("thread", "number", "post").iterator()


def _polls(copy: Copy) -> Rows:
    """What was asked, and how often each answer was chosen once everybody may know; never who chose what."""
    for poll in Poll.objects.filter(post__in=copy.posts()).order_by("pk").iterator():
        known = poll.is_closed or poll.results == Results.ALWAYS
        counted = {"voters": poll.voters, "tallies": poll.tallies} if known else {}
        told = {"id": poll.pk, "post_id": poll.post_id, "created_by": poll.created_by_id}
        yield told | plain(poll, POLL) | {"ended_at": poll.ended_at} | counted


def _reactions(copy: Copy) -> Rows:
    """Who said what to which post: everybody who is signed in may look that up."""
    yield from _reacted(copy).order_by("pk").values("post", "user", "kind", "at").iterator()


def _reacted(copy: Copy) -> Any:
    return Reaction.objects.filter(post__in=copy.posts())


def _events(copy: Copy) -> Rows:
    rows = ThreadEvent.objects.filter(thread__in=copy.threads()).order_by("pk")
    yield from rows.values("thread", "actor", "other", "from_forum", *EVENT).iterator()


def _extensions(copy: Copy) -> Rows:
    rows = Extension.objects.filter(forum__community=copy.community).order_by("pk")
    yield from rows.values("forum", "by", *EXTENSION).iterator()


def wanted(copy: Copy) -> Rows:
    """Who has which question too: others see the number alone."""
    rows = Wanted.objects.filter(thread__in=copy.threads()).order_by("pk")
    yield from rows.values("thread", "user", "at").iterator()


#: What stands in which file for those who run the network alone.
TOLD_WHOLE: dict[str, Callable[[Copy], Rows]] = {
    "mandates": mandates,
    "wanted": wanted,
    "corrections": summaries.corrections,
}

#: What stands in which file, for everybody who takes a copy.
TOLD: dict[str, Callable[[Copy], Rows]] = {
    "conduct": _conduct,
    "people": _people,
    "members": _members,
    "resources": _resources,
    "forums": _forums,
    "questions": _questions,
    "threads": _threads,
    "posts": _posts,
    "moved": _moved,
    "polls": _polls,
    "reactions": _reactions,
    "events": _events,
    "extensions": _extensions,
    "passages": summaries.passages,
    "summaries": summaries.summaries,
}
