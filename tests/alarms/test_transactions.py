"""What SQLite lets pass and PostgreSQL does not: rows are locked inside transactions, and deeds run again
where the database broke them off. And every form that was sent is looked at, be it empty."""

import ast
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.one_engine

ROOT = Path(settings.BASE_DIR)
ROOMS = ("network", "communities", "home")
#: What makes a transaction of a function or a block.
TRANSACTIONS = {"atomic", "deed"}
#: Deeds of these rooms meet in rows that many write to: all of them run again.
MEETING = ("communities/actions/", "communities/forums/actions/", "communities/moderation/actions")
#: Functions that nobody calls by name; each says what calls it inside a transaction.
CALLED_INSIDE = {
    "communities.moderation.actions.appealing._silence": "granting an appeal is a deed",
    "communities.moderation.actions.appealing._suspension": "granting an appeal is a deed",
    "communities.personal.erase": "who leaves is erased from every room in one transaction",
    "home.events.merging.close_registration": "two accounts become one in a deed",
    "home.events.merging.recount_votes": "a handler of the outbox",
    "home.events.personal.erase": "who leaves is erased from every room in one transaction",
    "network.awards.receivers.follow_stage": "a bell of the engine, rung inside its transaction",
    "network.consent.audit.states._key_destroyed": "the audit makes its world in a transaction",
    "network.consent.audit.states.hide": "the audit makes its world in a transaction",
    "network.experts.actions.intake.take_slice": "a handler of the outbox",
    "network.experts.actions.keeping.details_changed": "a handler of the outbox",
    "network.experts.actions.keeping.organization_merged": "a handler of the outbox",
    "network.experts.actions.merging.close_profile": "two accounts become one in a deed",
    "network.experts.importing.letters.write_to": "a handler of the outbox",
}

#: Module and name.
Key = tuple[str, str]


@dataclass
class Function:
    """One function: what it calls outside of any transaction of its own (and inside), and whether it locks
    outside."""

    key: Key
    line: int
    locks: bool = False
    begins: bool = False
    calls: set[tuple[str, str]] = field(default_factory=set)
    calls_inside: set[tuple[str, str]] = field(default_factory=set)


@cache
def _sources() -> dict[str, ast.Module]:
    """Every module of ours by its dotted name."""
    found = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
                found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def _last(node: ast.expr) -> str:
    """``transaction.atomic(...)`` and ``atomic`` are both called atomic."""
    if isinstance(node, ast.Call):
        return _last(node.func)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


class _Reader(ast.NodeVisitor):
    """Gathers the functions of a module; what stands inside ``with transaction.atomic()`` is inside."""

    def __init__(self, module: str) -> None:
        self.module, self.here = module, Function((module, ""), 0)
        self.found, self.inside = [self.here], False

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        begins = any(_last(decorator) in TRANSACTIONS for decorator in node.decorator_list)
        outer, self.here = self.here, Function((self.module, node.name), node.lineno, begins=begins)
        self.found.append(self.here)
        for child in node.body:
            self.visit(child)
        self.here = outer

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_With(self, node: ast.With) -> None:
        outer = self.inside
        self.inside = outer or any(_last(item.context_expr) in TRANSACTIONS for item in node.items)
        self.generic_visit(node)
        self.inside = outer

    def visit_Call(self, node: ast.Call) -> None:
        if _last(node) == "select_for_update" and not self.inside:
            self.here.locks = True
        owner = node.func.value.id if _is_dotted(node.func) else ""
        (self.here.calls_inside if self.inside else self.here.calls).add((owner, _last(node)))
        self.generic_visit(node)


def _is_dotted(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)


@cache
def _imports(module: str) -> dict[str, Key]:
    """Names in a module that come from elsewhere: to the module and the name there (empty for a module)."""
    found = {}
    for node in ast.walk(_sources()[module]):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                target = (whole, "") if whole in _sources() else (node.module, alias.name)
                found[alias.asname or alias.name] = target
    return found


def _origin(key: Key) -> Key:
    """Where a name is defined, through packages that hand it on."""
    seen = set()
    while key[0] in _sources() and key not in seen and key[1] in _imports(key[0]):
        seen.add(key)
        key = _imports(key[0])[key[1]]
    return key


def _called(module: str, owner: str, name: str) -> Key:
    if owner and owner in _imports(module) and not _imports(module)[owner][1]:
        return _origin((_imports(module)[owner][0], name))
    return _origin((module, name))


def _functions() -> list[Function]:
    found = []
    for module, tree in _sources().items():
        reader = _Reader(module)
        reader.visit(tree)
        found += reader.found
    return found


def test_rows_are_locked_in_transactions_only():
    """A helper that locks is called by what has begun one, itself or further out."""
    functions = _functions()
    callers: dict[Key, list[Function]] = defaultdict(list)
    held = set()
    for one in functions:
        held |= {_called(one.key[0], *call) for call in one.calls_inside}
        for owner, name in one.calls:
            callers[_called(one.key[0], owner, name)].append(one)
    loose: dict[Key, Function] = {}
    waiting = [one for one in functions if one.locks and not one.begins]
    while waiting:
        one = waiting.pop()
        if one.key not in loose and ".".join(one.key) not in CALLED_INSIDE:
            loose[one.key] = one
            waiting += [caller for caller in callers[one.key] if not caller.begins]
    # Where nobody is further out, a chain without a transaction begins.
    entrances = [key for key in loose if not callers[key] and key not in held]
    told = sorted(f"{'.'.join(key)} (line {loose[key].line})" for key in entrances)
    assert not told, "\n".join(told)


def test_deeds_that_meet_run_again():
    plain = [
        f"{module}.{node.name}"
        for module, tree in _sources().items()
        if f"{module.replace('.', '/')}/".startswith(MEETING)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        if any(_last(decorator) == "atomic" for decorator in node.decorator_list)
    ]
    assert plain == [], "These are deeds of network.foundations.deeds, not of transaction.atomic."


def test_a_form_that_was_sent_empty_was_sent():
    """``request.POST or None`` takes an empty body for a page that is just opened: ``posted(request)``."""
    taken = [
        f"{module}:{node.lineno}"
        for module, tree in _sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or) and _last(node.values[0]) == "POST"
    ]
    assert taken == []
