"""The score sheets of a round: one for a room or for each judge who votes, in order of rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.domain.archive import Criterion
from tabapp.domain.ballots import ResultType, result_type
from tabapp.domain.ballots.speech_checks import last_position
from tabapp.domain.ballots.values import SCORELESS, VOTING
from tabapp.domain.barcodes import bar_text, is_code
from tabapp.domain.formats import Settings
from tabapp.domain.public import sort_key
from tabapp.domain.side_names import side_short, side_title
from tabapp.domain.types import BP_SIDES, TWO_SIDES, Role, Side, Stage
from tabapp.exchange.paper import Code, Mark, MotionLine, Scale, ScoreSheet, Speech, Team
from tabapp.services.barcodes import tag_of
from tabapp.services.paper.sheet_words import (
    criterion_range,
    criterion_step,
    iron_words,
    panel_words,
    return_words,
    scale_of,
    scale_words,
    speech_label,
)
from tabapp.services.public import shows_codes
from tabapp.services.rounds import start_words, title_of
from tabapp.store.ballot_rows import read_criteria
from tabapp.store.motion_rows import motions_of_round
from tabapp.store.paper_reads import PaperDebate, PaperPerson, PaperTeam, read_paper_debates
from tabapp.store.sheet_rows import round_facts
from tabapp.store.tournaments import RoundRow, TournamentRow, get_round, list_rounds
from tabapp.store.unit import ReadUnit

_OPEN = "The code is given when this is printed"
_LINES = 3
"""Lines for motions where vetoes are recorded and nobody knows how many there are."""


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """Which sheets. ``rooms`` are row ids of debates, None for all.

    ``motions`` None: the motions stand on the sheets once they are released, unless the settings
    hide them; with False there are lines to write on, with True they stand there in any case.
    ``open_codes``: where no code is given yet a frame shows its place.
    """

    rooms: tuple[int, ...] | None = None
    codes_on_all: bool = False
    motions: bool | None = None
    open_codes: bool = False


ALL = SheetOptions()
"""Every room of a round, and nothing else."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all sheets of a round share."""

    owner: TournamentRow
    round: RoundRow
    when: str
    motions: tuple[MotionLine, ...]
    criteria: tuple[Criterion, ...]
    is_final: bool
    tag: str
    open_codes: bool = False

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.owner.settings

    def kind(self, sides: int) -> ResultType:
        """Return which kind of ballot debates of this size have."""
        return result_type(self.settings, Stage(self.round.stage), sides)

    def team(self, team: PaperTeam) -> str:
        """Return the name of a team that judges read."""
        return (team.code_name if shows_codes(self.settings) else "") or team.name

    def person(self, person: PaperPerson) -> str:
        """Return the name of a speaker or a judge that paper shows."""
        coded = self.settings.participant_code_names == "everywhere"
        return (person.code_name if coded else "") or person.name

    def code(self, barcode: str, title: str = "") -> Code | None:
        """Return a code for paper; where none is given its place, or None."""
        return sheet_code(self.tag, barcode, title, is_open=self.open_codes)


def read_ground(
    unit: ReadUnit, round_id: int, *, motions: bool | None = None, open_codes: bool = False
) -> Ground:
    """Read what all sheets of a round share."""
    owner, round_ = get_round(unit, round_id)
    facts = round_facts(unit, round_id)
    start = start_words(facts.starts_at)
    shown = facts.motions_released and not owner.settings.ballots_hide_motions
    later = [
        one for one in list_rounds(unit, owner.id)
        if one.category == round_.category and one.seq > round_.seq]
    return Ground(
        owner, round_, f"{title_of(round_)} · starts {start}" if start else title_of(round_),
        _motions(unit, owner.settings, round_id, shown if motions is None else motions),
        tuple(read_criteria(unit, owner.id).values()),
        is_final=round_.stage == Stage.ELIMINATION and not later,
        tag=tag_of(unit, owner.id), open_codes=open_codes)


def _motions(
    unit: ReadUnit, settings: Settings, round_id: int, shown: bool
) -> tuple[MotionLine, ...]:
    if not settings.enable_motions:
        return ()
    known = motions_of_round(unit, round_id)
    if not shown or not known:
        count = len(known) or (_LINES if settings.motion_vetoes_enabled else 1)
        return tuple(
            MotionLine(f"Motion {at}" if count > 1 else "Motion")
            for at in range(1, count + 1))
    return tuple(
        MotionLine(f"Motion {at}" if len(known) > 1 else "Motion", one.text or one.reference)
        for at, one in enumerate(known, start=1))


def read_sheets(
    unit: ReadUnit, round_id: int, options: SheetOptions = ALL
) -> list[ScoreSheet]:
    """Return the score sheets of a round by room.

    ``UserError``: ``paper_no_draw``, ``paper_no_sheets``, ``paper_room_unknown``, and the one
    combination of settings that has no ballots.
    """
    ground = read_ground(
        unit, round_id, motions=options.motions, open_codes=options.open_codes)
    name = title_of(ground.round)
    debates = read_paper_debates(unit, ground.owner.id, round_id)
    if not debates:
        raise UserError("paper_no_draw", round=name)
    debates = [one for one in debates if len(one.sides) > 1]
    if not debates:
        raise UserError("paper_no_sheets", round=name)
    chosen = debates if options.rooms is None else [
        one for one in debates if one.id in set(options.rooms)]
    if options.rooms is not None and len(chosen) < len(set(options.rooms)):
        known = {one.id for one in debates}
        raise UserError(
            "paper_room_unknown", round=name,
            room=next(one for one in options.rooms if one not in known),
            known=", ".join(one.room or one.ref for one in in_order(debates)))
    return [
        sheet for debate in in_order(chosen)
        for sheet in _of_debate(ground, debate, codes_on_all=options.codes_on_all)]


def in_order(debates: Sequence[PaperDebate]) -> list[PaperDebate]:
    """Order debates by the names of their rooms as people count, those without one last."""
    return sorted(debates, key=lambda one: (
        not one.room, sort_key(one.room), one.room_rank, one.id))


def _of_debate(ground: Ground, debate: PaperDebate, *, codes_on_all: bool) -> list[ScoreSheet]:
    kind = ground.kind(len(debate.sides))
    voters = [one for one in debate.panel if one[0] is not Role.TRAINEE]
    if kind not in VOTING or not voters:
        author = voters[0] if voters else None
        return [_sheet(ground, debate, kind, author, coded=True)]
    first = voters[0][1].id
    return [
        _sheet(ground, debate, kind, one, coded=codes_on_all or one[1].id == first)
        for one in voters]


def _sheet(
    ground: Ground, debate: PaperDebate, kind: ResultType, author: tuple[Role, PaperPerson] | None,
    *, coded: bool,
) -> ScoreSheet:
    settings = ground.settings
    sides = tuple(side for side, _team in debate.sides)
    teams = tuple(
        make_team(ground, kind, side, sides, name=ground.team(team),
                  speakers=tuple(ground.person(one) for one in team.speakers),
                  note=iron_words(team.irons) if kind not in SCORELESS else "",
                  decided=debate.sides_confirmed)
        for side, team in debate.sides)
    if not debate.sides_confirmed:
        winner = tuple(ground.team(team) for _side, team in debate.sides)
    else:
        winner = tuple(
            f"{side_title(side, settings.side_names)}: {ground.team(team)}"
            for side, team in debate.sides)
    return make_sheet(
        ground, kind, sides, teams, winner, room=debate.room or f"Debate {debate.ref}",
        author=ground.person(author[1]) if author is not None else "",
        role=_role(kind, author[0] if author is not None else None),
        panel=panel_words([(role, ground.person(one)) for role, one in debate.panel]),
        code=ground.code(debate.barcode) if coded else None)


def _role(kind: ResultType, role: Role | None) -> str:
    if role is None:
        return "Score sheet of the room"
    return f"Score sheet of the {role.value}" if kind in VOTING else f"Score sheet, {role.value}"


def sheet_code(tag: str, code: str, title: str = "", *, is_open: bool = False) -> Code | None:
    """Return a code for paper: all its digits in bars, the last six for people.

    Where none is given it is None, or its place if that ``is_open``.
    """
    if not code:
        return Code("", _OPEN, title, is_open=True) if is_open else None
    return Code(bar_text(tag, code), f"{code[:3]} {code[3:]}" if is_code(code) else code, title)


def make_team(
    ground: Ground, kind: ResultType, side: Side, sides: Sequence[Side], *, name: str,
    speakers: tuple[str, ...] = (), note: str = "", decided: bool = True,
) -> Team:
    """Lay out one team: a line for each speech, sides to tick where they are not decided."""
    settings = ground.settings
    marks = tuple(_mark(one) for one in ground.criteria)
    positions = range(1, last_position(settings) + 1) if kind not in SCORELESS else ()
    return Team(
        title=side_title(side, settings.side_names) if decided else "", name=name,
        choices=() if decided else tuple(
            side_title(one, settings.side_names) for one in sides),
        speeches=tuple(
            Speech(
                speech_label(side, position, settings, len(sides)), scale_of(position, settings),
                names=speakers, reply=position > settings.substantive_speakers,
                criteria=marks if position <= settings.substantive_speakers else ())
            for position in positions),
        note=note)


def _mark(one: Criterion) -> Mark:
    bounded = one.min is not None and one.max is not None
    return Mark(
        one.name or one.id, criterion_range(one), step=criterion_step(one), weight=one.weight,
        scale=Scale(one.min or 0.0, one.max or 0.0, one.step or 1.0) if bounded else None)


def make_sheet(
    ground: Ground, kind: ResultType, sides: Sequence[Side], teams: tuple[Team, ...],
    winner: tuple[str, ...], *, room: str = "", author: str = "", role: str = "",
    panel: str = "", code: Code | None = None, blank: bool = False,
) -> ScoreSheet:
    """Put a sheet together from its teams and what the round's sheets share."""
    settings, many = ground.settings, len(sides) > len(TWO_SIDES)
    scoreless = kind in SCORELESS
    ticked = scoreless and (ground.round.stage == Stage.ELIMINATION or not many)
    two = not many and not scoreless
    ranked = settings.speaker_ranks != "none" and not scoreless
    placed = many and not ticked and kind is not ResultType.PUBLIC_SPEAKING
    return ScoreSheet(
        tournament=ground.owner.name, room=room, when=ground.when, teams=teams, author=author,
        role=role, panel=panel, intro=settings.ballot_introduction.strip(),
        motions=ground.motions, motion_columns=_columns(ground, sides),
        scale=_advance_words(ground, sides) if ticked else "" if scoreless else scale_words(
            kind, settings, len(sides), ground.criteria, ranked=ranked),
        scores=not scoreless, ranks=ranked, digits=settings.ballots_confirm_digits,
        places=len(sides) if placed else 0,
        advance=(_advancing(ground, sides) if ticked else 0), winner=winner if two else (),
        margin="" if two else None, code=code, blank=blank,
        bring=return_words(settings.score_return_location, "sheet"))


def _columns(ground: Ground, sides: Sequence[Side]) -> tuple[str, ...]:
    """Return the circles beside a motion: which was debated, and which each side vetoed."""
    settings = ground.settings
    if not settings.enable_motions or len(ground.motions) < 2:
        return ()
    vetoes = [
        f"{side_short(one, settings.side_names)} veto" for one in sides
    ] if settings.motion_vetoes_enabled else []
    return ("debated", *vetoes)


def _advancing(ground: Ground, sides: Sequence[Side]) -> int:
    return 2 if len(sides) > len(TWO_SIDES) and not ground.is_final else 1


def _advance_words(ground: Ground, sides: Sequence[Side]) -> str:
    if _advancing(ground, sides) > 1:
        return "Tick the two teams that go on. No scores."
    return "Tick the one team that wins. No scores."


def sides_of(settings: Settings) -> tuple[Side, ...]:
    """Return the sides of the format, for sheets that are of no debate."""
    return BP_SIDES[:settings.teams_in_debate] if settings.teams_in_debate > 2 else TWO_SIDES


def find_rooms(unit: ReadUnit, round_id: int) -> Mapping[int, str]:
    """Return debate -> room of a round in the order of printing, for a choice of what to print."""
    owner, _round = get_round(unit, round_id)
    debates = [
        one for one in read_paper_debates(unit, owner.id, round_id) if len(one.sides) > 1]
    return {one.id: one.room or one.ref for one in in_order(debates)}
