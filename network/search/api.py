"""The search for machines: what the caller may see, as on the page."""

from django.http import HttpRequest
from ninja import Query as Parameters
from ninja import Router, Schema
from pydantic import Field

from network.foundations.api import page_of
from network.search.query import parse
from network.search.results import FIRST, Findings, Group

router = Router(tags=["search"])


class HitOut(Schema):
    kind: str
    title: str
    url: str
    excerpt: str


class GroupOut(Schema):
    kind: str
    label: str
    count: int
    has_more: bool = Field(description="There may be more than are counted and ranked.")
    hits: list[HitOut]


class SearchOut(Schema):
    query: str
    shortened: bool
    groups: list[GroupOut]
    next: str | None = None


class SearchIn(Schema):
    q: str = Field("", max_length=2000, description="Words in any of the six languages.")
    kind: str = Field("", max_length=40, description="One kind only, in pages.")
    cursor: str = Field("", max_length=500, description="As in the former page's ``next``.")


@router.get("/", response=SearchOut, summary="Search everything that the caller may see")
def search(request: HttpRequest, asked: Parameters[SearchIn]) -> dict:
    query = parse(asked.q)
    findings = Findings(request.viewer, query)
    groups = findings.groups(0 if asked.kind else FIRST) if query else []
    answer = {"query": query.text, "shortened": query.shortened, "groups": groups}
    if asked.kind:
        groups = [group for group in groups if group.kind == asked.kind]
        page = findings.page(asked.kind, asked.cursor) if groups else None
        answer["groups"] = [Group(group.kind, group.label, group.count, page.rows) for group in groups]
        answer["next"] = page_of(request, page, [])["next"] if page else None
    return answer
