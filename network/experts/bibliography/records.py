"""Works and affiliations of an ORCID record, and the work behind a DOI, as far as everybody may read them."""

from typing import Any

from django.conf import settings

from network.accounts.names import clean_name
from network.experts.bibliography.fetching import dig, each, get_json
from network.experts.bibliography.works import work
from network.experts.enums import Source


def works_of(orcid: str) -> list[dict[str, Any]]:
    """The works of a record, each once."""
    answer = get_json(settings.ORCID_API_URL, orcid, "works")
    found = (_summary(dig(group, "work-summary", 0)) for group in each(answer, "group"))
    return [entry for entry in found if entry]


def _summary(told: Any) -> dict[str, Any] | None:
    dois = [
        dig(one, "external-id-value")
        for one in each(told, "external-ids", "external-id")
        if dig(one, "external-id-type") == "doi"
    ]
    return work(
        Source.ORCID,
        title=dig(told, "title", "title", "value"),
        venue=dig(told, "journal-title", "value"),
        year=dig(told, "publication-date", "year", "value"),
        doi_text=next(iter(dois), ""),
        url=dig(told, "url", "value"),
    )


def affiliations_of(orcid: str) -> list[dict[str, str]]:
    """Where the person is employed now, as the record says it."""
    answer = get_json(settings.ORCID_API_URL, orcid, "employments")
    found = []
    for group in each(answer, "affiliation-group"):
        for summary in each(group, "summaries"):
            told = dig(summary, "employment-summary")
            name = _text(dig(told, "organization", "name"), 200)
            if name and not dig(told, "end-date"):
                found.append(
                    {
                        "affiliation": name,
                        "department": _text(dig(told, "department-name"), 200),
                        "designation": _text(dig(told, "role-title"), 150),
                    }
                )
    return found


def work_behind(doi: str) -> dict[str, Any] | None:
    """The work that a DOI names, in the words of its registry."""
    answer = get_json(settings.DOI_API_URL, doi)
    told = dig(answer, "message") or answer
    people = [_author(one) for one in each(told, "author")]
    return work(
        Source.DOI,
        title=_first(dig(told, "title")),
        authors="; ".join(filter(None, people)),
        venue=_first(dig(told, "container-title")) or dig(told, "publisher"),
        year=dig(told, "issued", "date-parts", 0, 0),
        doi_text=doi,
        url="",
    )


def _author(told: Any) -> str:
    named = ", ".join(filter(None, (_text(dig(told, "family"), 150), _text(dig(told, "given"), 150))))
    return named or _text(dig(told, "name") or dig(told, "literal"), 150)


def _first(told: Any) -> Any:
    return told[0] if isinstance(told, list) and told else told


def _text(told: Any, most: int) -> str:
    return clean_name(told)[:most].strip() if isinstance(told, str) else ""
