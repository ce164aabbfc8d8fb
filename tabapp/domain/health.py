"""What a look at the program's health found: one finding a check, with the way to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FindingStatus = Literal["passed", "attention", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check.

    ``name`` is stable (``integrity``, ``disk``); ``sentence`` says how things stand, ``fix`` what
    to do, "" where nothing is to be done. ``action`` is what a button beside it does: the name of
    a job that mends it, ``retry_runs``, ``second_folder``, ``resume_clock``, or "".
    """

    name: str
    status: FindingStatus
    sentence: str
    fix: str = ""
    action: str = ""

    def as_json(self) -> dict[str, str]:
        """Shape of ``checks[]`` of the command ``doctor``."""
        return {
            "name": self.name, "status": self.status, "detail": self.sentence, "fix": self.fix,
        }


@dataclass(frozen=True, slots=True)
class HealthReport:
    """All findings of one look."""

    at: datetime
    findings: tuple[Finding, ...]

    @property
    def status(self) -> FindingStatus:
        """The worst of all findings."""
        found = {one.status for one in self.findings}
        if "problem" in found:
            return "problem"
        return "attention" if "attention" in found else "passed"
