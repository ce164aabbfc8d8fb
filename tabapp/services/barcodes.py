"""Codes for debates, judges, speakers and rooms: giving them, and finding what one belongs to."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.barcodes import (
    Kind,
    Scanned,
    bar_text,
    codes_in,
    draw_code,
    is_tag,
    new_tag,
    read_scan,
)
from tabapp.domain.public import sort_key
from tabapp.exchange.texts import shown
from tabapp.services.people import listed
from tabapp.store.code_rows import (
    CodedRow,
    GoneDebate,
    code_line,
    debates_of_journal,
    keep_tag,
    known_to_journal,
    read_codes,
    read_tags,
    round_now,
    venue_name,
    write_codes,
)
from tabapp.store.unit import ReadUnit, WriteUnit

__all__ = ["Found", "Kind", "bar_text", "find_code", "give_codes", "lacking_codes", "tag_of"]

Pick = Callable[[int], int]
"""Returns a number from 0 up to what it is given, but not that."""
_ROOMS = 4
"""Rooms that a sentence names at most."""
_LONGEST = 30
"""Letters of what was scanned that a sentence repeats at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a code belongs to, by row id and archive id. ``name`` of a debate is its room."""

    kind: Kind
    id: int
    ref: str
    name: str


def tag_of(unit: ReadUnit, tournament: int) -> str:
    """Return the four digits of a tournament, "" as long as none are given."""
    found = read_tags(unit)[tournament][0]
    return str(found) if is_tag(found) else ""


def lacking_codes(
    unit: ReadUnit, tournament: int, kind: Kind, ids: Iterable[int] | None = None
) -> tuple[int, ...]:
    """Return which of these rows (None: all of the kind) have no code yet."""
    wanted = None if ids is None else set(ids)
    return tuple(
        row.id for row in read_codes(unit, tournament, [kind])
        if not row.code and (wanted is None or row.id in wanted))


def give_codes(
    unit: WriteUnit, tournament: int, kind: Kind, ids: Iterable[int] | None = None, *,
    pick: Pick = secrets.randbelow,
) -> dict[int, str]:
    """Give a code to each of these rows (None: all of the kind) that has none; return all codes.

    A code that is there stays, wherever it came from. No code is given twice in a tournament,
    also when what had it is gone. Codes are drawn by the lot of the system, so that two copies of
    a file hardly give one code to two debates (``domain.barcodes`` says how hardly). Open the unit
    with ``trail=False, undoable=False``: paper that is printed cannot be taken back, so undo
    leaves the codes alone.
    """
    wanted = None if ids is None else set(ids)
    everything = read_codes(unit, tournament)
    mine = [
        row for row in everything
        if row.kind == kind and (wanted is None or row.id in wanted)]
    _ensure_tag(unit, tournament)
    lacking = [row.id for row in mine if not row.code]
    codes = {row.id: row.code for row in mine if row.code}
    if not lacking:
        return codes
    used = {row.code for row in everything if row.code}
    given = dict(zip(
        lacking, _new_codes(unit, tournament, used, len(lacking), pick), strict=True))
    write_codes(unit, kind, given)
    return codes | given


def _ensure_tag(unit: WriteUnit, tournament: int) -> None:
    tags = read_tags(unit)
    own, name, made = tags[tournament]
    if not is_tag(own):
        keep_tag(unit, tournament, new_tag(
            f"{made}:{name}:{tournament}", [str(one) for one, _name, _made in tags.values()]))


def _new_codes(
    unit: WriteUnit, tournament: int, used: set[str], count: int, pick: Pick
) -> list[str]:
    line = code_line(unit, tournament, count)
    if 2 * (len(used) + count) > codes_in(line):  # drawing would take ever longer
        raise UserError("codes_used_up")
    found: list[str] = []
    while len(found) < count:
        fresh = dict.fromkeys(draw_code(line, pick) for _ in range(count - len(found)))
        gone = known_to_journal(unit, fresh) | used
        found += [code for code in fresh if code not in gone]
        used = used | set(found)
    return found


def find_code(unit: ReadUnit, tournament: int, text: str) -> Found:
    """Return what was scanned, or typed: ten digits, six, or a code that came with an import.

    ``UserError``: ``code_of_other_tournament``, ``code_of_old_draw`` (which says what to print),
    ``code_shared``, ``code_unknown``.
    """
    scan = read_scan(text)
    rows = [row for row in read_codes(unit, tournament) if row.code]
    folded = scan.text.casefold()
    found = [row for row in rows if row.code == scan.text] or [
        row for row in rows if row.code.casefold() == folded and folded]
    if not found and scan.tag:
        _refuse_strangers(unit, tournament, scan)
    if not found and scan.code:
        found = [row for row in rows if row.code == scan.code]
        if not found and (row := _of_journal(unit, tournament, scan, rows)) is not None:
            found = [row]
    if len(found) > 1:
        raise UserError("code_shared", text=shown(scan.text, _LONGEST), names=listed([
            row.name or row.ref for row in found]))
    if not found:
        raise UserError("code_unknown", text=shown(scan.text, _LONGEST))
    one = found[0]
    return Found(one.kind, one.id, one.ref, one.name or one.ref)


def _refuse_strangers(unit: ReadUnit, tournament: int, scan: Scanned) -> None:
    """Raise where the four digits are not this tournament's."""
    tags = read_tags(unit)
    if tags[tournament][0] == scan.tag:
        return
    other = next((name for tag, name, _made in tags.values() if tag == scan.tag), "")
    raise UserError(
        "code_of_other_tournament", text=scan.text, other=other or "another tournament")


def _of_journal(
    unit: ReadUnit, tournament: int, scan: Scanned, rows: Sequence[CodedRow]
) -> CodedRow | None:
    """Return the debate that has another code by now; raise where it was drawn anew."""
    had, gone = debates_of_journal(unit, tournament, scan.code)
    here = next((row for row in rows if row.kind == "debate" and row.id in had), None)
    if here is not None or gone is None:
        return here
    raise _old_draw(unit, scan.text, gone)


def _old_draw(unit: ReadUnit, text: str, gone: GoneDebate) -> UserError:
    now = round_now(unit, gone.round_id)
    name, debates = now if now is not None else ("a round that is gone", [])
    room = venue_name(unit, gone.venue_id) or "a room without a name"
    same = next((one.room for one in debates if gone.teams and one.teams == gone.teams), "")
    rooms = sorted({one.room for one in debates if one.teams & gone.teams}, key=sort_key)
    if not rooms:  # nobody knows who stood there
        rooms = sorted(
            {one.room for one in debates if one.venue_id == gone.venue_id}, key=sort_key)
    some = ", ".join(rooms[:_ROOMS])
    if same:
        words = word("code_old_same_teams", {"room": same})
    elif rooms:
        words = word("code_old_other_teams", {"rooms": some})
    else:
        words = word("code_old_no_draw", {})
    return UserError("code_of_old_draw", text=text, room=room, round=name, now=words)
