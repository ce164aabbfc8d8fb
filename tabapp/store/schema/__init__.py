"""All tables, by area: ``setup``, ``people``, ``rounds``, ``ballots``, ``house``, ``work``.

One rule: what must be true is a constraint here. Deletes never cascade, so that the journal sees
every row; ``info={"journal": False}`` marks tables that are derived or that keep themselves.
"""

from tabapp.store.schema.ballots import (
    ballot,
    ballot_sheet,
    ballot_veto,
    feedback,
    feedback_answer,
    forecast,
    result_speech,
    result_team,
    speech,
    standing,
)
from tabapp.store.schema.base import metadata
from tabapp.store.schema.house import (
    action,
    change,
    form_draft,
    id_counter,
    meta,
    operator,
    recommendation,
    recommendation_answer,
    revision,
)
from tabapp.store.schema.people import (
    adjudicator,
    adjudicator_adjudicator_conflict,
    adjudicator_institution_conflict,
    adjudicator_team_conflict,
    institution,
    speaker,
    speaker_speaker_category,
    team,
    team_break_category,
    team_break_preference,
    team_institution_conflict,
    team_team_conflict,
)
from tabapp.store.schema.rounds import (
    absent_adjudicator,
    absent_team,
    absent_venue,
    base_score,
    check_in,
    debate,
    debate_event,
    debate_flag,
    debate_override,
    debate_side,
    panel_member,
    preformed_panel,
    preformed_panel_member,
    round_,
    round_motion,
    side_allocation,
)
from tabapp.store.schema.setup import (
    achievement,
    break_category,
    break_lots,
    break_team,
    criterion,
    motion,
    question,
    schedule_event,
    speaker_category,
    tournament,
    venue,
    venue_category,
    venue_constraint,
    venue_venue_category,
)
from tabapp.store.schema.work import breaker, job_log, job_run, lease, schedule, schedule_state

__all__ = [
    "absent_adjudicator", "absent_team", "absent_venue", "achievement", "action", "adjudicator",
    "adjudicator_adjudicator_conflict", "adjudicator_institution_conflict",
    "adjudicator_team_conflict", "ballot", "ballot_sheet", "ballot_veto", "base_score",
    "break_category", "break_lots", "break_team", "breaker", "change", "check_in", "criterion",
    "debate", "debate_event", "debate_flag", "debate_override", "debate_side", "feedback",
    "feedback_answer", "forecast", "form_draft", "id_counter", "institution", "job_log", "job_run",
    "lease", "meta", "metadata", "motion", "operator", "panel_member", "preformed_panel",
    "preformed_panel_member", "question", "recommendation", "recommendation_answer",
    "result_speech", "result_team", "revision", "round_", "round_motion", "schedule",
    "schedule_event", "schedule_state", "side_allocation", "speaker", "speaker_category",
    "speaker_speaker_category", "speech", "standing", "team", "team_break_category",
    "team_break_preference", "team_institution_conflict", "team_team_conflict", "tournament",
    "venue", "venue_category", "venue_constraint", "venue_venue_category",
]
