"""Random tournaments as plain JSON, and results in columns."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from tabapp.domain.archive import Archive
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.snapshots import result_data
from tabapp.domain.types import ResultData, RoundInfo, SpeakerInfo, TeamInfo

Doc = dict[str, Any]
SIDES = ("og", "oo", "cg", "co")


@pytest.fixture(scope="session")
def bp() -> Settings:
    return resolve("bp", {})


@pytest.fixture(scope="session")
def load() -> Callable[[Doc], tuple[Archive, Settings, ResultData]]:
    """Read a document the way the program does."""

    def read(doc: Doc) -> tuple[Archive, Settings, ResultData]:
        archive = Archive.model_validate(doc)
        settings = resolve("bp", archive.tournament.settings)
        return archive, settings, result_data(archive, settings)

    return read


@pytest.fixture(scope="session")
def random_tournament() -> Callable[[int], Doc]:
    """Make a small BP tournament in which everything strange happens now and then."""
    return lambda seed: _Maker(seed).tournament()


class _Maker:
    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        # few marks make many ties
        self.high = self.rng.choice([51, 54, 99])
        self.debates = 0

    def tournament(self) -> Doc:
        rng = self.rng
        teams = [self._team(n) for n in range(4 * rng.randint(1, 4))]
        speakers = [
            {"id": f"S{2 * n + k}", "name": f"Speaker {rng.randint(1, 9)}", "team": team["id"],
             "categories": []}
            for n, team in enumerate(teams) for k in range(2)
        ]  # fmt: skip
        rounds = [self._round(seq, teams) for seq in range(1, rng.randint(1, 4) + 1)]
        last = self._round(len(rounds) + 1, teams)
        rounds.append({**last, "stage": "elimination", "draw_type": "elimination"})
        settings = {
            "teamscore_includes_ghosts": rng.random() < 0.7,
            "forfeit_winner_speaks": rng.choice(["none", "average", "as_judged"]),
        }
        categories = [
            {"id": "BC1", "slug": "open", "name": "Open", "size": rng.randint(0, 9),
             "reserve_size": rng.randint(0, 2), "priority": 2, "general": True},
            {"id": "BC2", "slug": "esl", "name": "ESL", "size": rng.randint(0, 5),
             "reserve_size": rng.randint(0, 2), "priority": 1, "general": False},
        ]  # fmt: skip
        return {
            "tournament": {"name": "Random", "slug": "r", "preset": "bp", "settings": settings},
            "institutions": [{"id": f"I{n}", "name": f"I{n}"} for n in range(3)],
            "break_categories": categories, "teams": teams, "speakers": speakers,
            "rounds": rounds,
        }  # fmt: skip

    def _team(self, number: int) -> Doc:
        rng = self.rng
        return {
            "id": f"T{number}", "name": f"Team {number:02}",
            "institution": rng.choice([None, "I0", "I1", "I2"]),
            "type": rng.choice(["normal", "normal", "normal", "composite", "swing"]),
            "break_categories": [c for c, p in (("BC1", 0.9), ("BC2", 0.5)) if rng.random() < p],
        }  # fmt: skip

    def _round(self, seq: int, teams: list[Doc]) -> Doc:
        order = self.rng.sample(teams, len(teams))
        return {
            "seq": seq, "name": f"Round {seq}", "stage": "preliminary", "status": "released",
            "weight": self.rng.choice([1, 1, 2, 3]),
            "debates": [self._debate(order[i : i + 4]) for i in range(0, len(order), 4)],
        }  # fmt: skip

    def _debate(self, teams: list[Doc]) -> Doc:
        self.debates += 1
        rng = self.rng
        status = rng.choice(["confirmed"] * 7 + ["draft", "postponed"])
        ballot_status = "confirmed" if status != "draft" else "draft"
        return {
            "id": f"D{self.debates}", "status": status,
            "sides": [
                {"side": side, "team": team["id"],
                 "flags": ["pullup"] if rng.random() < 0.15 else []}
                for side, team in zip(SIDES, teams, strict=True)
            ],
            "ballots": [self._ballot(teams, ballot_status)],
        }  # fmt: skip

    def _ballot(self, teams: list[Doc], status: str) -> Doc:
        rng = self.rng
        forfeit = [side for side in SIDES if rng.random() < 0.04]
        ranks = None
        if rng.random() < 0.2:
            ranks = dict(zip(SIDES, rng.sample([1, 2, 3, 4], 4), strict=True))
        sides = [
            {"side": side, "speeches": self._speeches(team)}
            for side, team in zip(SIDES, teams, strict=True) if side not in forfeit
        ]  # fmt: skip
        sheet = {"adjudicator": None, "winners": None, "ranks": ranks, "sides": sides}
        return {"version": 1, "status": status, "forfeit": forfeit, "sheets": [sheet]}

    def _speeches(self, team: Doc) -> list[Doc]:
        rng = self.rng
        number = int(team["id"][1:])
        who = [f"S{2 * number}", f"S{2 * number + 1}"]
        ghost = rng.random() < 0.1
        speeches = [
            {"position": n, "speaker": who[0] if ghost else who[n - 1],
             "score": rng.randint(100, self.high * 2) / 2, "ghost": ghost and n == 2,
             "rank": rng.choice([None, 1, 2, 5])}
            for n in (1, 2)
        ]  # fmt: skip
        if rng.random() < 0.05:
            return speeches[: rng.randint(0, 1)]
        if rng.random() < 0.05:
            speeches[0]["score"] = None
        return speeches


@pytest.fixture(scope="session")
def columns() -> Callable[..., ResultData]:
    """Make results from rows: dictionaries with the columns that matter, defaults for the rest.

    ``teams`` maps team ids to institutions; team rows name ``team``, ``debate`` and ``seq``,
    speech rows ``speaker`` (an index) and ``score``.
    """

    def make(
        teams: dict[str, str | None],
        rows: list[dict[str, Any]],
        speeches: list[dict[str, Any]] | None = None,
        *,
        weights: tuple[int, ...] = (1, 1, 1, 1),
        speakers: tuple[SpeakerInfo, ...] = (),
        infos: tuple[TeamInfo, ...] | None = None,
    ) -> ResultData:
        numbers = {team: n for n, team in enumerate(teams)}
        nan = float("nan")
        team_rows = [
            {"side": 0, "points": nan, "win": nan, "score": nan, "margin": nan,
             "votes_given": nan, "votes_possible": nan, "ghost": False, "pullup": False,
             "confirmed": True, "averaged": False, "seq": 1, **row, "team": numbers[row["team"]]}
            for row in rows
        ]  # fmt: skip
        speech_rows = [
            {"team": 0, "debate": 0, "seq": 1, "position": 1, "score": nan, "rank": nan,
             "ghost": False, "reply": False, **row}
            for row in speeches or []
        ]  # fmt: skip
        arrays = {}
        for field in fields(ResultData):
            prefix, _, name = field.name.partition("_")
            if name:
                source = team_rows if prefix == "team" else speech_rows
                values = [row["seq"] - 1 if name == "round" else row[name] for row in source]
                kind = {"IntArray": np.int64, "FloatArray": np.float64, "BoolArray": np.bool_}
                arrays[field.name] = np.array(values, dtype=kind[str(field.type)])
        return ResultData(
            teams=infos or tuple(TeamInfo(t, t, institution) for t, institution in teams.items()),
            speakers=speakers,
            rounds=tuple(RoundInfo(n + 1, weight=w) for n, w in enumerate(weights)),
            **arrays,
        )

    return make
