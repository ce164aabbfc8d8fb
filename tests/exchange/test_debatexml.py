"""DebateXML as its writers and hand-made files have it, turned into archives."""

from __future__ import annotations

import json

import pytest

from tabapp.domain.archive import Archive, Debate
from tabapp.exchange import Imported, read_debatexml, write_archive
from tests.exchange.debatexml_samples import (
    bp_debate,
    bp_file,
    bp_side,
    two_team_file,
    two_team_side,
)


def codes(imported: Imported) -> list[str]:
    return [problem.code for problem in imported.problems]


def read(data: bytes) -> Archive:
    imported = read_debatexml(data, "file.xml")
    assert imported.archive is not None, imported.problems
    return imported.archive


def first(archive: Archive) -> Debate:
    return archive.rounds[0].debates[0]


def a_round(content: str, attributes: str = "") -> str:
    return f'<round name="R" {attributes}>{content}</round>'


def test_a_file_of_tabbycat_is_read_without_a_problem() -> None:
    imported = read_debatexml(bp_file(), "f")
    assert imported.problems == ()
    assert imported.kind == "debatexml"
    archive = read(bp_file())
    assert (archive.tournament.slug, archive.tournament.preset) == ("small", "bp")
    assert archive.tournament.settings == {}
    round_ = archive.rounds[0]
    assert (round_.seq, round_.abbreviation, round_.stage, round_.draw_type) == (
        1, "R1", "preliminary", "random",
    )
    assert (round_.status, round_.completed, round_.feedback_weight) == ("released", True, 0.5)
    assert round_.starts_at == "2023-01-01 10:00:00"
    assert round_.motions == ["M1"]
    debate = first(archive)
    assert [(side.side, side.team) for side in debate.sides] == [
        ("og", "T1"), ("oo", "T2"), ("cg", "T3"), ("co", "T4"),
    ]
    ballot = debate.ballots[0]
    assert (ballot.version, ballot.status, ballot.motion) == (1, "confirmed", "M1")
    assert [sheet.adjudicator for sheet in ballot.sheets] == [None]
    assert ballot.sheets[0].ranks is None
    speeches = ballot.sheets[0].sides[1].speeches
    assert [(s.position, s.speaker, s.score, s.ghost) for s in speeches] == [
        (1, "S3", 76.0, False), (2, "S4", 77.0, False),
    ]


def test_the_panel_has_the_chair_first_and_trainees_are_in_no_ballot() -> None:
    panel = first(read(bp_file())).panel
    assert [(seat.adjudicator, seat.role) for seat in panel] == [
        ("A1", "chair"), ("A2", "panellist"), ("A3", "trainee"),
    ]


@pytest.mark.parametrize(
    ("attributes", "panel"),
    [
        ('adjudicators="A3 A1"', [("A3", "chair"), ("A1", "panellist"), ("A2", "panellist")]),
        ('chair="A2" adjudicators="A1"', [("A2", "chair"), ("A1", "panellist")]),
        ('chair="ANone" adjudicators="A1 A2"', [("A1", "chair"), ("A2", "panellist")]),
        ("", [("A1", "chair"), ("A2", "panellist")]),
    ],
)
def test_chairs_and_judges_that_are_missing_are_made_up_for(
    attributes: str, panel: list[tuple[str, str]]
) -> None:
    debate = bp_debate().replace('chair="A1" adjudicators="A2 A1 A3"', attributes)
    read_panel = first(read(bp_file(a_round(debate)))).panel
    assert [(seat.adjudicator, seat.role) for seat in read_panel] == panel


def test_people_and_everything_else_keep_what_the_file_says() -> None:
    archive = read(bp_file())
    jo, ann = archive.adjudicators[:2]
    assert (jo.name, jo.base_score, jo.adj_core, jo.gender) == ("Jo", 4.5, True, "f")
    assert (jo.institution, jo.institution_conflicts) == ("I3", ["I3", "I4"])
    assert (ann.name, ann.institution) == ("Ann", None)
    # T1 has speakers of I1 and of I2 with I1; T2 only of I1
    assert (archive.teams[0].institution, archive.teams[0].type) == (None, "composite")
    assert (archive.teams[1].institution, archive.teams[1].type) == ("I1", "normal")
    assert archive.teams[1].code_name == "Code 2"
    assert archive.speakers[0].categories == ["SC1"]
    assert archive.institutions[0].region == "UK"
    motion = archive.motions[0]
    assert (motion.text, motion.info_slide) == ("That bears exist.", "Bears are big.")
    assert [category.name for category in archive.venue_categories] == ["Main", "Ground floor"]
    assert archive.break_categories[0].size == 0
    feedback = archive.feedback[0]
    assert (feedback.id, feedback.round, feedback.target, feedback.source_team) == (
        "F1", 1, "A2", "T1",
    )
    assert feedback.answers == {"Q1": True, "Q2": 7}


def test_attributes_without_a_place_are_kept_and_written() -> None:
    archive = read(bp_file())
    document = json.loads(write_archive(archive))
    assert document["tournament"]["debatexml"] == {"host": "A club", "style": "bp"}
    assert document["teams"][0]["debatexml"] == {"colour": "red"}
    assert document["motions"][0]["debatexml"] == {"contentious": "true"}
    assert document["venues"][0]["debatexml"] == {"score": "3"}
    assert document["speakers"][1]["debatexml"] == {"institutions": ["I2"]}


def test_whoever_is_in_no_room_was_absent_and_the_bye_is_a_debate() -> None:
    round_ = read(bp_file()).rounds[0]
    assert round_.absent_adjudicators == ["A4"]
    assert round_.absent_teams == []
    bye = round_.debates[1]
    assert [(side.side, side.team) for side in bye.sides] == [("bye", "T5")]
    assert bye.ballots == []
    without = read(bp_file(a_round(bp_debate()))).rounds[0]
    assert without.absent_teams == ["T5"]


def test_children_may_stand_in_any_order() -> None:
    text = bp_file().decode()
    start, end = text.index("<round"), text.index("<participants>")
    moved = text[:start] + text[end:].replace("</tournament>", text[start:end] + "</tournament>")
    assert write_archive(read(moved.encode())) == write_archive(read(bp_file()))


def test_ids_that_repeat_across_types_are_told_apart_by_what_refers_to_them() -> None:
    text = bp_file().decode()
    for prefix in ("S", "A", "D", "I", "M", "V"):
        for n in range(1, 11):
            text = text.replace(f'"{prefix}{n}"', f'"T{n}"').replace(f"{prefix}{n} ", f"T{n} ")
            text = text.replace(f' {prefix}{n}"', f' T{n}"')
    imported = read_debatexml(text.encode(), "f")
    assert imported.problems == ()
    assert imported.storable


def test_missing_ids_are_made_and_told() -> None:
    imported = read_debatexml(bp_file(a_round(bp_debate().replace('id="D1" ', ""))), "f")
    assert imported.archive is not None
    assert first(imported.archive).id == "D1"
    assert codes(imported) == ["debatexml_id_made"]


def test_announced_places_that_contradict_the_totals_are_kept_with_a_warning() -> None:
    sides = "".join(bp_side(n, 5 - n, (80 - 2 * n, 81 - 2 * n)) for n in range(1, 5))
    imported = read_debatexml(bp_file(a_round(bp_debate(sides))), "f")
    assert imported.archive is not None
    assert first(imported.archive).ballots[0].sheets[0].ranks == {
        "og": 4, "oo": 3, "cg": 2, "co": 1,
    }
    assert set(codes(imported)) == {"ranks_against_totals"}
    assert imported.storable


def test_tied_totals_follow_the_announced_places() -> None:
    sides = "".join(bp_side(n, n, (75, 75)) for n in range(1, 5))
    imported = read_debatexml(bp_file(a_round(bp_debate(sides))), "f")
    assert imported.archive is not None
    assert first(imported.archive).ballots[0].sheets[0].ranks == {
        "og": 1, "oo": 2, "cg": 3, "co": 4,
    }
    assert "tied_totals" in codes(imported)


def test_a_side_without_speeches_keeps_its_place() -> None:
    sides = bp_side(1, 4, (78, 79)) + bp_side(2, 1, (), 0) + "".join(
        bp_side(n, n - 1, (80 - 2 * n, 81 - 2 * n)) for n in (3, 4)
    )
    imported = read_debatexml(bp_file(a_round(bp_debate(sides))), "f")
    assert imported.archive is not None
    sheet = first(imported.archive).ballots[0].sheets[0]
    assert sheet.ranks == {"og": 4, "oo": 1, "cg": 2, "co": 3}
    assert sheet.sides[1].speeches == []
    assert "debatexml_ranks_differ" in codes(imported)


def test_a_total_that_is_not_the_sum_is_told_and_kept() -> None:
    sides = bp_side(1, 1, (78, 79), 150) + "".join(
        bp_side(n, n, (80 - 2 * n, 81 - 2 * n)) for n in (2, 3, 4)
    )
    imported = read_debatexml(bp_file(a_round(bp_debate(sides))), "f")
    assert codes(imported) == ["debatexml_total_differs"]
    assert imported.archive is not None
    side = first(imported.archive).ballots[0].sheets[0].sides[0]
    assert side.model_extra == {"debatexml": {"total": 150.0}}


def test_the_lower_speech_of_an_iron_person_is_the_ghost() -> None:
    iron = bp_side(1, 1, (78, 79)).replace('"S2"', '"S1"')
    sides = iron + "".join(bp_side(n, n, (80 - 2 * n, 81 - 2 * n)) for n in (2, 3, 4))
    imported = read_debatexml(bp_file(a_round(bp_debate(sides))), "f")
    assert imported.problems == ()
    assert imported.archive is not None
    speeches = first(imported.archive).ballots[0].sheets[0].sides[0].speeches
    assert [(s.speaker, s.ghost) for s in speeches] == [("S1", True), ("S1", False)]


def test_forfeits_and_vetoes_are_read() -> None:
    sides = bp_debate().replace('<side team="T4">', '<side team="T4" forfeit="True">').replace(
        '<side team="T1">', '<side team="T1" motion-veto="M1">'
    )
    ballot = first(read(bp_file(a_round(sides)))).ballots[0]
    assert ballot.forfeit == ["co"]
    assert ballot.vetoes == {"og": "M1"}


def test_a_draw_without_results_keeps_its_judges_and_is_not_complete() -> None:
    imported = read_debatexml(bp_file(a_round(bp_debate(""))), "f")
    assert imported.archive is not None
    round_ = imported.archive.rounds[0]
    assert (round_.completed, round_.absent_teams) == (False, [])
    assert round_.debates[0].status == "none"
    assert len(round_.debates[0].panel) == 3
    assert codes(imported) == ["debatexml_no_teams", "import_sides_missing"]
    assert imported.storable


def test_elimination_rounds_take_the_teams_that_advance() -> None:
    def side(team: int, rank: int, advances: str) -> str:
        ballot = f'<ballot adjudicators="A1 A2" rank="{rank}" ignored="False">{advances}</ballot>'
        return f'<side team="T{team}">{ballot}</side>'

    semi = "".join(side(n, 1 if n < 3 else 2, str(n < 3)) for n in range(1, 5))
    final = "".join(side(n, 1 if n == 2 else 2, str(n == 2)) for n in range(1, 5))
    rounds = a_round(
        bp_debate(semi), 'elimination="True" break-category="BC1"'
    ) + a_round(bp_debate(final, ident="D2"), 'elimination="1" break-category="BC1"')
    imported = read_debatexml(bp_file(rounds), "f")
    assert imported.problems == ()
    assert imported.archive is not None
    semi_round, final_round = imported.archive.rounds
    assert (semi_round.stage, semi_round.draw_type, semi_round.break_category) == (
        "elimination", "elimination", "open",
    )
    assert semi_round.debates[0].ballots[0].sheets[0].winners == ["og", "oo"]
    assert final_round.debates[0].ballots[0].sheets[0].winners == ["oo"]


def test_elimination_rounds_without_a_category_are_given_one() -> None:
    side = '<side team="T{}"><ballot adjudicators="A1" rank="{}">{}</ballot></side>'
    sides = "".join(side.format(n, 1 + n // 3, str(n < 3).lower()) for n in range(1, 5))
    imported = read_debatexml(
        bp_file(a_round(bp_debate(sides), 'elimination="True" break-category="BCNone"')), "f"
    )
    assert imported.archive is not None
    assert "debatexml_category_made" in codes(imported)
    assert imported.archive.rounds[0].break_category == "open-2"
    made = imported.archive.break_categories[1]
    assert made.general
    assert all(made.id in team.break_categories for team in imported.archive.teams)
    assert "import_general_without_members" not in codes(imported)
    assert imported.storable


def test_each_voting_judge_has_a_sheet() -> None:
    marks = {"A1": (76.0, 75.0, 74.0), "A2": (75.0, 75.0, 74.0), "A3": (70.0, 71.0, 72.0)}
    other = {"A1": (74.0, 74.0, 74.0), "A2": (74.0, 74.0, 74.0), "A3": (75.0, 75.0, 75.0)}
    sides = two_team_side(1, marks, ("A1", "A2")) + two_team_side(2, other, ("A3",))
    archive = read(two_team_file(sides, 'style="australs"'))
    assert archive.tournament.preset == "australs"
    debate = first(archive)
    assert [side.side for side in debate.sides] == ["aff", "neg"]
    sheets = {sheet.adjudicator: sheet for sheet in debate.ballots[0].sheets}
    assert set(sheets) == {"A1", "A2", "A3"}
    assert [speech.score for speech in sheets["A3"].sides[0].speeches] == [70, 71, 72]
    assert all(sheet.ranks is None for sheet in sheets.values())


def test_a_consensus_of_two_teams_is_one_sheet_whatever_the_preset_says() -> None:
    def side(team: int, rank: int, base: int) -> str:
        speeches = "".join(
            f'<speech speaker="S{3 * team - 2 + n}"><ballot adjudicators="A1 A2 A3">{base + n}'
            "</ballot></speech>" for n in range(3)
        )
        return (
            f'<side team="T{team}"><ballot adjudicators="A1 A2 A3" rank="{rank}">{3 * base + 3}'
            f"</ballot>{speeches}</side>"
        )

    imported = read_debatexml(two_team_file(side(1, 1, 75) + side(2, 2, 72)), "f")
    assert imported.archive is not None
    assert codes(imported) == ["debatexml_style_guessed"]
    assert imported.archive.tournament.preset == "easters"
    assert [sheet.adjudicator for sheet in first(imported.archive).ballots[0].sheets] == [None]
    assert imported.storable


def test_a_style_without_a_preset_is_guessed_with_a_warning() -> None:
    imported = read_debatexml(bp_file().replace(b'style="bp"', b'style="wadl"'), "f")
    assert imported.archive is not None
    assert imported.archive.tournament.preset == "bp"
    assert codes(imported) == ["debatexml_style_guessed"]


@pytest.mark.parametrize(
    ("old", "new", "level", "code"),
    [
        ('<side team="T1">', '<side team="T77">', "error", "import_unknown_reference"),
        ('venue="V1"', 'venue="V77"', "error", "import_unknown_reference"),
        ('speaker="S1"', 'speaker="S77"', "error", "import_unknown_reference"),
        ('speaker="S1"', "", "warning", "speaker_missing"),
        ('speaker="S1"', 'speaker="S9"', "warning", "speaker_not_in_team"),
        ('<side team="T1">', "<side>", "error", "debatexml_missing"),
        ('id="T2"', 'id="T1"', "error", "import_duplicate_id"),
        ('rank="1"', 'rank="first"', "warning", "debatexml_bad_value"),
        ('rank="1"', 'rank="9"', "error", "rank_out_of_range"),
        (">78<", ">1e3<", "warning", "score_out_of_range"),
        (">78<", ">NaN<", "warning", "debatexml_bad_value"),
        (">78<", ">1000001<", "warning", "debatexml_bad_value"),
        ('reply="False"', 'reply="perhaps"', "warning", "debatexml_bad_value"),
        ("<participants>", "<participants><robot/>", "warning", "debatexml_unknown_element"),
        ('name="Small" short="small"', "", "warning", "debatexml_missing"),
        ("<bye>T5</bye>", "<bye>T1</bye>", "error", "import_team_in_two_rooms"),
        ("<bye>T5</bye>", "<bye/>", "error", "import_unknown_reference"),
    ],
)
def test_what_is_odd_is_reported_and_does_not_abort(
    old: str, new: str, level: str, code: str
) -> None:
    text = bp_file().decode()
    assert old in text
    imported = read_debatexml(text.replace(old, new, 1).encode(), "f")
    assert imported.archive is not None
    assert (level, code) in {(problem.level, problem.code) for problem in imported.problems}


def test_another_number_of_sides_cannot_be_stored() -> None:
    sides = "".join(bp_side(n, n, (80 - 2 * n, 81 - 2 * n)) for n in range(1, 4))
    imported = read_debatexml(bp_file(a_round(bp_debate(sides))), "f")
    assert "debatexml_side_count" in codes(imported)
    assert not imported.storable


def test_a_round_equal_to_the_one_before_is_told() -> None:
    rounds = a_round(bp_debate()) + a_round(bp_debate(ident="D2"))
    imported = read_debatexml(bp_file(rounds), "f")
    assert codes(imported) == ["import_repeated_round"]
    assert imported.storable
