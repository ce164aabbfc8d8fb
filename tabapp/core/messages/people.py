"""Sentences about people."""

from __future__ import annotations

MESSAGES: dict[str, str] = {}
