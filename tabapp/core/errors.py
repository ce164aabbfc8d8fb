"""Errors come in three families: a person can fix it, trying again helps, or it is our bug."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tabapp.core.messages import word

Level = Literal["error", "warning"]


class TabappError(Exception):
    """Base of all errors that the program raises on purpose."""


class CodedError(TabappError):
    """Base of errors that have a sentence: ``code`` names the case, ``facts`` fill its sentence.

    The wording lives in ``core.messages``, so that the window can translate it.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def message(self) -> str:
        """One sentence that says what is wrong and one that says what to do."""
        return word(self.code, self.facts)

    def __str__(self) -> str:
        return self.message


class UserError(CodedError):
    """A person can fix this."""


class TransientError(CodedError):
    """Trying again, later or on fresh input, can help. The job framework does that."""


class StaleInput(TransientError):
    """What was read has been changed by somebody else since."""

    def __init__(self, **facts: object) -> None:
        super().__init__("stale_input", **facts)


class LeaseLost(TransientError):
    """Another owner holds the lock now; nothing may be written under the old one."""

    def __init__(self, **facts: object) -> None:
        super().__init__("lease_lost", **facts)


class DatabaseBusy(TransientError):
    """Another program is writing to the file."""

    def __init__(self, **facts: object) -> None:
        super().__init__("database_busy", **facts)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding about some input: where it is, what it is and how bad.

    ``facts`` fill its sentence, so that a window can say the same by other names.
    """

    level: Level
    where: str
    code: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, level: Level, where: str, code: str, **facts: object) -> Problem:
        """Make a problem whose sentence comes from the catalogue of messages."""
        return cls(level, where, code, word(code, facts), facts)

    def as_json(self) -> dict[str, str]:
        """Shape of ``problems[]`` in ``headless.md``."""
        return {
            "level": self.level, "where": self.where, "code": self.code, "message": self.message,
        }


class ProblemsFound(UserError):
    """Some input has problems; all of them are listed, nothing was stored."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0].message if self.problems else ""
        super().__init__("problems_found", count=len(self.problems), first=first)
