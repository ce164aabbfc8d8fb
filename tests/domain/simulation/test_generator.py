"""Generated tournaments: reproducible, and legal in every round with and without chaos."""

from __future__ import annotations

from collections import Counter
from statistics import fmean

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.allocation import panel_snapshot
from tabapp.domain.archive import Archive, Debate, Round
from tabapp.domain.audit.draws import audit_draw
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.simulation import break_sizes, generate_tournament
from tabapp.domain.snapshots import draw_snapshot, result_data
from tabapp.domain.standings import team_standings
from tabapp.domain.types import DrawnDebate, Side


@pytest.fixture(scope="module")
def bp() -> Settings:
    return resolve("bp", {})


@pytest.fixture(scope="module")
def calm() -> Archive:
    return generate_tournament(preset="bp", teams=64, rounds=6, seed=11)


@pytest.fixture(scope="module")
def wild() -> Archive:
    return generate_tournament(preset="bp", teams=96, rounds=6, seed=12, chaos=1.0)


@pytest.fixture(params=["calm", "wild"])
def played(request: pytest.FixtureRequest) -> Archive:
    archive: Archive = request.getfixturevalue(request.param)
    return archive


def debates(archive: Archive) -> list[Debate]:
    return [debate for round_ in archive.rounds for debate in round_.debates]


def as_drawn(debate: Debate) -> DrawnDebate:
    return DrawnDebate(
        bracket=debate.bracket or 0.0,
        room_rank=debate.room_rank,
        sides=tuple((Side(side.side), side.team) for side in debate.sides),
        team_flags={side.team: tuple(side.flags) for side in debate.sides if side.flags},
    )


@pytest.mark.parametrize("chaos", [0.0, 0.4, 1.0])
def test_the_same_seed_gives_the_same_bytes(chaos: float) -> None:
    first, second, other = (
        generate_tournament(preset="bp", teams=16, rounds=3, seed=seed, chaos=chaos)
        for seed in (5, 5, 6)
    )
    assert first.model_dump_json() == second.model_dump_json()
    assert first.model_dump_json() != other.model_dump_json()


def test_every_round_passes_the_audit_of_its_draw(played: Archive, bp: Settings) -> None:
    for round_ in played.rounds:
        snapshot = draw_snapshot(played, round_.seq, bp)
        checks = audit_draw(snapshot, [as_drawn(debate) for debate in round_.debates])
        assert [check for check in checks if check.status in ("failed", "unclear")] == []
        assert any(check.status == "passed" for check in checks)


def test_nobody_and_no_room_is_in_two_debates_of_a_round(played: Archive) -> None:
    for round_ in played.rounds:
        used = Counter(
            ref
            for debate in round_.debates
            for ref in (
                *(side.team for side in debate.sides),
                *(member.adjudicator for member in debate.panel),
                debate.venue,
            )
        )
        assert set(used.values()) == {1}
        away = {*round_.absent_teams, *round_.absent_adjudicators, *round_.absent_venues}
        assert not away & set(used)


def test_no_judge_sits_with_a_conflict_and_every_debate_has_one_chair(
    played: Archive, bp: Settings
) -> None:
    for round_ in played.rounds:
        judges = {judge.id: judge for judge in panel_snapshot(played, round_.seq, bp).judges}
        for debate in round_.debates:
            members = {member.adjudicator for member in debate.panel}
            teams = {side.team for side in debate.sides}
            assert [member.role for member in debate.panel].count("chair") == 1
            for member in members:
                assert not judges[member].team_conflicts & teams
                assert not judges[member].judge_conflicts & members


def test_ids_are_unique_and_references_lead_somewhere(played: Archive) -> None:
    known: dict[str, list[str]] = {
        "institutions": [thing.id for thing in played.institutions],
        "teams": [thing.id for thing in played.teams],
        "speakers": [thing.id for thing in played.speakers],
        "adjudicators": [thing.id for thing in played.adjudicators],
        "venues": [thing.id for thing in played.venues],
        "motions": [thing.id for thing in played.motions],
        "break_categories": [thing.id for thing in played.break_categories],
        "speaker_categories": [thing.id for thing in played.speaker_categories],
        "debates": [thing.id for thing in debates(played)],
    }
    assert all(len(ids) == len(set(ids)) for ids in known.values())
    for team in played.teams:
        assert team.institution is None or team.institution in known["institutions"]
        assert set(team.break_categories) <= set(known["break_categories"])
    for speaker in played.speakers:
        assert speaker.team in known["teams"]
        assert set(speaker.categories) <= set(known["speaker_categories"])
    for names in (
        [institution.name for institution in played.institutions],
        [team.name for team in played.teams],
        [venue.name for venue in played.venues],
    ):
        assert len(names) == len(set(names))
    people = [person.name for person in (*played.speakers, *played.adjudicators)]
    assert len(people) == len(set(people))
    assert not played.activity


def test_the_calm_tournament_is_complete(calm: Archive, bp: Settings) -> None:
    assert [round_.draw_type for round_ in calm.rounds] == ["random", *["power"] * 5]
    assert [round_.silent for round_ in calm.rounds] == [False] * 4 + [True] * 2
    assert [round_.feedback_weight for round_ in calm.rounds] == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]
    for round_ in calm.rounds:
        assert (round_.status, round_.completed) == ("released", True)
        assert round_.draw_seed is not None
        assert not round_.absent_teams
        for debate in round_.debates:
            assert debate.status == "confirmed"
            assert debate.why
            assert [ballot.status for ballot in debate.ballots] == ["confirmed"]
    data = result_data(calm, bp)
    assert data.team_confirmed.all()
    assert len(data.speech_score) == 64 * 6 * 2
    table = team_standings(data, metrics=("points", "speaks_sum"))
    assert sum(float(row.values["points"] or 0) for row in table.rows) == 6 * 16 * 6


def test_judges_are_as_many_as_at_real_tournaments(calm: Archive) -> None:
    sizes = [len(debate.panel) for debate in debates(calm)]
    trainees = [
        sum(member.role == "trainee" for member in debate.panel) for debate in debates(calm)
    ]
    assert fmean(sizes) == pytest.approx(2.85, abs=0.2)
    assert fmean(trainees) == pytest.approx(0.42, abs=0.1)


def test_ids_of_debates_do_not_reveal_the_room_rank(calm: Archive) -> None:
    for round_ in calm.rounds:
        numbers = [int(debate.id[1:]) for debate in round_.debates]
        assert [debate.room_rank for debate in round_.debates] == list(range(1, 17))
        assert numbers != sorted(numbers)


def test_chaos_has_everything_that_goes_wrong(wild: Archive) -> None:
    rounds: list[Round] = wild.rounds
    swings = {team.id for team in wild.teams if team.type == "swing"}
    normal = {team.id for team in wild.teams} - swings
    assert any(set(round_.absent_teams) & normal for round_ in rounds)
    assert any(swings - set(round_.absent_teams) for round_ in rounds)
    assert any(round_.absent_adjudicators for round_ in rounds)
    ballots = [ballot for debate in debates(wild) for ballot in debate.ballots]
    corrected = [debate for debate in debates(wild) if len(debate.ballots) == 2]
    assert corrected
    for debate in corrected:
        assert [(b.version, b.status) for b in debate.ballots] == [
            (1, "discarded"), (2, "confirmed"),
        ]
        assert debate.ballots[1].reason
        assert debate.ballots[0].sheets != debate.ballots[1].sheets
    assert any(
        speech.ghost
        for ballot in ballots for sheet in ballot.sheets
        for side in sheet.sides for speech in side.speeches
    )
    assert all(round_.completed for round_ in rounds[:-1])
    assert not rounds[-1].completed
    assert {debate.status for debate in rounds[-1].debates} == {"none", "draft", "confirmed"}


def test_present_teams_fill_their_rooms_at_every_level_of_chaos() -> None:
    for seed, chaos in ((1, 0.1), (2, 0.5), (3, 1.0)):
        archive = generate_tournament(
            preset="bp", teams=120, rounds=9, seed=seed, chaos=chaos, play=False
        )
        for round_ in archive.rounds:
            assert (len(archive.teams) - len(round_.absent_teams)) % 4 == 0
            assert not round_.debates


def test_a_tournament_that_is_not_played_is_the_same_registration(calm: Archive) -> None:
    empty = generate_tournament(preset="bp", teams=64, rounds=6, seed=11, play=False)
    assert empty.teams == calm.teams
    assert empty.speakers == calm.speakers
    assert empty.adjudicators == calm.adjudicators
    assert [round_.status for round_ in empty.rounds] == ["none"] * 6


@pytest.mark.parametrize("teams", [4, 8, 12, 400])
def test_small_and_large_tournaments_can_be_made(teams: int) -> None:
    archive = generate_tournament(preset="bp", teams=teams, rounds=1, seed=1)
    assert len(archive.rounds[0].debates) == teams // 4
    assert all(category.size in break_sizes(teams) for category in archive.break_categories)


@pytest.mark.parametrize(
    ("teams", "size"), [(8, 4), (24, 4), (40, 8), (64, 12), (88, 16), (200, 32), (360, 64)]
)
def test_the_open_break_has_a_bracket_and_a_usual_size(teams: int, size: int) -> None:
    archive = generate_tournament(preset="bp", teams=teams, rounds=1, seed=1, play=False)
    assert [(c.slug, c.size) for c in archive.break_categories if c.general] == [("open", size)]


def test_a_break_size_can_be_chosen() -> None:
    archive = generate_tournament(
        preset="bp", teams=88, rounds=1, seed=1, play=False, break_size=24
    )
    assert archive.break_categories[0].size == 24


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"preset": "public-speaking"}, "generate_not_available"),
        ({"preset": "nobody's"}, "unknown_preset"),
        ({"preset": "wsdc", "teams": 15}, "generate_teams_not_a_multiple"),
        ({"preset": "wsdc", "teams": 1}, "generate_teams_out_of_range"),
        ({"preset": "wsdc", "break_size": 1}, "generate_break_size"),
        ({"teams": 10}, "generate_teams_not_a_multiple"),
        ({"teams": 0}, "generate_teams_out_of_range"),
        ({"rounds": 0}, "generate_rounds_out_of_range"),
        ({"chaos": 1.5}, "generate_chaos_out_of_range"),
        ({"break_size": 10}, "generate_break_size"),
    ],
)
def test_what_cannot_be_generated_is_refused(wrong: dict[str, object], code: str) -> None:
    usual: dict[str, object] = {"preset": "bp", "teams": 16, "rounds": 2, "seed": 1}
    with pytest.raises(UserError) as caught:
        generate_tournament(**{**usual, **wrong})  # type: ignore[arg-type]
    assert caught.value.code == code
    assert code not in caught.value.message


@pytest.mark.parametrize(
    ("preset", "teams", "below", "above"), [("bp", 10, 8, 12), ("australs", 13, 12, 14)])
def test_a_count_that_fills_no_rooms_names_the_nearest(
    preset: str, teams: int, below: int, above: int
) -> None:
    with pytest.raises(UserError) as caught:
        generate_tournament(preset=preset, teams=teams, rounds=2, seed=1)
    assert f"Ask for {below} or {above} teams" in caught.value.message


def test_progress_is_reported_and_can_cancel() -> None:
    class CancelledError(Exception):
        pass

    seen: list[tuple[int, int]] = []

    def tick(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        generate_tournament(preset="bp", teams=8, rounds=3, seed=1, tick=tick)
    assert seen == [(0, 3), (1, 3), (2, 3)]
