"""Every deed, tried by everybody who may not; and the policies, broken on purpose, are missed."""

import ast
import inspect
from collections.abc import Iterator
from types import FunctionType

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from network.awards import policies as award_policies
from network.calls import policies
from network.calls.models import Event
from network.foundations.exceptions import Refused
from tests.calls.arranged import DEEDS, World, build, deeds_of_the_code

pytestmark = pytest.mark.django_db

#: Found by every deed of their kind: nobody's right, asked beside it.
BESIDE = {"find_conflicts": "only looks again for what is true; awards.name_supporter calls it after asking"}


class _Undone(Exception):
    pass


def answer(world: World, deed: str, who: str) -> bool:
    """Whether the deed lets her; whatever it did is undone."""
    before = Event.objects.count()
    try:
        with transaction.atomic():
            DEEDS[deed].do(world, world.who[who])
            raise _Undone
    except _Undone:
        return True
    except Refused:
        return True  # allowed to ask, and told why it cannot be
    except PermissionDenied:
        assert Event.objects.count() == before
        return False


def mistakes(world: World, deed: str) -> list[str]:
    right = DEEDS[deed].right
    return [f"{deed}: {who}" for who in world.who if answer(world, deed, who) is not (who in right)]


def test_every_deed_is_arranged():
    assert deeds_of_the_code() == set(DEEDS) | set(BESIDE)


def test_every_deed_lets_in_those_who_may_and_nobody_else():
    world = build()
    wrong = [one for deed in DEEDS for one in mistakes(world, deed)]
    assert not wrong, "\n".join(wrong)


def _variants(tree: ast.FunctionDef) -> Iterator[ast.FunctionDef]:
    """The function with one thing broken: a condition dropped, turned round, or every answer yes."""
    source = ast.unparse(tree)
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.BoolOp | ast.If | ast.Return)]
    for number in range(len(nodes)):
        copy = ast.parse(source).body[0]
        node = [n for n in ast.walk(copy) if isinstance(n, ast.BoolOp | ast.If | ast.Return)][number]
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
            for dropped in range(len(node.values)):
                again = ast.parse(source).body[0]
                twin = [n for n in ast.walk(again) if isinstance(n, ast.BoolOp | ast.If | ast.Return)][number]
                del twin.values[dropped]
                yield again
        elif isinstance(node, ast.If):
            node.test = ast.Constant(False)
            yield copy
        elif isinstance(node, ast.Return) and _says_yes_or_no(tree):
            node.value = ast.Constant(True)
            yield copy


def _says_yes_or_no(tree: ast.FunctionDef) -> bool:
    return isinstance(tree.returns, ast.Name) and tree.returns.id == "bool"


def mutants(module) -> Iterator[tuple[FunctionType, FunctionType, str]]:
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ != module.__name__ or name in UNASKED:
            continue
        tree = ast.parse(inspect.getsource(function)).body[0]
        for variant in _variants(tree):
            text = ast.unparse(ast.fix_missing_locations(variant))
            made: dict = {}
            exec(compile(text, f"<{name}>", "exec"), function.__globals__, made)  # noqa: S102
            yield function, made[name], text


#: Asked by pages only, or by no deed that somebody does; the tests of pages try them.
UNASKED = {
    "can_view", "can_read_discussion", "is_juror", "can_read_feedback", "can_take_dossier", "appeals_until",
    "tie",
}  # fmt: skip
#: Breakings that change nothing: what they drop is asked again elsewhere.
EQUIVALENT = {
    "can_submit_for": "viewer.is_member and procedure: no stranger holds the key of a focal point",
    "can_endorse": "the same",
    "assignment_of": "visible_to already wants membership, a disclosed seat and an active assignment",
    "discussing_seat": "the same",
    "can_send_link": "the letter is visible to the whole secretariat here",
    "can_raise_conflict": "the same; after the release nothing is at the jury",
    "can_substitute": "the same",
    "can_close_discussion": "the same",
    "can_amend": "a call that is not open has no page",
    "can_enter": "can_manage by another name",
    "can_answer_seat": "nobody without an account has a seat",
    "can_disclose": "the state is asked in tests/awards/test_jury.py",
    "_is_outsider": "who has no account is asked before",
    "can_edit": "a letter that is being typed is tried in tests/awards/test_endorsing.py",
    "can_mend": "what is not out has no laureate",
    "can_name_supporters": "the draft is not visible to the secretariat here",
    "can_ask_facts": "visible to the whole secretariat here",
    "can_answer_facts": "the stage is tried by the deed itself",
    "_before_decision": "the stage is tried in tests/awards/test_results.py",
    "can_appeal": "the instant is tried in tests/awards/test_results.py",
    "can_decide_appeal": "conflicts are tried in tests/awards/test_results.py",
    "can_decide": "the stage's own key is tried in tests/calls/test_other_procedures.py",
}


@pytest.mark.parametrize("module", [policies, award_policies], ids=["calls", "awards"])
def test_a_broken_policy_is_missed(module):
    """Each way of breaking it lets somebody in, or keeps somebody out, and the matrix says so."""
    world = build()
    survived: dict[str, list[str]] = {}
    count = 0
    for function, broken, text in mutants(module):
        count += 1
        kept, function.__code__ = function.__code__, broken.__code__
        try:
            if not any(mistakes(world, deed) for deed in _asking(function.__name__)):
                survived.setdefault(function.__name__, []).append(text)
        finally:
            function.__code__ = kept
    unexpected = {name: texts for name, texts in survived.items() if name not in EQUIVALENT}
    assert not unexpected, "\n\n".join(text for texts in unexpected.values() for text in texts)
    assert count > 20


def _asking(policy: str) -> list[str]:
    """Deeds whose code asks the policy, itself or through another one."""
    sources = {
        name: inspect.getsource(function)
        for module in (policies, award_policies)
        for name, function in inspect.getmembers(module, inspect.isfunction)
    }
    asked, waiting = set(), {policy}
    while waiting:
        one = waiting.pop()
        asked.add(one)
        waiting |= {name for name, source in sources.items() if f"{one}(" in source} - asked
    from network.awards import actions as awards
    from network.calls import actions as engine

    found = []
    for name in DEEDS:
        deed = getattr(engine, name, None) or getattr(awards, name)
        source = inspect.getsource(inspect.unwrap(deed))
        if any(f"policies.{one}(" in source for one in asked):
            found.append(name)
    return found
