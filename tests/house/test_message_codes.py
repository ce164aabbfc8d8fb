"""Every code that the program raises has its sentence, and every sentence its facts and its use."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tabapp.core.messages import MESSAGES

FAMILIES = {"UserError", "TransientError"}


@dataclass(frozen=True)
class Use:
    """One place where a code is raised; ``facts`` is None where they are passed on as ``**``."""

    place: str
    code: str
    facts: frozenset[str] | None


def name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def classes_of(sources: Any) -> list[ast.ClassDef]:
    return [
        node for source in sources for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
    ]


def families_and_their_children(classes: list[ast.ClassDef]) -> set[str]:
    """Return the names of all error classes that take a code as their first argument."""
    known = set(FAMILIES)
    while more := {
        node.name for node in classes if {name_of(base) for base in node.bases} & known
    } - known:
        known |= more
    with_own_arguments = {
        node.name
        for node in classes
        for item in node.body
        if isinstance(item, ast.FunctionDef) and item.name == "__init__"
    }
    return known - (with_own_arguments - FAMILIES)


def literals(node: ast.expr) -> list[str]:
    """Return the strings that ``node`` can be, where that is plain to see."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    return []


@pytest.fixture(scope="module")
def uses(sources: Any) -> list[Use]:
    families = families_and_their_children(classes_of(sources))
    return [
        use for source in sources if "/messages/" not in source.name
        for node in ast.walk(source.tree) if isinstance(node, ast.Call)
        for use in uses_in(source.name, node, families)
    ]


def uses_in(name: str, call: ast.Call, families: set[str]) -> Iterator[Use]:
    position = position_of_the_code(call, families)
    if position is None or len(call.args) <= position:
        return
    facts = facts_of(call)
    for code in literals(call.args[position]):
        yield Use(f"{name}:{call.lineno}", code, facts)


def facts_of(call: ast.Call) -> frozenset[str] | None:
    if name_of(call.func) == "word":  # its facts are one mapping
        if len(call.args) < 2 or not isinstance(call.args[1], ast.Dict):
            return None
        given = [key.value if isinstance(key, ast.Constant) else None for key in call.args[1].keys]
    else:
        given = [keyword.arg for keyword in call.keywords]
    return None if given is None or None in given else frozenset(map(str, given))


def position_of_the_code(call: ast.Call, families: set[str]) -> int | None:
    if name_of(call.func) in families | {"word"}:
        return 0
    if isinstance(call.func, ast.Attribute):
        owner = call.func.value
        if call.func.attr == "of" and name_of(owner) == "Problem":
            return 2
        if call.func.attr == "__init__" and isinstance(owner, ast.Call):
            return 0 if name_of(owner.func) == "super" and call.keywords else None
    return None


def fields_of(template: str) -> set[str]:
    return {
        name.partition(".")[0].partition("[")[0]
        for _, name, _, _ in string.Formatter().parse(template)
        if name is not None
    }


def test_every_code_that_is_raised_has_its_sentence(uses: list[Use]) -> None:
    assert [f"{use.place} {use.code}" for use in uses if use.code not in MESSAGES] == []


def test_every_fact_that_a_sentence_names_is_given(uses: list[Use]) -> None:
    lacking = [
        f"{use.place} {use.code}: {sorted(fields_of(MESSAGES[use.code]) - use.facts)}"
        for use in uses
        if use.code in MESSAGES and use.facts is not None
        if fields_of(MESSAGES[use.code]) - use.facts
    ]
    assert lacking == []


def test_every_sentence_belongs_to_a_code_that_the_program_knows(sources: Any) -> None:
    nodes = [
        node
        for source in sources if "/messages/" not in source.name
        for node in ast.walk(source.tree)
    ]
    spoken = {node.value for node in nodes if isinstance(node, ast.Constant)}
    prefixes = tuple(  # f"break_reason_{remark}" stands for a family of codes
        text
        for node in nodes if isinstance(node, ast.JoinedStr) and node.values
        for text in literals(node.values[0]) if re.fullmatch(r"[a-z]+(_[a-z]+)*_", text)
    )
    unknown = {code for code in MESSAGES if code not in spoken and not code.startswith(prefixes)}
    assert sorted(unknown) == []


def test_every_sentence_ends_and_names_its_facts() -> None:
    wrong = [
        code for code, text in MESSAGES.items()
        if not text.endswith((".", "?", "}", "…")) or "" in fields_of(text)
    ]
    assert wrong == []


def test_the_walk_finds_codes_at_all(uses: list[Use]) -> None:
    assert {"stale_input", "settings_damaged", "folder_not_made"} <= {use.code for use in uses}
