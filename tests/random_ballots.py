"""Random debates and their ballots, of every kind of result (rules.md, section 3)."""

from __future__ import annotations

import random
from typing import Any

from tabapp.domain.formats import Settings

Doc = dict[str, Any]
FOUR, TWO = ("og", "oo", "cg", "co"), ("aff", "neg")


class BallotMaker:
    """Plays debates of one tournament by lot: what happened in the room, then who wrote what."""

    def __init__(self, rng: random.Random, settings: Settings, document: Doc) -> None:
        self._rng, self._settings = rng, settings
        self._criteria = document["tournament"]["criteria"]
        self._speakers: dict[str, list[str]] = {team["id"]: [] for team in document["teams"]}
        for speaker in document["speakers"]:
            self._speakers[speaker["team"]].append(speaker["id"])
        self._marked = settings.speakers_in_ballots != "never"
        self._singly = settings.ballots_per_debate_prelim == "per-adj"
        # few marks make many ties
        self._spread = rng.choice([1, 3, 10])

    def debate(self, ref: str, teams: list[str], panel: list[str], *, pending: bool) -> Doc:
        """Make a debate; a ``pending`` one has no result yet."""
        rng = self._rng
        if len(teams) == 1:
            return {"id": ref, "status": "none", "ballots": [], "panel": [],
                    "sides": [{"side": "bye", "team": teams[0], "flags": []}]}  # fmt: skip
        names = TWO if len(teams) == 2 else FOUR
        flags = [["pullup"] if rng.random() < 0.12 else [] for _ in teams]
        made: Doc = {
            "id": ref, "status": "confirmed",
            "sides": [
                {"side": side, "team": team, "flags": flag}
                for side, team, flag in zip(names, teams, flags, strict=True)],
            "panel": self._panel(panel), "ballots": [],
        }  # fmt: skip
        rng.shuffle(made["sides"])
        made["status"] = status = rng.choice(["confirmed"] * 14 + ["draft", "postponed", "none"])
        if pending and rng.random() < 0.8:
            made["status"] = "none"
        if made["status"] == "none":
            return made
        if rng.random() < 0.1:
            made["ballots"].append(self._ballot(made, 1) | {"status": "discarded"})
        kept = "draft" if status == "draft" else "confirmed"
        made["ballots"].append(self._ballot(made, len(made["ballots"]) + 1) | {"status": kept})
        return made

    def _panel(self, judges: list[str]) -> list[Doc]:
        trainee = len(judges) > 1 and self._rng.random() < 0.3
        seats = [
            {"adjudicator": judge, "role": "panellist" if n else "chair"}
            for n, judge in enumerate(judges)]
        if trainee:
            seats[-1]["role"] = "trainee"
        self._rng.shuffle(seats)
        return seats

    def _ballot(self, debate: Doc, version: int) -> Doc:
        rng, sides = self._rng, {one["side"]: one["team"] for one in debate["sides"]}
        forfeit = [side for side in sides if rng.random() < 0.05]
        here = {side: team for side, team in sides.items() if side not in forfeit}
        line_ups = {side: self._line_up(team) for side, team in here.items()}
        writers: list[str | None] = [None]
        if self._singly:
            writers = [
                seat["adjudicator"] for seat in debate["panel"]
                if seat["role"] != "trainee" or rng.random() < 0.1]
        sheets = [self._sheet(list(sides), line_ups, writer) for writer in writers]
        return {"version": version, "forfeit": forfeit, "sheets": sheets}

    def _line_up(self, team: str) -> list[tuple[str, bool]]:
        """Return (speaker, ghost) for each speech, the reply last."""
        rng, members = self._rng, list(self._speakers[team])
        rng.shuffle(members)
        count = self._settings.substantive_speakers
        order = [(who, False) for who in members[:count]]
        if count > 1 and rng.random() < 0.1:
            alone, twice = rng.sample(range(count), 2)
            order[twice] = (order[alone][0], True)
        if self._settings.reply_scores_enabled:
            order.append((rng.choice(order)[0], False))
        return order

    def _sheet(
        self, sides: list[str], line_ups: dict[str, list[tuple[str, bool]]], writer: str | None
    ) -> Doc:
        sheet: Doc = {"adjudicator": writer, "winners": None, "sides": []}
        if not self._marked:
            return sheet | self._told_without_marks(sides, list(line_ups))
        while True:
            ranks = self._ranks(line_ups)
            sheet["sides"] = [
                {"side": side, "speeches": [
                    self._speech(n, who, ghost, ranks.get((side, n)))
                    for n, (who, ghost) in enumerate(line_ups[side], 1)]}
                for side in line_ups
            ]  # fmt: skip
            totals = {part["side"]: self._total(part) for part in sheet["sides"]}
            if self._is_decided(totals):
                break
        if len(sides) == 2:
            sheet["winners"] = self._declared(totals)
        elif writer is None and self._rng.random() < 0.05:
            sheet["ranks"] = self._announced(sides)
        return sheet

    def _told_without_marks(self, sides: list[str], here: list[str]) -> Doc:
        """Tick a winner who is there; of four teams the places are announced."""
        if len(sides) == 2:
            return {"winners": [self._rng.choice(here)] if here else None}
        return {"ranks": self._announced(sides)}

    def _announced(self, sides: list[str]) -> dict[str, int]:
        places = self._rng.sample(range(1, len(sides) + 1), len(sides))
        return dict(zip(sides, places, strict=True))

    def _ranks(self, line_ups: dict[str, list[tuple[str, bool]]]) -> dict[tuple[str, int], int]:
        """Rank the substantive speeches of a sheet."""
        if self._settings.speaker_ranks == "none":
            return {}
        given = [
            (side, n) for side in line_ups
            for n in range(1, self._settings.substantive_speakers + 1)]
        return dict(zip(given, self._rng.sample(range(1, len(given) + 1), len(given)), strict=True))

    def _speech(self, position: int, who: str, ghost: bool, rank: int | None) -> Doc:
        rng, settings = self._rng, self._settings
        reply = position > settings.substantive_speakers
        low, step = (
            (settings.reply_score_min, settings.reply_score_step) if reply
            else (settings.score_min, settings.score_step))
        speech: Doc = {
            "position": position, "speaker": who, "ghost": ghost, "rank": rank,
            "score": low + rng.randint(0, self._spread) * step,
        }  # fmt: skip
        if self._criteria and not reply:
            speech["criteria"] = {
                one["id"]: 20 + rng.randint(0, self._spread) / 2 for one in self._criteria}
            # the criteria count, whatever was written down as their sum
            speech["score"] = rng.choice([None, self._weighted(speech["criteria"]), 60])
        return speech

    def _weighted(self, marks: dict[str, float]) -> float:
        return round(sum(
            float(one["weight"]) * marks[one["id"]] for one in self._criteria), 6)

    def _total(self, part: Doc) -> float:
        return round(sum(
            self._weighted(speech["criteria"]) if "criteria" in speech else float(speech["score"])
            for speech in part["speeches"]), 6)

    def _is_decided(self, totals: dict[str, float]) -> bool:
        """Tell whether the totals make a valid sheet; of four teams a few old ones do not."""
        if len(set(totals.values())) == len(totals):
            return True
        if len(totals) == 2:
            return self._settings.winners_in_ballots in ("tied-points", "low-points")
        return self._singly or self._rng.random() < 0.05

    def _declared(self, totals: dict[str, float]) -> list[str] | None:
        """Declare a winner as the settings ask for it."""
        rule = self._settings.winners_in_ballots
        if rule == "none" or len(totals) < 2:
            return None
        if rule == "low-points":
            return [self._rng.choice(sorted(totals))]
        most = max(totals.values())
        return [self._rng.choice(sorted(side for side in totals if totals[side] == most))]
