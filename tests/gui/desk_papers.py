"""Rounds of every format that wait for their ballots, and what is typed of their papers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive, Venue
from tests.services.out_rounds import OutRounds, played

Doc = dict[str, Any]
FOUR, TWO = ("og", "oo", "cg", "co"), ("aff", "neg")
MAIN, FORFEIT, IRON, SWING, LATER = 1, 2, 3, 4, 5
"""Rooms, by what happens in them; the last is postponed."""
STANDS_IN = "Zita Swing"
"""Who is registered as a speaker and of no team that debates."""
CRITERIA = [
    {"id": "K1", "name": "Matter", "weight": 1.0, "min": 24, "max": 32, "step": 0.5},
    {"id": "K2", "name": "Manner", "weight": 1.0, "min": 24, "max": 32, "step": 0.5},
    {"id": "K3", "name": "Method", "weight": 1.0, "min": 12, "max": 16, "step": 0.5},
]


@dataclass(frozen=True, slots=True)
class Paper:
    """A format, and keys as a person presses them: digits, and others in angle brackets.

    ``right`` is what the paper says, ``slip`` is the same with one thing wrong, which is at
    ``where`` and called ``what``. ``fix`` is typed over a confirmed ballot, which then says
    ``fixed``. ``exceptions`` are the rooms in which something unusual happens, and their papers.
    """

    name: str
    preset: str
    sides: tuple[str, ...]
    right: str
    slip: str
    where: str
    what: str
    fix: str
    fixed: str
    exceptions: dict[int, str]
    size: int = 2
    judges: int = 1
    criteria: tuple[Doc, ...] = ()
    settings: Doc = field(default_factory=dict)
    moves: bool = True
    """A correction moves somebody in the tables; an elimination round counts for none."""
    before: str = ""
    """Pressed in each room before its paper can be typed the first time."""

    @property
    def rooms(self) -> list[int]:
        """Return the rooms whose ballots are typed by Ann, in order."""
        return [MAIN, *self.exceptions]

    def says(self, room: int) -> str:
        """Return what the paper of a room says."""
        return self.exceptions.get(room, self.right)

    def archive(self) -> Archive:
        """Return a released round without ballots; of two teams a room one has a bye."""
        places = [MAIN, *self.exceptions, LATER]
        teams = len(places) * len(self.sides) + (len(self.sides) == 2)
        debates = [self._debate(at, room) for at, room in enumerate(places)]
        if len(self.sides) == 2:
            debates.append({
                "id": "D9", "bracket": -1, "room_rank": 9, "status": "none",
                "sides": [{"side": "bye", "team": f"T{teams}"}]})
        return Archive.model_validate({
            "format": "tabapp-archive", "version": 1,
            "tournament": {
                "name": "Harbour Open", "slug": "harbour", "preset": self.preset,
                "timezone": "UTC", "criteria": list(self.criteria),
                "settings": {
                    "enable_blind_checks": True, "enable_postponements": True,
                    "bye_team_selection": "random", **self.settings},
            },
            "institutions": [
                {"id": f"I{n}", "name": f"College {_letters(n)}"} for n in range(1, teams + 1)],
            "break_categories": [
                {"id": "BC1", "name": "Open", "slug": "open", "seq": 1, "size": 4,
                 "general": True}],
            "teams": [
                {"id": f"T{n}", "name": f"Team {_letters(n)}", "institution": f"I{n}",
                 "break_categories": ["BC1"]} for n in range(1, teams + 1)]
            + [{"id": "T99", "name": "Swing", "type": "swing"}],
            "speakers": [
                {"id": f"S{n}", "name": f"{'Ana' if n % 2 else 'Otto'} {_letters(n)}",
                 "team": f"T{(n - 1) // self.size + 1}"}
                for n in range(1, teams * self.size + 1)]
            + [{"id": "S999", "name": STANDS_IN, "team": "T99"}],
            "adjudicators": [
                {"id": f"A{n}", "name": f"Judge {_letters(n)}", "base_score": 5.0}
                for n in range(1, len(places) * self.judges + 1)],
            "venues": [{"id": f"V{n}", "name": f"Hall {n}"} for n in places],
            "motions": [{"id": "M1", "reference": "Motion", "text": "That we test this."}],
            "rounds": [{
                "seq": 1, "name": "Round 1", "abbreviation": "R1", "draw_type": "random",
                "status": "released", "motions": ["M1"], "motions_released": True,
                "debates": debates,
            }],
        })

    def _debate(self, at: int, room: int) -> Doc:
        first = at * len(self.sides)
        return {
            "id": f"D{room}", "bracket": 0, "room_rank": room, "venue": f"V{room}",
            "status": "none", "sides_confirmed": not self.before,
            "sides": [
                {"side": side, "team": f"T{first + n + 1}"} for n, side in enumerate(self.sides)],
            "panel": [
                {"adjudicator": f"A{at * self.judges + n + 1}",
                 "role": "panellist" if n else "chair"} for n in range(self.judges)],
        }


def _letters(number: int) -> str:
    """Return a name of letters alone, so that a number typed means a room."""
    return chr(65 + number // 26) + chr(97 + number % 26)


SUBSTITUTE = f"<Alt+Down><?>{STANDS_IN[:4]}<Return>"
"""The list of speakers, somebody else, and the first letters of a name."""
NEXT_SHEET = "<Ctrl+PgDown>"


def _panel(*sheets: str) -> str:
    return NEXT_SHEET.join(sheets)


def unusual(right: str, forfeit: str = "<F5>", first: int = 2) -> dict[int, str]:
    """Return the papers of a forfeit, of an iron person and of somebody who stands in.

    ``first``: as many keys are the mark of the first speech; the second one is the substitute's.
    """
    stands_in = f"{right[:first]}{SUBSTITUTE}{right[first:]}"
    return {FORFEIT: forfeit, IRON: f"<F4>{right}", SWING: stands_in}


_BP = "8180797877767574"
BP = Paper(
    "bp", "bp", FOUR, _BP, "8182797877767574", "og.2", "Opening Gov, second speaker",
    "70", "7080797877767574", unusual(_BP, "<F5>797877767574"))

_ONE, _TWO, _THREE = "75757537" "74747436", "76747337" "77767537", "77757537" "73727136"
_VOTES = _panel(_ONE, _TWO, _THREE)
AUSTRALS = Paper(
    "australs", "australs", TWO, _VOTES, _panel(_ONE, _TWO.replace("74", "72", 1), _THREE),
    "aff.2", "Judge Ac, Affirmative, second speaker",
    "70", _panel(_ONE.replace("75", "70", 1), _TWO, _THREE), unusual(_VOTES), size=3, judges=3)

_HALVES = "70.71.69" "35." "68.6969" "34"
WSDC = Paper(
    "wsdc", "wsdc", TWO, _HALVES, _HALVES.replace("71.", "71"), "aff.2",
    "Proposition, second speaker", "62.", _HALVES.replace("70.", "62."),
    unusual(_HALVES, first=3), size=3,
    settings={"ballots_per_debate_prelim": "per-debate"})

_EASTERS = "757675" "747374"
EASTERS = Paper(
    "easters", "easters", TWO, _EASTERS, "757775" "747374", "aff.2", "Affirmative, second speaker",
    "71", "717675" "747374", unusual(_EASTERS), size=3)

_APDA = "2726" "2627" "1324" "1"
APDA = Paper(
    "apda", "apda", TWO, _APDA, "2726" "2627" "1324" "2", "winners", "Winner",
    "25<Return><Return><Return>" "4312" "2", "2526" "2627" "4312" "2", {FORFEIT: "<F5>"})

_CRITERIA = "282814" "282714" "272814" + "272814" "272714" "272714"
BY_CRITERIA = Paper(
    "criteria", "wsdc", TWO, _CRITERIA, _CRITERIA.replace("282714", "282614"), "aff.2.K2",
    "Proposition, second speaker, Manner", "24", "24" + _CRITERIA[2:],
    unusual(_CRITERIA, first=6), size=3,
    criteria=tuple(CRITERIA),
    settings={"ballots_per_debate_prelim": "per-debate", "reply_scores_enabled": False})

_SPEECHES = _panel("81797775", "80787673")
SPEAKING = Paper(
    "public-speaking", "public-speaking", FOUR, _SPEECHES, _panel("81797775", "80787672"), "co.1",
    "Judge Ac, Closing Opp, first speaker", "70", _panel("70797775", "80787673"),
    {SWING: f"{SUBSTITUTE}{_SPEECHES}"}, size=1, judges=2, settings={
        "teams_in_debate": 4, "ballots_per_debate_elim": "per-debate"})

SCORELESS = Paper(
    "scoreless", "apda", TWO, "1", "2", "winners", "Winner", "2", "2", {FORFEIT: "<F5>"},
    settings={"speakers_in_ballots": "never", "winners_in_ballots": "none"})

_NZ = "7071" "35" "6968" "34"
NZ_EASTERS = Paper(
    "nz-easters", "nz-easters", TWO, _NZ, "7072" "35" "6968" "34", "aff.2",
    "Affirmative, second speaker", "64", "6471" "35" "6968" "34", unusual(_NZ),
    settings={"ballots_per_debate_prelim": "per-debate"}, before="2")

OUTROUND = Paper(
    "outround", "bp", FOUR, "12", "13", "winners", "Winner", "13", "23",
    {FORFEIT: "<F5>23"}, moves=False)
"""Ticks, in rooms of ``outround``."""


def outround(folder: Path) -> Archive:
    """Play to the quarterfinals of a tournament, which are released without ballots."""
    with open_workspace(folder / "played.tabapp", create=True) as work:
        played_out = OutRounds(work, played(16, 24))
        played_out.make_break()
        played_out.draw(played_out.create_rounds()[0])
        found = played_out.document()
    now = next(one for one in found.rounds if one.stage == "elimination")
    now.status = "released"
    rooms = (MAIN, FORFEIT, LATER, LATER + 1)
    found.venues = [Venue(id=f"V{n}", name=f"Hall {n}") for n in rooms]
    for one in found.rounds:
        for debate in one.debates:
            debate.venue = None
    for debate, n in zip(now.debates, rooms, strict=True):
        debate.venue = f"V{n}"
    found.tournament.settings |= {"enable_blind_checks": True, "enable_postponements": True}
    return found
