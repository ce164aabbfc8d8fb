"""Random tournaments as plain JSON in which everything that rules allow happens now and then.

Small and dense: few marks, so that ties abound, and every kind of ballot of rules.md, section 3.
What the program's own simulation plays is likelier; this is what a second implementation of the
arithmetic is held against. ``make`` gives the document, with every setting in it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tabapp.core.errors import ProblemsFound
from tabapp.domain.formats import Settings, resolve
from tests.random_ballots import BallotMaker, Doc
from tests.reference.document import slugs_of

PRESETS = (
    "bp", "bp-2025", "australs", "easters", "nz-easters", "joynt", "wsdc", "wsdc-2025", "uadc",
    "ap", "apda", "cp", "karl-popper", "public-speaking",
)  # fmt: skip

CHOICES: dict[str, Sequence[Any]] = {
    "teamscore_includes_ghosts": (True, False),
    "forfeit_winner_speaks": ("none", "average", "as_judged"),
    "bye_team_results": ("none", "points"),
    "bye_speaks": ("none", "average"),
    "speaker_ranks": ("none", "any"),
    "standings_missed_debates": (-1, 0, 1, 2),
    "standings_missed_replies": (-1, 0, 1, 2),
    "break_easters_strict": (True, False),
}
"""Settings of every format that vary, with the values that are tried."""

TWO_TEAM_CHOICES: dict[str, Sequence[Any]] = {
    "ballots_per_debate_prelim": ("per-adj", "per-debate"),
    "winners_in_ballots": ("none", "high-points", "tied-points", "low-points"),
    "speakers_in_ballots": ("always", "always", "prelim", "never"),
    "margin_includes_dissenters": (True, False),
    "reply_scores_enabled": (True, False),
}

RULES = (
    "standard", "aida-1996", "aida-2016-easters", "aida-2016-australs", "aida-2019-australs-open",
)
PERSONAL = ("disqualified", "lost_coin_toss", "withdrawn", "absent", "eligible")


@dataclass(frozen=True)
class Made:
    """A random tournament, the settings in force, and the decisions that the tab room took."""

    seed: int
    preset: str
    settings: Settings
    document: Doc
    remarks: dict[str, dict[str, str]]


def choose_settings(preset: str, rng: random.Random) -> dict[str, Any]:
    """Choose what differs from a preset; what is refused is chosen again."""
    always: dict[str, Any] = {}
    choices = dict(CHOICES)
    if preset == "public-speaking":
        always = {"teams_in_debate": 4, "ballots_per_debate_elim": "per-debate"}
    elif resolve(preset, {}).teams_in_debate == 2:
        choices |= TWO_TEAM_CHOICES
    elif rng.random() < 0.15:
        always = {"speakers_in_ballots": "never"}
    while True:
        chosen = {name: rng.choice(values) for name, values in choices.items()
                  if rng.random() < 0.5} | always  # fmt: skip
        try:
            resolve(preset, chosen)
        except ProblemsFound:
            continue
        return chosen


def make(seed: int, preset: str) -> Made:
    """Make a tournament; the same arguments give the same one."""
    rng = random.Random(f"{preset}/{seed}")
    settings = resolve(preset, choose_settings(preset, rng))
    maker = _Maker(rng, preset, settings)
    document = maker.tournament()
    return Made(seed, preset, settings, document, maker.remarks(document))


class _Maker:
    def __init__(self, rng: random.Random, preset: str, settings: Settings) -> None:
        self.rng, self.preset, self.settings = rng, preset, settings
        self.size = settings.teams_in_debate
        self.debates = 0
        self.wishful = rng.random() < 0.4  # whether teams say where they would rather break

    def tournament(self) -> Doc:
        rng = self.rng
        count = rng.choice([self.size, 8, 8, 12, 12, 16, 20, 28, 40])
        homes = rng.choice([2, 2, 3, 5, count])  # many of one institution, so that caps apply
        categories = self.categories(count)
        teams = [self.team(n, homes, categories) for n in range(count)]
        per_team = self.settings.substantive_speakers + (rng.random() < 0.5)
        document: Doc = {
            "format": "tabapp-archive", "version": 1,
            "tournament": {
                "name": "Random", "slug": "r", "preset": self.preset,
                "settings": self.settings.as_json(), "criteria": self.criteria()},
            "institutions": [{"id": f"I{n}", "name": f"I{n}"} for n in range(homes)],
            "break_categories": categories,
            "speaker_categories": [{"id": "SC1", "slug": "novice", "name": "Novice"}],
            "teams": teams,
            "speakers": [
                {"id": f"S{n}.{k}", "name": f"Speaker {rng.randint(1, 9)}", "team": team["id"],
                 "categories": ["SC1"] if rng.random() < 0.4 else []}
                for n, team in enumerate(teams) for k in range(per_team)],
            "adjudicators": [
                {"id": f"A{n}", "name": f"Judge {n:02}", "base_score": rng.randint(0, 10) / 2}
                for n in range(6 * (count // self.size))],
        }  # fmt: skip
        ballots = BallotMaker(rng, self.settings, document)
        played = rng.randint(1, 6)
        document["rounds"] = [
            self.round(document, ballots, seq, seq == played) for seq in range(1, played + 1)]
        if rng.random() < 0.3:
            last = self.round(document, ballots, played + 1, False)
            document["rounds"].append(last | {
                "stage": "elimination", "draw_type": "elimination", "break_category": "open"})
        document["feedback"] = self.feedback(document)
        return document

    def criteria(self) -> list[Doc]:
        if self.settings.speakers_in_ballots == "never" or self.rng.random() < 0.75:
            return []
        weights = self.rng.choice([(1, 1), (0.4, 0.6), (0.1, 0.2, 0.7), (2, 1, 0.5)])
        return [
            {"id": f"C{n}", "name": f"Criterion {n}", "weight": factor, "min": 0, "max": 100,
             "step": 0.5}
            for n, factor in enumerate(weights)
        ]  # fmt: skip

    def categories(self, count: int) -> list[Doc]:
        rng = self.rng
        slugs = ["open", "esl", "efl", "novice"][: rng.randint(1, 4)]
        sizes = [0, 1, 2, 3, 4, 6, 8, 9, 16, 18, 25, count, count + 3]
        return [
            {"id": f"BC{n}", "slug": slug, "name": slug.title(), "seq": n + 1,
             "size": rng.choice([size for size in sizes if size <= count + 3]),
             "reserve_size": rng.choice([0, 0, 1, 2, 5]), "rule": rng.choice(RULES),
             "priority": rng.randint(1, 4), "general": slug == "open" or rng.random() < 0.1}
            for n, slug in enumerate(slugs)
        ]  # fmt: skip

    def team(self, number: int, homes: int, categories: list[Doc]) -> Doc:
        rng = self.rng
        able = [one["id"] for one in categories
                if rng.random() < (0.95 if one["slug"] == "open" else 0.5)]  # fmt: skip
        # names are not in the order of the ids, and now and then two teams share one
        name = f"Team {number * 7 % 31 if rng.random() < 0.97 else 0:02}"
        liked = rng.sample(able, rng.randint(0, len(able))) if self.wishful else []
        return {
            "id": f"T{number}", "name": name,
            "institution": None if rng.random() < 0.15 else f"I{rng.randrange(homes)}",
            "type": rng.choice(["normal"] * 8 + ["composite", "swing"]),
            "break_categories": able, "break_preferences": liked,
            "withdrawn": rng.random() < 0.04,
        }  # fmt: skip

    def round(self, document: Doc, ballots: BallotMaker, seq: int, last: bool) -> Doc:
        rng = self.rng
        here = [team["id"] for team in document["teams"]]
        rng.shuffle(here)
        here = here[: len(here) - rng.choice([0, 0, 0, 1, 2, self.size])]
        rooms = [here[n : n + self.size] for n in range(0, len(here), self.size)]
        byes = [[team] for room in rooms if len(room) < self.size for team in room]
        judges = [one["id"] for one in document["adjudicators"]]
        rng.shuffle(judges)
        status = rng.choice(["released", "confirmed", "draft"]) if last else "released"
        made: Doc = {
            "seq": seq, "name": f"Round {seq}", "stage": "preliminary", "status": status,
            "weight": rng.choice([1, 1, 1, 2, 3]), "draw_type": "random", "debates": [],
            "feedback_weight": rng.choice([0, 0.25, 0.5, 1]),
        }
        for teams in [room for room in rooms if len(room) == self.size] + byes:
            self.debates += 1
            wanted = rng.choice([1, 2, 3, 3, 3, 4, 5]) if len(teams) > 1 else 0
            panel = [judges.pop() for _ in range(wanted)]
            debate = ballots.debate(f"D{self.debates}", teams, panel, pending=status == "draft")
            made["debates"].append(debate | {
                "room_rank": len(made["debates"]) + 1, "bracket": 0 if panel else -1})
        return made

    def feedback(self, document: Doc) -> list[Doc]:
        rng = self.rng
        return [
            {"id": f"F{n}", "round": 1, "debate": None, "target": judge["id"],
             "source_team": rng.choice(document["teams"])["id"], "score": rng.randint(0, 10) / 2,
             "confirmed": rng.random() < 0.9, "ignored": rng.random() < 0.1}
            for n, judge in enumerate(document["adjudicators"] * 2) if rng.random() < 0.6
        ]  # fmt: skip

    def remarks(self, document: Doc) -> dict[str, dict[str, str]]:
        """Note something of a few teams, among them some that are in no category."""
        rng = self.rng
        return {
            one["slug"]: {
                team["id"]: rng.choice(PERSONAL) for team in document["teams"]
                if rng.random() < 0.06 and (
                    one["slug"] in slugs_of(
                        document, "break_categories", team, "break_categories"))}
            for one in document["break_categories"]
        }  # fmt: skip
