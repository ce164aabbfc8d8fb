"""What a whole archive is checked for before it is stored."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tabapp.core.messages import MESSAGES
from tabapp.domain.archive import Archive
from tabapp.exchange import check_archive, read_archive
from tests.builders import small_archive

Doc = dict[str, Any]
Change = Callable[[Doc], object]


def found(document: Doc) -> set[tuple[str, str]]:
    problems = check_archive(Archive.model_validate(document))
    return {(problem.level, problem.code) for problem in problems}


def after(change: Change, **options: Any) -> set[tuple[str, str]]:
    document = small_archive(**{"teams": 8, "rounds": 2, "judges_per_room": 3, **options})
    change(document)
    return found(document)


def test_the_small_tournaments_of_the_tests_are_in_order() -> None:
    for teams in (4, 8, 12, 16, 40):
        for rounds in (1, 2, 3):
            assert found(small_archive(teams=teams, rounds=rounds)) == set()
    assert found(small_archive(results=False)) == set()


def debate(document: Doc, place: int = 0) -> Any:
    return document["rounds"][0]["debates"][place]


def ballot(document: Doc) -> Any:
    return debate(document)["ballots"][0]


def elimination(document: Doc, **more: Any) -> None:
    round_ = {
        "seq": 3, "stage": "elimination", "draw_type": "elimination", "break_category": "open",
        "debates": [{"id": "D9", "sides": [
            {"side": side, "team": team}
            for side, team in zip(("og", "oo", "cg", "co"), ("T1", "T2", "T3", "T4"), strict=True)
        ]}],
    }
    document["rounds"].append(round_ | more)


REFERENCES: list[Change] = [
    lambda d: d["teams"][0].update(institution="X"),
    lambda d: d["teams"][0].update(break_categories=["X"]),
    lambda d: d["teams"][0].update(break_preferences=["X"]),
    lambda d: d["teams"][0].update(institution_conflicts=["X"]),
    lambda d: d["teams"][0].update(team_conflicts=["X"]),
    lambda d: d["speakers"][0].update(team="X"),
    lambda d: d["speakers"][0].update(categories=["X"]),
    lambda d: d["adjudicators"][0].update(institution="X"),
    lambda d: d["adjudicators"][0].update(institution_conflicts=["X"]),
    lambda d: d["adjudicators"][0].update(team_conflicts=["X"]),
    lambda d: d["adjudicators"][0].update(adjudicator_conflicts=["X"]),
    lambda d: d["adjudicators"][0].update(base_score_history=[{"round": 9, "score": 1}]),
    lambda d: d["venues"][0].update(categories=["X"]),
    lambda d: d.update(venue_constraints=[{"kind": "team", "subject": "T1", "category": "X"}]),
    lambda d: d.update(
        venue_constraints=[{"kind": "institution", "subject": "T1", "category": "VC1"}],
        venue_categories=[{"id": "VC1"}],
    ),
    lambda d: d["rounds"][0].update(motions=["X"]),
    lambda d: d["rounds"][0].update(absent_teams=["X"]),
    lambda d: d["rounds"][0].update(absent_adjudicators=["X"]),
    lambda d: d["rounds"][0].update(absent_venues=["X"]),
    lambda d: d["rounds"][0].update(side_allocations={"X": "og"}),
    lambda d: d["rounds"][0].update(
        preformed_panels=[{"panel": [{"adjudicator": "X", "role": "chair"}]}]
    ),
    lambda d: elimination(d, break_category="X"),
    lambda d: debate(d).update(venue="X"),
    lambda d: debate(d)["sides"][0].update(team="X"),
    lambda d: debate(d)["panel"][0].update(adjudicator="X"),
    lambda d: debate(d).update(overrides=[{"adjudicator": "X", "team": "T1"}]),
    lambda d: debate(d).update(overrides=[{"adjudicator": "A1", "team": "X"}]),
    lambda d: debate(d).update(overrides=[{"adjudicator": "A1", "other": "X"}]),
    lambda d: ballot(d).update(motion="X"),
    lambda d: ballot(d).update(vetoes={"og": "X"}),
    lambda d: ballot(d).update(vetoes={"X": "M1"}),
    lambda d: ballot(d).update(forfeit=["X"]),
    lambda d: ballot(d)["sheets"][0].update(adjudicator="X"),
    lambda d: ballot(d)["sheets"][0].update(winners=["X"]),
    lambda d: ballot(d)["sheets"][0].update(ranks={"X": 1}),
    lambda d: ballot(d)["sheets"][0]["sides"][0].update(side="X"),
    lambda d: ballot(d)["sheets"][0]["sides"][0]["speeches"][0].update(speaker="X"),
    lambda d: ballot(d)["sheets"][0]["sides"][0]["speeches"][0].update(substitute_for="X"),
    lambda d: ballot(d)["sheets"][0]["sides"][0]["speeches"][0].update(criteria={"X": 1}),
    lambda d: d.update(breaks=[{"category": "X"}]),
    lambda d: d.update(breaks=[{"category": "open", "teams": [{"team": "X"}]}]),
    lambda d: d.update(breaks=[{"category": "open", "lots": {"order": ["X"]}}]),
    lambda d: d.update(feedback=[{"id": "F1", "target": "X", "source_team": "T1"}]),
    lambda d: d.update(feedback=[{"id": "F1", "target": "A1", "source_team": "X"}]),
    lambda d: d.update(feedback=[{"id": "F1", "target": "A1", "source_adjudicator": "X"}]),
    lambda d: d.update(feedback=[{"id": "F1", "target": "A1", "source_team": "T1", "debate": "X"}]),
    lambda d: d.update(feedback=[{"id": "F1", "target": "A1", "source_team": "T1", "round": 9}]),
    lambda d: d.update(
        feedback=[{"id": "F1", "target": "A1", "source_team": "T1", "answers": {"X": 1}}]
    ),
    lambda d: d.update(achievements=[{"key": "k", "subject": "X"}]),
    lambda d: d.update(achievements=[{"key": "k", "subject": "T1", "round": 9}]),
]


@pytest.mark.parametrize("change", REFERENCES)
def test_a_reference_to_nothing_is_an_error(change: Change) -> None:
    assert ("error", "import_unknown_reference") in after(change)


LISTS = [
    "institutions", "break_categories", "speaker_categories", "teams", "speakers",
    "adjudicators", "venues", "motions",
]


@pytest.mark.parametrize("name", LISTS)
def test_a_duplicate_id_is_an_error(name: str) -> None:
    assert ("error", "import_duplicate_id") in after(
        lambda d: d[name].append(deepcopy(d[name][0]))
    )


def two_finals_at_once(document: Doc) -> None:
    document["break_categories"].append({"id": "BC2", "name": "E", "slug": "esl", "size": 4})
    elimination(document, starts_at="2024-01-01T10:00")
    second = deepcopy(document["rounds"][-1]) | {"seq": 4, "break_category": "esl"}
    second["debates"][0]["id"] = "D10"
    document["rounds"].append(second)


ERRORS: list[tuple[str, Change]] = [
    ("import_duplicate_id", lambda d: debate(d, 1).update(id="D1")),
    ("import_blank_id", lambda d: d["motions"].append({"id": " "})),
    ("import_long_id", lambda d: d["motions"].append({"id": "9" * 5000})),
    ("import_listed_twice", lambda d: d["rounds"][0].update(motions=["M1", "M1"])),
    ("import_listed_twice", lambda d: d["teams"][0].update(break_categories=["BC1", "BC1"])),
    ("import_listed_twice", lambda d: debate(d)["panel"].append(debate(d)["panel"][1])),
    ("import_feedback_source", lambda d: d.update(feedback=[{"id": "F1", "target": "A1"}])),
    ("import_blank_slug", lambda d: d["tournament"].update(slug=" ")),
    ("import_unknown_timezone", lambda d: d["tournament"].update(timezone="Mars/Olympus")),
    ("import_unknown_timezone", lambda d: d["tournament"].update(timezone="../../etc/passwd")),
    ("import_settings_flood", lambda d: d["tournament"].update(settings={"x" * 200: 1})),
    ("unknown_preset", lambda d: d["tournament"].update(preset="chess")),
    ("setting_not_a_number", lambda d: d["tournament"].update(settings={"score_min": "low"})),
    ("import_duplicate_seq", lambda d: d["rounds"][1].update(seq=1)),
    ("import_bad_seq", lambda d: d["rounds"][0].update(seq=0)),
    ("import_stage_contradicts_draw", lambda d: d["rounds"][0].update(stage="elimination")),
    ("import_stage_contradicts_draw", lambda d: d["rounds"][0].update(draw_type="elimination")),
    ("import_stage_contradicts_draw", lambda d: elimination(d, draw_type="power")),
    ("import_no_break_category", lambda d: elimination(d, break_category=None)),
    ("import_needless_break_category", lambda d: d["rounds"][0].update(break_category="open")),
    ("import_unknown_side", lambda d: debate(d)["sides"][0].update(side="aff")),
    ("import_unknown_side", lambda d: d["rounds"][0].update(side_allocations={"T1": "left"})),
    ("import_side_twice", lambda d: debate(d)["sides"][0].update(side="oo")),
    ("import_sides_missing", lambda d: debate(d)["sides"].pop()),
    ("import_team_twice",
     lambda d: debate(d)["sides"][0].update(team=debate(d)["sides"][1]["team"])),
    ("import_team_in_two_rooms",
     lambda d: debate(d)["sides"][0].update(team=debate(d, 1)["sides"][1]["team"])),
    ("import_judge_in_two_rooms", lambda d: debate(d)["panel"][1].update(adjudicator="A4")),
    ("import_team_in_two_rooms", two_finals_at_once),
    ("import_bye_not_alone", lambda d: debate(d)["sides"][3].update(side="bye")),
    ("import_two_chairs", lambda d: debate(d)["panel"][1].update(role="chair")),
    ("import_two_confirmed_ballots",
     lambda d: debate(d)["ballots"].append(ballot(d) | {"version": 2})),
    ("import_duplicate_version",
     lambda d: debate(d)["ballots"].append(ballot(d) | {"status": "draft"})),
    ("import_confirmed_without_ballot", lambda d: ballot(d).update(status="draft")),
    ("import_bye_with_ballot", lambda d: debate(d).update(sides=[{"side": "bye", "team": "T1"}])),
    ("import_two_sheets", lambda d: ballot(d)["sheets"].append(ballot(d)["sheets"][0])),
    ("import_position_twice",
     lambda d: ballot(d)["sheets"][0]["sides"][0]["speeches"][1].update(position=1)),
    ("import_two_breaks", lambda d: d.update(breaks=[{"category": "open"}, {"category": "open"}])),
    ("import_negative_size", lambda d: d["break_categories"][0].update(size=-4)),
]


@pytest.mark.parametrize(("code", "change"), ERRORS)
def test_what_cannot_be_stored_is_an_error(code: str, change: Change) -> None:
    assert ("error", code) in after(change)


def first_speech(document: Doc) -> Any:
    return ballot(document)["sheets"][0]["sides"][0]["speeches"][0]


def tie(document: Doc) -> None:
    sides = ballot(document)["sheets"][0]["sides"]
    for one, other in zip(sides[0]["speeches"], sides[1]["speeches"], strict=True):
        one["score"] = other["score"]


def two_team(document: Doc, **settings: Any) -> None:
    """Turn the document into two-team debates without results."""
    document["tournament"] |= {"preset": "australs", "settings": settings}
    for round_ in document["rounds"]:
        debates = []
        for one in round_["debates"]:
            for half, pair in enumerate((one["sides"][:2], one["sides"][2:])):
                debates.append({
                    "id": f"{one['id']}{'ab'[half]}",
                    "sides": [
                        {"side": side, "team": team["team"]}
                        for side, team in zip(("aff", "neg"), pair, strict=True)
                    ],
                    "panel": one["panel"][:2] if not half else [],
                })
        round_["debates"] = debates


def no_team_breaks(document: Doc, all_but: int = 8) -> None:
    """Let the first teams name no break category; the one that there is is general."""
    for team in document["teams"][:all_but]:
        team["break_categories"] = []


def repeat_round(document: Doc) -> None:
    copied = deepcopy(document["rounds"][0])
    for one in copied["debates"]:
        one["id"] = f"{one['id']}again"
    document["rounds"][1] = copied | {"seq": 2, "name": "Another name"}


WARNINGS: list[tuple[str, Change]] = [
    ("unknown_setting", lambda d: d["tournament"].update(settings={"no_such_setting": 1})),
    ("import_conflict_with_team",
     lambda d: d["adjudicators"][0].update(team_conflicts=[debate(d)["sides"][2]["team"]])),
    ("import_conflict_with_team",
     lambda d: d["adjudicators"][0].update(institution_conflicts=["I1", "I2", "I3", "I4"])),
    ("import_conflict_with_judge",
     lambda d: d["adjudicators"][0].update(adjudicator_conflicts=["A2"])),
    ("import_conflict_with_judge",
     lambda d: d["adjudicators"][1].update(adjudicator_conflicts=["A1"])),
    ("import_venue_twice", lambda d: debate(d).update(venue="V2")),
    ("import_no_chair", lambda d: debate(d)["panel"][0].update(role="panellist")),
    ("import_even_panel", two_team),
    ("import_repeated_round", repeat_round),
    ("import_ballot_not_counted", lambda d: debate(d).update(status="draft")),
    ("import_size_without_bracket", lambda d: d["break_categories"][0].update(size=5)),
    ("import_size_above_field", lambda d: d["break_categories"][0].update(size=16)),
    ("import_size_above_field", lambda d: no_team_breaks(d, 5)),
    ("import_general_without_members", no_team_breaks),
    ("score_out_of_range", lambda d: first_speech(d).update(score=49)),
    ("score_off_step", lambda d: first_speech(d).update(score=75.5)),
    ("score_missing", lambda d: first_speech(d).update(score=None)),
    ("tied_totals", tie),
    ("ghost_alone", lambda d: first_speech(d).update(ghost=True)),
    ("speaker_not_in_team",
     lambda d: first_speech(d).update(speaker=f"S{2 * int(debate(d, 1)['sides'][0]['team'][1:])}")),
    ("ranks_against_totals",
     lambda d: ballot(d)["sheets"][0].update(ranks={"og": 4, "oo": 3, "cg": 2, "co": 1})),
]


@pytest.mark.parametrize(("code", "change"), WARNINGS)
def test_what_a_tab_room_could_have_done_is_a_warning_and_nothing_else(
    code: str, change: Change
) -> None:
    problems = after(change)
    assert ("warning", code) in problems
    assert {level for level, _ in problems} == {"warning"}


def test_a_general_category_that_nobody_names_is_told_once_and_only_where_there_are_teams() -> None:
    assert after(no_team_breaks) == {("warning", "import_general_without_members")}
    document = small_archive(results=False) | {"teams": [], "speakers": [], "rounds": []}
    assert ("warning", "import_general_without_members") not in found(document)
    document["teams"] = [{"id": "T1", "type": "swing", "break_categories": ["BC1"]}]
    assert ("warning", "import_general_without_members") not in found(document)


def test_swing_teams_are_no_members_of_a_break_category() -> None:
    def swing(document: Doc) -> None:
        no_team_breaks(document, 7)
        document["teams"][7]["type"] = "swing"

    assert after(swing) == {("warning", "import_general_without_members")}


def test_an_incomplete_draft_without_a_result_is_only_a_warning() -> None:
    problems = after(lambda d: debate(d)["sides"].pop(), results=False)
    assert problems == {("warning", "import_sides_missing")}


def test_a_sheet_of_a_judge_from_elsewhere_is_warned() -> None:
    problems = after(lambda d: ballot(d)["sheets"][0].update(adjudicator="A6"))
    assert ("warning", "import_sheet_of_stranger") in problems


@pytest.mark.parametrize(
    ("conflict", "override"),
    [
        ({"team_conflicts": ["T{0}"]}, {"adjudicator": "A1", "team": "T{0}", "reason": "agreed"}),
        ({"adjudicator_conflicts": ["A2"]}, {"adjudicator": "A1", "other": "A2"}),
        ({"adjudicator_conflicts": ["A2"]}, {"adjudicator": "A2", "other": "A1"}),
    ],
)
def test_an_override_settles_a_conflict(conflict: Doc, override: Doc) -> None:
    document = small_archive(judges_per_room=3)
    number = debate(document)["sides"][0]["team"][1:]
    document["adjudicators"][0].update(
        {key: [ref.format(number) for ref in refs] for key, refs in conflict.items()}
    )
    assert found(document) != set()
    debate(document)["overrides"] = [
        {key: value.format(number) for key, value in override.items()}
    ]
    assert found(document) == set()


def test_a_team_or_a_room_may_be_used_again_in_another_slot() -> None:
    def play(document: Doc) -> None:
        elimination(document, starts_at="2024-01-01T10:00")

    assert after(play) == set()


def test_a_bye_needs_no_ballot() -> None:
    def add(document: Doc) -> None:
        document["teams"].append({"id": "T99", "name": "Swing", "type": "swing"})
        document["rounds"][0]["debates"].append(
            {"id": "D99", "status": "confirmed", "sides": [{"side": "bye", "team": "T99"}]}
        )

    assert after(add) == set()


def test_rounds_with_the_same_teams_but_other_results_are_no_repeat() -> None:
    def change(document: Doc) -> None:
        repeat_round(document)
        for side in document["rounds"][1]["debates"][0]["ballots"][0]["sheets"][0]["sides"]:
            side["speeches"][0]["score"] -= 1

    assert ("warning", "import_repeated_round") not in after(change)


def test_everything_is_told_at_once_and_names_the_thing() -> None:
    document = small_archive()
    document["teams"][2]["institution"] = "I99"
    document["rounds"][0]["debates"][1]["venue"] = "V77"
    imported = read_archive(json.dumps(document).encode(), "f")
    assert [problem.where for problem in imported.problems] == ["team T3", "debate D2 (round 1)"]
    assert "I99" in imported.problems[0].message
    assert imported.archive is not None
    assert not imported.storable


def test_no_sentence_lacks_a_fact() -> None:
    for code, change in [*ERRORS, *WARNINGS]:
        document = small_archive(teams=8, rounds=2, judges_per_room=3)
        change(document)
        for problem in check_archive(Archive.model_validate(document)):
            template = MESSAGES[problem.code]
            for field in ("place", "kind", "id", "debate", "team", "judge", "other", "size"):
                if "{" + field + "}" in template:
                    assert f"({field})" not in problem.message, code
