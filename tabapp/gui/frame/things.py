"""What the palette finds: the commands, and the rooms and people of the tournament."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from tabapp.gui.actions import key_caps
from tabapp.gui.frame.command_table import CommandTable
from tabapp.gui.frame.finding import Entry
from tabapp.gui.messages import tr
from tabapp.gui.names import isolate
from tabapp.gui.roles import may_open
from tabapp.gui.session import Session
from tabapp.gui.topics import concerns
from tabapp.services.search import FOUND_IN, Thing, find_things
from tabapp.store.unit import ReadUnit

_ICONS = {"room": "door-open", "team": "users", "speaker": "circle-user", "adjudicator": "gavel"}
_ROLES = {"chair": "chair", "panellist": "panellist", "trainee": "trainee"}
_STATUS = {
    "none": "no ballot", "draft": "ballot not confirmed", "confirmed": "confirmed",
    "postponed": "postponed",
}  # fmt: skip


class Things(QObject):
    """Reads the rooms and people off the window's thread, when the palette asks for them."""

    changed = Signal()
    went_stale = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale = True
        self._generation = 0
        self.entries: list[Entry] = []
        session.changed.connect(self._on_changed)
        session.round_changed.connect(self._on_round_changed)

    def ask(self) -> None:
        """Read what went stale; ``changed`` tells when it is there."""
        if not self._stale or not self._session.tournament:
            return
        self._stale = False
        self._generation += 1
        wanted, session = self._generation, self._session
        tournament, round_id = session.tournament, session.round_id
        people = may_open(session, "people")

        def query(unit: ReadUnit) -> list[Entry]:
            found = find_things(unit, tournament, round_id, people=people)
            return [_entry(one, session) for one in found]

        def show(found: list[Entry]) -> None:
            if wanted == self._generation:
                self.entries = found
                self.changed.emit()

        session.read(self, query, show)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if concerns(topics, FOUND_IN):
            self._on_round_changed()

    def _on_round_changed(self) -> None:
        self._stale = True
        self.went_stale.emit()


def _entry(thing: Thing, session: Session) -> Entry:
    def go() -> None:
        if thing.kind == "room":
            session.go("ballots", thing.ref)
        else:
            session.go("people", (thing.kind, thing.id))

    room = thing.kind == "room"
    return Entry(
        kind="room" if room else "person",
        group=tr("Rooms of the round") if room else tr("People and teams"),
        title=thing.name or ", ".join(map(isolate, thing.teams)), run=go, detail=_detail(thing),
        icon=_ICONS[thing.kind],
    )  # fmt: skip


def _detail(thing: Thing) -> str:
    def joined(*parts: str) -> str:
        return ", ".join(filter(None, parts))

    if thing.kind == "room":
        inside = map(isolate, thing.teams) if thing.name else (tr("no room yet"),)
        return joined(tr(_STATUS[thing.status]), *inside)
    of, where = isolate(thing.of) if thing.of else "", isolate(thing.room) if thing.room else ""
    if thing.kind == "team":
        return joined(tr("team"), of, tr("in {room}", room=where) if where else "")
    if thing.kind == "speaker":
        return joined(tr("speaker"), of)
    if not thing.role:
        return joined(tr("judge"), of)
    role = tr(_ROLES[thing.role])
    seat = tr("{role} in {room}", role=role, room=where) if where else role
    return joined(tr("judge"), of, seat)


def command_entries(
    table: CommandTable, titles: Mapping[str, str], run: Callable[[str], None]
) -> list[Entry]:
    """Return every listed command, those of this place first; ``titles`` are the places'."""
    here = {one.name for one in table.in_force() if one.place}
    listed = [one for one in table.commands if one.listed]
    listed.sort(key=lambda one: one.name not in here)
    made = []
    for one in listed:
        place = one.place.partition("/")[0]
        elsewhere = tr(titles.get(place, "")) if place and one.name not in here else ""
        reason = table.why_not(one.name)
        made.append(Entry(
            kind="command", group=tr("Commands"), title=tr(one.text),
            run=_runs(run, one.name), detail=reason or elsewhere, icon=one.icon or "chevron-right",
            keys=key_caps(one.keys), here=one.name in here or one.name.startswith("go."),
            reason=reason,
        ))  # fmt: skip
    return made


def _runs(run: Callable[[str], None], name: str) -> Callable[[], None]:
    return lambda: run(name)
