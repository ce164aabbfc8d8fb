"""What is looked at before a round is released and before it is completed, each with its fix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tabapp.core.messages import word
from tabapp.services.draw_sheet import DrawSheet, SheetRoom, read_sheet
from tabapp.services.rounds import start_words
from tabapp.store.draw_rows import read_debates
from tabapp.store.sheet_rows import RoundFacts, papers_of_round, round_facts
from tabapp.store.unit import ReadUnit

NAMED = 5
"""Rooms that are named in one sentence; more are counted."""


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of a checklist. ``place`` and ``target`` are where it is put right."""

    key: str
    status: Literal["done", "attention", "problem"]
    sentence: str
    place: str = ""
    target: object = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """A round with the lines of its checklist. A problem blocks, attention is accepted."""

    round_id: int
    title: str
    status: str
    completed: bool
    drawn: bool
    facts: RoundFacts
    items: tuple[CheckItem, ...]
    ballots_in: int
    ballots_due: int
    drafts: int
    missing: int

    @property
    def start(self) -> str:
        """Return the time of day at which it starts, or nothing."""
        return start_words(self.facts.starts_at)

    @property
    def blocked(self) -> bool:
        """Tell whether anything keeps it from going on at all."""
        return any(one.status == "problem" for one in self.items)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return the sentences that somebody has to accept."""
        return tuple(one.sentence for one in self.items if one.status == "attention")


def release_checks(unit: ReadUnit, round_id: int) -> Checklist:
    """Return what is looked at before the draw of a round is released."""
    sheet = read_sheet(unit, round_id)
    facts = round_facts(unit, round_id)
    items = tuple(_before_release(sheet, facts)) if sheet.rooms else ()
    return _checklist(unit, sheet, facts, items)


def completion_checks(unit: ReadUnit, round_id: int) -> Checklist:
    """Return what is looked at before a round is completed."""
    sheet = read_sheet(unit, round_id)
    items = tuple(_before_completion(unit, sheet)) if sheet.rooms else ()
    return _checklist(unit, sheet, round_facts(unit, round_id), items)


def _checklist(
    unit: ReadUnit, sheet: DrawSheet, facts: RoundFacts, items: tuple[CheckItem, ...]
) -> Checklist:
    due = _due(sheet)
    papers = papers_of_round(unit, sheet.round.id)
    here = [papers[one.id] for one in due if one.id in papers]
    confirmed = sum(one.confirmed for one in here)
    return Checklist(
        round_id=sheet.round.id, title=sheet.title, status=sheet.round.status,
        completed=sheet.round.completed, drawn=bool(sheet.rooms), facts=facts, items=items,
        ballots_in=confirmed, ballots_due=len(due),
        drafts=sum(bool(one.entries) and not one.confirmed for one in here),
        missing=len(due) - confirmed,
    )


def _rooms(rooms: Sequence[SheetRoom]) -> str:
    names = [one.name for one in rooms[:NAMED]]
    more = len(rooms) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def _debates(sheet: DrawSheet) -> list[SheetRoom]:
    return [one for one in sheet.rooms if not one.is_bye]


def _due(sheet: DrawSheet) -> list[SheetRoom]:
    """Return the rooms that are debated in their round."""
    return [one for one in _debates(sheet) if one.status != "postponed"]


def _item(
    key: str, found: Sequence[SheetRoom], good: str, bad: str, place: str,
    status: Literal["attention", "problem"] = "attention", **facts: object,
) -> CheckItem:  # fmt: skip
    """Return a line about rooms: good where none was found, else naming them."""
    if not found:
        return CheckItem(key, "done", word(good, facts))
    return CheckItem(
        key, status, word(bad, {**facts, "rooms": _rooms(found)}), place, found[0].id)


def _before_release(sheet: DrawSheet, facts: RoundFacts) -> Iterator[CheckItem]:
    debates = _due(sheet)
    if sheet.round.status == "draft":
        yield CheckItem("draw", "problem", word("check_draw_draft", {}), "rounds/draw")
    else:
        yield CheckItem("draw", "done", word("check_draw_confirmed", {}))
    yield _item(
        "chairs", [one for one in debates if one.chair is None], "check_chairs",
        "check_no_chair", "rounds/judges", count=len(debates))
    yield _clash_item(sheet)
    yield _item(
        "places", [one for one in debates if not one.placed], "check_places", "check_no_place",
        "rounds/rooms")
    twice = _used_twice(debates)
    if twice:
        yield _item("twice", twice, "check_places", "check_place_twice", "rounds/rooms")
    if sheet.owner.settings.enable_motions:
        yield _motion_item(sheet, facts)
    start = start_words(facts.starts_at)
    if start:
        yield CheckItem("start", "done", word("check_start", {"time": start}))
    else:
        yield CheckItem("start", "attention", word("check_no_start", {}))


def _clash_item(sheet: DrawSheet) -> CheckItem:
    found = [
        (room, word("swap_clash", {"judge": judge, "team": team.name}))
        for room in sheet.rooms for team in room.teams
        for judge in (sheet.book.judging.clashing(room.number, team.id) if sheet.book else ())
    ]
    if not found:
        return CheckItem("clashes", "done", word("check_no_clash", {}))
    room, clash = found[0]
    facts = {"clash": clash, "room": room.name, "more": len(found) - 1}
    code = "check_clash" if len(found) == 1 else "check_clashes"
    return CheckItem("clashes", "attention", word(code, facts), "rounds/judges", room.id)


def _motion_item(sheet: DrawSheet, facts: RoundFacts) -> CheckItem:
    if not facts.motions:
        return CheckItem(
            "motion", "attention", word("check_no_motion", {"round": sheet.title}),
            "settings", ("motions", sheet.round.id))
    code = "check_motion" if facts.motions == 1 else "check_motions"
    return CheckItem("motion", "done", word(code, {"count": facts.motions}))


def _used_twice(debates: Sequence[SheetRoom]) -> list[SheetRoom]:
    uses = Counter(one.name for one in debates if one.placed)
    first = {one.name: one for one in reversed(debates) if uses[one.name] > 1}
    return sorted(first.values(), key=lambda one: one.number)


def _before_completion(unit: ReadUnit, sheet: DrawSheet) -> Iterator[CheckItem]:
    if sheet.round.status == "draft":
        yield CheckItem("draw", "problem", word("check_draw_draft", {}), "rounds/draw")
    elif sheet.round.status == "released":
        yield CheckItem("draw", "done", word("check_released", {}))
    else:
        yield CheckItem("draw", "attention", word("check_not_released", {}), "rounds/release")
    papers = papers_of_round(unit, sheet.round.id)
    decided = {one.id for one in read_debates(unit, sheet.round.id) if one.has_result}
    debates = _debates(sheet)
    due = _due(sheet)
    out = [one for one in due if one.id not in papers or not papers[one.id].confirmed]
    yield _item(
        "ballots", [one for one in out if not one.ballots], "check_ballots",
        "check_ballots_out", "ballots",
        count=len([one for one in out if not one.ballots]) or len(due), of=len(due))
    yield _item(
        "drafts", [one for one in out if one.ballots], "check_no_drafts", "check_drafts",
        "ballots")
    yield _item(
        "results", [one for one in due if one not in out and one.id not in decided],
        "check_results", "check_no_result", "ballots", "problem")
    yield _item(
        "postponed", [one for one in debates if one.status == "postponed"],
        "check_no_postponed", "check_postponed", "ballots")
    yield _item(
        "twice", _used_twice(due), "check_nobody_twice", "check_place_twice", "rounds/rooms")
