"""Short PINs as hashes that are slow to try out; nothing but this module knows how.

Argon2id. The parameters stand in each hash, so that they can grow without anybody's help. A PIN
of so few digits guards the keyboard, not a copy of the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

PASSES, KIB, LANES = 3, 32 * 1024, 1
"""What one hash costs: passes over so much memory in one thread, 50 to 100 ms on a laptop."""


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # noqa: PLC0415 - 40 ms that no start needs

    return PasswordHasher(time_cost=PASSES, memory_cost=KIB, parallelism=LANES)


def hash_pin(pin: str) -> str:
    """Return the salted hash of a PIN, with the parameters that made it. Takes 50 to 100 ms."""
    return _hasher().hash(pin)


def is_pin(kept: str, pin: str) -> bool:
    """Tell whether ``kept`` is a hash of ``pin``; nothing is the PIN of a hash that is damaged."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415

    try:
        return _hasher().verify(kept, pin)
    except (VerificationError, InvalidHashError):
        return False


def is_weak(kept: str) -> bool:
    """Tell whether a hash was cheaper to make than those of today."""
    from argon2 import Type, extract_parameters  # noqa: PLC0415
    from argon2.exceptions import InvalidHashError  # noqa: PLC0415

    try:
        found = extract_parameters(kept)
    except InvalidHashError:
        return True
    return found.type is not Type.ID or found.time_cost < PASSES or found.memory_cost < KIB
