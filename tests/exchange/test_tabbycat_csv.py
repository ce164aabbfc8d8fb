"""Folders of Tabbycat's CSV files: its own samples whole, and everything that can be wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.archive import Archive
from tabapp.exchange import read_archive, read_source, write_archive
from tabapp.exchange.imported import Imported
from tabapp.exchange.tabbycat_csv import read_tabbycat_csv
from tabapp.exchange.tabbycat_csv_tables import COLUMNS

INSTITUTIONS = "code,name\nOx,Oxford\nCam,Cambridge\n"
BOOTS = {
    "institutions": INSTITUTIONS,
    "break_categories": "name,slug,is_general\nOpen,open,1\nESL,esl,0\n",
    "speaker_categories": "name,slug\nNovice,novice\n",
    "rounds": "name,abbreviation,stage,draw_type,break_category\n"
              "Round 1,R1,p,r,\nRound 2,R2,preliminary,Power Paired,\nFinal,F,e,b,open\n",
    "teams": "institution,reference,use_institution_prefix,break_category,speaker1_name,"
             "speaker1_category,speaker2_name\n"
             "ox,A,TRUE,open/ESL,Ana,novice,Otto\nCambridge,Owls,no,open,Mia,,Nils\n",
    "adjudicators": "name,institution,adj_core,available:R1\nJo,OXFORD,yes,false\nAnn,,,true\n",
}


def read(files: dict[str, str]) -> Imported:
    data = {name: text.encode() for name, text in files.items()}
    return read_tabbycat_csv(data, "folder", "My Open")


def archive_of(files: dict[str, str]) -> Archive:
    found = read(files)
    assert found.archive is not None
    assert [one for one in found.problems if one.level == "error"] == []
    return found.archive


def told(files: dict[str, str], level: str = "error") -> list[tuple[str, str]]:
    return [(one.where, one.code) for one in read(files).problems if one.level == level]


@pytest.mark.parametrize(("folder", "counts", "preset"), [
    ("bp88team", (88, 176, 80, 25, 14, 14), "bp"),
    ("minimal8team", (8, 24, 10, 8, 6, 6), "australs"),
    ("australs24team", (24, 72, 29, 25, 10, 30), "australs"),
])
def test_the_samples_of_tabbycat_are_read_whole(
    data_dir: Path, folder: str, counts: Sequence[int], preset: str
) -> None:
    found = read_source([data_dir / "tabbycat-csv" / folder])
    archive = found.archive
    assert archive is not None
    assert [one for one in found.problems if one.level == "error"] == []
    assert (
        len(archive.teams), len(archive.speakers), len(archive.adjudicators),
        len(archive.venues), len(archive.rounds), len(archive.motions),
    ) == tuple(counts)
    assert archive.tournament.preset == preset
    assert all(one.motions for one in archive.rounds)
    assert all(one.institution_conflicts for one in archive.teams if one.institution)
    written = write_archive(archive)
    again = read_archive(written, "again").archive
    assert again is not None
    assert write_archive(again) == written


def test_the_bp_sample_has_no_problem_and_its_conflicts_and_scores(data_dir: Path) -> None:
    found = read_source([data_dir / "tabbycat-csv" / "bp88team"])
    assert found.problems == ()
    assert found.archive is not None
    judges = found.archive.adjudicators
    assert sum(len(one.team_conflicts) for one in judges) == 17
    assert sum(len(one.adjudicator_conflicts) for one in judges) == 12
    assert all(one.base_score for one in judges)
    finals = [one.break_category for one in found.archive.rounds if one.stage == "elimination"]
    assert finals == ["open", "novice", "open", "esl", "novice", "open"]


def test_names_are_found_in_any_case_and_put_together_as_tabbycat_does() -> None:
    archive = archive_of(BOOTS)
    first, second = archive.teams
    assert (first.name, first.short_name) == ("Oxford A", "Ox A")
    assert (second.name, second.institution) == ("Owls", "I2")
    assert [first.break_categories, second.break_categories] == [["BC1", "BC2"], ["BC1"]]
    assert [one.categories for one in archive.speakers] == [["SC1"], [], [], []]
    assert [one.institution for one in archive.adjudicators] == ["I1", None]
    assert [one.draw_type for one in archive.rounds] == ["random", "power", "elimination"]
    assert archive.rounds[0].absent_adjudicators == ["A1"]


def test_speakers_make_the_teams_that_are_not_there_and_all_may_break() -> None:
    archive = archive_of({
        "institutions": INSTITUTIONS,
        "break_categories": "name,slug,is_general\nOpen,open,true\nESL,esl,false\n",
        "teams": "institution,reference,use_institution_prefix,seed\nOx,1,1,3\n",
        "speakers": "name,institution,team_name,use_institution_prefix\n"
                    "Ana,OX,1,1\nOtto,Ox,2,1\nMia,,Mixed,0\nNils,,mixed,0\n",
    })
    assert [one.name for one in archive.teams] == ["Oxford 1", "Oxford 2", "Mixed"]
    assert [one.team for one in archive.speakers] == ["T1", "T2", "T3", "T3"]
    assert all(one.break_categories == ["BC1"] for one in archive.teams)
    assert archive.teams[0].seed == 3


def test_motions_go_to_several_rounds_in_their_order() -> None:
    archive = archive_of({
        **BOOTS, "motions": "rounds,seq,reference,text,info_slide\nR1;R2,2;1,Bears,THW,\n"
                            "round 1,1,Cats,THB,\"two\nlines\"\n",
    })
    assert [one.motions for one in archive.rounds] == [["M2", "M1"], ["M1"], []]
    assert archive.motions[1].info_slide == "two\nlines"


def test_judges_name_each_other_whatever_the_order() -> None:
    archive = archive_of({
        **BOOTS,
        "adjudicators": "name,institution,base_score,institution_conflicts,team_conflicts,"
                        "adj_conflicts\nJo,Ox,4.5,\"cam, ox\",\"Ox A,owls\",Ann\nAnn,,,,,\n",
    })
    judge = archive.adjudicators[0]
    assert judge.institution_conflicts == ["I1", "I2"]
    assert judge.team_conflicts == ["T1", "T2"]
    assert (judge.adjudicator_conflicts, judge.base_score) == (["A2"], 4.5)


def test_rooms_make_their_categories_and_constraints_find_them() -> None:
    archive = archive_of({
        **BOOTS, "venues": "name,priority,category\nHall,80,Ground\nLoft,,ground\n",
        "team_venue_constraints": "team,category,priority\nOx A,GROUND,100\n",
    })
    assert [one.name for one in archive.venue_categories] == ["Ground"]
    assert [one.priority for one in archive.venues] == [80, 100]
    (one,) = archive.venue_constraints
    assert (one.kind, one.subject, one.category) == ("team", "T1", "VC1")


def test_all_that_is_wrong_is_told_at_its_line_and_column() -> None:
    found = told({
        **BOOTS,
        "rounds": "name,abbreviation,stage,silent\nRound 1,R1,middle,perhaps\nRound 1,R9,,\n",
        "teams": BOOTS["teams"] + "\nNowhere,B,TRUE,opem,Una,novice,Ugo\nOx,a,1,,Eva,,\n",
        "scores": "adjudicator,score\nJoe,5\nAnn,five\n",
    })
    assert found == [
        ("rounds.csv, line 2, stage", "csv_bad_value"),
        ("rounds.csv, line 2, silent", "csv_bad_value"),
        ("rounds.csv, line 3", "csv_row_twice"),
        ("teams.csv, line 5, institution", "csv_unknown_name"),
        ("teams.csv, line 5, break_category", "csv_misspelt_name"),
        ("teams.csv, line 6", "csv_row_twice"),
        ("scores.csv, line 2, adjudicator", "csv_misspelt_name"),
        ("scores.csv, line 3, score", "csv_bad_value"),
    ]


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    found = read({**BOOTS, "team_conflicts": "adjudicator,team\nJo,Oxfort A\n"})
    assert [one.message for one in found.problems if one.level == "error"] == [
        "There is no team called Oxfort A. Oxford A?"]


@pytest.mark.parametrize(("head", "code"), [
    ("reference,reference\n", "csv_column_twice"),
    ("reference,institutoin\n", "csv_column_unknown"),
    ("institution\n", "csv_column_missing"),
    ("reference\nA,B\n", "csv_row_too_wide"),
    ("reference,seed\n,1\n", "csv_blank"),
    ('reference\n"A\n', "csv_broken"),
    ("reference\nA\0\n", "csv_broken"),
])
def test_what_is_wrong_with_a_table_is_told_once(head: str, code: str) -> None:
    assert [found for _, found in told({"teams": head})] == [code]


def test_a_file_that_cannot_be_read_is_not_blamed_on_those_that_need_it() -> None:
    files = {name: text.encode() for name, text in BOOTS.items()}
    files["institutions"] = "code,name\nOx,Oxfórd\n".encode("latin-1")
    files["rounds"] = b"nmae\n"
    problems = read_tabbycat_csv(files, "folder", "x").problems
    assert [(one.where, one.code) for one in problems if one.level == "error"] == [
        ("institutions.csv, line 2", "csv_not_utf8"),
        ("rounds.csv, line 1", "csv_column_unknown"),
        ("rounds.csv, line 1", "csv_column_missing"),
    ]


def test_a_file_of_another_name_is_left_out_with_a_warning() -> None:
    assert ("shopping.csv", "csv_file_unknown") in told({**BOOTS, "shopping": "a\n"}, "warning")


def test_people_of_one_name_are_worth_a_look() -> None:
    files = {**BOOTS, "adjudicators": "name\nJo\njo\n"}
    assert ("adjudicators.csv, line 3, name", "csv_same_name") in told(files, "warning")


def test_a_file_of_too_many_lines_is_not_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tabapp.exchange.tabbycat_csv_tables.MOST_LINES", 3)
    found = told({"teams": "reference\n" + "".join(f"T{n}\n" for n in range(9))})
    assert found == [("teams.csv", "csv_too_long")]


CELLS = st.sampled_from([
    "", "Ox", "Oxford A", "Jo", "R1", "1", "true", "-3", "1e9", "open", "e", "random", ";", "//",
    "swing", "\U0001f98a", "a,b", "x" * 300,
])


@settings(max_examples=60)
@given(st.dictionaries(
    st.sampled_from(sorted(COLUMNS)), st.lists(st.lists(CELLS, max_size=12), max_size=4)))
def test_whatever_stands_in_the_cells_the_answer_is_a_document_or_problems(
    rows: dict[str, list[list[str]]],
) -> None:
    files = {
        name: "\n".join([
            ",".join(COLUMNS[name]), *(",".join(f'"{cell}"' for cell in row) for row in some)])
        for name, some in rows.items()
    }
    found = read(files)
    assert found.archive is not None or found.problems


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(sorted(COLUMNS)), st.binary(max_size=200)))
def test_whatever_bytes_come_in_nothing_is_raised(files: dict[str, bytes]) -> None:
    found = read_tabbycat_csv(files, "folder", "x")
    assert found.archive is not None or found.problems
