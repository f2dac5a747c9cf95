"""The course of a case through the stages of its call: kinds are code, their composition is data.

``rules["stages"]`` lists them, each as ``{"kind": ...}`` with what this stage needs to know: ``by`` (the key
of those who decide here, ``role:secretariat`` unless said otherwise), ``outcomes`` (codes that can be decided
here) and ``on`` (those with which a case goes on to the next stage at once; the others end it).
"""

from typing import Any

from network.calls.enums import StageKind

Stage = dict[str, Any]

USUAL: list[Stage] = [{"kind": kind} for kind in ("submit", "screen", "review", "decide")]
#: What a stage may say, by its kind.
SAYS = {"decide": {"by", "outcomes", "on"}, "review": {"quorum"}}


def stages(rules: dict) -> list[Stage]:
    return rules.get("stages") or USUAL


def stage_at(rules: dict, place: int) -> Stage:
    return stages(rules)[place]


def quorum_at(rules: dict, place: int) -> int:
    return stage_at(rules, place).get("quorum") or rules.get("quorum", 1)


def following(rules: dict, place: int, *, but: frozenset[str] = frozenset()) -> int | None:
    """The place of the next stage, passing over kinds that this case has no need of; None at the end."""
    later = range(place + 1, len(stages(rules)))
    return next((number for number in later if stages(rules)[number]["kind"] not in but), None)


def faults(rules: dict) -> list[str]:
    """What is wrong with rules, as codes; an engine with rules that it cannot follow does not open."""
    found = []
    kinds = [stage.get("kind") for stage in stages(rules)]
    if kinds[0] != StageKind.SUBMIT or kinds.count(StageKind.SUBMIT) != 1:
        found.append("starts-with-submit")
    if set(kinds) - set(StageKind.values):
        found.append("unknown-stage")
    for stage in stages(rules):
        if set(stage) - {"kind"} - SAYS.get(stage.get("kind", ""), set()):
            found.append("unknown-word")
        if set(stage.get("on", [])) - set(stage.get("outcomes", [])):
            found.append("goes-on-with-an-unknown-outcome")
    return found + (_faults_of_scores(rules) if StageKind.REVIEW in kinds else [])


def _faults_of_scores(rules: dict) -> list[str]:
    found = []
    lowest, highest = rules.get("scale") or (0, 0)
    codes = [criterion["code"] for criterion in rules.get("criteria", [])]
    if not lowest < highest:
        found.append("scale")
    if not codes or len(set(codes)) != len(codes):
        found.append("criteria")
    if any(criterion.get("weight", 1) < 0 for criterion in rules.get("criteria", [])):
        found.append("weights")
    if any(
        quorum_at(rules, place) < 1
        for place, stage in enumerate(stages(rules))
        if stage["kind"] == StageKind.REVIEW
    ):
        found.append("quorum")
    return found
