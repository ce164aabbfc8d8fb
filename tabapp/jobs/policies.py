"""Retry policies: whether and when a failed attempt is followed by another one."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

RetryPolicy = Callable[[int, BaseException], float | None]
"""Given the number of attempts that failed and the last error: seconds to wait, or None to end."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Exponential back-off. ``retries`` None means for ever.

    The delay that it returns is the upper bound from which full jitter draws. Under
    ``forgives_repeats`` the same unknown error at the same place does not end the run.
    """

    retries: int | None
    first: float
    ceiling: float = 3600.0
    forgives_repeats: bool = False

    def __call__(self, failed: int, _error: BaseException) -> float | None:
        if self.retries is not None and failed > self.retries:
            return None
        doublings = min(failed - 1, 32)
        return float(min(self.ceiling, self.first * 2**doublings))


POLICIES: Mapping[str, RetryPolicy] = MappingProxyType({
    "standard": Backoff(3, 60.0),
    "aggressive": Backoff(5, 30.0),
    "high_priority": Backoff(3, 120.0),
    "long_running": Backoff(2, 300.0),
    "network": Backoff(3, 60.0, ceiling=600.0),
    "critical": Backoff(None, 0.5, ceiling=60.0, forgives_repeats=True),
    "no_retry": Backoff(0, 0.0),
})


def policy_of(retry: str | RetryPolicy) -> RetryPolicy:
    """Return the policy of that name, or the given one; an unknown name is a ``ValueError``."""
    if not isinstance(retry, str):
        return retry
    if retry not in POLICIES:
        raise ValueError(f"unknown retry policy {retry!r}; known: {', '.join(POLICIES)}")
    return POLICIES[retry]


def delay_before_retry(
    policy: RetryPolicy, failed: int, error: BaseException, rng: random.Random
) -> float | None:
    """Return the seconds to wait, with full jitter for a ``Backoff``; None ends the run."""
    delay = policy(failed, error)
    if delay is None or not isinstance(policy, Backoff):
        return delay
    return rng.uniform(0.0, delay)


def never_gives_up(policy: RetryPolicy) -> bool:
    """Return whether runs under this policy must not be dropped when the program closes."""
    return isinstance(policy, Backoff) and policy.retries is None


def forgives_repeats(policy: RetryPolicy) -> bool:
    """Return whether the same unknown error may come again without ending the run."""
    return isinstance(policy, Backoff) and policy.forgives_repeats
