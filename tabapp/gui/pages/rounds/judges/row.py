"""One room of the board, painted: points, room, teams with side marks, chips, cost."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from tabapp.domain.allocation.board import BoardDebate, BoardTeam
from tabapp.domain.types import Role, Side
from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.pages.rounds.draw.rows import points_text
from tabapp.gui.pages.rounds.judges.chip import paint_chip, paint_empty, paint_hatch
from tabapp.gui.pages.rounds.judges.data import NO_MARK, JudgesData
from tabapp.gui.pages.rounds.judges.slots import PAD, Columns, Slot, slots_of
from tabapp.gui.tokens import Height, Radius, Ring

_MARK_WIDTH, _MARK_HEIGHT = 6, 10
_MARK_GAP = 6
_LINE = 18
_ICON = 14
_SIDE_TOKENS = {Side.AFF: "og", Side.NEG: "oo", Side.BYE: "line2"}
_ROLE_WORDS = {
    Role.CHAIR: "Drop as chair", Role.PANELLIST: "Drop as panellist", Role.TRAINEE: "Drop here",
}  # fmt: skip


@dataclass(slots=True)
class Look:
    """What rows are painted with besides what they show."""

    columns: Columns
    cursor: Slot | None = None
    has_keys: bool = False
    carried: str | None = None
    target: Slot | None = None
    history: bool = False
    hovered: str | None = None
    tones: dict[str, str] | None = None
    """The worst finding of each room."""


def paint_row(
    painter: QPainter, data: JudgesData, debate: BoardDebate, y: int, look: Look, *,
    begins: bool, ends: bool,
) -> None:  # fmt: skip
    """Paint a room whose row begins at ``y``; ``begins`` and ``ends``: of its bracket."""
    columns = look.columns
    height = columns.height(debate)
    if look.hovered == debate.id and look.carried is None:
        painter.fillRect(0, y, columns.width, height, ink.color("hover"))
    painter.fillRect(0, y + height - 1, columns.width, 1, ink.color("line2" if ends else "line"))
    if begins:
        points = points_text(debate.bracket) if debate.bracket is not None else ""
        painter.setPen(ink.pen("text"))
        left = columns.room - PAD - fonts.width("strong", points)
        chips.text_at(painter, "strong", points, left, y, Height.ROW_TALL)
    _paint_room(painter, debate, y, columns)
    _paint_teams(painter, data, debate, y, look)
    for at, slot in enumerate(slots_of(debate)):
        place = columns.place(debate, slots_of(debate), at).translated(0, y)
        _paint_slot(painter, data, debate, slot, place, look)
    _paint_cost(painter, data, debate, y, look)


def _paint_room(painter: QPainter, debate: BoardDebate, y: int, columns: Columns) -> None:
    room = columns.teams - columns.room - 2 * PAD
    below = _below(debate)
    height = Height.ROW_TALL - (14 if below else 0)
    style = "identity" if debate.room else "body"
    shown, shape, _ = names.fit(debate.label, style, room, keep_end=True)
    painter.setPen(ink.pen("text" if debate.room else "text2"))
    chips.text_at(painter, shape, shown, columns.room + PAD, y, height)
    if below:
        shown, shape, _cut = names.fit(below, "small", room)
        painter.setPen(ink.pen("text3"))
        chips.text_at(painter, shape, shown, columns.room + PAD, y + 21, 18)


def _below(debate: BoardDebate) -> str:
    """Return the small line below a room's name."""
    if debate.has_result:
        return tr("result is in")
    if debate.importance:
        return tr("importance {value}", value=signed(debate.importance))
    return ""


def signed(value: float, decimals: int = 0) -> str:
    """Return a number with its sign, a real minus, and ±0 for nothing."""
    text = f"{abs(value):.{decimals}f}"
    if float(text) == 0.0:
        return "±0"
    return ("+" if value > 0 else names.MINUS) + text


def _paint_teams(
    painter: QPainter, data: JudgesData, debate: BoardDebate, y: int, look: Look
) -> None:
    columns = look.columns
    half = (columns.chair - columns.teams - PAD) // 2
    for at, team in enumerate(debate.teams):
        # as the hall has it: government at the left and opposition at the right, opening above
        across, down = (at % 2, at // 2) if len(debate.teams) > 2 else (0, at)
        left = columns.teams + PAD + across * half
        top = y + 4 + down * _LINE
        token = _SIDE_TOKENS.get(team.side, team.side.value)
        ink.box(
            painter, left, top + (_LINE - _MARK_HEIGHT) // 2, _MARK_WIDTH, _MARK_HEIGHT,
            radius=2, fill=token,
        )  # fmt: skip
        room = (half if len(debate.teams) > 2 else 2 * half) - _MARK_WIDTH - _MARK_GAP - PAD
        tone = _tie(data, look.carried, team)
        style = "note" if tone else "small"
        shown, shape, _ = names.fit(team.name, style, room, keep_end=True)
        painter.setPen(ink.pen(tone or "text2"))
        chips.text_at(painter, shape, shown, left + _MARK_WIDTH + _MARK_GAP, top, _LINE)


def _tie(data: JudgesData, carried: str | None, team: BoardTeam) -> str:
    """Return the tone of a team for the judge who is on the way."""
    if carried is None:
        return ""
    who = data.board.judges[carried]
    if team.id in who.team_clashes:
        return "problem"
    return "attention" if team.id in who.teams_met else ""


def _paint_slot(
    painter: QPainter, data: JudgesData, debate: BoardDebate, slot: Slot, place: QRect, look: Look
) -> None:
    is_cursor = slot == look.cursor and look.has_keys
    if look.carried is not None and slot == look.target and not debate.has_result:
        if slot.judge == look.carried:
            _paint_hollow(painter, data, slot, place, is_target=True)
        else:
            words = drop_words(data, slot, look.carried)
            paint_empty(painter, place, words, state="target")
        return
    if slot.judge is not None:
        if slot.judge == look.carried:
            _paint_hollow(painter, data, slot, place, is_target=False)
            return
        paint_chip(
            painter, place, data.board.judges[slot.judge], slot.role,
            data.marks.get(slot.judge, NO_MARK), state="current" if is_cursor else "",
            history=look.history,
        )  # fmt: skip
    elif not slot.added:
        words = tr("No chair")
        paint_empty(painter, place, words, state="current" if is_cursor else "")
    elif is_cursor or look.carried is not None or _shows_more(debate, look):
        paint_empty(painter, place, "", state="current" if is_cursor else "")
    if look.carried is not None and debate.has_result:
        paint_hatch(painter, place)


def _paint_hollow(
    painter: QPainter, data: JudgesData, slot: Slot, place: QRect, *, is_target: bool
) -> None:
    """Paint the place that a judge on the way came from."""
    paint_chip(painter, place, data.board.judges[slot.judge or ""], slot.role, state="hollow")
    if is_target:
        ink.box(
            painter, place.x() - 1, place.y() - 1, place.width() + 2, place.height() + 2,
            radius=Radius.CONTROL, edge="accent", edge_width=Ring.WIDTH,
        )  # fmt: skip


def _shows_more(debate: BoardDebate, look: Look) -> bool:
    voting = sum(role is not Role.TRAINEE for _judge, role in debate.seats)
    return look.hovered == debate.id or (voting < debate.places and bool(debate.seats))


def drop_words(data: JudgesData, slot: Slot, carried: str) -> str:
    """Return what dropping a judge in a place would do, in two or three words."""
    if slot.judge is None:
        return tr(_ROLE_WORDS[slot.role])
    other = names.initial_and_surname(data.board.judges[slot.judge].name)
    if carried in data.board.seats:
        return tr("Swap with {name}", name=other)
    return tr("Replace {name}", name=other)


def _paint_cost(
    painter: QPainter, data: JudgesData, debate: BoardDebate, y: int, look: Look
) -> None:
    if not debate.seats:
        return
    right = look.columns.width - PAD - 4
    text = f"{data.costs[debate.id]:.1f}"
    tone = (look.tones or {}).get(debate.id, "")
    style = "identity" if tone else "body"
    painter.setPen(ink.pen(tone or "text"))
    left = right - fonts.width(style, text)
    chips.text_at(painter, style, text, left, y, Height.ROW_TALL)
    if tone:
        top = y + (Height.ROW_TALL - _ICON) / 2
        icons.draw(
            painter, chips.TONE_ICONS[tone], _ICON, f"{tone}_mark", left - _ICON - 4, top)
