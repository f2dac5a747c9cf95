"""The community of a copy: itself, who belongs to it and speaks in it, its forums and what they ask."""

from typing import Any

from communities.actions.opening import RESERVED_SLUGS
from communities.forums.actions.restoring.belongings import bring_mandates, bring_resources
from communities.forums.actions.restoring.state import State, refuse_sealed
from communities.forums.actions.restoring.words import terms, words
from communities.forums.exporting import rows as told
from communities.forums.models import Clarification, Extension, Forum, GuidingQuestion
from communities.forums.restoring import NoCopy, Unsound, html, made
from communities.models import Community, Conduct, Membership
from network.foundations.deeds import deed
from network.foundations.richtext import to_text
from network.pagecache.actions import bump
from network.pagecache.rules import SITE
from network.thesaurus.models import Term


@deed
def find_rooms(state: State, slug: str) -> None:
    """Find or make them; members come in with a community that is new, and nobody joins one that is here."""
    row = state.taken.community
    slug = slug or str(row.get("slug") or "")
    found = Community.objects.filter(slug=slug).first()
    state.community = found or _new(state, row | {"slug": slug})
    state.outcome.community, state.outcome.is_new = state.community.name, found is None
    if found is None:
        _members(state)
    bring_resources(state)
    bring_mandates(state, is_new=found is None)
    for forum in state.taken.rows("forums"):
        try:
            _forum(state, forum)
        except Unsound as reason:
            state.outcome.rejected.append(f"forum {forum.get('id')}: {reason}")
    for question in state.taken.rows("questions"):
        try:
            _question(state, question)
        except Unsound as reason:
            state.outcome.rejected.append(f"guiding question {question.get('id')}: {reason}")
    bump(SITE)


def _new(state: State, row: dict[str, Any]) -> Community:
    if row["slug"] in RESERVED_SLUGS:
        raise NoCopy(f"No community can be called {row['slug']!r}: name another address.")
    try:
        here = made(Community, row, told.COMMUNITY)
        here.purpose, here.welcome = html(here.purpose), html(here.welcome)
        codes = [made(Conduct, code, told.CONDUCT) for code in state.taken.rows("conduct")]
        refuse_sealed(here.name, here.summary, *map(to_text, (here.purpose, here.welcome)))
        refuse_sealed(*(to_text(code.html) for code in codes))
    except Unsound as reason:
        raise NoCopy(f"community.json: {reason}") from None
    here.last_active_at = here.created_at
    here.save()
    here.themes.set(terms(row.get("themes")))
    here.languages.set(Term.objects.filter(domain="language", code__in=words(row.get("languages"))))
    for code, code_row in zip(codes, state.taken.rows("conduct"), strict=True):
        code.community, code.html = here, html(code.html)
        code.written_by = state.person(code_row.get("written_by"))
        code.save()
    return here


def _members(state: State) -> None:
    here = state.community
    for row in state.taken.rows("members"):
        person = state.person(row.get("user"))
        try:
            member = made(Membership, row, told.MEMBER, community=here, user=person)
        except Unsound as reason:
            state.outcome.rejected.append(f"member {row.get('user')}: {reason}")
            continue
        active = Membership.objects.filter(community=here, user=person, ended_at=None)
        if person is None or (member.ended_at is None and active.exists()):
            continue
        member.save()
        state.outcome.members += 1
    here.member_count = Membership.objects.current().filter(community=here).count()
    here.save(update_fields=["member_count"])


def _forum(state: State, row: dict[str, Any]) -> None:
    found = Forum.objects.filter(community=state.community, slug=row.get("slug")).first()
    if found is None:
        found = made(Forum, row, told.FORUM, community=state.community)
        if (found.opens_at is None) != (found.closes_at is None) or (
            found.opens_at and found.closes_at and found.opens_at >= found.closes_at
        ):
            raise Unsound("its window has no two ends")
        refuse_sealed(found.title, found.description)
        found.save()
        state.outcome.forums += 1
        state.forums[row.get("id")] = found
        _extensions(state, row.get("id"), found)
    found.community = state.community
    state.forums[row.get("id")] = found


def _extensions(state: State, number: Any, forum: Forum) -> None:
    for row in state.taken.rows("extensions"):
        if row.get("forum") == number:
            one = made(Extension, row, told.EXTENSION, forum=forum, by=state.person(row.get("by")))
            if one.until <= one.was:
                raise Unsound("one of its extensions lengthens nothing")
            refuse_sealed(one.reason)
            one.save()


def _question(state: State, row: dict[str, Any]) -> None:
    forum = state.forums.get(row.get("forum"))
    if forum is None:
        raise Unsound("its forum is not in the copy")
    question = made(GuidingQuestion, row, told.QUESTION, forum=forum)
    found = GuidingQuestion.objects.filter(forum=forum, added_at=question.added_at, title=question.title)
    known = found.first()
    if known is None:
        refuse_sealed(question.title, question.text)
        question.added_by = state.person(row.get("added_by"))
        question.save()
        for added in row.get("clarifications") or []:
            one = made(Clarification, added, ("text", "at"), question=question)
            refuse_sealed(one.text)
            one.by = state.person(added.get("by"))
            one.save()
    state.questions[row.get("id")] = known or question
