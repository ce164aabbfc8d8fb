"""A tab room of several operators over one room's ballot, in any format."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from tabapp.domain.archive import Archive, Ballot
from tabapp.domain.operators import OperatorRole
from tabapp.services import double_entry
from tabapp.services.ballot_desk import State, read_desk
from tabapp.services.ballots import Entry, Seen, discard_ballot, save_ballot
from tabapp.services.double_entry import Second
from tabapp.services.workspace import Workspace
from tabapp.store.operator_rows import insert_operator, list_operator_rows, update_operator
from tabapp.store.setup_rows import update_tournament
from tests.builders import small_archive
from tests.reliability.scenes import add
from tests.services.desk_scenes import form_of, write
from tests.voting import sheets, voting_archive

Doc = dict[str, Any]
PEOPLE = {
    "Ann": OperatorRole.VOLUNTEER, "Ben": OperatorRole.VOLUNTEER, "Cleo": OperatorRole.VOLUNTEER,
    "Dee": OperatorRole.TAB_DIRECTOR, "Eve": OperatorRole.ADJUDICATION_CORE,
}  # fmt: skip
CRITERIA = [
    {"id": "C1", "name": "Content", "weight": 2, "min": 10, "max": 25},
    {"id": "C2", "name": "Style", "weight": 1, "min": 20, "max": 40},
]


def bp_sheet(archive: Archive, mark: Callable[[int, int], Doc]) -> Doc:
    """A sheet of D1; ``mark`` says of side and speech what stands there."""
    return {"sides": [
        {"side": side.side, "speeches": [
            {"position": k, "speaker": f"S{2 * int(side.team[1:]) - 2 + k}", **mark(n, k)}
            for k in (1, 2)]}
        for n, side in enumerate(archive.rounds[0].debates[0].sides)
    ]}  # fmt: skip


def scene(format_: str) -> tuple[Archive, Doc, Doc]:
    """Return a drawn round, a sound ballot of its D1 and another one that differs in one field."""
    archive, right = _of_judges(format_) if format_ in ("panel", "votes") else _of_room(format_)
    wrong = copy.deepcopy(right)
    match format_:
        case "panel":
            wrong["sheets"][1]["sides"][0]["speeches"][2]["score"] = 73
        case "votes":
            wrong["sheets"][1]["winners"] = ["aff"]
        case "scoreless":
            wrong["sheets"][0]["ranks"] |= {"og": 2, "oo": 1}
        case "criteria":
            wrong["sheets"][0]["sides"][0]["speeches"][0]["criteria"]["C2"] = 33
        case _:
            wrong["sheets"][0]["sides"][0]["speeches"][0]["score"] = 81
    return archive, right, wrong


def _of_judges(format_: str) -> tuple[Archive, Doc]:
    made, given = voting_archive(results=False), copy.deepcopy(sheets()["D1"])
    if format_ == "votes":
        made["tournament"]["settings"] = {"speakers_in_ballots": "never"}
        given = [
            {"adjudicator": judge, "winners": [side], "sides": []}
            for judge, side in (("A1", "aff"), ("A2", "neg"), ("A3", "aff"))]
    return Archive.model_validate(made), {"sheets": given}


def _of_room(format_: str) -> tuple[Archive, Doc]:
    made = small_archive(8, 2, results=False)
    if format_ == "criteria":
        made["tournament"]["criteria"] = CRITERIA
    if format_ == "scoreless":
        made["tournament"]["settings"] = {"speakers_in_ballots": "never"}
    archive = Archive.model_validate(made)
    sheet = bp_sheet(archive, lambda n, k: {"score": 80.0 - n})
    right: Doc = {"motion": "M1", "sheets": [sheet]}
    if format_ == "criteria":
        right["sheets"] = [bp_sheet(
            archive, lambda n, k: {"criteria": {"C1": 20 - n, "C2": 30 + k}})]
    if format_ == "scoreless":
        right["sheets"] = [{"ranks": {"og": 1, "oo": 2, "cg": 3, "co": 4}, "sides": []}]
    if format_ == "forfeit":
        right["forfeit"] = ["co"]
        sheet["sides"].pop()
    return archive, right


class Room:
    """D1 of a tournament, and what people do with its ballot."""

    def __init__(self, work: Workspace, format_: str = "bp", **settings: Any) -> None:
        self.work = work
        archive, self.right, self.wrong = scene(format_)
        archive.tournament.settings = {
            **archive.tournament.settings, "enable_blind_checks": True, **settings}
        self.owner = add(work, archive)

    def register(self, *names: str) -> None:
        def do(unit: Any) -> None:
            for name in names:
                insert_operator(unit, name, PEOPLE[name].value)

        write(self.work, "Dee", do)

    def remove(self, name: str) -> None:
        with self.work.database.read() as unit:
            (row,) = [one for one in list_operator_rows(unit) if one.name == name]
        write(self.work, "Dee", lambda unit: update_operator(unit, row.id, active=False))

    def register_as(self, name: str, role: str) -> None:
        write(self.work, "Dee", lambda unit: insert_operator(unit, name, role))

    def change_settings(self, **values: Any) -> None:
        settings = {"enable_blind_checks": True, **values}
        write(self.work, "Dee", lambda unit: update_tournament(
            unit, self.owner.id, settings=settings))

    def entry(self, given: Doc) -> Entry:
        return Entry(1, "D1", Ballot.model_validate(given))

    def save(self, name: str, given: Doc) -> None:
        seen = form_of(self.work, actor=name).seen
        write(self.work, name, lambda unit: save_ballot(
            unit, self.work.tournament(), self.entry(given), seen=seen))

    def second(
        self, name: str, given: Doc, *, insist: bool = False, seen: Seen | None = None
    ) -> Second:
        seen = seen or form_of(self.work, actor=name).seen
        found: list[Second] = []
        write(self.work, name, lambda unit: found.append(double_entry.save_second(
            unit, self.work.tournament(), self.entry(given), seen=seen, role=role_of(name),
            insist=insist)))
        return found[0]

    def decide(self, name: str, given: Doc) -> None:
        seen = form_of(self.work, actor=name).seen
        write(self.work, name, lambda unit: double_entry.decide(
            unit, self.work.tournament(), self.entry(given), seen=seen, role=role_of(name)))

    def confirm(self, name: str, version: int | None = None) -> None:
        form = form_of(self.work, actor=name)
        waiting = [row for row, one in form.ballots if one.status == "draft" and (
            version in (None, one.version))]
        write(self.work, name, lambda unit: double_entry.confirm(
            unit, self.work.tournament(), "D1", waiting[-1], seen=form.seen,
            role=role_of(name)))

    def discard(self, name: str, version: int) -> None:
        form = form_of(self.work, actor=name)
        (row,) = [row for row, one in form.ballots if one.version == version]
        write(self.work, name, lambda unit: discard_ballot(
            unit, self.work.tournament(), "D1", row, seen=form.seen))

    def undo(self) -> None:
        self.work.database.undo(self.owner.id, actor="Dee")

    @property
    def state(self) -> State:
        with self.work.database.read() as unit:
            rooms = read_desk(unit, self.owner.id, None).rooms
        return next(room.state for room in rooms if room.row.ref == "D1")

    @property
    def versions(self) -> list[tuple[str, str, str]]:
        """Return the state of each version, who entered it and who confirmed it."""
        return [
            (one.status, one.entered_by, one.confirmed_by)
            for one in form_of(self.work).room.versions]

    @property
    def reasons(self) -> list[str]:
        return [one.reason for one in form_of(self.work).room.versions]


def role_of(name: str) -> OperatorRole:
    """Return what somebody is; a stranger is the tab director, as in a file without operators."""
    return PEOPLE.get(name, OperatorRole.TAB_DIRECTOR)
