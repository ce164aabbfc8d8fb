"""What the program keeps about itself: journal, revisions, operators, drafts, suggestions."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint

from tabapp.store.schema.base import (
    OWN,
    extra,
    flag,
    json,
    key,
    later_whole,
    maybe_json,
    maybe_text,
    maybe_whole,
    metadata,
    number,
    one_of,
    partial,
    text,
    to,
    whole,
)

meta = Table(
    "meta", metadata,
    Column("key", String(50), primary_key=True), text("value"), info=OWN,
)

id_counter = Table(
    "id_counter", metadata,  # the next id of each table
    Column("table_name", String(63), primary_key=True), whole("next_id", 1), info=OWN,
)

revision = Table(
    "revision", metadata,  # tournament 0 holds the topics of the whole database
    Column("tournament_id", Integer, primary_key=True, autoincrement=False),
    Column("topic", String(63), primary_key=True), whole("revision"), info=OWN,
)

action = Table(
    "action", metadata,  # one write of a person or of a job; the activity trail
    Column("id", Integer, primary_key=True, autoincrement=False), maybe_whole("tournament_id"),
    text("at"), text("actor"), text("verb"), text("subject"), maybe_text("old"),
    maybe_text("new"), json("topics", list), maybe_whole("run_id"),
    flag("trail", True),  # shown in the activity trail and written into archives
    flag("undoable", True), maybe_whole("undoes_id"), maybe_whole("undone_by_id"),
    extra(),
    Index("ix_action_tournament", "tournament_id", "id"),
    partial("ix_action_run_id", "run_id", "run_id IS NOT NULL", unique=False),
    info=OWN,
)

change = Table(
    "change", metadata,  # one row of one table as it was before and as it is after
    Column("action_id", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False), text("table_name"),
    whole("row_id"), maybe_json("before"), maybe_json("after"),
    Index("ix_change_row", "table_name", "row_id"),
    info=OWN,
)

operator = Table(
    "operator", metadata,  # never in an archive, and no PIN ever in the journal
    key(), text("name"), text("role"), text("pin_hash"), flag("active", True),
    later_whole("wrong_pins"), text("wait_until"), text("pin_set_at"), text("pin_set_by"),
    UniqueConstraint("name"), one_of("role", ("tab_director", "adjudication_core", "volunteer")),
    info=OWN,
)

form_draft = Table(
    "form_draft", metadata,  # what somebody is typing; brought back after a crash
    Column("form", String(200), primary_key=True),
    Column("operator", String(100), primary_key=True),
    json("content"), text("saved_at"), info=OWN,
)

recommendation = Table(
    "recommendation", metadata,  # worked out anew; what was answered stands beside it
    key(), to("tournament"), text("kind"), text("subject"), json("facts"), number("weight"),
    text("created_at"), UniqueConstraint("tournament_id", "kind", "subject"), info=OWN,
)

recommendation_answer = Table(
    "recommendation_answer", metadata,
    key(), to("tournament"), text("kind"), text("subject"), text("answer"), text("reason"),
    text("answered_at"), json("facts"), UniqueConstraint("tournament_id", "kind", "subject"),
    one_of("answer", ("accepted", "dismissed")),
)
