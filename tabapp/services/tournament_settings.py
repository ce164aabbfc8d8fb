"""The rules and the names of a tournament: what is set, what depends on it, changing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tabapp.core.errors import Problem
from tabapp.core.messages import word
from tabapp.domain.formats import (
    Preset,
    SettingInfo,
    Settings,
    check_overrides,
    differences,
    load_preset,
    resolve,
    setting_infos,
)
from tabapp.services.entries import Reader, parse_number, plain_minus, refuse
from tabapp.store import setup_rows
from tabapp.store.category_rows import CategoryRow, list_category_rows
from tabapp.store.setup_rows import SetupRound, TournamentHead, list_setup_rounds, read_head
from tabapp.store.tournaments import tournament_slugs
from tabapp.store.unit import ReadUnit, WriteUnit

LONGEST_SHORT_NAME = 25
FIXED_BY_DRAW = "teams_in_debate"
"""Rooms that are drawn hold so many teams, so this stays until their draws are deleted."""


@dataclass(frozen=True, slots=True)
class SettingsBoard:
    """The settings of a tournament in JSON values, with all that says what depends on them.

    ``values`` are in force, ``usual`` are the preset's. ``overrides`` may hold names that are no
    settings, as in files of other programs; they are kept.
    """

    head: TournamentHead
    preset: Preset
    values: Mapping[str, Any]
    usual: Mapping[str, Any]
    rounds: tuple[SetupRound, ...]
    categories: tuple[CategoryRow, ...]
    other_slugs: frozenset[str]

    @property
    def changed(self) -> frozenset[str]:
        """The settings that differ from the preset."""
        return frozenset(
            name for name, usual in self.usual.items() if self.values[name] != usual)

    def source(self, name: str) -> str:
        """Say where the preset's value of a setting comes from."""
        return self.preset.sources.get(name, "")

    def effects(self, group: str) -> tuple[str, ...]:
        """Say what is there already that settings of ``group`` do, or do not, change."""
        return tuple(_effects(self, group))


def read_settings(unit: ReadUnit, tournament_id: int) -> SettingsBoard:
    """Read the settings of a tournament and what depends on them."""
    head = read_head(unit, tournament_id)
    return SettingsBoard(
        head=head, preset=load_preset(head.preset),
        values=resolve(head.preset, head.overrides).as_json(),
        usual=resolve(head.preset, {}).as_json(),
        rounds=tuple(list_setup_rounds(unit, tournament_id)),
        categories=tuple(list_category_rows(unit, tournament_id)),
        other_slugs=frozenset(tournament_slugs(unit)) - {head.slug},
    )


def _effects(board: SettingsBoard, group: str) -> Iterable[str]:
    drawn = [one for one in board.rounds if one.is_drawn]
    ballots = sum(one.ballots for one in board.rounds)
    made = [one.title for one in board.categories if one.is_made]
    if drawn and group in {"Draw", "Judges", "Debate"}:
        first, last = drawn[0].title, drawn[-1].title
        many = "many" if len(drawn) > 1 else "one"
        facts = {"first": first, "last": last, "teams": board.values[FIXED_BY_DRAW]}
        yield word(f"effect_{group.lower()}_{many}", facts)
    if ballots and group in {"Score", "Debate", "Standings"}:
        kind = "standings" if group == "Standings" else "ballots"
        yield word(f"effect_{kind}", {"count": ballots})
    if made and group in {"Standings", "Break"}:
        yield word("effect_break", {"categories": ", ".join(made)})


# Rules


def parse_value(info: SettingInfo, text: str) -> Any:
    """Return what was typed as the value of a setting; what is no number comes back as typed.

    Then ``check_changes`` says so, in the words that it has for files.
    """
    if info.kind in ("number", "whole"):
        found = parse_number(text)
        if found is None:
            return plain_minus(text)
        return int(found) if found.is_integer() else found
    return text


def check_changes(board: SettingsBoard, changes: Mapping[str, Any]) -> list[Problem]:
    """Find what is wrong with all settings together once ``changes`` are made.

    None stands for the preset's value. ``Problem.where`` is the name of a setting. What is only
    unusual is told of settings that change, since the others were so before.
    """
    found = check_overrides(board.head.preset, _with(board.head.overrides, changes))
    named = [replace(one, where=one.where.removeprefix("settings.")) for one in found]
    before = {
        one.message for one in check_overrides(board.head.preset, board.head.overrides)}
    return [
        *(one for one in named if one.level == "error" or one.message not in before),
        *_fixed(board, changes),
    ]


def _fixed(board: SettingsBoard, changes: Mapping[str, Any]) -> Iterable[Problem]:
    if FIXED_BY_DRAW not in changes:
        return
    wanted = changes[FIXED_BY_DRAW]
    drawn = next((one for one in board.rounds if one.is_drawn), None)
    if drawn is not None and board.values[FIXED_BY_DRAW] != (
        board.usual[FIXED_BY_DRAW] if wanted is None else wanted
    ):
        yield Problem.of(
            "error", FIXED_BY_DRAW, "teams_in_debate_fixed", round=drawn.title,
            teams=board.values[FIXED_BY_DRAW])


def _with(overrides: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    together = {**overrides, **changes}
    return {name: value for name, value in together.items() if value is not None}


def change_settings(unit: WriteUnit, tournament_id: int, changes: Mapping[str, Any]) -> None:
    """Set settings by name; None gives one back its preset's value.

    ``ProblemsFound`` where a value, or all of them together, cannot be; then nothing is stored.
    """
    board = read_settings(unit, tournament_id)
    refuse(check_changes(board, changes))
    head = board.head
    setup_rows.update_tournament(
        unit, tournament_id,
        settings=differences(head.preset, _with(head.overrides, changes)))


# The preset


@dataclass(frozen=True, slots=True)
class PresetPlan:
    """What another preset would do to the settings that a tournament has changed.

    ``kept`` still differ, ``same`` are what the new preset says anyway, ``refused`` do not go
    with it and are dropped. ``problems`` say why it cannot be had at all.
    """

    preset: Preset
    kept: Mapping[str, Any]
    same: tuple[str, ...]
    refused: tuple[str, ...]
    problems: tuple[Problem, ...]


def plan_preset(board: SettingsBoard, name: str) -> PresetPlan:
    """Find out what becomes of the changed settings under another preset."""
    wanted = load_preset(name)
    left = differences(name, board.head.overrides)
    same = tuple(one for one in board.head.overrides if one not in left)
    kept: dict[str, Any] = {}
    waiting = dict(left)
    if _is_possible(name, left):
        kept, waiting = left, {}
    while waiting:  # one that is refused now may go with another that comes later
        fits = [one for one in waiting if _is_possible(name, {**kept, one: waiting[one]})]
        if not fits:
            break
        kept[fits[0]] = waiting.pop(fits[0])
    after = resolve(name, kept).as_json()[FIXED_BY_DRAW]
    return PresetPlan(
        preset=wanted, kept=kept, same=same, refused=tuple(waiting),
        problems=tuple(_fixed(board, {FIXED_BY_DRAW: after})),
    )


def _is_possible(preset: str, overrides: Mapping[str, Any]) -> bool:
    return all(one.level != "error" for one in check_overrides(preset, overrides))


def change_preset(unit: WriteUnit, tournament_id: int, name: str) -> None:
    """Put another preset below the changed settings; ``plan_preset`` says what goes with it."""
    plan = plan_preset(read_settings(unit, tournament_id), name)
    refuse(plan.problems)
    setup_rows.update_tournament(
        unit, tournament_id, preset=name, preset_version=plan.preset.version,
        settings=differences(name, plan.kept))


# Names


@dataclass(frozen=True, slots=True)
class HeadEntry:
    """What a tournament is called, as a person types it."""

    name: str
    short_name: str
    slug: str
    timezone: str

    @classmethod
    def of(cls, head: TournamentHead) -> HeadEntry:
        """Return what a person would have typed for a tournament that is there."""
        return cls(head.name, head.short_name, head.slug, head.timezone)


def check_head(board: SettingsBoard, entry: HeadEntry) -> list[Problem]:
    """Return everything that is wrong with the names, each at its field."""
    return _read_head(board, entry)[1]


def _read_head(board: SettingsBoard, entry: HeadEntry) -> tuple[HeadEntry, list[Problem]]:
    reader = Reader()
    read = HeadEntry(
        name=reader.name("name", entry.name),
        short_name=reader.name("short_name", entry.short_name, longest=LONGEST_SHORT_NAME),
        slug=reader.slug("slug", entry.slug, board.other_slugs),
        timezone=entry.timezone.strip() or "UTC",
    )
    problems = list(reader.problems)
    if not read.name:
        problems.append(Problem.of("error", "name", "name_missing"))
    if not _is_timezone(read.timezone):
        problems.append(Problem.of(
            "error", "timezone", "import_unknown_timezone", timezone=read.timezone))
    return read, problems


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def change_head(unit: WriteUnit, tournament_id: int, entry: HeadEntry) -> None:
    """Call the tournament otherwise. ``ProblemsFound`` with everything that is wrong."""
    read, problems = _read_head(read_settings(unit, tournament_id), entry)
    refuse(problems)
    setup_rows.update_tournament(
        unit, tournament_id, name=read.name, short_name=read.short_name, slug=read.slug,
        timezone=read.timezone)


def infos_of(group: str) -> tuple[SettingInfo, ...]:
    """Return the settings of a group in their order."""
    return tuple(one for one in setting_infos() if one.group == group)


def groups() -> tuple[str, ...]:
    """Return the groups of settings in their order."""
    return tuple(dict.fromkeys(one.group for one in setting_infos()))


def limit_of(name: str) -> int:
    """Return how many metrics a setting that lists them can hold."""
    found = next(
        (one.max_length for one in Settings.model_fields[name].metadata
         if hasattr(one, "max_length")), None)
    if found is None:
        raise ValueError(f"{name} is no list with a limit")
    return int(found)
