"""What is said beside a number: names, rows, special cases, ballots, ranks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive
from tabapp.domain.simulation import generate_tournament
from tabapp.services import exchange, standings
from tabapp.services.result_term_rows import figure, places, surname
from tabapp.services.result_terms import Explanation, explain, in_words
from tabapp.services.results import ResultsTable, TableRequest, read_table
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.tournaments import TournamentRow
from tests.builders import small_archive


class Room:
    """A tournament, its tables and what is said of their numbers."""

    def __init__(self, work: Workspace, document: Archive) -> None:
        self.work = work
        exchange.add(work.database, document, now=work.clock.now(), actor="test")
        self.owner: TournamentRow = work.tournament()

    def table(self, **asked: object) -> ResultsTable:
        with self.work.database.read() as unit:
            return read_table(unit, self.owner.id, TableRequest(**asked))  # type: ignore[arg-type]

    def explain(self, table: ResultsTable, subject: str, column: str) -> Explanation:
        with self.work.database.read() as unit:
            found = explain(unit, table, subject, column)
        assert found is not None
        return found

    def change(self, table: object, row: int, **values: object) -> None:
        with self.work.database.write(
            actor="test", verb="change", tournament=self.owner.id
        ) as unit:
            unit.update(table, {row: values})  # type: ignore[arg-type]


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "terms.tabapp", create=True) as made:
        yield made


@pytest.fixture
def room(work: Workspace) -> Room:
    return Room(work, Archive.model_validate(small_archive(teams=8, rounds=2)))


def test_the_speaker_score_of_a_team_shows_both_speakers_and_the_total(room: Room) -> None:
    table = room.table(metrics=("points", "speaks_sum"), extra=())
    line = table.lines[0]
    found = room.explain(table, line.id, "speaks_sum")
    assert found.title == f"{line.name}: total speaker score {line.values['speaks_sum']:g}"
    assert found.sentence == "Sum of team scores."
    titles = [one.title for one in found.grid.headings]
    assert titles[:2] == ["Round", "Position"]
    assert titles[-1] == "Team"
    assert len(titles) == 5
    assert found.grid.total is not None
    assert found.grid.total.cells[-1] == f"{line.values['speaks_sum']:g}"
    for one in found.grid.lines:
        assert float(one.cells[2]) + float(one.cells[3]) == float(one.cells[4])
    assert found.remark.startswith("Second of the two metrics that rank teams. Two ballots, all")
    assert found.remark.endswith("no round missed.")
    assert found.ballot == found.grid.lines[-1].debate


def test_the_points_say_place_and_weight_only_where_rounds_weigh(room: Room) -> None:
    table = room.table()
    plain = room.explain(table, table.lines[0].id, "points")
    assert [one.title for one in plain.grid.headings] == ["Round", "Position", "Place", "Points"]
    with room.work.database.read() as unit:
        rounds = [row.id for row in unit.rows(select(schema.round_).order_by(schema.round_.c.seq))]
    room.change(schema.round_, rounds[1], weight=3)
    table = room.table()
    found = room.explain(table, table.lines[0].id, "points")
    titles = [one.title for one in found.grid.headings]
    assert titles == ["Round", "Position", "Place", "Points", "Weight", "Points"]
    last = found.grid.lines[1].cells
    assert float(last[3]) * 3 == float(last[5])


def test_a_draw_strength_lists_every_opponent_met(room: Room) -> None:
    table = room.table(metrics=("points", "draw_strength"), extra=())
    line = table.lines[0]
    found = room.explain(table, line.id, "draw_strength")
    assert len(found.grid.lines) == 2 * 3
    points = {one.name: one.values["points"] for one in table.lines}
    for one in found.grid.lines:
        assert float(one.cells[-1]) == points[one.cells[2]]
    assert sum(float(one.cells[-1]) for one in found.grid.lines) == line.values["draw_strength"]


def test_who_beat_whom_names_the_pair_or_says_why_it_has_no_effect(work: Workspace) -> None:
    room = Room(work, generate_tournament(preset="bp", teams=8, rounds=3, seed=2))
    alone = room.table(metrics=("speaks_sum", "wbw"), extra=())
    single = next(one for one in alone.lines if one.values["wbw1"] == "n/a")
    found = room.explain(alone, single.id, "wbw1")
    assert found.remark.startswith("No other team is level with it")
    assert found.grid.total is not None
    assert found.grid.total.cells[-1] == "n/a"
    everybody = room.table(metrics=("wbw", "points"), extra=())
    found = room.explain(everybody, everybody.lines[0].id, "wbw1")
    assert found.remark.startswith("7 other teams are level with it")
    assert "and 4 more" in found.remark
    pairs = room.table(metrics=("points", "wbw"), extra=())
    pair = next(one for one in pairs.lines if one.values["wbw1"] != "n/a")
    found = room.explain(pairs, pair.id, "wbw1")
    assert found.remark.startswith("Level with ")


def test_the_rank_names_the_first_metric_that_differs(room: Room) -> None:
    table = room.table(metrics=("points", "speaks_sum"), extra=())
    first = room.explain(table, table.lines[0].id, "rank")
    assert first.remark.startswith("Nobody stands better.")
    line = next(one for one in table.lines if one.rank != 1)
    found = room.explain(table, line.id, "rank")
    decided = [one for one in found.grid.lines if one.strong]
    assert len(decided) == 1
    assert decided[0].cells[1] != decided[0].cells[2]
    above = found.grid.headings[2].title
    assert found.remark.startswith(f"Below {above} by {decided[0].cells[0].lower()}: ")


def test_teams_that_share_a_rank_are_named(room: Room) -> None:
    table = room.table(metrics=("num_iron",), extra=())
    found = room.explain(table, table.lines[0].id, "rank")
    assert found.title.endswith("rank 1=")
    assert found.remark.startswith("Nobody stands better. Level with ")
    assert "and 4 more on every metric" in found.remark


def test_a_round_shows_the_whole_room_and_leads_to_its_ballot(room: Room) -> None:
    table = room.table()
    found = room.explain(table, table.lines[0].id, "R2")
    assert found.title == f"{table.lines[0].name}: Round 2"
    assert [one.strong for one in found.grid.lines].count(True) == 1
    assert [one.cells[2] for one in found.grid.lines] == ["1st", "2nd", "3rd", "4th"]
    assert found.ballot is not None


def test_a_postponed_round_and_a_forfeit_say_so(room: Room) -> None:
    before = room.table()
    line = before.lines[0]
    debate = room.explain(before, line.id, "R2").ballot
    assert debate is not None
    with room.work.database.write(
        actor="test", verb="forfeit", tournament=room.owner.id
    ) as unit:
        result = schema.result_team
        unit.execute(
            result.update().where(result.c.debate_id == debate).values(forfeit=True))
    found = room.explain(before, line.id, "points")
    assert "forfeit" in found.grid.lines[1].cells
    room.change(schema.debate, debate, status="postponed")
    found = room.explain(room.table(), line.id, "points")
    assert "postponed" in found.grid.lines[1].cells
    assert not found.grid.lines[1].counts


def test_the_mean_of_a_speaker_shows_which_scores_were_cut(work: Workspace) -> None:
    room = Room(work, Archive.model_validate(small_archive(teams=8, rounds=4)))
    table = room.table(kind="speakers", metrics=("trimmed_mean",), extra=())
    found = room.explain(table, table.lines[0].id, "trimmed_mean")
    notes = [cell for one in found.grid.lines for cell in one.cells if "left out" in cell]
    assert sorted(notes) == ["highest, left out", "lowest, left out"]
    assert [one.counts for one in found.grid.lines].count(False) == 2
    assert found.remark.startswith("The only metric that ranks speakers.")


def test_two_teams_in_a_room_show_sides_replies_and_votes(work: Workspace) -> None:
    room = Room(work, generate_tournament(preset="australs", teams=8, rounds=3, seed=2))
    table = room.table(metrics=("wins", "speaks_sum", "num_adjs", "margin_sum"), extra=())
    line = table.lines[0]
    speaks = room.explain(table, line.id, "speaks_sum")
    titles = [one.title for one in speaks.grid.headings]
    assert titles[1] == "Side"
    assert "Reply" in titles
    assert "Against" in [
        one.title for one in room.explain(table, line.id, "margin_sum").grid.headings]
    votes = room.explain(table, line.id, "num_adjs")
    assert any(" of " in cell for one in votes.grid.lines for cell in one.cells)
    replies = room.table(kind="replies")
    assert room.explain(replies, replies.lines[0].id, "average").grid.lines


def test_a_judge_is_explained_by_base_score_and_feedback(room: Room) -> None:
    table = room.table(kind="adjudicators")
    found = room.explain(table, table.lines[0].id, "score")
    assert found.grid.lines[0].cells == ("Base score, by its weight", "5.00")
    shown = room.explain(table, table.lines[0].id, "chaired")
    assert shown.grid.lines == ()
    assert "nothing is added up" in shown.remark


def test_what_is_copied_is_what_is_shown_in_tabs_and_lines(room: Room) -> None:
    table = room.table()
    found = room.explain(table, table.lines[0].id, "points")
    lines = found.as_text().splitlines()
    assert lines[0] == found.title
    assert lines[2].split("\t") == [one.title for one in found.grid.headings]
    assert len(lines) == 2 + 1 + 2 + 1 + 1


def test_a_cell_that_there_is_not_has_no_explanation(room: Room) -> None:
    table = room.table()
    with room.work.database.read() as unit:
        assert explain(unit, table, "nobody", "points") is None
        assert explain(unit, table, table.lines[0].id, "no such column") is None


def test_numbers_are_shown_with_as_many_decimals_as_they_have() -> None:
    shown = [figure(one) for one in (3.0, 3.5, 10 / 3, -2.0)]
    assert shown == ["3", "3.5", "3.33", "\u22122"]
    assert (figure(None), figure("n/a")) == ("–", "n/a")
    assert places([1.0, None, 2.5]) == 1
    assert (surname("Selin Ashworth"), surname("Pelé")) == ("Ashworth", "Pelé")
    assert (in_words(4), in_words(12)) == ("four", "12")


def test_a_team_that_withdrew_takes_no_place_above_the_line_of_the_break(room: Room) -> None:
    before = room.table().line
    first = room.table().lines[0].id
    with room.work.database.read() as unit:
        ((row,),) = unit.fetch(select(schema.team.c.id).where(schema.team.c.ref == first))
    room.change(schema.team, row, withdrawn=True)
    after = room.table().line
    assert before is not None
    assert after is not None
    assert (before.rows, before.level, before.open) == (4, 0, 0)
    assert (after.rows, after.level, after.open) == (6, 2, 1)


def test_judges_after_a_round_are_those_of_the_standings_after_it(room: Room) -> None:
    with room.work.database.read() as unit:
        wanted = standings.compute(
            standings.read_input(unit, room.owner, until=1), "adjudicators", until=1)
    made = room.table(kind="adjudicators", until=1)
    assert made.after == "Round 1"
    assert [dict(line.values) for line in made.lines] == [row.values for row in wanted.rows]
    assert sum(int(line.values["chaired"] or 0) for line in made.lines) == 2
    whole = room.table(kind="adjudicators")
    assert sum(int(line.values["chaired"] or 0) for line in whole.lines) == 4
