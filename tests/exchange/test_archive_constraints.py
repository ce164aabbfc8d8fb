"""Whatever rule of the database an archive could break is told before, with its place.

Every CHECK and UNIQUE constraint stands in exactly one of the tables below: with the change of a
document that breaks it, or with the reason why no document can.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, UniqueConstraint

from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive
from tabapp.exchange import read_archive
from tabapp.store.archive_in import store_archive
from tabapp.store.database import Database
from tabapp.store.schema import metadata
from tests.builders import small_archive

Doc = dict[str, Any]
Change = Callable[[Doc], object]


def debate(document: Doc, place: int = 0) -> Any:
    return document["rounds"][0]["debates"][place]


def ballot(document: Doc) -> Any:
    return debate(document)["ballots"][0]


def side_sheet(document: Doc) -> Any:
    return ballot(document)["sheets"][0]["sides"][0]


def twice(name: str, **different: Any) -> Change:
    """Return a change that adds a copy of the first part of a list, or two new parts."""

    def change(document: Doc) -> None:
        parts = document.setdefault(name, [])
        if not parts:
            parts.append({"id": "X1"})
        parts.append(deepcopy(parts[0]) | different)

    return change


def final(**different: Any) -> Change:
    def change(document: Doc) -> None:
        document["rounds"].append({
            "seq": 3, "stage": "elimination", "draw_type": "elimination", "break_category": "open",
        } | different)

    return change


def feedback(*ids: str, **more: Any) -> Change:
    return lambda d: d.update(feedback=[
        {"id": one, "target": "A1", "source_adjudicator": "A2"} | more for one in ids
    ])


def prepared(*roles: str) -> Change:
    panel = [{"adjudicator": "A1", "role": role} for role in roles]
    return lambda d: d["rounds"][0].update(preformed_panels=[{"panel": panel}])


def made_break(*rows: Doc) -> Change:
    return lambda d: d.update(breaks=[{"category": "open", "teams": list(rows)}])


LISTED: dict[str, Change] = {
    "absent_adjudicator_round_id_adjudicator_id":
        lambda d: d["rounds"][0].update(absent_adjudicators=["A1", "A1"]),
    "absent_team_round_id_team_id":
        lambda d: d["rounds"][0].update(absent_teams=["T1", "T1"]),
    "absent_venue_round_id_venue_id":
        lambda d: d["rounds"][0].update(absent_venues=["V1", "V1"]),
    "adjudicator_adjudicator_conflict_adjudicator_id_other_id":
        lambda d: d["adjudicators"][0].update(adjudicator_conflicts=["A4", "A4"]),
    "adjudicator_institution_conflict_adjudicator_id_institution_id":
        lambda d: d["adjudicators"][0].update(institution_conflicts=["I1", "I1"]),
    "adjudicator_team_conflict_adjudicator_id_team_id":
        lambda d: d["adjudicators"][0].update(team_conflicts=["T1", "T1"]),
    "break_team_break_category_id_team_id": made_break({"team": "T1"}, {"team": "T1"}),
    "preformed_panel_member_preformed_panel_id_adjudicator_id": prepared("chair", "trainee"),
    "round_motion_round_id_motion_id":
        lambda d: d["rounds"][0].update(motions=["M1", "M1"]),
    "speaker_speaker_category_speaker_id_speaker_category_id":
        lambda d: d["speakers"][0].update(categories=["SC1", "SC1"]),
    "team_break_category_team_id_break_category_id":
        lambda d: d["teams"][0].update(break_categories=["BC1", "BC1"]),
    "team_break_preference_team_id_break_category_id":
        lambda d: d["teams"][0].update(break_preferences=["BC1", "BC1"]),
    "team_institution_conflict_team_id_institution_id":
        lambda d: d["teams"][0].update(institution_conflicts=["I1", "I1"]),
    "team_team_conflict_team_id_other_id":
        lambda d: d["teams"][0].update(team_conflicts=["T2", "T2"]),
    "venue_venue_category_venue_id_venue_category_id": lambda d: (
        d.update(venue_categories=[{"id": "VC1"}]),
        d["venues"][0].update(categories=["VC1", "VC1"]),
    ),
}

IDS: dict[str, Change] = {
    "adjudicator": twice("adjudicators"),
    "break_category": twice("break_categories", slug="other"),
    "criterion": lambda d: d["tournament"].update(criteria=[{"id": "C1"}, {"id": "C1"}]),
    "debate": lambda d: debate(d, 1).update(id="D1"),
    "feedback": feedback("F1", "F1"),
    "institution": twice("institutions"),
    "motion": twice("motions"),
    "question": twice("questions"),
    "speaker": twice("speakers"),
    "speaker_category": twice("speaker_categories", slug="other"),
    "team": twice("teams"),
    "venue": twice("venues"),
    "venue_category": twice("venue_categories"),
}

CHOICES: dict[str, Change] = {
    "ballot_status": lambda d: ballot(d).update(status="X"),
    "debate_status": lambda d: debate(d).update(status="X"),
    "panel_member_role": lambda d: debate(d)["panel"][0].update(role="X"),
    "preformed_panel_member_role": prepared("X"),
    "round_draw_type": lambda d: d["rounds"][0].update(draw_type="X"),
    "round_stage": lambda d: d["rounds"][0].update(stage="X"),
    "round_status": lambda d: d["rounds"][0].update(status="X"),
    "team_type": lambda d: d["teams"][0].update(type="X"),
    "venue_constraint_kind": lambda d: (
        d.update(venue_categories=[{"id": "VC1"}]),
        d.update(venue_constraints=[{"kind": "X", "subject": "T1", "category": "VC1"}]),
    ),
}

OTHERS: dict[str, tuple[str, Change]] = {
    "ck_adjudicator_adjudicator_conflict_not_itself": (
        "import_conflict_with_itself",
        lambda d: d["adjudicators"][0].update(adjudicator_conflicts=["A1"])),
    "ck_ballot_version": (
        "import_bad_ballot_version", lambda d: ballot(d).update(version=0)),
    "ck_ballot_veto_side": (
        "import_unknown_reference", lambda d: ballot(d).update(vetoes={"X": "M1"})),
    "ck_break_category_reserve_size": (
        "import_negative_size", lambda d: d["break_categories"][0].update(reserve_size=-1)),
    "ck_break_category_size": (
        "import_negative_size", lambda d: d["break_categories"][0].update(size=-1)),
    "ck_break_team_remark": (
        "import_unknown_remark", made_break({"team": "T1", "remark": "tired"})),
    "ck_debate_importance": (
        "import_bad_importance", lambda d: debate(d).update(importance=3)),
    "ck_debate_override_one_subject": (
        "import_override_of_two", lambda d: debate(d).update(
            overrides=[{"adjudicator": "A1", "team": "T1", "other": "A2"}])),
    "ck_debate_side_side": (
        "import_unknown_side", lambda d: debate(d)["sides"][0].update(side="X")),
    "ck_feedback_one_source": ("import_feedback_source", feedback("F1", source_team="T1")),
    "ck_round_category_stage": ("import_no_break_category", final(break_category=None)),
    "ck_round_draw_stage": ("import_stage_contradicts_draw", final(draw_type="power")),
    "ck_side_allocation_side": (
        "import_unknown_side", lambda d: d["rounds"][0].update(side_allocations={"T1": "X"})),
    "ck_speech_position": (
        "import_bad_position", lambda d: side_sheet(d)["speeches"][0].update(position=0)),
    "ck_speech_side": ("import_unknown_reference", lambda d: side_sheet(d).update(side="X")),
    "ck_team_team_conflict_not_itself": (
        "import_conflict_with_itself", lambda d: d["teams"][0].update(team_conflicts=["T1"])),
    "uq_ballot_confirmed": (
        "import_two_confirmed_ballots",
        lambda d: debate(d)["ballots"].append(ballot(d) | {"version": 2})),
    "uq_ballot_debate_id_version": (
        "import_duplicate_version",
        lambda d: debate(d)["ballots"].append(ballot(d) | {"status": "draft"})),
    "uq_ballot_sheet_ballot_id_adjudicator_id": (
        "import_two_sheets", lambda d: ballot(d).update(sheets=[{"adjudicator": "A1"}] * 2)),
    "uq_ballot_sheet_consensus": (
        "import_two_sheets", lambda d: ballot(d)["sheets"].append({"adjudicator": None})),
    "uq_break_category_tournament_id_slug": (
        "import_duplicate_id", twice("break_categories", id="BC2")),
    "uq_break_lots_break_category_id": (
        "import_two_breaks", lambda d: d.update(breaks=[{"category": "open"}] * 2)),
    "uq_debate_side_debate_id_side": (
        "import_side_twice", lambda d: debate(d)["sides"][0].update(side="oo")),
    "uq_debate_side_slot_id_team_id": (
        "import_team_in_two_rooms",
        lambda d: debate(d)["sides"][0].update(team=debate(d, 1)["sides"][0]["team"])),
    "uq_panel_member_chair": (
        "import_two_chairs", lambda d: debate(d)["panel"][1].update(role="chair")),
    "uq_panel_member_slot_id_adjudicator_id": (
        "import_judge_in_two_rooms", lambda d: debate(d)["panel"][1].update(adjudicator="A4")),
    "uq_round_tournament_id_seq": (
        "import_duplicate_seq", lambda d: d["rounds"][1].update(seq=1)),
    "uq_speaker_category_tournament_id_slug": (
        "import_duplicate_id", twice("speaker_categories", id="SC2")),
    "uq_speech_ballot_sheet_id_side_position": (
        "import_position_twice", lambda d: side_sheet(d)["speeches"][1].update(position=1)),
}

BROKEN: dict[str, tuple[str, Change]] = {
    **{f"uq_{name}": ("import_listed_twice", change) for name, change in LISTED.items()},
    **{f"uq_{table}_tournament_id_ref": ("import_duplicate_id", c) for table, c in IDS.items()},
    **{f"ck_{name}": ("import_wrong_value", change) for name, change in CHOICES.items()},
    **OTHERS,
}

NOT_IN_IT = "the archive has nothing of this table"
MADE = "the numbers are given out while the archive is stored, in the order of the list"
KEYED = "the keys of one object: a key that stands twice is refused as import_duplicate_key"
UNREACHABLE: dict[str, str] = {
    "ck_check_in_kind": NOT_IN_IT,
    "ck_job_run_state": NOT_IN_IT,
    "ck_operator_role": NOT_IN_IT,
    "ck_recommendation_answer_answer": NOT_IN_IT,
    "uq_recommendation_answer_tournament_id_kind_subject": NOT_IN_IT,
    "uq_recommendation_tournament_id_kind_subject": NOT_IN_IT,
    "ck_debate_flag_kind": NOT_IN_IT,
    "uq_debate_flag_debate_id_kind": NOT_IN_IT,
    "uq_debate_event_debate_id_kind_at": NOT_IN_IT,
    "uq_operator_name": NOT_IN_IT,
    "uq_schedule_name": NOT_IN_IT,
    "uq_base_score_adjudicator_id_seq": MADE,
    "uq_debate_id_round_id_slot_id": "contains the primary key",
    "uq_round_id_slot_id": "contains the primary key",
    "uq_round_motion_round_id_seq": MADE,
    "uq_team_break_preference_team_id_seq": MADE,
    "uq_ballot_veto_ballot_id_side": KEYED,
    "uq_feedback_answer_feedback_id_question_id": KEYED,
    "uq_side_allocation_round_id_team_id": KEYED,
    "ck_venue_constraint_subject": "the kind chooses the column of the subject",
    "uq_tournament_slug": "looked up in the database that stores it, as slug_taken",
}


def rules() -> set[str]:
    """Names of all CHECK and UNIQUE constraints and unique indexes of the database."""
    found = set()
    for table in metadata.sorted_tables:
        found |= {
            str(one.name) for one in table.constraints
            if isinstance(one, CheckConstraint | UniqueConstraint)
        }
        found |= {str(index.name) for index in table.indexes if index.unique}
    return found


def changed(change: Change) -> Doc:
    document = small_archive(teams=8, rounds=2, judges_per_room=3)
    change(document)
    return document


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path: Path = tmp_path_factory.mktemp("constraints") / "test.tabapp"
    opened = Database.open(path, create=True)
    yield opened
    opened.close()


def store(database: Database, document: Doc) -> None:
    """Store a document past all checks."""
    with database.write(actor="test", verb="import", subject="x") as unit:
        store_archive(unit, Archive.model_validate(document), now="2024-01-01T00:00:00+00:00")


def test_every_rule_of_the_database_is_either_told_or_beyond_reach() -> None:
    assert BROKEN.keys() & UNREACHABLE.keys() == set()
    assert BROKEN.keys() | UNREACHABLE.keys() == rules()


@pytest.mark.parametrize("rule", sorted(BROKEN))
def test_a_document_that_would_break_a_rule_is_refused_with_a_place(rule: str) -> None:
    code, change = BROKEN[rule]
    imported = read_archive(json.dumps(changed(change)).encode(), "f")
    assert not imported.storable
    told = [problem for problem in imported.problems if problem.code == code]
    assert told
    assert all(problem.level == "error" and problem.where for problem in told)
    assert all("(" + key + ")" not in told[0].message for key in ("place", "kind", "id", "team"))


@pytest.mark.parametrize("rule", sorted(BROKEN.keys() - {f"ck_{name}" for name in CHOICES}))
def test_that_document_breaks_exactly_this_rule(rule: str, database: Database) -> None:
    """Without this, a change could be refused for another reason than the rule it stands for."""
    _code, change = BROKEN[rule]
    with pytest.raises(UserError) as caught:
        store(database, changed(change))
    assert (caught.value.code, caught.value.facts["constraint"]) == ("integrity", rule)


@pytest.mark.parametrize("text", [
    '"vetoes": {"og": "M1", "og": "M1"}', '"side_allocations": {"T1": "og", "T1": "og"}',
    '"answers": {"Q1": 1, "Q1": 2}',
])
def test_a_key_that_stands_twice_is_refused(text: str) -> None:
    data = json.dumps(small_archive()).replace('"id": "T3"', f'"id": "T3", {text}')
    problems = read_archive(data.encode(), "f").problems
    assert [problem.code for problem in problems] == ["import_duplicate_key"]
