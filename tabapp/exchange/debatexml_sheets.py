"""Reads results of DebateXML into ballots: sheets, speeches, winners and announced places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tabapp.core.errors import UserError
from tabapp.domain.archive import Ballot, Criterion, Sheet, SideSheet, Speech
from tabapp.domain.ballots import ResultType, result_type
from tabapp.domain.formats import Settings
from tabapp.domain.types import Stage
from tabapp.exchange.debatexml_parts import Reading, children, keep, note, own_text, ref, refs

TOLERANCE = 0.005  # writers round totals to two decimals


@dataclass(frozen=True, slots=True)
class Room:
    """One debate of which a result is read: its sides in speaking order."""

    where: str
    stage: Stage
    sides: tuple[tuple[str, Element], ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """One ``ballot`` element of a side: what these judges gave the team."""

    judges: tuple[str, ...]
    rank: int | None
    total: float | None
    won: bool | None


@dataclass(frozen=True, slots=True)
class _Speech:
    """One speech with what each of its ballots gives."""

    element: Element
    position: int
    reply: bool
    marks: tuple[Element, ...]


@dataclass(slots=True)
class _SideResult:
    name: str
    forfeit: bool
    marks: tuple[_Mark, ...]
    speeches: tuple[_Speech, ...]
    ghosts: frozenset[int] = field(default_factory=frozenset)


def judges_named(debate: Element) -> tuple[str, ...]:
    """Return the judges that ballots of a debate name, in order of appearance."""
    ballots = (
        ballot
        for side in children(debate, "side")
        for holder in (side, *children(side, "speech"))
        for ballot in children(holder, "ballot")
    )
    return tuple(dict.fromkeys(judge for one in ballots for judge in refs(one, "adjudicators")))


class SheetReader:
    """Reads the results of all debates of a file; ``criteria`` grows as they are met."""

    def __init__(self, settings: Settings, reading: Reading) -> None:
        self._settings = settings
        self._reading = reading
        self._criteria: dict[str, Criterion] = {}

    @property
    def criteria(self) -> list[Criterion]:
        """The scoring criteria that the file uses."""
        return list(self._criteria.values())

    def read(self, room: Room) -> Ballot | None:
        """Return the confirmed ballot of a debate, None where it has no result."""
        sides = [self._side(room, name, element) for name, element in room.sides]
        with_result = [side for side in sides if side.marks or side.forfeit]
        if not with_result:
            return None
        if len(with_result) < len(sides):
            self._reading.found.warn(room.where, "debatexml_no_result")
        vetoes = {
            name: veto for name, element in room.sides if (veto := ref(element, "motion-veto"))
        }
        return Ballot(
            version=1,
            status="confirmed",
            vetoes=vetoes,
            forfeit=[side.name for side in sides if side.forfeit],
            sheets=[self._sheet(room, judge, sides) for judge in self._judges(room, sides)],
        )

    # --- the pieces of a side ------------------------------------------------------------------

    def _side(self, room: Room, name: str, element: Element) -> _SideResult:
        where = f"{room.where} {name}"
        result = _SideResult(
            name=name,
            forfeit=self._reading.flag(element, "forfeit", where),
            marks=tuple(self._mark(one, where) for one in children(element, "ballot")),
            speeches=self._speeches(element, where),
        )
        result.ghosts = self._ghosts(result)
        return result

    def _mark(self, element: Element, where: str) -> _Mark:
        text = own_text(element)
        won = {"true": True, "false": False}.get(text.lower())
        return _Mark(
            judges=tuple(refs(element, "adjudicators")),
            rank=self._reading.whole(element.get("rank"), "rank", where),
            total=None if won is not None else self._reading.number(text, "result", where),
            won=won,
        )

    def _speeches(self, side: Element, where: str) -> tuple[_Speech, ...]:
        """Number the speeches in their order, replies after the last substantive one."""
        listed = children(side, "speech")
        for one in listed:
            self._reading.expect(one, ("ballot", "intervention"))
        flags = [self._reading.flag(one, "reply", where) for one in listed]
        substantive = flags.count(False)
        needed = self._settings.substantive_speakers
        if substantive > needed:
            self._reading.found.warn(
                where, "debatexml_too_many_speeches", count=substantive, needed=needed
            )
        next_reply, next_speech = max(substantive, needed) + 1, 1
        speeches = []
        for one, reply in zip(listed, flags, strict=True):
            position = next_reply if reply else next_speech
            next_reply, next_speech = next_reply + reply, next_speech + (not reply)
            speeches.append(_Speech(one, position, reply, tuple(children(one, "ballot"))))
        return tuple(speeches)

    def _ghosts(self, side: _SideResult) -> frozenset[int]:
        """Of several speeches by one person all but the best are ghosts, the first if equal."""
        by_speaker: dict[str, list[tuple[float, int]]] = {}
        for speech in side.speeches:
            speaker = ref(speech.element, "speaker")
            if speech.reply or speaker is None:
                continue
            marks = [self._score(one, "") or 0.0 for one in speech.marks]
            mean = sum(marks) / len(marks) if marks else 0.0
            by_speaker.setdefault(speaker, []).append((-mean, speech.position))
        return frozenset(
            position for own in by_speaker.values() for _mean, position in sorted(own)[1:]
        )

    def _score(self, mark: Element, where: str) -> float | None:
        """Return a speech's score: the text, or what its criteria add up to."""
        score = self._reading.number(own_text(mark), "score", where)
        if score is None and (parts := self._rubric(mark, where)):
            return sum(parts.values())
        return score

    def _rubric(self, mark: Element, where: str) -> dict[str, float]:
        scores: dict[str, float] = {}
        for one in children(mark, "score"):
            name = one.get("criterion", "").strip()
            value = self._reading.number(own_text(one), "score", where)
            if name and value is not None:
                known = self._criteria.setdefault(
                    name, Criterion(id=f"C{len(self._criteria) + 1}", name=name)
                )
                scores[known.id] = value
        return scores

    # --- sheets --------------------------------------------------------------------------------

    def _judges(self, room: Room, sides: Sequence[_SideResult]) -> list[str | None]:
        """Say whose sheets there are: each judge's, or the panel's own (None)."""
        voting = any(
            len(side.marks) > 1 or any(len(speech.marks) > 1 for speech in side.speeches)
            for side in sides
        )
        named = [mark.judges for side in sides for mark in side.marks]
        judges: list[str | None] = list(dict.fromkeys(one for group in named for one in group))
        if voting:
            if not judges or not all(named):
                self._reading.found.error(room.where, "debatexml_ballots_differ")
            return judges
        elimination = room.stage is Stage.ELIMINATION
        alone = (
            self._settings.ballots_per_debate_elim
            if elimination
            else self._settings.ballots_per_debate_prelim
        ) == "per-adj"
        return judges if alone and len(judges) == 1 else [None]

    def _sheet(self, room: Room, judge: str | None, sides: Sequence[_SideResult]) -> Sheet:
        marks = {side.name: _of_judge(side.marks, judge) for side in sides}
        parts = [self._side_sheet(room, judge, side, marks[side.name]) for side in sides]
        sheet = Sheet(adjudicator=judge, sides=parts)
        places = {name: mark.rank for name, mark in marks.items()
            if mark is not None and mark.rank is not None}
        kind = self._kind(room)
        standing = [side.name for side in sides if not side.forfeit]
        scored = any(s.score is not None for part in parts for s in part.speeches)
        sheet.winners = self._winners(room, kind, marks, standing, scored)
        every_place = len(set(places.values())) == len(sides) > 2
        if sheet.winners is None or scored or every_place:
            self._announce(room, sheet, places, standing)
        return sheet

    def _kind(self, room: Room) -> ResultType | None:
        try:
            return result_type(self._settings, room.stage, len(room.sides))
        except UserError:
            return None  # check_archive refuses these settings by name

    def _side_sheet(
        self, room: Room, judge: str | None, side: _SideResult, mark: _Mark | None
    ) -> SideSheet:
        where = f"{room.where} {side.name}"
        speeches = [
            self._speech(speech, judge, speech.position in side.ghosts, where)
            for speech in side.speeches
        ]
        sheet = SideSheet(side=side.name, speeches=speeches)
        total = sum(speech.score or 0.0 for speech in speeches)
        if mark is not None and mark.total is not None and abs(mark.total - total) > TOLERANCE:
            note(sheet, total=mark.total)
            self._reading.found.warn(
                where, "debatexml_total_differs", given=f"{mark.total:g}", sum=f"{total:g}"
            )
        return sheet

    def _speech(
        self, speech: _Speech, judge: str | None, ghost: bool, where: str
    ) -> Speech:
        marks = [(tuple(refs(one, "adjudicators")), one) for one in speech.marks]
        mine = next((one for judges, one in marks if judge is not None and judge in judges), None)
        if mine is None and len(marks) == 1:
            mine = marks[0][1]
        read = Speech(
            position=speech.position,
            speaker=ref(speech.element, "speaker"),
            score=None if mine is None else self._score(mine, where),
            ghost=ghost,
            rank=None if mine is None else self._reading.whole(mine.get("rank"), "rank", where),
            criteria={} if mine is None else self._rubric(mine, where),
        )
        spoken = [
            {**one.attrib, "text": own_text(one)}
            for one in children(speech.element, "intervention")
        ]
        if spoken:
            note(read, interventions=spoken)
        return keep(read, speech.element, ("speaker", "reply"))

    def _winners(
        self,
        room: Room,
        kind: ResultType | None,
        marks: Mapping[str, _Mark | None],
        standing: Sequence[str],
        scored: bool,
    ) -> list[str] | None:
        """Return who was declared or advances; None where the totals or the places decide."""
        said = [name for name in standing if (mark := marks[name]) is not None and mark.won]
        if said:
            return said
        two = len(room.sides) == 2
        declares = two and (not scored or self._settings.winners_in_ballots != "none")
        if not declares and (two or room.stage is not Stage.ELIMINATION):
            return None
        places = {
            name: mark.rank
            for name in standing if (mark := marks[name]) is not None and mark.rank is not None
        }
        first = [name for name, place in places.items() if place == 1]
        if kind is ResultType.CONSENSUS_WINNERS and not two and len(first) == 1:
            last = max(places.values())
            # 1, 2, 2, 2 is a final; 1, 2, 3, 4 gives the two that go on
            first = first if last == 2 else [n for n, place in places.items() if place <= 2]
        return first or None

    def _announce(
        self, room: Room, sheet: Sheet, places: Mapping[str, int], standing: Sequence[str]
    ) -> None:
        """Keep the places where they are not the order of the totals."""
        totals = {
            side.side: sum(speech.score or 0.0 for speech in side.speeches)
            for side in sheet.sides if side.side in standing
        }
        order = sorted(standing, key=lambda name: -totals[name])
        distinct = len({round(total, 6) for total in totals.values()}) == len(totals)
        announced = sorted(standing, key=lambda name: places.get(name, len(standing) + 1))
        if not places or (distinct and order == announced):
            return
        sheet.ranks = dict(places)
        whole = all(
            len(side.speeches) >= self._settings.substantive_speakers
            and all(speech.score is not None for speech in side.speeches)
            for side in sheet.sides if side.side in standing
        )
        if not whole and any(totals.values()):
            # Where every mark is there, the check of the ballot says it more precisely.
            self._reading.found.warn(room.where, "debatexml_ranks_differ")


def _of_judge(marks: Sequence[_Mark], judge: str | None) -> _Mark | None:
    """Return what a judge gave; one ballot of all is that of each."""
    own = next((mark for mark in marks if judge is not None and judge in mark.judges), None)
    return own or (marks[0] if len(marks) == 1 else None)
