"""What an edition asks beyond the criteria; each change is an amendment in the open."""

from typing import Any

from django.utils.translation import gettext as _

from network.awards.enums import QuestionKind
from network.awards.models import Edition
from network.calls import actions as engine
from network.calls.models import Amendment, Call
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused

MOST_QUESTIONS = 40


@deed
def put_question(
    *, edition: Edition, kind: str, words: dict[str, str], reason: str, by: Any, code: str = "",
    options: list[str] | None = None, required: bool = False, asked: bool = True,
) -> Amendment:  # fmt: skip
    """Ask something new, or the same in other words: then it is another version of the question."""
    rules = Call.objects.values_list("rules", flat=True).get(pk=edition.call_id)
    standing = list(rules.get("questions", []))
    place = next((place for place, one in enumerate(standing) if one["code"] == code), None)
    if code and place is None:
        raise Refused(_("There is no such question."))
    if place is None and len(standing) >= MOST_QUESTIONS:
        raise Refused(_("An edition asks forty questions at most."))
    options = list(dict.fromkeys(options or [])) if kind == QuestionKind.CHOICE else []
    if kind == QuestionKind.CHOICE and len(options) < 2:
        raise Refused(_("A choice needs two options at least, one on each line."), field="options")
    new: dict[str, Any] = {"code": f"q{len(standing) + 1}", "version": 0, "words": {}}
    before = new if place is None else standing[place]
    if before["version"] and before["kind"] != kind:
        raise Refused(_("A question keeps its kind. Ask a new one."), field="kind")
    told = {"kind": kind, "words": before["words"] | words, "options": options}
    reworded = any(before.get(name) != value for name, value in told.items())
    question = {
        "code": before["code"], "version": before["version"] + reworded, **told,
        "required": required, "asked": asked,
    }  # fmt: skip
    if place is None:
        standing.append(question)
    else:
        standing[place] = question
    return engine.amend_rules(call=edition.call, rules={**rules, "questions": standing}, reason=reason, by=by)
