"""What of a tournament goes into files for the hall: what is released, and nothing else."""

from __future__ import annotations

import pytest

from tabapp.services import exports
from tabapp.services.exports import ExportRequest
from tests.services.exported import OPEN, Opened, built, everything, refused, tournament


def test_nothing_that_is_not_released_is_public(opened: Opened) -> None:
    work = opened(tournament())
    for what in exports.WHATS:
        error = refused(work, ExportRequest(what, public=True))
        assert error.code == "export_not_released"
        assert "Publish" in str(error)


def test_the_public_tab_is_as_if_silent_rounds_had_never_been(opened: Opened) -> None:
    loud = tournament(**OPEN)
    loud["rounds"] = loud["rounds"][:2]
    silent = tournament(**OPEN)
    silent["rounds"][2]["silent"] = True
    for debate in silent["rounds"][2]["debates"]:  # marks that stand nowhere else
        for part in debate["ballots"][0]["sheets"][0]["sides"]:
            for speech in part["speeches"]:
                speech["score"] -= 16
    secret, known = opened(silent), opened(loud)
    for what in ("teams", "speakers", "results"):
        request = ExportRequest(what, public=True)
        made, expected = built(secret, request), built(known, request)
        assert made.tables == expected.tables
        assert made.records == expected.records
        assert "R3" not in everything(made)
        assert "Round 3" not in everything(made)
        assert "R3" in everything(built(secret, ExportRequest(what))) or what == "results"
    assert "1 round left out" in everything(built(secret, ExportRequest("teams", public=True)))


def test_once_all_results_are_released_silent_rounds_are_public(opened: Opened) -> None:
    document = tournament(**OPEN, all_results_released=True)
    document["rounds"][2]["silent"] = True
    work = opened(document)
    for what in ("teams", "speakers"):
        public, whole = (
            built(work, ExportRequest(what, public=public)) for public in (True, False))
        assert public.tables == whole.tables
    assert len(built(work, ExportRequest("results", public=True)).tables) == 3


def test_a_round_that_goes_on_is_not_public_yet(opened: Opened) -> None:
    document = tournament(**OPEN)
    document["rounds"][2]["completed"] = False
    work = opened(document)
    assert len(built(work, ExportRequest("results", public=True)).tables) == 2
    for one in document["rounds"]:
        one["completed"] = False
    nothing = opened(document)
    assert refused(nothing, ExportRequest("teams", public=True)).code == "export_nothing_public"
    assert refused(nothing, ExportRequest("results", public=True)).code == "export_nothing_public"


def test_whoever_is_anonymous_is_not_told_in_public(opened: Opened) -> None:
    document = tournament(**OPEN, ballots_released=True)
    document["speakers"][4] |= {"anonymous": True, "name": "Secret Person"}
    document["adjudicators"][0] |= {
        "anonymous": True, "name": "Secret Judge", "institution": "I1", "code_name": "Owl"}
    work = opened(document)
    for what in ("speakers", "results", "adjudicators", "participants"):
        assert "Secret" in everything(built(work, ExportRequest(what)))
        assert "Secret" not in everything(built(work, ExportRequest(what, public=True)))
    (hidden,) = (
        one for one in built(work, ExportRequest("speakers", public=True)).records
        if one["name"] == "Anonymous")
    assert (hidden["id"], hidden["team"]) == (None, "")
    (owl,) = (
        one for one in built(work, ExportRequest("adjudicators", public=True)).records
        if one["name"] == "Owl")
    assert (owl["id"], owl["institution"]) == (None, "")


def test_teams_go_by_their_code_names_where_the_settings_say_so(opened: Opened) -> None:
    document = tournament(**OPEN, team_code_names="everywhere")
    for n, team in enumerate(document["teams"]):
        team["code_name"] = f"Star {n}"
    work = opened(document)
    for what in ("teams", "speakers", "results", "draw", "participants"):
        said = everything(built(work, ExportRequest(what, public=True)))
        assert "College" not in said
        assert "Star 3" in said
        assert '"T4"' not in said


def test_a_short_public_tab_holds_all_who_are_level_at_its_end(opened: Opened) -> None:
    work = opened(tournament(**OPEN, team_tab_limit=3, team_standings_precedence=["points"]))
    rows = built(work, ExportRequest("teams", public=True)).records
    whole = built(work, ExportRequest("teams")).records
    assert rows == tuple(one for one in whole if one["rank"] <= 3)
    assert len(whole) == 8 > len(rows) >= 3


@pytest.mark.parametrize(
    ("shows", "keys"),
    [("test", {"base_score"}), ("final", {"score"}),
     ("all", {"score", "base_score", "feedback", "feedback_count"})])
def test_of_judges_is_public_what_the_setting_says(
    opened: Opened, shows: str, keys: set[str]
) -> None:
    work = opened(tournament(**OPEN, adjudicators_tab_shows=shows))
    rows = built(work, ExportRequest("adjudicators", public=True)).records
    assert all(set(one["values"]) == keys for one in rows)
    assert {one["rank"] for one in rows} == ({None} if shows == "test" else {1})


def test_marks_are_public_with_the_ballots_alone(opened: Opened) -> None:
    (table, *_), (whole, *_) = (
        built(opened(tournament(**OPEN, ballots_released=released)),
              ExportRequest("results", public=True)).tables
        for released in (False, True))
    assert "score" not in {one.key for one in table.columns}
    assert {"score", "speaker1", "score2"} <= {one.key for one in whole.columns}
    assert "bracket" not in {one.key for one in whole.columns}


def test_a_draw_that_is_not_released_is_not_public(opened: Opened) -> None:
    document = tournament(**OPEN)
    document["rounds"][2] |= {"status": "confirmed", "completed": False}
    work = opened(document)
    assert [one.title for one in built(work, ExportRequest("draw")).tables][-1] == "Round 3"
    public = built(work, ExportRequest("draw", public=True))
    assert [one.title for one in public.tables] == ["Round 1", "Round 2"]
    rooms = [row[0] for row in public.printed[0].rows]
    assert rooms == sorted(rooms)


def test_a_break_does_not_tell_the_points_of_silent_rounds(opened: Opened) -> None:
    document = tournament(**OPEN, public_breaking_teams=True)
    document["rounds"][2]["silent"] = True
    work = opened(document)
    owner = work.tournament()
    work.run("break.generate", tournament=owner.id, tournament_id=owner.id, ties="lot", seed=1)
    made = built(work, ExportRequest("break", public=True))
    assert [one.key for one in made.tables[0].columns] == ["break", "team", "institution"]
    assert {"rank", "values"}.isdisjoint(made.records[0])


def test_a_break_does_not_tell_the_values_of_a_team_tab_that_is_not_released(
    opened: Opened,
) -> None:
    work = opened(tournament(**OPEN | {"team_tab_released": False}, public_breaking_teams=True))
    owner = work.tournament()
    work.run("break.generate", tournament=owner.id, tournament_id=owner.id, ties="lot", seed=1)
    made = built(work, ExportRequest("break", public=True))
    assert [one.key for one in made.tables[0].columns] == ["break", "team", "institution"]
    assert {"rank", "values"}.isdisjoint(made.records[0])


def test_where_an_anonymous_judge_stands_does_not_tell_the_name(opened: Opened) -> None:
    document = tournament(**OPEN, adjudicators_tab_shows="test")
    document["adjudicators"][0] |= {"anonymous": True, "name": "Zzz Secret", "code_name": ""}
    work = opened(document)
    assert built(work, ExportRequest("adjudicators")).records[-1]["name"] == "Zzz Secret"
    told = [one["name"] for one in built(work, ExportRequest("adjudicators", public=True)).records]
    assert told == sorted(told)
    assert told[0] == "Anonymous"


def test_level_teams_stand_by_the_names_that_are_told(opened: Opened) -> None:
    document = tournament(**OPEN, team_code_names="everywhere", team_standings_precedence=["wins"])
    for n, team in enumerate(document["teams"]):
        team["code_name"] = f"Star {9 - n}"
    work = opened(document)
    rows = built(work, ExportRequest("teams", public=True)).records
    assert {one["rank"] for one in rows} == {1}
    assert [one["name"] for one in rows] == [f"Star {n}" for n in range(2, 10)]


def test_teams_that_share_a_place_in_the_break_stand_by_the_names_that_are_told(
    opened: Opened,
) -> None:
    document = tournament(**OPEN, public_breaking_teams=True, team_code_names="everywhere")
    for n, team in enumerate(document["teams"]):
        team["code_name"] = f"Star {9 - n}"
    work = opened(document)
    owner = work.tournament()
    work.run("break.generate", tournament=owner.id, tournament_id=owner.id, ties="lot", seed=1)
    rows = built(work, ExportRequest("break", public=True)).records
    told = [(one["break_rank"], one["name"]) for one in rows]
    assert [place for place, _name in told] == [1, 1, 3, 3]
    assert told == sorted(told)


def test_addresses_are_never_public(opened: Opened) -> None:
    document = tournament(**OPEN)
    document["speakers"][0] |= {"email": "ann@example.org", "phone": "12345", "gender": "female"}
    work = opened(document)
    assert "ann@example.org" in everything(built(work, ExportRequest("participants")))
    public = everything(built(work, ExportRequest("participants", public=True)))
    assert not any(word in public for word in ("ann@example.org", "12345", "female"))
