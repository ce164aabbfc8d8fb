"""A fresh world, and a gate, for each test of the job framework."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.jobs.world import Gate, World


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    yield world
    world.close()


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.open()
