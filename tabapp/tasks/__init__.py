"""The jobs: each reads a snapshot, calls the domain without a lock, and stores the result.

One rule: a module here holds job specs found by scanning, and no rule of debating.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from tabapp.jobs.context import JobContext
from tabapp.store.unit import ReadUnit, WriteUnit

Context: TypeAlias = JobContext[ReadUnit, WriteUnit]
Seed: TypeAlias = Annotated[int, Field(ge=0, lt=2**63)]
"""The source of all chance in a job; what a database keeps as a whole number."""
