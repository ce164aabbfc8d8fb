"""What of a tournament goes into files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabapp.core.errors import UserError
from tabapp.exchange.tables import render
from tabapp.services import exports, standings
from tabapp.services.exports import ExportRequest
from tests.services.exported import OPEN, Opened, built, everything, refused, tournament
from tests.voting import voting_archive


def test_a_table_in_a_file_is_that_of_the_standings(opened: Opened) -> None:
    work = opened(tournament())
    owner = work.tournament()
    for kind in ("teams", "speakers", "adjudicators"):
        made = built(work, ExportRequest(kind, until=2))
        with work.database.read() as unit:
            found = standings.read_input(unit, owner, until=2)
        rows = standings.as_json(standings.compute(found, kind, until=2))["rows"]
        assert [{key: one[key] for key in rows[0]} for one in made.records] == rows


def test_judges_after_a_round_are_judged_by_what_was_known_then(opened: Opened) -> None:
    document = tournament()
    document["feedback"] = [
        {"id": f"F{n}", "round": n, "target": "A1", "source_team": "T1", "score": 2.0 * n}
        for n in (1, 2, 3)]
    for one in document["rounds"]:
        one["feedback_weight"] = 0.1 * one["seq"]
    work = opened(document)
    (judge,) = (
        one for one in built(work, ExportRequest("adjudicators", until=2)).records
        if one["id"] == "A1")
    assert judge["values"] == pytest.approx({
        "score": 0.8 * 5 + 0.2 * 3, "base_score": 5, "feedback": 3, "feedback_count": 2,
        "chaired": 2, "panelled": 0, "trained": 0})


def test_the_results_of_each_debate_with_what_every_team_made_of_it(opened: Opened) -> None:
    work = opened(tournament(2))
    made = built(work, ExportRequest("results"))
    assert [one.title for one in made.tables] == ["Round 1", "Round 2"]
    assert [len(one.rows) for one in made.tables] == [8, 8]
    assert [len(one.rows) for one in made.printed] == [2, 2]
    for debate in made.records:
        assert sorted(one["place"] for one in debate["sides"]) == [1, 2, 3, 4]
        for side in debate["sides"]:
            assert side["points"] == 4 - side["place"]
            assert side["score"] == sum(one["score"] for one in side["speeches"])
    assert len(built(work, ExportRequest("results", until=1)).records) == 2


def test_who_breaks_and_why(opened: Opened) -> None:
    document = tournament(**OPEN, public_breaking_teams=True)
    document["adjudicators"][1]["breaking"] = True
    work = opened(document)
    assert refused(work, ExportRequest("break", public=True)).code == "export_nothing_public"
    assert "not made yet" in everything(built(work, ExportRequest("break")))
    owner = work.tournament()
    work.run("break.generate", tournament=owner.id, tournament_id=owner.id, ties="lot", seed=1)
    made = built(work, ExportRequest("break"))
    assert [one.title for one in made.tables] == ["Open", "Breaking judges"]
    teams = [one for one in made.records if one["kind"] == "team"]
    assert [one["break_rank"] for one in teams[:4]] == [1, 1, 3, 3]
    assert [str(row[0]) for row in made.tables[0].rows[:4]] == ["1=", "1=", "3=", "3="]
    assert all(one["reason"] for one in teams[:4])
    public = built(work, ExportRequest("break", public=True))
    assert [one["break_rank"] for one in public.records] == [1, 1, 3, 3]
    assert "reason" not in public.records[0]
    assert refused(work, ExportRequest("break", until=1)).code == "export_break_until"
    assert refused(work, ExportRequest("break", category="gold")).code == "category_unknown"


def test_a_table_of_one_category(opened: Opened) -> None:
    work = opened(tournament(**OPEN))
    rows = built(work, ExportRequest("speakers", category="novice")).records
    assert [one["id"] for one in rows] == ["S4", "S8", "S12", "S16"]
    error = refused(work, ExportRequest("speakers", category="novice", public=True))
    assert error.code == "export_not_released"
    assert refused(work, ExportRequest("draw", category="open")).code == "export_no_categories"
    assert refused(work, ExportRequest("teams", until=9)).code == "round_unknown"


def test_a_file_is_whole_or_not_there(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = built(opened(tournament()), ExportRequest("teams"))
    file = tmp_path / "teams.xlsx"
    assert exports.write_file(made, file).rows == 8
    before = file.read_bytes()

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tabapp.services.exports.files.write_whole", full)
    with pytest.raises(UserError, match="No space left on device"):
        exports.write_file(made, file)
    assert file.read_bytes() == before
    monkeypatch.undo()
    with pytest.raises(UserError) as caught:
        exports.write_file(made, tmp_path / "no" / "teams.pdf")
    assert caught.value.code == "file_not_written"


def test_what_is_wrong_with_a_file_is_said_before_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("")

    def codes(text: object) -> list[str]:
        return [one.code for one in exports.check_output(str(text))]

    assert codes("  ") == ["export_file_blank"]
    assert codes(tmp_path / "t.doc") == ["table_kind_unknown"]
    assert codes(tmp_path / "no" / "t.csv") == ["export_folder_missing"]
    assert codes(tmp_path / "old.csv") == ["export_replaces"]
    assert codes(tmp_path / "new.csv") == []


def test_records_are_json(opened: Opened) -> None:
    work = opened(tournament())
    for what in exports.WHATS:
        made = built(work, ExportRequest(what))
        assert json.loads(render(made, ".json").content) == json.loads(
            json.dumps(made.records))


def test_who_dissented_is_told_where_the_setting_shows_it(opened: Opened) -> None:
    for shows in (False, True):
        made = built(
            opened(voting_archive(show_splitting_adjudicators=shows)), ExportRequest("results"))
        debates = {one["id"]: one for one in made.records}
        split = [one["id"] for one in debates["D1"]["judges"] if one.get("dissenting")]
        assert split == (["A2"] if shows else [])
        assert ("(dissenting)" in everything(made)) is shows
        assert [
            (one["side"], one["win"], one["votes_given"]) for one in debates["D1"]["sides"]
        ] == [("aff", True, 2), ("neg", False, 1)]
