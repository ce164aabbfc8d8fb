"""The memory of the job framework: runs, logs, locks, schedules, circuit breakers."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint

from tabapp.store.schema.base import (
    OWN,
    flag,
    json,
    key,
    maybe_json,
    maybe_number,
    maybe_text,
    maybe_whole,
    metadata,
    number,
    one_of,
    text,
    whole,
)

RUN_STATES = (
    "queued", "waiting", "running", "success", "failed", "cancelled", "interrupted",
)

job_run = Table(
    "job_run", metadata,
    key(), text("name"), text("title"), text("queue", "default"), whole("priority"),
    maybe_whole("tournament_id"), json("params"), maybe_text("dedup_key"), text("state"),
    whole("attempts"), maybe_text("next_at"), number("progress"), text("message"),
    text("submitted_by"), text("submitted_at"), maybe_text("started_at"),
    maybe_text("finished_at"), maybe_number("seconds"), maybe_text("owner"),
    maybe_whole("epoch"), flag("idempotent", True), maybe_json("value"), json("stats"),
    maybe_text("error_code"), maybe_text("error_message"), maybe_text("error_details"),
    maybe_whole("parent_id"), json("more"),
    one_of("state", RUN_STATES), Index("ix_job_run_state", "state"),
    Index("ix_job_run_name", "name", "id"), info=OWN,
)

job_log = Table(
    "job_log", metadata,
    Column("run_id", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False), text("at"), text("level"),
    text("message"), json("fields"), info=OWN,
)

lease = Table(
    "lease", metadata,
    Column("key", String(200), primary_key=True), maybe_text("owner"), whole("epoch"),
    text("heartbeat_at"), text("expires_at"), info=OWN,
)

schedule = Table(
    "schedule", metadata,  # custom ones, and what was changed of those in the code
    key(), text("name"), text("title"), text("job"), text("kind"), json("spec"), json("params"),
    maybe_whole("tournament_id"),  # of all active ones without; it may be gone
    flag("builtin"), flag("paused"), UniqueConstraint("name"),
)

schedule_state = Table(
    "schedule_state", metadata,  # what came of each schedule, also where its runs leave no row
    Column("name", String(200), primary_key=True), maybe_text("last_due_at"),
    maybe_text("last_run_at"), maybe_text("last_status"), maybe_text("last_error"),
    whole("runs"), whole("successes"), json("seconds", list), info=OWN,
)

breaker = Table(
    "breaker", metadata,
    Column("name", String(100), primary_key=True), text("state"), whole("failures"),
    maybe_text("opened_at"), maybe_text("last_error"), info=OWN,
)
