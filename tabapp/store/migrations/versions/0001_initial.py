"""Make the first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables, parents first."""
    for make in (
        _action,
        _breaker,
        _change,
        _form_draft,
        _id_counter,
        _job_log,
        _job_run,
        _lease,
        _meta,
        _operator,
        _result_speech,
        _result_team,
        _revision,
        _snapshot_file,
        _standing,
        _tournament,
        _achievement,
        _break_category,
        _check_in,
        _criterion,
        _institution,
        _motion,
        _question,
        _recommendation,
        _schedule,
        _speaker_category,
        _venue,
        _venue_category,
        _adjudicator,
        _break_lots,
        _round,
        _team,
        _venue_venue_category,
        _absent_adjudicator,
        _absent_team,
        _absent_venue,
        _adjudicator_adjudicator_conflict,
        _adjudicator_institution_conflict,
        _adjudicator_team_conflict,
        _base_score,
        _break_team,
        _debate,
        _preformed_panel,
        _round_motion,
        _schedule_event,
        _side_allocation,
        _speaker,
        _team_break_category,
        _team_break_preference,
        _team_institution_conflict,
        _team_team_conflict,
        _venue_constraint,
        _ballot,
        _debate_event,
        _debate_override,
        _debate_side,
        _feedback,
        _panel_member,
        _preformed_panel_member,
        _speaker_speaker_category,
        _ballot_sheet,
        _ballot_veto,
        _feedback_answer,
        _speech,
    ):
        make()


def _action() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.Text(), server_default="", nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("verb", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("trail", sa.Boolean(), nullable=False),
        sa.Column("undoable", sa.Boolean(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_index(
        "ix_action_run_id",
        "action",
        ["run_id"],
        unique=False,
        sqlite_where=sa.text("run_id IS NOT NULL"),
        postgresql_where=sa.text("run_id IS NOT NULL"),
    )
    op.create_index("ix_action_tournament", "action", ["tournament_id", "id"], unique=False)


def _breaker() -> None:
    op.create_table(
        "breaker",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("state", sa.Text(), server_default="closed", nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_breaker")),
    )


def _change() -> None:
    op.create_table(
        "change",
        sa.Column("action_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("table_name", sa.Text(), server_default="", nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("action_id", "n", name=op.f("pk_change")),
    )
    op.create_index("ix_change_row", "change", ["table_name", "row_id"], unique=False)


def _form_draft() -> None:
    op.create_table(
        "form_draft",
        sa.Column("form", sa.String(length=200), nullable=False),
        sa.Column("operator", sa.String(length=100), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("form", "operator", name=op.f("pk_form_draft")),
    )


def _id_counter() -> None:
    op.create_table(
        "id_counter",
        sa.Column("table_name", sa.String(length=63), nullable=False),
        sa.Column("next_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", name=op.f("pk_id_counter")),
    )


def _job_log() -> None:
    op.create_table(
        "job_log",
        sa.Column("run_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), server_default="", nullable=False),
        sa.Column("level", sa.Text(), server_default="", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "n", name=op.f("pk_job_log")),
    )


def _job_run() -> None:
    op.create_table(
        "job_run",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("queue", sa.Text(), server_default="default", nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=True),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("dedup_key", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.Text(), nullable=True),
        sa.Column("progress", sa.Float(), nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("submitted_by", sa.Text(), server_default="", nullable=False),
        sa.Column("submitted_at", sa.Text(), server_default="", nullable=False),
        sa.Column("started_at", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.Text(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=True),
        sa.Column("idempotent", sa.Boolean(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("stats", sa.JSON(), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("error_details", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("more", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'waiting', 'running', 'success', 'failed', "
            "'cancelled', 'interrupted')",
            name=op.f("ck_job_run_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
    )
    op.create_index("ix_job_run_name", "job_run", ["name", "id"], unique=False)
    op.create_index("ix_job_run_state", "job_run", ["state"], unique=False)


def _lease() -> None:
    op.create_table(
        "lease",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("heartbeat_at", sa.Text(), server_default="", nullable=False),
        sa.Column("expires_at", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_lease")),
    )


def _meta() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=50), nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )


def _operator() -> None:
    op.create_table(
        "operator",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("role", sa.Text(), server_default="", nullable=False),
        sa.Column("pin_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "role IN ('tab_director', 'adjudication_core', 'volunteer')",
            name=op.f("ck_operator_role"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator")),
        sa.UniqueConstraint("name", name=op.f("uq_operator_name")),
    )


def _result_speech() -> None:
    op.create_table(
        "result_speech",
        sa.Column("debate_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("rank", sa.Float(), nullable=True),
        sa.Column("ghost", sa.Boolean(), nullable=False),
        sa.Column("reply", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("debate_id", "team_id", "position", name=op.f("pk_result_speech")),
    )
    op.create_index(op.f("ix_result_speech_round_id"), "result_speech", ["round_id"], unique=False)
    op.create_index(
        op.f("ix_result_speech_speaker_id"), "result_speech", ["speaker_id"], unique=False
    )


def _result_team() -> None:
    op.create_table(
        "result_team",
        sa.Column("debate_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), server_default="", nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("points", sa.Float(), nullable=True),
        sa.Column("win", sa.Integer(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("margin", sa.Float(), nullable=True),
        sa.Column("votes_given", sa.Float(), nullable=True),
        sa.Column("votes_possible", sa.Float(), nullable=True),
        sa.Column("has_ghost", sa.Boolean(), nullable=False),
        sa.Column("forfeit", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("debate_id", "team_id", name=op.f("pk_result_team")),
    )
    op.create_index(op.f("ix_result_team_round_id"), "result_team", ["round_id"], unique=False)


def _revision() -> None:
    op.create_table(
        "revision",
        sa.Column("tournament_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(length=63), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tournament_id", "topic", name=op.f("pk_revision")),
    )


def _snapshot_file() -> None:
    op.create_table(
        "snapshot_file",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("path", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.Text(), server_default="", nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_file")),
    )


def _standing() -> None:
    op.create_table(
        "standing",
        sa.Column("tournament_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("tied", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("tournament_id", "kind", "subject_id", name=op.f("pk_standing")),
    )


def _tournament() -> None:
    op.create_table(
        "tournament",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("short_name", sa.Text(), server_default="", nullable=False),
        sa.Column("preset", sa.Text(), server_default="bp", nullable=False),
        sa.Column("preset_version", sa.Integer(), nullable=False),
        sa.Column("timezone", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.Text(), server_default="", nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("document_extra", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tournament")),
        sa.UniqueConstraint("slug", name=op.f("uq_tournament_slug")),
    )


def _achievement() -> None:
    op.create_table(
        "achievement",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("round_seq", sa.Integer(), nullable=True),
        sa.Column("awarded_at", sa.Text(), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_achievement_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_achievement")),
    )
    op.create_index(
        op.f("ix_achievement_tournament_id"), "achievement", ["tournament_id"], unique=False
    )


def _break_category() -> None:
    op.create_table(
        "break_category",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("slug", sa.Text(), server_default="", nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("reserve_size", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), server_default="standard", nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=False),
        sa.Column("general", sa.Boolean(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.CheckConstraint("reserve_size >= 0", name=op.f("ck_break_category_reserve_size")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_break_category_size")),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_break_category_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_category")),
        sa.UniqueConstraint(
            "tournament_id", "ref", name=op.f("uq_break_category_tournament_id_ref")
        ),
        sa.UniqueConstraint(
            "tournament_id", "slug", name=op.f("uq_break_category_tournament_id_slug")
        ),
    )
    op.create_index(
        op.f("ix_break_category_tournament_id"), "break_category", ["tournament_id"], unique=False
    )


def _check_in() -> None:
    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('speaker', 'adjudicator', 'venue', 'debate')", name=op.f("ck_check_in_kind")
        ),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_check_in_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
    )
    op.create_index(op.f("ix_check_in_tournament_id"), "check_in", ["tournament_id"], unique=False)


def _criterion() -> None:
    op.create_table(
        "criterion",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("min", sa.Float(), nullable=True),
        sa.Column("max", sa.Float(), nullable=True),
        sa.Column("step", sa.Float(), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_criterion_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint("tournament_id", "ref", name=op.f("uq_criterion_tournament_id_ref")),
    )
    op.create_index(
        op.f("ix_criterion_tournament_id"), "criterion", ["tournament_id"], unique=False
    )


def _institution() -> None:
    op.create_table(
        "institution",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("region", sa.Text(), server_default="", nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_institution_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution")),
        sa.UniqueConstraint("tournament_id", "ref", name=op.f("uq_institution_tournament_id_ref")),
    )
    op.create_index(
        op.f("ix_institution_tournament_id"), "institution", ["tournament_id"], unique=False
    )


def _motion() -> None:
    op.create_table(
        "motion",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("info_slide", sa.Text(), server_default="", nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_motion_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion")),
        sa.UniqueConstraint("tournament_id", "ref", name=op.f("uq_motion_tournament_id_ref")),
    )
    op.create_index(op.f("ix_motion_tournament_id"), "motion", ["tournament_id"], unique=False)


def _question() -> None:
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("type", sa.Text(), server_default="", nullable=False),
        sa.Column("from_teams", sa.Boolean(), nullable=False),
        sa.Column("from_adjudicators", sa.Boolean(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("min_value", sa.Float(), nullable=True),
        sa.Column("max_value", sa.Float(), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_question_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("tournament_id", "ref", name=op.f("uq_question_tournament_id_ref")),
    )
    op.create_index(op.f("ix_question_tournament_id"), "question", ["tournament_id"], unique=False)


def _recommendation() -> None:
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("sentence", sa.Text(), server_default="", nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("status", sa.Text(), server_default="open", nullable=False),
        sa.Column("created_at", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "status IN ('open', 'accepted', 'dismissed')", name=op.f("ck_recommendation_status")
        ),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_recommendation_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
    )
    op.create_index(
        op.f("ix_recommendation_tournament_id"), "recommendation", ["tournament_id"], unique=False
    )


def _schedule() -> None:
    op.create_table(
        "schedule",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("job", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("spec", sa.JSON(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=True),
        sa.Column("builtin", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("last_run_at", sa.Text(), nullable=True),
        sa.Column("last_status", sa.Text(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("next_run_at", sa.Text(), nullable=True),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("successes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_schedule_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
        sa.UniqueConstraint("name", name=op.f("uq_schedule_name")),
    )
    op.create_index(op.f("ix_schedule_tournament_id"), "schedule", ["tournament_id"], unique=False)


def _speaker_category() -> None:
    op.create_table(
        "speaker_category",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("slug", sa.Text(), server_default="", nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_speaker_category_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_category")),
        sa.UniqueConstraint(
            "tournament_id", "ref", name=op.f("uq_speaker_category_tournament_id_ref")
        ),
        sa.UniqueConstraint(
            "tournament_id", "slug", name=op.f("uq_speaker_category_tournament_id_slug")
        ),
    )
    op.create_index(
        op.f("ix_speaker_category_tournament_id"),
        "speaker_category",
        ["tournament_id"],
        unique=False,
    )


def _venue() -> None:
    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("priority", sa.Float(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("barcode", sa.Text(), server_default="", nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_venue_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint("tournament_id", "ref", name=op.f("uq_venue_tournament_id_ref")),
    )
    op.create_index(op.f("ix_venue_tournament_id"), "venue", ["tournament_id"], unique=False)


def _venue_category() -> None:
    op.create_table(
        "venue_category",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("display", sa.Text(), server_default="", nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_venue_category_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue_category")),
        sa.UniqueConstraint(
            "tournament_id", "ref", name=op.f("uq_venue_category_tournament_id_ref")
        ),
    )
    op.create_index(
        op.f("ix_venue_category_tournament_id"), "venue_category", ["tournament_id"], unique=False
    )


def _adjudicator() -> None:
    op.create_table(
        "adjudicator",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("gender", sa.Text(), server_default="", nullable=False),
        sa.Column("pronoun", sa.Text(), server_default="", nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("code_name", sa.Text(), server_default="", nullable=False),
        sa.Column("barcode", sa.Text(), server_default="", nullable=False),
        sa.Column("base_score", sa.Float(), nullable=False),
        sa.Column("trainee", sa.Boolean(), nullable=False),
        sa.Column("independent", sa.Boolean(), nullable=False),
        sa.Column("adj_core", sa.Boolean(), nullable=False),
        sa.Column("breaking", sa.Boolean(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_adjudicator_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_adjudicator_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjudicator")),
        sa.UniqueConstraint("tournament_id", "ref", name=op.f("uq_adjudicator_tournament_id_ref")),
    )
    op.create_index(
        op.f("ix_adjudicator_institution_id"), "adjudicator", ["institution_id"], unique=False
    )
    op.create_index(
        op.f("ix_adjudicator_tournament_id"), "adjudicator", ["tournament_id"], unique=False
    )


def _break_lots() -> None:
    op.create_table(
        "break_lots",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("break_category_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=True),
        sa.Column("lots", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["break_category_id"],
            ["break_category.id"],
            name=op.f("fk_break_lots_break_category_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_lots")),
        sa.UniqueConstraint("break_category_id", name=op.f("uq_break_lots_break_category_id")),
    )
    op.create_index(
        op.f("ix_break_lots_break_category_id"), "break_lots", ["break_category_id"], unique=False
    )


def _round() -> None:
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("abbreviation", sa.Text(), server_default="", nullable=False),
        sa.Column("stage", sa.Text(), server_default="preliminary", nullable=False),
        sa.Column("draw_type", sa.Text(), server_default="power", nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("feedback_weight", sa.Float(), nullable=False),
        sa.Column("starts_at", sa.Text(), nullable=True),
        sa.Column("expected_end", sa.Text(), nullable=True),
        sa.Column("motions_released", sa.Boolean(), nullable=False),
        sa.Column("break_category_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), server_default="none", nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("draw_seed", sa.BigInteger(), nullable=True),
        sa.Column("draw_record", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(stage = 'elimination') = (break_category_id IS NOT NULL)",
            name=op.f("ck_round_category_stage"),
        ),
        sa.CheckConstraint(
            "(stage = 'elimination') = (draw_type = 'elimination')",
            name=op.f("ck_round_draw_stage"),
        ),
        sa.CheckConstraint(
            "draw_type IN ('random', 'power', 'round-robin', 'seeded', 'manual', 'elimination')",
            name=op.f("ck_round_draw_type"),
        ),
        sa.CheckConstraint("stage IN ('preliminary', 'elimination')", name=op.f("ck_round_stage")),
        sa.CheckConstraint(
            "status IN ('none', 'draft', 'confirmed', 'released')", name=op.f("ck_round_status")
        ),
        sa.ForeignKeyConstraint(
            ["break_category_id"], ["break_category.id"], name=op.f("fk_round_break_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_round_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("id", "slot_id", name=op.f("uq_round_id_slot_id")),
        sa.UniqueConstraint("tournament_id", "seq", name=op.f("uq_round_tournament_id_seq")),
    )
    op.create_index(
        op.f("ix_round_break_category_id"), "round", ["break_category_id"], unique=False
    )
    op.create_index(op.f("ix_round_tournament_id"), "round", ["tournament_id"], unique=False)


def _team() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("short_name", sa.Text(), server_default="", nullable=False),
        sa.Column("code_name", sa.Text(), server_default="", nullable=False),
        sa.Column("emoji", sa.Text(), server_default="", nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("use_institution_prefix", sa.Boolean(), nullable=False),
        sa.Column("type", sa.Text(), server_default="normal", nullable=False),
        sa.Column("seed", sa.Float(), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.CheckConstraint("type IN ('normal', 'composite', 'swing')", name=op.f("ck_team_type")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_team_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_team_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("tournament_id", "ref", name=op.f("uq_team_tournament_id_ref")),
    )
    op.create_index(op.f("ix_team_institution_id"), "team", ["institution_id"], unique=False)
    op.create_index(op.f("ix_team_tournament_id"), "team", ["tournament_id"], unique=False)


def _venue_venue_category() -> None:
    op.create_table(
        "venue_venue_category",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("venue_category_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["venue_category_id"],
            ["venue_category.id"],
            name=op.f("fk_venue_venue_category_venue_category_id"),
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_venue_venue_category_venue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue_venue_category")),
        sa.UniqueConstraint(
            "venue_id",
            "venue_category_id",
            name=op.f("uq_venue_venue_category_venue_id_venue_category_id"),
        ),
    )
    op.create_index(
        op.f("ix_venue_venue_category_venue_category_id"),
        "venue_venue_category",
        ["venue_category_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_venue_venue_category_venue_id"), "venue_venue_category", ["venue_id"], unique=False
    )


def _absent_adjudicator() -> None:
    op.create_table(
        "absent_adjudicator",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("adjudicator_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["adjudicator_id"],
            ["adjudicator.id"],
            name=op.f("fk_absent_adjudicator_adjudicator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_absent_adjudicator_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absent_adjudicator")),
        sa.UniqueConstraint(
            "round_id", "adjudicator_id", name=op.f("uq_absent_adjudicator_round_id_adjudicator_id")
        ),
    )
    op.create_index(
        op.f("ix_absent_adjudicator_adjudicator_id"),
        "absent_adjudicator",
        ["adjudicator_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_absent_adjudicator_round_id"), "absent_adjudicator", ["round_id"], unique=False
    )


def _absent_team() -> None:
    op.create_table(
        "absent_team",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_absent_team_round_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_absent_team_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absent_team")),
        sa.UniqueConstraint("round_id", "team_id", name=op.f("uq_absent_team_round_id_team_id")),
    )
    op.create_index(op.f("ix_absent_team_round_id"), "absent_team", ["round_id"], unique=False)
    op.create_index(op.f("ix_absent_team_team_id"), "absent_team", ["team_id"], unique=False)


def _absent_venue() -> None:
    op.create_table(
        "absent_venue",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_absent_venue_round_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_absent_venue_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absent_venue")),
        sa.UniqueConstraint("round_id", "venue_id", name=op.f("uq_absent_venue_round_id_venue_id")),
    )
    op.create_index(op.f("ix_absent_venue_round_id"), "absent_venue", ["round_id"], unique=False)
    op.create_index(op.f("ix_absent_venue_venue_id"), "absent_venue", ["venue_id"], unique=False)


def _adjudicator_adjudicator_conflict() -> None:
    op.create_table(
        "adjudicator_adjudicator_conflict",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("adjudicator_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "adjudicator_id <> other_id",
            name=op.f("ck_adjudicator_adjudicator_conflict_not_itself"),
        ),
        sa.ForeignKeyConstraint(
            ["adjudicator_id"],
            ["adjudicator.id"],
            name=op.f("fk_adjudicator_adjudicator_conflict_adjudicator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["adjudicator.id"],
            name=op.f("fk_adjudicator_adjudicator_conflict_other_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjudicator_adjudicator_conflict")),
        sa.UniqueConstraint(
            "adjudicator_id",
            "other_id",
            name=op.f("uq_adjudicator_adjudicator_conflict_adjudicator_id_other_id"),
        ),
    )
    op.create_index(
        op.f("ix_adjudicator_adjudicator_conflict_adjudicator_id"),
        "adjudicator_adjudicator_conflict",
        ["adjudicator_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_adjudicator_adjudicator_conflict_other_id"),
        "adjudicator_adjudicator_conflict",
        ["other_id"],
        unique=False,
    )


def _adjudicator_institution_conflict() -> None:
    op.create_table(
        "adjudicator_institution_conflict",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("adjudicator_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["adjudicator_id"],
            ["adjudicator.id"],
            name=op.f("fk_adjudicator_institution_conflict_adjudicator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_adjudicator_institution_conflict_institution_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjudicator_institution_conflict")),
        sa.UniqueConstraint(
            "adjudicator_id",
            "institution_id",
            name=op.f("uq_adjudicator_institution_conflict_adjudicator_id_institution_id"),
        ),
    )
    op.create_index(
        op.f("ix_adjudicator_institution_conflict_adjudicator_id"),
        "adjudicator_institution_conflict",
        ["adjudicator_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_adjudicator_institution_conflict_institution_id"),
        "adjudicator_institution_conflict",
        ["institution_id"],
        unique=False,
    )


def _adjudicator_team_conflict() -> None:
    op.create_table(
        "adjudicator_team_conflict",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("adjudicator_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["adjudicator_id"],
            ["adjudicator.id"],
            name=op.f("fk_adjudicator_team_conflict_adjudicator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_adjudicator_team_conflict_team_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjudicator_team_conflict")),
        sa.UniqueConstraint(
            "adjudicator_id",
            "team_id",
            name=op.f("uq_adjudicator_team_conflict_adjudicator_id_team_id"),
        ),
    )
    op.create_index(
        op.f("ix_adjudicator_team_conflict_adjudicator_id"),
        "adjudicator_team_conflict",
        ["adjudicator_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_adjudicator_team_conflict_team_id"),
        "adjudicator_team_conflict",
        ["team_id"],
        unique=False,
    )


def _base_score() -> None:
    op.create_table(
        "base_score",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("adjudicator_id", sa.Integer(), nullable=False),
        sa.Column("round_seq", sa.Integer(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["adjudicator_id"], ["adjudicator.id"], name=op.f("fk_base_score_adjudicator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_score")),
        sa.UniqueConstraint("adjudicator_id", "seq", name=op.f("uq_base_score_adjudicator_id_seq")),
    )
    op.create_index(
        op.f("ix_base_score_adjudicator_id"), "base_score", ["adjudicator_id"], unique=False
    )


def _break_team() -> None:
    op.create_table(
        "break_team",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("break_category_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("break_rank", sa.Integer(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "remark IN ('capped', 'ineligible', 'different_break', 'disqualified', "
            "'lost_coin_toss', 'withdrawn', 'absent', 'reserve', 'tied')",
            name=op.f("ck_break_team_remark"),
        ),
        sa.ForeignKeyConstraint(
            ["break_category_id"],
            ["break_category.id"],
            name=op.f("fk_break_team_break_category_id"),
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_break_team_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_team")),
        sa.UniqueConstraint(
            "break_category_id", "team_id", name=op.f("uq_break_team_break_category_id_team_id")
        ),
    )
    op.create_index(
        op.f("ix_break_team_break_category_id"), "break_team", ["break_category_id"], unique=False
    )
    op.create_index(op.f("ix_break_team_team_id"), "break_team", ["team_id"], unique=False)


def _debate() -> None:
    op.create_table(
        "debate",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("bracket", sa.Float(), nullable=True),
        sa.Column("room_rank", sa.Integer(), nullable=False),
        sa.Column("importance", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("status", sa.Text(), server_default="none", nullable=False),
        sa.Column("sides_confirmed", sa.Boolean(), nullable=False),
        sa.Column("barcode", sa.Text(), server_default="", nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "status IN ('none', 'draft', 'confirmed', 'postponed')", name=op.f("ck_debate_status")
        ),
        sa.CheckConstraint("importance BETWEEN -2 AND 2", name=op.f("ck_debate_importance")),
        sa.ForeignKeyConstraint(
            ["round_id", "slot_id"],
            ["round.id", "round.slot_id"],
            name=op.f("fk_debate_round_id_slot_id"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_debate_tournament_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_debate_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debate")),
        sa.UniqueConstraint(
            "id", "round_id", "slot_id", name=op.f("uq_debate_id_round_id_slot_id")
        ),
        sa.UniqueConstraint("tournament_id", "ref", name=op.f("uq_debate_tournament_id_ref")),
    )
    op.create_index(op.f("ix_debate_round_id"), "debate", ["round_id"], unique=False)
    op.create_index(op.f("ix_debate_tournament_id"), "debate", ["tournament_id"], unique=False)
    op.create_index(op.f("ix_debate_venue_id"), "debate", ["venue_id"], unique=False)


def _preformed_panel() -> None:
    op.create_table(
        "preformed_panel",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("room_rank", sa.Integer(), nullable=False),
        sa.Column("importance", sa.Integer(), nullable=False),
        sa.Column("bracket_min", sa.Float(), nullable=True),
        sa.Column("bracket_max", sa.Float(), nullable=True),
        sa.Column("liveness", sa.Integer(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_preformed_panel_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preformed_panel")),
    )
    op.create_index(
        op.f("ix_preformed_panel_round_id"), "preformed_panel", ["round_id"], unique=False
    )


def _round_motion() -> None:
    op.create_table(
        "round_motion",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["motion_id"], ["motion.id"], name=op.f("fk_round_motion_motion_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_motion_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_motion")),
        sa.UniqueConstraint(
            "round_id", "motion_id", name=op.f("uq_round_motion_round_id_motion_id")
        ),
        sa.UniqueConstraint("round_id", "seq", name=op.f("uq_round_motion_round_id_seq")),
    )
    op.create_index(op.f("ix_round_motion_motion_id"), "round_motion", ["motion_id"], unique=False)
    op.create_index(op.f("ix_round_motion_round_id"), "round_motion", ["round_id"], unique=False)


def _schedule_event() -> None:
    op.create_table(
        "schedule_event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("type", sa.Text(), server_default="", nullable=False),
        sa.Column("starts_at", sa.Text(), nullable=True),
        sa.Column("ends_at", sa.Text(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_schedule_event_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_schedule_event_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_event")),
    )
    op.create_index(
        op.f("ix_schedule_event_round_id"), "schedule_event", ["round_id"], unique=False
    )
    op.create_index(
        op.f("ix_schedule_event_tournament_id"), "schedule_event", ["tournament_id"], unique=False
    )


def _side_allocation() -> None:
    op.create_table(
        "side_allocation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "side IN ('og', 'oo', 'cg', 'co', 'aff', 'neg', 'bye')",
            name=op.f("ck_side_allocation_side"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_side_allocation_round_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_side_allocation_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_side_allocation")),
        sa.UniqueConstraint(
            "round_id", "team_id", name=op.f("uq_side_allocation_round_id_team_id")
        ),
    )
    op.create_index(
        op.f("ix_side_allocation_round_id"), "side_allocation", ["round_id"], unique=False
    )
    op.create_index(
        op.f("ix_side_allocation_team_id"), "side_allocation", ["team_id"], unique=False
    )


def _speaker() -> None:
    op.create_table(
        "speaker",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("gender", sa.Text(), server_default="", nullable=False),
        sa.Column("pronoun", sa.Text(), server_default="", nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("code_name", sa.Text(), server_default="", nullable=False),
        sa.Column("barcode", sa.Text(), server_default="", nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_speaker_team_id")),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_speaker_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
        sa.UniqueConstraint("tournament_id", "ref", name=op.f("uq_speaker_tournament_id_ref")),
    )
    op.create_index(op.f("ix_speaker_team_id"), "speaker", ["team_id"], unique=False)
    op.create_index(op.f("ix_speaker_tournament_id"), "speaker", ["tournament_id"], unique=False)


def _team_break_category() -> None:
    op.create_table(
        "team_break_category",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("break_category_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["break_category_id"],
            ["break_category.id"],
            name=op.f("fk_team_break_category_break_category_id"),
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_team_break_category_team_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_break_category")),
        sa.UniqueConstraint(
            "team_id",
            "break_category_id",
            name=op.f("uq_team_break_category_team_id_break_category_id"),
        ),
    )
    op.create_index(
        op.f("ix_team_break_category_break_category_id"),
        "team_break_category",
        ["break_category_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_team_break_category_team_id"), "team_break_category", ["team_id"], unique=False
    )


def _team_break_preference() -> None:
    op.create_table(
        "team_break_preference",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("break_category_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["break_category_id"],
            ["break_category.id"],
            name=op.f("fk_team_break_preference_break_category_id"),
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_team_break_preference_team_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_break_preference")),
        sa.UniqueConstraint(
            "team_id",
            "break_category_id",
            name=op.f("uq_team_break_preference_team_id_break_category_id"),
        ),
        sa.UniqueConstraint("team_id", "seq", name=op.f("uq_team_break_preference_team_id_seq")),
    )
    op.create_index(
        op.f("ix_team_break_preference_break_category_id"),
        "team_break_preference",
        ["break_category_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_team_break_preference_team_id"), "team_break_preference", ["team_id"], unique=False
    )


def _team_institution_conflict() -> None:
    op.create_table(
        "team_institution_conflict",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_team_institution_conflict_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_team_institution_conflict_team_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_institution_conflict")),
        sa.UniqueConstraint(
            "team_id",
            "institution_id",
            name=op.f("uq_team_institution_conflict_team_id_institution_id"),
        ),
    )
    op.create_index(
        op.f("ix_team_institution_conflict_institution_id"),
        "team_institution_conflict",
        ["institution_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_team_institution_conflict_team_id"),
        "team_institution_conflict",
        ["team_id"],
        unique=False,
    )


def _team_team_conflict() -> None:
    op.create_table(
        "team_team_conflict",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("team_id <> other_id", name=op.f("ck_team_team_conflict_not_itself")),
        sa.ForeignKeyConstraint(
            ["other_id"], ["team.id"], name=op.f("fk_team_team_conflict_other_id")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_team_team_conflict_team_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_team_conflict")),
        sa.UniqueConstraint(
            "team_id", "other_id", name=op.f("uq_team_team_conflict_team_id_other_id")
        ),
    )
    op.create_index(
        op.f("ix_team_team_conflict_other_id"), "team_team_conflict", ["other_id"], unique=False
    )
    op.create_index(
        op.f("ix_team_team_conflict_team_id"), "team_team_conflict", ["team_id"], unique=False
    )


def _venue_constraint() -> None:
    op.create_table(
        "venue_constraint",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("adjudicator_id", sa.Integer(), nullable=True),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("venue_category_id", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Float(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'team') = (team_id IS NOT NULL) AND (kind = 'adjudicator') = "
            "(adjudicator_id IS NOT NULL) AND (kind = 'institution') = (institution_id "
            "IS NOT NULL)",
            name=op.f("ck_venue_constraint_subject"),
        ),
        sa.CheckConstraint(
            "kind IN ('team', 'adjudicator', 'institution')", name=op.f("ck_venue_constraint_kind")
        ),
        sa.ForeignKeyConstraint(
            ["adjudicator_id"], ["adjudicator.id"], name=op.f("fk_venue_constraint_adjudicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_venue_constraint_institution_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_venue_constraint_team_id")),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_venue_constraint_tournament_id")
        ),
        sa.ForeignKeyConstraint(
            ["venue_category_id"],
            ["venue_category.id"],
            name=op.f("fk_venue_constraint_venue_category_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue_constraint")),
    )
    op.create_index(
        op.f("ix_venue_constraint_adjudicator_id"),
        "venue_constraint",
        ["adjudicator_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_venue_constraint_institution_id"),
        "venue_constraint",
        ["institution_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_venue_constraint_team_id"), "venue_constraint", ["team_id"], unique=False
    )
    op.create_index(
        op.f("ix_venue_constraint_tournament_id"),
        "venue_constraint",
        ["tournament_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_venue_constraint_venue_category_id"),
        "venue_constraint",
        ["venue_category_id"],
        unique=False,
    )


def _ballot() -> None:
    op.create_table(
        "ballot",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), server_default="draft", nullable=False),
        sa.Column("motion_id", sa.Integer(), nullable=True),
        sa.Column("forfeit", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("entered_by", sa.Text(), server_default="", nullable=False),
        sa.Column("confirmed_by", sa.Text(), server_default="", nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'confirmed', 'discarded')", name=op.f("ck_ballot_status")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_ballot_version")),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name=op.f("fk_ballot_debate_id")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_ballot_motion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("debate_id", "version", name=op.f("uq_ballot_debate_id_version")),
    )
    op.create_index(op.f("ix_ballot_debate_id"), "ballot", ["debate_id"], unique=False)
    op.create_index(op.f("ix_ballot_motion_id"), "ballot", ["motion_id"], unique=False)
    op.create_index(
        "uq_ballot_confirmed",
        "ballot",
        ["debate_id"],
        unique=True,
        sqlite_where=sa.text("status = 'confirmed'"),
        postgresql_where=sa.text("status = 'confirmed'"),
    )


def _debate_event() -> None:
    op.create_table(
        "debate_event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["debate_id"], ["debate.id"], name=op.f("fk_debate_event_debate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debate_event")),
        sa.UniqueConstraint(
            "debate_id", "kind", "at", name=op.f("uq_debate_event_debate_id_kind_at")
        ),
    )
    op.create_index(op.f("ix_debate_event_debate_id"), "debate_event", ["debate_id"], unique=False)


def _debate_override() -> None:
    op.create_table(
        "debate_override",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("adjudicator_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "team_id IS NULL OR other_id IS NULL", name=op.f("ck_debate_override_one_subject")
        ),
        sa.ForeignKeyConstraint(
            ["adjudicator_id"], ["adjudicator.id"], name=op.f("fk_debate_override_adjudicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["debate_id"], ["debate.id"], name=op.f("fk_debate_override_debate_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["adjudicator.id"], name=op.f("fk_debate_override_other_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_debate_override_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debate_override")),
    )
    op.create_index(
        op.f("ix_debate_override_adjudicator_id"),
        "debate_override",
        ["adjudicator_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_debate_override_debate_id"), "debate_override", ["debate_id"], unique=False
    )
    op.create_index(
        op.f("ix_debate_override_other_id"), "debate_override", ["other_id"], unique=False
    )
    op.create_index(
        op.f("ix_debate_override_team_id"), "debate_override", ["team_id"], unique=False
    )


def _debate_side() -> None:
    op.create_table(
        "debate_side",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), server_default="", nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "side IN ('og', 'oo', 'cg', 'co', 'aff', 'neg', 'bye')",
            name=op.f("ck_debate_side_side"),
        ),
        sa.ForeignKeyConstraint(
            ["debate_id", "round_id", "slot_id"],
            ["debate.id", "debate.round_id", "debate.slot_id"],
            name=op.f("fk_debate_side_debate_id_round_id_slot_id"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_debate_side_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debate_side")),
        sa.UniqueConstraint("debate_id", "side", name=op.f("uq_debate_side_debate_id_side")),
        sa.UniqueConstraint("slot_id", "team_id", name=op.f("uq_debate_side_slot_id_team_id")),
    )
    op.create_index(op.f("ix_debate_side_debate_id"), "debate_side", ["debate_id"], unique=False)
    op.create_index(op.f("ix_debate_side_round_id"), "debate_side", ["round_id"], unique=False)
    op.create_index(op.f("ix_debate_side_team_id"), "debate_side", ["team_id"], unique=False)


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("debate_id", sa.Integer(), nullable=True),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("source_team_id", sa.Integer(), nullable=True),
        sa.Column("source_adjudicator_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("ignored", sa.Boolean(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "source_team_id IS NULL OR source_adjudicator_id IS NULL",
            name=op.f("ck_feedback_one_source"),
        ),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name=op.f("fk_feedback_debate_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_feedback_round_id")),
        sa.ForeignKeyConstraint(
            ["source_adjudicator_id"],
            ["adjudicator.id"],
            name=op.f("fk_feedback_source_adjudicator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["source_team_id"], ["team.id"], name=op.f("fk_feedback_source_team_id")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["adjudicator.id"], name=op.f("fk_feedback_target_id")
        ),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"], name=op.f("fk_feedback_tournament_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("tournament_id", "ref", name=op.f("uq_feedback_tournament_id_ref")),
    )
    op.create_index(op.f("ix_feedback_debate_id"), "feedback", ["debate_id"], unique=False)
    op.create_index(op.f("ix_feedback_round_id"), "feedback", ["round_id"], unique=False)
    op.create_index(
        op.f("ix_feedback_source_adjudicator_id"),
        "feedback",
        ["source_adjudicator_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_feedback_source_team_id"), "feedback", ["source_team_id"], unique=False
    )
    op.create_index(op.f("ix_feedback_target_id"), "feedback", ["target_id"], unique=False)
    op.create_index(op.f("ix_feedback_tournament_id"), "feedback", ["tournament_id"], unique=False)


def _panel_member() -> None:
    op.create_table(
        "panel_member",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("adjudicator_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), server_default="", nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "role IN ('chair', 'panellist', 'trainee')", name=op.f("ck_panel_member_role")
        ),
        sa.ForeignKeyConstraint(
            ["adjudicator_id"], ["adjudicator.id"], name=op.f("fk_panel_member_adjudicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["debate_id", "round_id", "slot_id"],
            ["debate.id", "debate.round_id", "debate.slot_id"],
            name=op.f("fk_panel_member_debate_id_round_id_slot_id"),
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_member")),
        sa.UniqueConstraint(
            "slot_id", "adjudicator_id", name=op.f("uq_panel_member_slot_id_adjudicator_id")
        ),
    )
    op.create_index(
        op.f("ix_panel_member_adjudicator_id"), "panel_member", ["adjudicator_id"], unique=False
    )
    op.create_index(op.f("ix_panel_member_debate_id"), "panel_member", ["debate_id"], unique=False)
    op.create_index(op.f("ix_panel_member_round_id"), "panel_member", ["round_id"], unique=False)
    op.create_index(
        "uq_panel_member_chair",
        "panel_member",
        ["debate_id"],
        unique=True,
        sqlite_where=sa.text("role = 'chair'"),
        postgresql_where=sa.text("role = 'chair'"),
    )


def _preformed_panel_member() -> None:
    op.create_table(
        "preformed_panel_member",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("preformed_panel_id", sa.Integer(), nullable=False),
        sa.Column("adjudicator_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), server_default="", nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "role IN ('chair', 'panellist', 'trainee')", name=op.f("ck_preformed_panel_member_role")
        ),
        sa.ForeignKeyConstraint(
            ["adjudicator_id"],
            ["adjudicator.id"],
            name=op.f("fk_preformed_panel_member_adjudicator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["preformed_panel_id"],
            ["preformed_panel.id"],
            name=op.f("fk_preformed_panel_member_preformed_panel_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preformed_panel_member")),
        sa.UniqueConstraint(
            "preformed_panel_id",
            "adjudicator_id",
            name=op.f("uq_preformed_panel_member_preformed_panel_id_adjudicator_id"),
        ),
    )
    op.create_index(
        op.f("ix_preformed_panel_member_adjudicator_id"),
        "preformed_panel_member",
        ["adjudicator_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_preformed_panel_member_preformed_panel_id"),
        "preformed_panel_member",
        ["preformed_panel_id"],
        unique=False,
    )


def _speaker_speaker_category() -> None:
    op.create_table(
        "speaker_speaker_category",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("speaker_category_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["speaker_category_id"],
            ["speaker_category.id"],
            name=op.f("fk_speaker_speaker_category_speaker_category_id"),
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speaker.id"], name=op.f("fk_speaker_speaker_category_speaker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_speaker_category")),
        sa.UniqueConstraint(
            "speaker_id",
            "speaker_category_id",
            name=op.f("uq_speaker_speaker_category_speaker_id_speaker_category_id"),
        ),
    )
    op.create_index(
        op.f("ix_speaker_speaker_category_speaker_category_id"),
        "speaker_speaker_category",
        ["speaker_category_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_speaker_speaker_category_speaker_id"),
        "speaker_speaker_category",
        ["speaker_id"],
        unique=False,
    )


def _ballot_sheet() -> None:
    op.create_table(
        "ballot_sheet",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("adjudicator_id", sa.Integer(), nullable=True),
        sa.Column("winners", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("ranks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("side_list", sa.JSON(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["adjudicator_id"], ["adjudicator.id"], name=op.f("fk_ballot_sheet_adjudicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_sheet_ballot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_sheet")),
        sa.UniqueConstraint(
            "ballot_id", "adjudicator_id", name=op.f("uq_ballot_sheet_ballot_id_adjudicator_id")
        ),
    )
    op.create_index(
        op.f("ix_ballot_sheet_adjudicator_id"), "ballot_sheet", ["adjudicator_id"], unique=False
    )
    op.create_index(op.f("ix_ballot_sheet_ballot_id"), "ballot_sheet", ["ballot_id"], unique=False)
    op.create_index(
        "uq_ballot_sheet_consensus",
        "ballot_sheet",
        ["ballot_id"],
        unique=True,
        sqlite_where=sa.text("adjudicator_id IS NULL"),
        postgresql_where=sa.text("adjudicator_id IS NULL"),
    )


def _ballot_veto() -> None:
    op.create_table(
        "ballot_veto",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), server_default="", nullable=False),
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "side IN ('og', 'oo', 'cg', 'co', 'aff', 'neg', 'bye')",
            name=op.f("ck_ballot_veto_side"),
        ),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_veto_ballot_id")
        ),
        sa.ForeignKeyConstraint(
            ["motion_id"], ["motion.id"], name=op.f("fk_ballot_veto_motion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_veto")),
        sa.UniqueConstraint("ballot_id", "side", name=op.f("uq_ballot_veto_ballot_id_side")),
    )
    op.create_index(op.f("ix_ballot_veto_ballot_id"), "ballot_veto", ["ballot_id"], unique=False)
    op.create_index(op.f("ix_ballot_veto_motion_id"), "ballot_veto", ["motion_id"], unique=False)


def _feedback_answer() -> None:
    op.create_table(
        "feedback_answer",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_feedback_answer_feedback_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_feedback_answer_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_answer")),
        sa.UniqueConstraint(
            "feedback_id", "question_id", name=op.f("uq_feedback_answer_feedback_id_question_id")
        ),
    )
    op.create_index(
        op.f("ix_feedback_answer_feedback_id"), "feedback_answer", ["feedback_id"], unique=False
    )
    op.create_index(
        op.f("ix_feedback_answer_question_id"), "feedback_answer", ["question_id"], unique=False
    )


def _speech() -> None:
    op.create_table(
        "speech",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ballot_sheet_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("ghost", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("substitute_for_id", sa.Integer(), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "side IN ('og', 'oo', 'cg', 'co', 'aff', 'neg', 'bye')", name=op.f("ck_speech_side")
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_speech_position")),
        sa.ForeignKeyConstraint(
            ["ballot_sheet_id"], ["ballot_sheet.id"], name=op.f("fk_speech_ballot_sheet_id")
        ),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_speech_speaker_id")),
        sa.ForeignKeyConstraint(
            ["substitute_for_id"], ["speaker.id"], name=op.f("fk_speech_substitute_for_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speech")),
        sa.UniqueConstraint(
            "ballot_sheet_id",
            "side",
            "position",
            name=op.f("uq_speech_ballot_sheet_id_side_position"),
        ),
    )
    op.create_index(op.f("ix_speech_ballot_sheet_id"), "speech", ["ballot_sheet_id"], unique=False)
    op.create_index(op.f("ix_speech_speaker_id"), "speech", ["speaker_id"], unique=False)
    op.create_index(
        op.f("ix_speech_substitute_for_id"), "speech", ["substitute_for_id"], unique=False
    )
