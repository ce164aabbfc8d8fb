"""Definitions of metrics and ranks, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.standings import (
    SPEAKER_METRICS,
    TEAM_METRICS,
    adjudicator_standings,
    draw_order,
    reply_standings,
    speaker_standings,
    team_standings,
)
from tabapp.domain.types import AdjudicatorInfo, RoundInfo, SpeakerInfo, Stage, TeamInfo

ROOM = {"A": "I1", "B": "I1", "C": None, "D": None}


def duel(
    debate: int, seq: int, winner: str, loser: str, high: float, low: float, **more: Any
) -> list[dict[str, Any]]:
    margin = high - low
    return [
        {"team": winner, "debate": debate, "seq": seq, "points": 1, "win": 1, "score": high,
         "margin": margin, "votes_possible": 5, "votes_given": 3, **more},
        {"team": loser, "debate": debate, "seq": seq, "points": 0, "win": 0, "score": low,
         "margin": -margin, "votes_possible": 5, "votes_given": 2, **more},
    ]  # fmt: skip


@pytest.fixture
def duels(columns: Any) -> Any:
    """A beats B and C, B beats A again in a round of double weight; D has not spoken."""
    return columns(ROOM, [
        *duel(0, 1, "A", "B", 230, 220), *duel(1, 2, "A", "C", 240, 210),
        *duel(2, 3, "B", "A", 225, 223),
    ], weights=(1, 1, 2))  # fmt: skip


def value(table: Any, row: str, key: str) -> Any:
    return next(r for r in table.rows if r.id == row).values[key]


@pytest.mark.parametrize(
    ("key", "a", "b", "d"),
    [
        ("wins", 2, 1, 0), ("points", 2, 2, 0), ("speaks_sum", 693, 445, 0),
        ("speaks_avg", 231, 222.5, None), ("speaks_stddev", 48.6666667**0.5, 2.5, None),
        ("margin_sum", 38, -8, None), ("margin_avg", 38 / 3, -4, None),
        ("draw_strength", 4, 4, 0), ("draw_strength_speaks", 1100, 1386, 0),
        ("num_adjs", 4.8, 3, 0), ("firsts", 0, 0, 0), ("thirds", 2, 1, 0),
    ],
)  # fmt: skip
def test_a_metric_is_what_its_definition_says(
    key: str, a: float, b: float, d: float | None, duels: Any
) -> None:
    table = team_standings(duels, metrics=[], extra=[key])
    assert value(table, "A", key) == pytest.approx(a)
    assert value(table, "B", key) == pytest.approx(b)
    assert value(table, "D", key) == d


def test_every_metric_says_what_it_is_and_where_from() -> None:
    for metrics in (TEAM_METRICS, SPEAKER_METRICS):
        for key, metric in metrics.items():
            assert metric.key == key
            assert metric.name
            assert metric.definition
            assert "section" in metric.source


def test_counts_are_integers(duels: Any) -> None:
    row = team_standings(duels, metrics=["wins"], extra=["npullups", "subrank"]).rows[0]
    assert {type(cell) for cell in row.values.values()} == {int}


def test_who_beat_whom_applies_to_exactly_two_level_teams(columns: Any) -> None:
    two = columns(ROOM, [
        *duel(0, 1, "A", "B", 70, 60), *duel(1, 2, "B", "A", 70, 60), *duel(2, 3, "B", "A", 9, 8),
        *duel(3, 4, "A", "C", 70, 60),
    ])  # fmt: skip
    table = team_standings(two, metrics=["wins", "wbw", "wbw"])
    assert table.metrics == ("wins", "wbw1", "wbw2")
    assert [(r.id, r.rank, r.values["wbw1"], r.values["wbw2"]) for r in table.rows] == [
        ("B", 1, 2, "n/a"), ("A", 2, 1, "n/a"), ("C", 3, 0, 0), ("D", 3, 0, 0),
    ]  # fmt: skip


def test_who_beat_whom_says_nothing_of_three(columns: Any) -> None:
    three = columns(ROOM, [
        *duel(0, 1, "A", "B", 70, 60), *duel(1, 2, "B", "C", 70, 60), *duel(2, 3, "C", "A", 7, 6),
    ])  # fmt: skip
    table = team_standings(three, metrics=["wins", "wbw", "speaks_sum"])
    assert [(r.id, r.rank, r.values["wbw1"]) for r in table.rows] == [
        ("B", 1, "n/a"), ("A", 2, "n/a"), ("C", 3, "n/a"), ("D", 4, "n/a"),
    ]  # fmt: skip


def test_missing_values_stand_last_in_either_direction(duels: Any) -> None:
    for key in ("speaks_avg", "speaks_stddev"):
        assert team_standings(duels, metrics=[key]).rows[-1].id == "D"


def test_level_teams_share_a_rank_and_stand_in_order_of_name(duels: Any) -> None:
    table = team_standings(duels, metrics=["points"])
    assert [(r.id, r.rank, r.tied) for r in table.rows] == [
        ("A", 1, True), ("B", 1, True), ("C", 3, True), ("D", 3, True),
    ]  # fmt: skip


def test_thirds_of_a_mark_tie(columns: Any) -> None:
    data = columns(ROOM, [
        {"team": "A", "debate": 0, "score": 76 + 1 / 3},
        {"team": "B", "debate": 0, "score": 76.33333331},
    ])  # fmt: skip
    assert [r.rank for r in team_standings(data, metrics=["speaks_sum"]).rows] == [1, 1, 3, 3]


def test_unconfirmed_debates_give_opponents_and_nothing_else(columns: Any) -> None:
    data = columns(ROOM, [
        *duel(0, 1, "A", "B", 70, 60, pullup=True),
        *duel(1, 2, "A", "C", 70, 60, confirmed=False, pullup=True, ghost=True),
    ])  # fmt: skip
    table = team_standings(
        data, metrics=["points"], extra=["draw_strength", "npullups", "num_iron"]
    )
    assert table.rows[0].values == {
        "points": 1, "draw_strength": 0, "npullups": 2, "num_iron": 0,
    }  # fmt: skip
    assert value(table, "C", "draw_strength") == 1


def test_every_team_of_a_pull_up_room_was_in_a_pull_up_debate(columns: Any) -> None:
    data = columns(ROOM, [
        {"team": t, "debate": int(t in "CD"), "pullup": t == "B"} for t in "ABCD"
    ])  # fmt: skip
    table = team_standings(data, metrics=[], extra=["pullup_debates", "npullups"])
    assert [tuple(r.values.values()) for r in table.rows] == [(1, 0), (1, 1), (0, 0), (0, 0)]


def test_only_rounds_up_to_the_one_asked_for_count(duels: Any) -> None:
    assert value(team_standings(duels, metrics=["wins"], until=1), "A", "wins") == 1
    assert value(team_standings(duels, metrics=["wins"], until=0), "A", "wins") == 0


def test_elimination_rounds_do_not_count(duels: Any) -> None:
    rounds = (*duels.rounds[:2], RoundInfo(3, Stage.ELIMINATION))
    table = team_standings(replace(duels, rounds=rounds), metrics=["points"])
    assert value(table, "B", "points") == 0


def test_ranks_follow_from_the_precedence(duels: Any) -> None:
    table = team_standings(
        duels, metrics=["points", "speaks_sum"],
        extra=["subrank", "institution_rank", "draw_strength_rank"],
    )  # fmt: skip
    rows = {r.id: tuple(r.values.values())[2:] for r in table.rows}
    assert rows == {"A": (1, 1, 2 + 3 + 2), "B": (2, 2, 2), "C": (1, 1, 1), "D": (2, 1, 0)}


def test_teams_without_institution_are_institutions_of_their_own(duels: Any) -> None:
    table = team_standings(duels, metrics=["points"], extra=["institution_rank"])
    assert value(table, "D", "institution_rank") == 1


def test_a_category_ranks_its_members_and_keeps_their_values(columns: Any) -> None:
    infos = tuple(
        TeamInfo(t, t, "I1", break_categories=frozenset({"esl"} if t in "BD" else ()))
        for t in "ABCD"
    )
    data = columns(ROOM, [
        {"team": t, "debate": 0, "points": 3 - n} for n, t in enumerate("ABCD")
    ], infos=infos)  # fmt: skip
    options = {"metrics": ["points"], "extra": ["institution_rank", "draw_strength_rank"]}
    table = team_standings(data, category="esl", **options)
    assert [(r.id, r.rank, *r.values.values()) for r in table.rows] == [
        ("B", 1, 2, 1, 1 + 3 + 4), ("D", 2, 0, 2, 1 + 2 + 3),
    ]  # fmt: skip
    assert table == team_standings(data, members=frozenset("BD"), **options)


def test_draw_order_without_metrics_has_everybody_level(duels: Any) -> None:
    assert draw_order(duels, [], None) == [(t, 0.0, 1, 1) for t in "ABCD"]
    assert draw_order(duels, ["speaks_avg"], 1)[-1] == ("D", 0.0, 3, 1)


@pytest.mark.parametrize(
    ("metrics", "extra", "code"),
    [
        (["winz"], [], "unknown_metric"), ([], ["winz"], "unknown_metric"),
        (["wins", "wins"], [], "metric_twice"), ([], ["wins", "wins"], "metric_twice"),
        (["draw_strength_rank"], [], "metric_not_ranked"), (["subrank"], [], "metric_not_ranked"),
    ],
)  # fmt: skip
def test_a_wrong_list_of_metrics_is_refused(
    metrics: list[str], extra: list[str], code: str, duels: Any
) -> None:
    with pytest.raises(UserError) as refused:
        team_standings(duels, metrics=metrics, extra=extra)
    assert refused.value.code == code
    assert (metrics or extra)[0] in refused.value.message


def test_a_metric_may_stand_in_both_lists(duels: Any) -> None:
    table = team_standings(duels, metrics=["wins", "wbw"], extra=["wins", "wbw"])
    assert (table.metrics, table.extra) == (("wins", "wbw1"), ("wins", "wbw2"))
    assert set(table.rows[0].values) == {"wins", "wbw1", "wbw2"}


def test_a_tournament_without_anything_has_empty_tables(columns: Any) -> None:
    data = columns({}, [], weights=())
    keys = [key for key, metric in TEAM_METRICS.items() if not metric.extra_only]
    assert team_standings(data, metrics=keys, extra=list(TEAM_METRICS)).rows == ()
    assert speaker_standings(data, metrics=list(SPEAKER_METRICS)).rows == ()
    assert reply_standings(data).rows == ()
    assert adjudicator_standings([]).rows == ()
    assert draw_order(data, ["points"], None) == []


# --- speakers ----------------------------------------------------------------------------------


@pytest.fixture
def speeches(columns: Any) -> Any:
    people = (
        SpeakerInfo("S1", "Ann", 0, frozenset({"esl"})), SpeakerInfo("S2", "Ben", 0),
        SpeakerInfo("S3", "Cat", 1, frozenset({"esl"})), SpeakerInfo("S4", "Dan", -1),
    )  # fmt: skip
    marks = [(0, 1, 70), (0, 2, 74), (0, 3, 81), (1, 1, 75), (1, 2, 76), (2, 1, 90)]
    rows = [{"speaker": s, "seq": seq, "score": score, "rank": seq} for s, seq, score in marks]
    rows.append({"speaker": 2, "seq": 2, "score": 99, "ghost": True})
    rows += [
        {"speaker": s, "seq": 1, "score": score, "reply": True, "position": 4}
        for s, score in ((0, 38), (1, 39))
    ]
    return columns(ROOM, [
        row for n in range(3) for row in duel(n, n + 1, "A", "B", 150, 140)
    ], rows, weights=(1, 2, 1), speakers=people)  # fmt: skip


@pytest.mark.parametrize(
    ("key", "ann", "ben", "dan"),
    [
        ("total", 225, 151, 0), ("average", 75, 75.5, None), ("trimmed_mean", 74, 75.5, None),
        ("stdev", (62 / 3) ** 0.5, 0.5, None), ("count", 3, 2, 0), ("srank", 6, 3, None),
        ("team_points", 3, 3, 0), ("team_wins", 3, 3, 0), ("thirds", 3, 3, 0),
        ("num_adjs", 5.4, 5.4, 0),
    ],
)  # fmt: skip
def test_a_speaker_metric_is_what_its_definition_says(
    key: str, ann: float, ben: float, dan: float | None, speeches: Any
) -> None:
    table = speaker_standings(speeches, metrics=[], extra=[key])
    assert value(table, "S1", key) == pytest.approx(ann)
    assert value(table, "S2", key) == pytest.approx(ben)
    assert value(table, "S4", key) == dan


def test_ranks_that_a_panel_averages_stay_fractions(columns: Any) -> None:
    rows = [{"speaker": 0, "seq": seq, "score": 75, "rank": rank}
            for seq, rank in enumerate((1, 5 / 3, 2.5), start=1)]
    data = columns(ROOM, duel(0, 1, "A", "B", 150, 140), rows,
                   speakers=(SpeakerInfo("S1", "Ann", 0),))
    table = speaker_standings(data, metrics=["srank"])
    assert value(table, "S1", "srank") == pytest.approx(1 + 5 / 3 + 2.5)


def test_ghosts_and_replies_are_no_speeches(speeches: Any) -> None:
    assert value(speaker_standings(speeches, metrics=["total"]), "S3", "total") == 90


def test_who_missed_too_many_rounds_is_listed_without_a_rank(speeches: Any) -> None:
    table = speaker_standings(speeches, metrics=["average"], missable=1)
    assert [(r.id, r.rank, r.tied) for r in table.rows] == [
        ("S2", 1, False), ("S1", 2, False), ("S3", None, False), ("S4", None, False),
    ]  # fmt: skip


def test_a_speaker_category_ranks_its_members_alone(speeches: Any) -> None:
    table = speaker_standings(speeches, metrics=["total"], category="esl")
    assert [(r.id, r.rank) for r in table.rows] == [("S1", 1), ("S3", 2)]


def test_replies_have_a_row_for_each_person_who_gave_one(speeches: Any) -> None:
    table = reply_standings(speeches)
    assert (table.metrics, table.extra) == (("average",), ("stdev", "count", "total"))
    assert [(r.id, r.rank, *r.values.values()) for r in table.rows] == [
        ("S2", 1, 39, 0, 1, 39), ("S1", 2, 38, 0, 1, 38),
    ]  # fmt: skip
    assert [r.rank for r in reply_standings(speeches, missable=1).rows] == [None, None]
    assert [r.id for r in reply_standings(speeches, category="esl").rows] == ["S1"]


def test_judges_are_ranked_by_base_score_and_feedback() -> None:
    judges = [
        AdjudicatorInfo("A1", "Ann", 4.0, 8.0, 2, 1, 2, 3), AdjudicatorInfo("A2", "Ben", 5.0),
        AdjudicatorInfo("A3", "Cat", 5.0, 5.0, 1),
    ]  # fmt: skip
    table = adjudicator_standings(judges, feedback_weight=0.25)
    assert [(r.id, r.rank, r.tied, r.values["score"]) for r in table.rows] == [
        ("A1", 1, True, 5.0), ("A2", 1, True, 5.0), ("A3", 1, True, 5.0),
    ]  # fmt: skip
    assert adjudicator_standings(judges).rows[-1].id == "A1"
    assert table.rows[0].values["chaired"] == 1
    assert table.rows[1].values["feedback"] is None
