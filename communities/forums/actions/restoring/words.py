"""Terms of the thesaurus as a copy names them."""

from typing import Any

from django.db.models import Q

from network.thesaurus.models import Term


def words(told: Any) -> list[str]:
    return [word for word in told if isinstance(word, str)] if isinstance(told, list) else []


def terms(names: Any) -> list[Term]:
    wanted = Q()
    for name in words(names)[:100]:
        domain, _colon, code = name.partition(":")
        wanted |= Q(domain=domain, code=code)
    return list(Term.objects.filter(wanted)) if wanted else []
