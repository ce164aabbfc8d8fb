"""Reads rounds and debates of DebateXML, and derives what it does not say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tabapp.domain.archive import (
    Ballot,
    BreakCategory,
    Criterion,
    Debate,
    DebateSide,
    PanelMember,
    Round,
)
from tabapp.domain.types import DrawType, Role, Side, Stage
from tabapp.exchange.debatexml_format import Format
from tabapp.exchange.debatexml_parts import (
    Reading,
    called,
    children,
    free_id,
    keep,
    own_text,
    ref,
    refs,
)
from tabapp.exchange.debatexml_people import People
from tabapp.exchange.debatexml_sheets import Room, SheetReader, judges_named


@dataclass(frozen=True, slots=True)
class Rounds:
    """Rounds with their debates, and what reading them brought to light."""

    rounds: list[Round]
    categories: list[BreakCategory]
    criteria: list[Criterion]


def read_rounds(
    root: Element, form: Format, people: People, categories: list[BreakCategory], reading: Reading
) -> Rounds:
    """Read all rounds in the order of the file, which is their order in time.

    A result in the file is a confirmed ballot; a judge who is named by no ballot of a debate was
    a trainee; whoever is in no room of a round was absent. Teams count as absent in preliminary
    rounds only, and not where a debate of the round has lost its teams.
    """
    listed = children(root, "round")
    if not listed:
        reading.found.error("tournament", "debatexml_no_rounds")
    categories = _with_general_category(listed, people, categories, reading)
    debates = reading.ids(
        (debate for round_ in listed for debate in children(round_, "debate")), "debate", "D"
    )
    reader = _RoundReader(form, people, categories, reading, debates)
    rounds = [reader.read(element, seq) for seq, element in enumerate(listed, start=1)]
    return Rounds(rounds, categories, reader.sheets.criteria)


def _with_general_category(
    rounds: Sequence[Element], people: People, categories: list[BreakCategory], reading: Reading
) -> list[BreakCategory]:
    """Make a category of all teams for elimination rounds that name none: here each has one."""
    nameless = any(
        reading.flag(one, "elimination", called(one)) and ref(one, "break-category") is None
        for one in rounds
    )
    if not nameless:
        return categories
    slug = "open"
    taken = {category.slug for category in categories}
    if slug in taken:
        slug, _ = free_id("open-", taken, 2)
    ident, _ = free_id("BC", {category.id for category in categories})
    reading.found.warn("rounds", "debatexml_category_made", category=slug)
    made = BreakCategory(
        id=ident, name=slug.capitalize(), slug=slug, seq=len(categories) + 1, general=True
    )
    for team in people.teams:
        team.break_categories.append(ident)
    return [*categories, made]


class _RoundReader:
    def __init__(
        self, form: Format, people: People, categories: list[BreakCategory], reading: Reading,
        debates: Sequence[tuple[str, Element]],
    ) -> None:
        self._form = form
        self._people = people
        self._slugs: Mapping[str, str] = {one.id: one.slug for one in categories}
        self._made = categories[-1].slug if categories else ""
        self._reading = reading
        self._ids = {element: ident for ident, element in debates}
        self._taken = {ident for ident, _ in debates}
        self._byes = 0
        self.sheets = SheetReader(form.settings, reading)

    def read(self, element: Element, seq: int) -> Round:
        where = f"round {seq}"
        self._reading.expect(element, ("debate", "bye"))
        elimination = self._reading.flag(element, "elimination", where)
        debates = [
            self._debate(one, elimination, rank)
            for rank, one in enumerate(children(element, "debate"), start=1)
        ]
        motions = dict.fromkeys(
            motion for one in children(element, "debate") if (motion := ref(one, "motion"))
        )
        played = bool(debates) and all(debate.ballots or _is_bye(debate) for debate in debates)
        for team in children(element, "bye"):
            debates.append(self._bye(own_text(team), len(debates) + 1))
        weight = self._reading.number(element.get("feedback-weight"), "feedback-weight", where)
        round_ = Round(
            seq=seq,
            name=element.get("name", "").strip() or f"Round {seq}",
            abbreviation=element.get("abbreviation", "").strip(),
            stage=Stage.ELIMINATION.value if elimination else Stage.PRELIMINARY.value,
            draw_type=self._draw_type(seq, elimination).value,
            feedback_weight=weight or 0.0,
            starts_at=element.get("start", "").strip() or None,
            motions_released=bool(motions),
            break_category=self._category(element, elimination),
            status="released" if debates else "none",
            completed=played,
            motions=list(motions),
            debates=debates,
        )
        self._note_absent(round_)
        used = ("name", "abbreviation", "elimination", "feedback-weight", "start",
                "break-category")
        return keep(round_, element, used)

    @staticmethod
    def _draw_type(seq: int, elimination: bool) -> DrawType:
        if elimination:
            return DrawType.ELIMINATION
        return DrawType.RANDOM if seq == 1 else DrawType.POWER

    def _category(self, element: Element, elimination: bool) -> str | None:
        named = ref(element, "break-category")
        if named is not None:
            return self._slugs.get(named, named)
        return self._made if elimination else None

    def _debate(self, element: Element, elimination: bool, rank: int) -> Debate:
        ident = self._ids[element]
        where = f"debate {ident}"
        self._reading.expect(element, ("side",))
        listed = children(element, "side")
        sides = self._sides(listed, where)
        stage = Stage.ELIMINATION if elimination else Stage.PRELIMINARY
        bye = len(listed) == 1
        ballot = None
        if not bye and len(sides) == len(listed):
            ballot = self.sheets.read(Room(where, stage, tuple(zip(sides, listed, strict=True))))
            if ballot is not None:
                ballot.motion = ref(element, "motion")
        debate = Debate(
            id=ident,
            room_rank=rank,
            venue=ref(element, "venue"),
            status="confirmed" if ballot is not None or bye else "none",
            sides=[
                DebateSide(side=side, team=ref(one, "team") or "")
                for side, one in zip(sides, listed, strict=False)
            ],
            panel=_panel(element),
            ballots=[ballot] if isinstance(ballot, Ballot) else [],
        )
        return keep(debate, element, ("id", "venue", "motion", "adjudicators", "chair"))

    def _sides(self, listed: Sequence[Element], where: str) -> list[str]:
        for one in listed:
            self._reading.expect(one, ("ballot", "speech"))
            if ref(one, "team") is None:
                self._reading.found.error(where, "debatexml_missing", name="team on a side")
        if len(listed) == 1:
            return [Side.BYE.value]
        format_sides = [side.value for side in self._form.settings.sides]
        if not listed:
            self._reading.found.warn(where, "debatexml_no_teams")
        elif len(listed) != len(format_sides):
            self._reading.found.error(
                where, "debatexml_side_count", count=len(listed), needed=len(format_sides)
            )
        return format_sides[: len(listed)]

    def _bye(self, team: str, rank: int) -> Debate:
        ident, number = free_id("D", self._taken, max(self._byes, len(self._taken)) + 1)
        self._byes = number
        return Debate(
            id=ident,
            room_rank=rank,
            status="confirmed",
            sides=[DebateSide(side=Side.BYE.value, team=team)],
        )

    def _note_absent(self, round_: Round) -> None:
        """Whoever is in no debate of the round was not there."""
        judges = {seat.adjudicator for debate in round_.debates for seat in debate.panel}
        teams = {side.team for debate in round_.debates for side in debate.sides}
        if judges:
            round_.absent_adjudicators = [
                judge.id for judge in self._people.adjudicators if judge.id not in judges
            ]
        if round_.stage == "preliminary" and all(debate.sides for debate in round_.debates):
            round_.absent_teams = [
                team.id for team in self._people.teams if team.id not in teams
            ]


def _is_bye(debate: Debate) -> bool:
    return [side.side for side in debate.sides] == [Side.BYE]


def _panel(element: Element) -> list[PanelMember]:
    """Seat the judges: the chair, or else the first; who is in no ballot is a trainee.

    Ballots may name judges whom the debate forgot: they gave marks, so they sat there.
    """
    named = judges_named(element)
    chair = ref(element, "chair")
    judges = dict.fromkeys([
        *([chair] if chair else []), *refs(element, "adjudicators"), *named
    ])
    first = chair or next(iter(judges), None)
    panel = []
    for judge in judges:
        if judge == first:
            role = Role.CHAIR
        else:
            role = Role.TRAINEE if named and judge not in named else Role.PANELLIST
        panel.append(PanelMember(adjudicator=judge, role=role.value))
    return panel
