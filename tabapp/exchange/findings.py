"""Collects problems, and checks ids and references the same way everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from tabapp.core.errors import Level, Problem
from tabapp.exchange.strict_json import shown

LONGEST_ID = 100


@dataclass(slots=True)
class Findings:
    """The problems found so far, in order. ``errors`` counts those that were noted here."""

    problems: list[Problem] = field(default_factory=list)
    errors: int = 0

    def error(self, where: str, code: str, **facts: object) -> None:
        """Note something that forbids storing."""
        self.errors += 1
        self._add("error", where, code, facts)

    def warn(self, where: str, code: str, **facts: object) -> None:
        """Note something that a person should look at."""
        self._add("warning", where, code, facts)

    def _add(self, level: Level, where: str, code: str, facts: dict[str, object]) -> None:
        worded = {
            key: shown(value) if isinstance(value, str) else value for key, value in facts.items()
        }
        self.problems.append(
            Problem.of(level, shown(where, 90), code, place=shown(where, 90), **worded)
        )

    def ids(self, kind: str, ids: Sequence[str]) -> None:
        """Check that ids are there, short enough and different from each other."""
        for ref, count in Counter(ids).items():
            if count > 1:
                self.error(f"{kind} {ref}", "import_duplicate_id", kind=kind, id=ref, count=count)
            if not ref.strip():
                self.error(kind, "import_blank_id", kind=kind)
            if len(ref) > LONGEST_ID:
                self.error(f"{kind} {ref}", "import_long_id", kind=kind, id=ref, limit=LONGEST_ID)

    def refs(
        self, where: str, kind: str, refs: Iterable[str | None], known: Container[str]
    ) -> None:
        """Check that each reference leads somewhere and none is listed twice; None is nothing."""
        seen = set()
        for ref in refs:
            if ref is None:
                continue
            if ref not in known:
                self.error(where, "import_unknown_reference", kind=kind, id=ref)
            elif ref in seen:
                self.error(where, "import_listed_twice", kind=kind, id=ref)
            seen.add(ref)

    def ref(self, where: str, kind: str, ref: str | None, known: Container[str]) -> None:
        """Check one reference; None is nothing."""
        if ref is not None and ref not in known:
            self.error(where, "import_unknown_reference", kind=kind, id=ref)
