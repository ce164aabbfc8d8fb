"""Sentences about rounds."""

from __future__ import annotations

MESSAGES: dict[str, str] = {}
