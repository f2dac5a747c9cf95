"""What a procedure (the award, later others) tells the engine about its own cases."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer

if TYPE_CHECKING:
    from network.calls.models import Call, Case


def _no_tie(case: "Case", person: Any) -> str:
    return ""


def _any_language(case: "Case") -> list[str]:
    return []


def _no_evidence(case: "Case") -> list[dict]:
    return []


@dataclass(frozen=True)
class Procedure:
    """The questions that only the procedure itself can answer.

    ``may_submit(viewer, call, party)``: may this viewer bring a case for this Party (a term, or None)?
    ``missing(case)``: field name to sentence, for everything that must be mended before submitting.
    ``content(case)``: what is submitted, as plain data; its digest is what reviews refer to.
    ``outcomes``: code to label of what can be decided, in order.
    ``tie(case, person)``: the code of a tie between them that follows from data, or an empty text.
    ``may_endorse(viewer, call, party)``: whose endorsement counts; unless it is said, theirs who may submit.
    ``checklist``: code to label of what a screener ticks before a case is eligible.
    ``languages(case)``: codes of the languages in which the case is written.
    ``evidence(case)``: what the procedure has found out about the case by itself, as plain data.
    """

    may_submit: "Callable[[Viewer, Call, Any], bool]"
    missing: "Callable[[Case], dict[str, str]]"
    content: "Callable[[Case], dict]"
    outcomes: dict[str, Any]
    tie: "Callable[[Case, Any], str]" = _no_tie
    may_endorse: "Callable[[Viewer, Call, Any], bool] | None" = None
    checklist: dict[str, Any] = field(default_factory=dict)
    languages: "Callable[[Case], list[str]]" = _any_language
    evidence: "Callable[[Case], list[dict]]" = _no_evidence

    def endorses(self, viewer: Viewer, call: "Call", party: Any) -> bool:
        return (self.may_endorse or self.may_submit)(viewer, call, party)


procedures: Registry[Procedure] = Registry("procedures")
