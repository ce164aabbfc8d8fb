"""Schedules: all of them with what came of them, the next seven days, and how one is changed."""
