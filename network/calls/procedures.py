"""What a procedure (the award, later others) tells the engine about its own cases."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from network.foundations.registry import Registry
from network.foundations.viewer import Viewer

if TYPE_CHECKING:
    from network.calls.models import Call, Case


@dataclass(frozen=True)
class Procedure:
    """The questions that only the procedure itself can answer.

    ``may_submit(viewer, call, party)``: may this viewer bring a case for this Party (a term, or None)?
    ``missing(case)``: field name to sentence, for everything that must be mended before submitting.
    ``content(case)``: what is submitted, as plain data; its digest is what reviews refer to.
    ``outcomes``: code to label of what can be decided, in order.
    """

    may_submit: "Callable[[Viewer, Call, Any], bool]"
    missing: "Callable[[Case], dict[str, str]]"
    content: "Callable[[Case], dict]"
    outcomes: dict[str, Any]


procedures: Registry[Procedure] = Registry("procedures")
