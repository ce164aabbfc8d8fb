"""Make room for the clock, for deadlines, awards and suggestions, and for what profiles ask.

Schedules, breakers, suggestions and copies had tables that no program wrote; they are made anew.
"""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_FLAGS = {
    "speaker": ("consent", "categories_answered"),
    "adjudicator": ("consent", "conflicts_declared"),
}


def upgrade() -> None:
    """Replace the unused tables, add the others; SQLite rebuilds what gets new columns."""
    for table in ("snapshot_file", "schedule", "breaker", "recommendation"):
        op.drop_table(table)
    _make_work_tables()
    _make_house_tables()
    rebuild: Literal["always", "never"] = (
        "always" if op.get_bind().dialect.name == "sqlite" else "never"
    )
    for table, names in _FLAGS.items():
        with op.batch_alter_table(table, recreate=rebuild) as batch:
            for name in names:
                batch.add_column(
                    sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("round", recreate=rebuild) as batch:
        batch.add_column(sa.Column("deadlines", sa.JSON(none_as_null=True), nullable=True))


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _make_work_tables() -> None:
    op.create_table(
        "schedule",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        _text("name"), _text("title"), _text("job"), _text("kind"),
        sa.Column("spec", sa.JSON(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=True),
        sa.Column("builtin", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
        sa.UniqueConstraint("name", name=op.f("uq_schedule_name")),
    )
    op.create_table(
        "schedule_state",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("last_due_at", sa.Text(), nullable=True),
        sa.Column("last_run_at", sa.Text(), nullable=True),
        sa.Column("last_status", sa.Text(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("successes", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_schedule_state")),
    )
    op.create_table(
        "breaker",
        sa.Column("name", sa.String(length=100), nullable=False),
        _text("state"),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_breaker")),
    )


def _make_house_tables() -> None:
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        _text("kind"), _text("subject"),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        _text("created_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"],
            name=op.f("fk_recommendation_tournament_id")),
        sa.UniqueConstraint(
            "tournament_id", "kind", "subject",
            name=op.f("uq_recommendation_tournament_id_kind_subject")),
    )
    op.create_index(
        op.f("ix_recommendation_tournament_id"), "recommendation", ["tournament_id"])
    op.create_table(
        "recommendation_answer",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tournament_id", sa.Integer(), nullable=False),
        _text("kind"), _text("subject"), _text("answer"), _text("reason"), _text("answered_at"),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_answer")),
        sa.ForeignKeyConstraint(
            ["tournament_id"], ["tournament.id"],
            name=op.f("fk_recommendation_answer_tournament_id")),
        sa.UniqueConstraint(
            "tournament_id", "kind", "subject",
            name=op.f("uq_recommendation_answer_tournament_id_kind_subject")),
        sa.CheckConstraint(
            "answer IN ('accepted', 'dismissed')", name=op.f("ck_recommendation_answer_answer")),
    )
    op.create_index(
        op.f("ix_recommendation_answer_tournament_id"), "recommendation_answer",
        ["tournament_id"])
    op.create_table(
        "debate_flag",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        _text("kind"), _text("since"),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debate_flag")),
        sa.ForeignKeyConstraint(
            ["debate_id"], ["debate.id"], name=op.f("fk_debate_flag_debate_id")),
        sa.UniqueConstraint("debate_id", "kind", name=op.f("uq_debate_flag_debate_id_kind")),
        sa.CheckConstraint(
            "kind IN ('warning', 'overdue', 'unconfirmed', 'forfeited')",
            name=op.f("ck_debate_flag_kind")),
    )
    op.create_index(op.f("ix_debate_flag_debate_id"), "debate_flag", ["debate_id"])
