"""Collects problems, and checks ids and references the same way everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence

from tabapp.core.errors import Level, Problem
from tabapp.exchange.texts import shown

LONGEST_ID = 100
MAX_PROBLEMS = 200
"""Problems of each level that are listed; nobody reads more, and hostile files have millions."""


class Findings:
    """The problems found so far. All are counted, the first of each level are kept."""

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self._counts: Counter[Level] = Counter()
        self._codes: set[str] = set()

    @property
    def errors(self) -> int:
        """How many errors were noted."""
        return self._counts["error"]

    def has(self, code: str) -> bool:
        """Claim that a problem with this code was noted."""
        return code in self._codes

    def listed(self) -> list[Problem]:
        """Return the problems in order, then for each level how many more there are."""
        more = {level: count - MAX_PROBLEMS for level, count in self._counts.items()}
        problems = list(self._kept)
        if more.get("error", 0) > 0:
            problems.append(
                Problem.of("error", "file", "import_more_problems", more=more["error"])
            )
        if more.get("warning", 0) > 0:
            problems.append(
                Problem.of("warning", "file", "import_more_warnings", more=more["warning"])
            )
        return problems

    def error(self, where: str, code: str, **facts: object) -> None:
        """Note something that forbids storing."""
        self._note("error", where, code, facts)

    def warn(self, where: str, code: str, **facts: object) -> None:
        """Note something that a person should look at."""
        self._note("warning", where, code, facts)

    def add(self, problem: Problem) -> None:
        """Note a problem that has its sentence already."""
        if self._is_kept(problem.level, problem.code):
            self._kept.append(problem)

    def _note(self, level: Level, where: str, code: str, facts: dict[str, object]) -> None:
        if not self._is_kept(level, code):
            return
        worded = {
            key: shown(value) if isinstance(value, str) else value for key, value in facts.items()
        }
        place = shown(where, 90)
        self._kept.append(Problem.of(level, place, code, place=place, **worded))

    def _is_kept(self, level: Level, code: str) -> bool:
        self._counts[level] += 1
        self._codes.add(code)
        return self._counts[level] <= MAX_PROBLEMS

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
