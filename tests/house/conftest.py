"""The program's sources, parsed once for all tests of the house."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """One module: its path from the root of the tree, and its syntax."""

    name: str
    tree: ast.Module

    @property
    def frozen(self) -> bool:
        """Tell whether this is a released migration, which nobody may change again."""
        return Path(self.name).parent.name == "versions"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def sources() -> tuple[Source, ...]:
    """All modules of the program."""
    return tuple(
        Source(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted((ROOT / "tabapp").rglob("*.py"))
    )
