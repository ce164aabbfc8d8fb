"""Awards and their winners as rows of the window, and as text for elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tabapp.gui.award_words import FAMILIES, note_words
from tabapp.gui.messages import count, tr
from tabapp.gui.names import fold
from tabapp.gui.rarity import DOTS, RARITIES, rank
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.services.award_views import AwardLine, Winner
from tabapp.services.award_waits import AwardWaits

COLUMNS = (
    Column("icon", "", Kind.MARK, 36),
    Column("title", "Award, and how it is earned", Kind.ENTRY, 320, stretch=True),
    Column("rarity", "Rarity", Kind.DOTS, 128),
    Column("winners", "Winners", Kind.NUMBER, 76),
    Column("who", "Who", Kind.ENTRY, 248, stretch=True),
    Column("public", "", Kind.MARK, 36, tip="A lock: not public yet"),
)
"""Widths do not follow the content, so that nothing moves while somebody types a filter."""
WINNER_COLUMNS = (Column("winner", "Winner", Kind.ENTRY, stretch=True),)
_MOST_NAMED = 20
ONE_OF = {
    "teams": ("team", "teams"), "speakers": ("speaker", "speakers"),
    "adjudicators": ("judge", "judges"), "tournament": ("time", "times"),
}
"""What the winners of a family are counted as."""


def award_row(line: AwardLine, waits: AwardWaits) -> Row:
    """Return an award as a row; what nobody has stands back."""
    sentence = tr(line.sentence)
    return Row(line.key, (
        Cell(tr(line.title), icon=line.icon), Cell(tr(line.title), below=sentence, tip=sentence),
        Cell(tr(RARITIES[line.rarity]), sort=rank(line.rarity),
             points=(float(rank(line.rarity)), float(DOTS))),
        len(line.winners) if line.is_earned else None,
        _who(line), _public(line, waits),
    ), group=line.family, dim=not line.is_earned)


def family_row(family: str, earned: int, whole: int) -> Row:
    """Return the line above the awards of a family."""
    words = tr("{family}: {n} of {m} earned", family=tr(FAMILIES[family]), n=earned, m=whole)
    return Row(f"family {family}", group=family, line=words)


def _who(line: AwardLine) -> Cell:
    if not line.is_earned:
        return Cell(below=tr("Nobody yet"))
    first, more = line.winners[0], len(line.winners) - 1
    below = tr("and {n} more", n=more) if more else first.sentence
    named = [one.name or one.sentence for one in line.winners[:_MOST_NAMED]]
    if not first.name:  # the tournament itself
        return Cell(first.sentence, below=below if more else "", tip="\n".join(named))
    if len(line.winners) > _MOST_NAMED:
        named.append(tr("and {n} more", n=len(line.winners) - _MOST_NAMED))
    return Cell(first.name, below=below, tip="\n".join(named))


def _public(line: AwardLine, waits: AwardWaits) -> Cell | None:
    if not line.is_earned or line.is_public:
        return None
    return Cell(tr("not public"), icon="lock", tip=note_of(line, waits))


def note_of(line: AwardLine, waits: AwardWaits) -> str:
    """Return why an award that somebody has is not public; "" where it is."""
    if not line.is_earned or line.is_public:
        return ""
    return note_words(waits, line.key, len(line.winners))


def winner_rows(line: AwardLine, now: datetime) -> list[Row]:
    """Return the winners of an award: name, home and round, below what they did and when."""
    return [Row(at, (_winner(one, now),)) for at, one in enumerate(line.winners)]


def _winner(one: Winner, now: datetime) -> Cell:
    when = when_words(one.awarded_at, now)
    home = " · ".join(filter(None, (one.detail, when)))
    name = one.name or tr("The tournament")
    below = "\n".join(filter(None, (home, one.sentence)))
    return Cell(name, note=one.round, below=below, tip=f"{name}\n{below}")


def when_words(at: datetime | None, now: datetime) -> str:
    """Return when something was: 14:02 today, else with its day; "" where nobody knows."""
    if at is None:
        return ""
    local = at.astimezone()
    same = local.date() == now.astimezone().date()
    return f"{local:%H:%M}" if same else f"{local:%d %b %H:%M}"


def words_of(line: AwardLine) -> tuple[str, ...]:
    """Return what a filter may find of an award: itself, and itself with each of its winners."""
    own = fold("\n".join((
        tr(line.title), tr(line.sentence), tr(RARITIES[line.rarity]), tr(FAMILIES[line.family]))))
    return (own, *(f"{own}\n{fold(one.name)}\n{fold(one.detail)}" for one in line.winners))


def as_text(lines: Iterable[AwardLine], waits: AwardWaits) -> str:
    """Return awards with all their winners as plain text, as for a message or a web page."""
    parts, family = [], ""
    for line in lines:
        if line.family != family:
            family = line.family
            parts.append(f"{tr(FAMILIES[family])}\n")
        head = f"{tr(line.title)} ({tr(RARITIES[line.rarity]).lower()}): {tr(line.sentence)}"
        note = note_of(line, waits)
        if not line.is_earned:
            found = [tr("Nobody yet")]
        else:
            found = [_winner_text(one) for one in line.winners]
        body = "\n".join(f"  {one}" for one in ([note] if note else []) + found)
        parts.append(f"{head}\n{body}\n")
    return "\n".join(parts)


def _winner_text(one: Winner) -> str:
    who = ", ".join(filter(None, (one.name, one.detail)))
    return f"{who}: {one.sentence}" if who else one.sentence


def counted(line: AwardLine) -> str:
    """Return how many have an award: "12 teams"."""
    return count(len(line.winners), *ONE_OF[line.family])
