"""The jobs: each reads a snapshot, calls the domain without a lock, and stores the result.

One rule: a module here holds job specs found by scanning, and no rule of debating.
"""

from __future__ import annotations

from typing import TypeAlias

from tabapp.jobs.context import JobContext
from tabapp.store.unit import ReadUnit, WriteUnit

Context: TypeAlias = JobContext[ReadUnit, WriteUnit]
