"""Ballots as they were entered, feedback, and the results that are derived from them.

``result_*`` rows are written in the transaction that confirms a ballot; standings read only them.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from tabapp.store.schema.base import (
    OWN,
    extra,
    flag,
    json,
    key,
    maybe_json,
    maybe_number,
    maybe_whole,
    metadata,
    one_of,
    partial,
    ref,
    text,
    to,
    whole,
)
from tabapp.store.schema.rounds import SIDES

ballot = Table(
    "ballot", metadata,
    key(), to("debate"), whole("version", 1), text("status", "draft"),
    to("motion", optional=True), json("forfeit", list), text("comment"), text("reason"),
    text("entered_by"), text("confirmed_by"), extra(),
    UniqueConstraint("debate_id", "version"),
    one_of("status", ("draft", "confirmed", "discarded")),
    CheckConstraint("version >= 1", name="version"),
    partial("uq_ballot_confirmed", "debate_id", "status = 'confirmed'"),
)

ballot_veto = Table(
    "ballot_veto", metadata,
    key(), to("ballot"), text("side"), to("motion"), UniqueConstraint("ballot_id", "side"),
    one_of("side", SIDES),
)

ballot_sheet = Table(
    "ballot_sheet", metadata,
    key(), to("ballot"), to("adjudicator", optional=True), maybe_json("winners"),
    maybe_json("ranks"), json("side_list", list), extra(),
    UniqueConstraint("ballot_id", "adjudicator_id"),
    partial("uq_ballot_sheet_consensus", "ballot_id", "adjudicator_id IS NULL"),
)

speech = Table(
    "speech", metadata,
    key(), to("ballot_sheet"), text("side"), whole("position"), to("speaker", optional=True),
    maybe_number("score"), flag("ghost"), maybe_whole("rank"), json("criteria"),
    to("speaker", "substitute_for_id", optional=True), extra(),
    UniqueConstraint("ballot_sheet_id", "side", "position"), one_of("side", SIDES),
    CheckConstraint("position >= 1", name="position"),
)

result_team = Table(
    "result_team", metadata,
    Column("debate_id", Integer, primary_key=True, autoincrement=False),
    Column("team_id", Integer, primary_key=True, autoincrement=False),
    Column("round_id", Integer, nullable=False, index=True), text("side"), maybe_whole("rank"),
    maybe_number("points"), maybe_whole("win"), maybe_number("score"), maybe_number("margin"),
    maybe_number("votes_given"), maybe_number("votes_possible"), flag("has_ghost"),
    flag("forfeit"),
    info=OWN,
)

result_speech = Table(
    "result_speech", metadata,
    Column("debate_id", Integer, primary_key=True, autoincrement=False),
    Column("team_id", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("round_id", Integer, nullable=False, index=True),
    Column("speaker_id", Integer, nullable=False, index=True), maybe_number("score"),
    maybe_number("rank"), flag("ghost"), flag("reply"),
    info=OWN,
)

standing = Table(
    "standing", metadata,  # the cached tables that the window and the projector show
    Column("tournament_id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), primary_key=True),
    Column("subject_id", Integer, primary_key=True, autoincrement=False),
    maybe_whole("rank"), flag("tied"), whole("place"), json("values"),
    info=OWN,
)

forecast = Table(
    "forecast", metadata,  # the cached forecast; ``made_from`` are the topics it was made from
    Column("tournament_id", Integer, primary_key=True, autoincrement=False),
    whole("runs"), text("version"), json("made_from"), json("document"),
    info=OWN,
)

feedback = Table(
    "feedback", metadata,
    key(), to("tournament"), ref(), to("round", optional=True), to("debate", optional=True),
    to("adjudicator", "target_id"), to("team", "source_team_id", optional=True),
    to("adjudicator", "source_adjudicator_id", optional=True), maybe_number("score"),
    flag("confirmed", True), flag("ignored"), extra(),
    UniqueConstraint("tournament_id", "ref"),
    CheckConstraint(
        "source_team_id IS NULL OR source_adjudicator_id IS NULL", name="one_source"
    ),
)

feedback_answer = Table(
    "feedback_answer", metadata,
    key(), to("feedback"), to("question"), maybe_json("value"),
    UniqueConstraint("feedback_id", "question_id"),
)

