"""Whether a word of the holders can stand: who signs, how many must, and what it may allow."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from network.consent.actions.particulars import Particulars
from network.consent.decision import ANY_LANGUAGE, Clause, ceiling_allows, is_audience, narrows
from network.consent.enums import (
    Action,
    Agreement,
    Basis,
    Detail,
    Fact,
    RecordKind,
    Visibility,
    Voice,
)
from network.consent.exits import exits
from network.consent.models import Authority, ConsentRequest, Holder, KnowledgeItem
from network.foundations import tongues
from network.foundations.exceptions import Refused


def check_authorities(item: KnowledgeItem, authorities: Sequence[Authority]) -> None:
    """Raise ``Refused`` unless all of them decide, now, for one and the same holder of the item."""
    if not authorities:
        raise Refused(_("Say who decided for the holders."), "authorities")
    pks = {authority.pk for authority in authorities}
    if Authority.objects.in_force().filter(pk__in=pks).count() != len(authorities):
        raise Refused(_("This person does not decide for the holders now."), "authorities")
    holders = {authority.holder_id for authority in authorities}
    if len(holders) > 1 or not item.holdings.filter(holder__in=holders).exists():
        raise Refused(_("This person decides for other holders."), "authorities")


def heard(item: KnowledgeItem, authorities: Sequence[Authority]) -> list[Authority]:
    """Those whose word on sharing counts: all, or on women's knowledge the women's, where one is named."""
    if item.of_women and authorities and _women_of(authorities[0].holder):
        return [authority for authority in authorities if authority.voice == Voice.WOMEN]
    return list(authorities)


def _women_of(holder: Holder) -> int:
    return Authority.objects.in_force().filter(holder=holder, voice=Voice.WOMEN).count()


def missing_voices(item: KnowledgeItem, authorities: Sequence[Authority], clauses: Iterable[Clause]) -> int:
    """How many more of the holder's authorities must agree before these clauses hold; 0: it is enough.

    To say less than before, one is enough. On women's knowledge the women's authorities count alone.
    """
    holder = authorities[0].holder
    counting = heard(item, authorities)
    if counting and _only_narrows(item, holder, clauses):
        return 0
    women = _women_of(holder) if item.of_women else 0
    wanted = min(holder.quorum, women) if women else holder.quorum
    return max(0, wanted - len(counting))


def _only_narrows(item: KnowledgeItem, holder: Holder, clauses: Iterable[Clause]) -> bool:
    record = item.holdings.get(holder=holder).record
    if record is None or record.kind != RecordKind.GIVEN or record.valid_until or record.valid_from:
        return False
    return narrows(clauses, [scope.clause for scope in record.scopes.all()])


def check_heard(item: KnowledgeItem, authorities: Sequence[Authority]) -> None:
    if not heard(item, authorities):
        raise Refused(_("The women decide on this. Others can pause it or stop sharing."), "authorities")


def check_enough(item: KnowledgeItem, authorities: Sequence[Authority], clauses: Iterable[Clause]) -> None:
    check_heard(item, authorities)
    missing = missing_voices(item, authorities, clauses)
    if missing:
        raise Refused(
            _("More of those who decide must agree: %(count)s.") % {"count": missing}, "authorities"
        )


def check_terms(
    item: KnowledgeItem, holder: Holder, clauses: list[Clause], basis: str, particulars: Particulars
) -> None:
    """Raise ``Refused`` with the reason where consent as given could not stand."""
    if basis not in Basis.values:
        raise Refused(_("Say on what basis consent was given."), "basis")
    if not clauses:
        raise Refused(_("Say what consent allows: an empty one allows nothing."), "preset")
    starts, ends = particulars.valid_from, particulars.valid_until
    if starts and ends and ends <= starts:
        raise Refused(_("The end must come after the start."), "ends")
    _check_particulars(item, holder, particulars)
    for clause in clauses:
        _check_clause(item, holder, clause)


def _check_particulars(item: KnowledgeItem, holder: Holder, particulars: Particulars) -> None:
    if particulars.agreement and particulars.agreement not in Agreement.values:
        raise Refused(_("Say where mutually agreed terms stand."), "agreement")
    fields, choices = set(particulars.visibility), set(particulars.visibility.values())
    if not fields <= {*Fact.values, *Detail.values} or not choices <= set(Visibility.values):
        raise Refused(_("Say who may read each field."), "visibility")
    if particulars.protocol and particulars.protocol.holder_id != holder.pk:
        raise Refused(_("This protocol is another people’s."), "protocol")
    if not all(is_audience(key) for key in particulars.recipients):
        raise Refused(_("Say to whom consent was given."))
    if particulars.request and not _asks_for(item, particulars.request):
        raise Refused(_("This request does not wait for an answer any more."))


def _asks_for(item: KnowledgeItem, request: UUID) -> bool:
    return ConsentRequest.objects.waiting().filter(pk=request, item=item).exists()


def _check_clause(item: KnowledgeItem, holder: Holder, clause: Clause) -> None:
    holders = set(item.holdings.values_list("holder_id", flat=True))
    if not is_audience(clause.audience):
        raise Refused(_("Choose who may read it."), "audience")
    if not ceiling_allows(item.exposure, clause.audience, holders):
        limit = item.get_exposure_display()
        raise Refused(_("This item may not go that far. %(limit)s") % {"limit": limit}, "preset")
    protocol = holder.protocols.first()
    if protocol and not ceiling_allows(protocol.ceiling, clause.audience, holders):
        raise Refused(
            _("The holders’ own protocol does not let knowledge go that far: %(protocol)s")
            % {"protocol": protocol},
            "preset",
        )
    if not clause.actions or not clause.actions <= set(Action.values):
        raise Refused(_("Choose what may be done with it."), "actions")
    if not clause.exits or not clause.exits <= set(exits.names()):
        raise Refused(_("Choose at least one way for it to leave."), "exits")
    known = all(language == ANY_LANGUAGE or tongues.is_known(language) for language in clause.languages)
    if not clause.languages or not known:
        raise Refused(_("Choose at least one language that the network knows."), "languages")
    if clause.starts and clause.ends and clause.ends <= clause.starts:
        raise Refused(_("The end must come after the start."), "ends")
    if not clause.months <= set(range(1, 13)):
        raise Refused(_("Choose months of the year."), "months")
