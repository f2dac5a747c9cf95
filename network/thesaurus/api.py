"""The vocabularies, for programs."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Schema

from network.thesaurus.models import Domain, Term

router = Router()


class DomainOut(Schema):
    code: str
    names: dict[str, str]
    source: str
    current_terms: int


class TermOut(Schema):
    domain: str
    code: str
    names: dict[str, str]
    parent: str | None
    facts: dict[str, Any]
    retired_on: str | None

    @staticmethod
    def resolve_domain(term: Term) -> str:
        return term.domain_id

    @staticmethod
    def resolve_parent(term: Term) -> str | None:
        return f"{term.parent.domain_id}:{term.parent.code}" if term.parent else None

    @staticmethod
    def resolve_retired_on(term: Term) -> str | None:
        return term.retired_on.isoformat() if term.retired_on else None


@router.get("/", response=list[DomainOut], summary="Vocabularies")
def domains(request: HttpRequest) -> Any:
    """Every vocabulary with its names in six languages and the number of its current terms."""
    return Domain.objects.annotate(current_terms=Count("terms", filter=Q(terms__retired_on=None)))


@router.get("/{domain}/", response=list[TermOut], summary="Terms of a vocabulary")
def terms(
    request: HttpRequest,
    domain: str = Path(description="Code of a vocabulary, such as kmgbf-target."),
    retired: bool = Query(False, description="Also terms that are no longer in use."),
) -> Any:
    """The terms of one vocabulary in their order; a country names its region as its parent."""
    get_object_or_404(Domain, pk=domain)
    found = Term.objects.of(domain).select_related("parent")
    return found if retired else found.current()


@router.get("/{domain}/{code}/", response=TermOut, summary="One term")
def term(request: HttpRequest, domain: str, code: str) -> Any:
    """One term by its code, also where it is no longer in use."""
    return get_object_or_404(Term.objects.select_related("parent"), domain=domain, code=code)
