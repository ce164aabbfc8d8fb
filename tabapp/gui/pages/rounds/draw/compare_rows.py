"""Ways to draw a round as rows of a table, and what their rules are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tabapp.domain.draw.alternatives import Figures, best_figures
from tabapp.domain.draw.swaps import cost_text
from tabapp.domain.formats import SettingInfo, setting_infos
from tabapp.domain.types import DrawType
from tabapp.gui.messages import count, tr
from tabapp.gui.setting_words import choice_words, value_words
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value
from tabapp.services.draw_compare import ComparedDraw, ComparedDraws
from tabapp.services.draw_sheet import DrawSheet

RULES: Mapping[str, str] = {
    "draw_odd_bracket": "Odd brackets", "draw_pairing_method": "Pairing",
    "draw_avoid_conflicts": "Conflicts", "draw_matching_scope": "Matching",
    "draw_pullup_restriction": "Who is pulled up", "bp_pullup_distribution": "Pull-ups",
    "bp_secondary_preferences": "Secondary preferences",
}
"""What a rule is called where there is no room for its meaning."""

_MEANS: Mapping[tuple[str, Any], str] = {
    ("draw_odd_bracket", "pullup_top"):
        "An odd bracket takes the highest team of the bracket below.",
    ("draw_odd_bracket", "pullup_bottom"):
        "An odd bracket takes the lowest team of the bracket below.",
    ("draw_odd_bracket", "pullup_middle"):
        "An odd bracket takes the middle team of the bracket below.",
    ("draw_odd_bracket", "pullup_random"):
        "An odd bracket takes a team of the bracket below by lot.",
    ("draw_odd_bracket", "pullup_lowest_ds_rank"):
        "An odd bracket takes the team of the bracket below whose opponents ranked best.",
    ("draw_odd_bracket", "intermediate"):
        "The team that is left over in an odd bracket meets one of the bracket below.",
    ("draw_odd_bracket", "intermediate_bubble_up_down"):
        "The team that is left over in an odd bracket meets one of the bracket below. Where these "
        "two should not meet, a neighbour takes the place.",
    ("draw_odd_bracket", "intermediate1"):
        "Teams that find nobody on the other side meet between the brackets.",
    ("draw_odd_bracket", "intermediate2"):
        "Teams that find nobody on the other side meet between the brackets, level by level.",
    ("draw_pairing_method", "slide"):
        "The best team of the upper half of a bracket meets the best of the lower half.",
    ("draw_pairing_method", "fold"): "The best team of a bracket meets the last.",
    ("draw_pairing_method", "random"): "Lots say who meets whom within a bracket.",
    ("draw_pairing_method", "adjacent"): "The best team of a bracket meets the second.",
    ("draw_pairing_method", "fold_top_adjacent_rest"):
        "The best team of the top bracket meets the last; below, neighbours meet.",
    ("draw_avoid_conflicts", "off"):
        "Nothing is changed where two teams have met, or are of one institution.",
    ("draw_avoid_conflicts", "one_up_one_down"):
        "Where two teams should not meet, one changes places with a neighbour.",
    ("draw_avoid_conflicts", "graph"):
        "All pairs of a bracket are found at once, so that together they cost the least.",
    ("draw_matching_scope", "round"):
        "One matching over all brackets prices pull-ups, history, institutions and sides together.",
    ("draw_matching_scope", "bracket"): "Each bracket is matched by itself.",
    ("draw_pullup_restriction", "none"): "Every team of the bracket below can be pulled up.",
    ("draw_pullup_restriction", "least_to_date"):
        "Only teams with the fewest pull-ups so far are pulled up.",
    ("draw_pullup_restriction", "lowest_ds_wins"):
        "Only teams whose opponents won the least are pulled up.",
    ("draw_pullup_restriction", "lowest_ds_speaks"):
        "Only teams whose opponents spoke lowest are pulled up.",
    ("bp_pullup_distribution", "anywhere"):
        "Teams that are pulled up stand in any room of the bracket.",
    ("bp_pullup_distribution", "one_room"):
        "All teams that are pulled up into a bracket stand in one room.",
    ("bp_secondary_preferences", True):
        "Among draws of equal position cost: the fewest repeat meetings, rooms of one institution "
        "and teams pulled up again. Such a draw is not one of WUDC.",
    ("bp_secondary_preferences", False): "Among draws of equal position cost the seed chooses.",
}
_NO_FIGURE = "–"
_INFOS = {one.name: one for one in setting_infos()}


def columns(sheet: DrawSheet, *, against: bool) -> tuple[Column, ...]:
    """Return the columns that the round has figures for; ``against`` a draw in force."""
    power = sheet.round.draw_type == DrawType.POWER
    other = tr("Rooms whose teams do not meet in the present draw") if against else tr(
        "Rooms whose teams do not meet in the first of these draws")
    found = [
        Column("rule", tr("Drawn by"), Kind.IDENTITY, stretch=True),
        Column("seed", tr("Seed"), Kind.NUMBER),
        *([Column("pullups", tr("Pull-ups"), Kind.NUMBER)] if power else []),
        Column("rematches", tr("Repeat meetings"), Kind.NUMBER,
               tip=tr("Pairs of teams that meet again")),
        Column("same_institution", tr("Own institution"), Kind.NUMBER,
               tip=tr("Pairs of teams of one institution")),
        Column("side_imbalance", _side_title(sheet), Kind.NUMBER,
               tip=tr("Teams whose sides are out of balance after the round")),
        Column("cost", tr("Cost"), Kind.NUMBER, tip=tr(
            "Of the positions" if sheet.owner.settings.is_bp else
            "Of the pairs, where they are matched by cost. Each matching has prices of its own.")),
        Column("optimum", tr("Least possible"), Kind.NUMBER),
        Column("other_rooms", tr("Other rooms"), Kind.NUMBER, tip=other),
    ]
    return tuple(found)


def _side_title(sheet: DrawSheet) -> str:
    return tr("Uneven positions") if sheet.owner.settings.is_bp else tr("Uneven sides")


def is_present(one: ComparedDraw, sheet: DrawSheet) -> bool:
    """Tell whether an alternative is the draw in force, to the last room."""
    proof = sheet.certificate
    return (
        bool(sheet.rooms) and not one.changes and one.seed == proof.seed
        and not proof.edits and not sheet.input_changed)


def rows(found: ComparedDraws, shown: Sequence[Column], sheet: DrawSheet) -> list[Row]:
    """Return a row for each alternative by its number; the best figures are marked."""
    best = best_figures([one.figures for one in found.draws if one.figures is not None])
    return [
        Row(number, (
            Cell(rule_words(one.changes), tip=one.problem,
                 aside=tr("the present draw") if is_present(one, sheet) else (
                     tr("another seed") if number == 1 and not one.changes else ""),
                 icon="triangle-alert" if one.problem else None, tone="attention"),
            *(_cell(one, column.key, best) for column in shown[1:])))
        for number, one in enumerate(found.draws)]


def _cell(one: ComparedDraw, key: str, best: Mapping[str, float]) -> Value:
    if key == "seed":
        return Cell(str(one.seed), sort=one.seed)
    if one.figures is None:
        return Cell(_NO_FIGURE)
    value: float | None = getattr(one.figures, key)
    if value is None:
        return Cell(_NO_FIGURE, sort=-1)
    least = key in best and round(value, 6) == best[key]
    words = cost_text(value) if key in ("cost", "optimum") else f"{value:g}"
    return Cell(
        f"✓ {words}" if least else words, sort=value, tone="done" if least else "",
        tip=tr("The least of these draws") if least else "")


def rule_words(changes: Mapping[str, Any]) -> str:
    """Return what a change of the rule is called: ``Pairing: Fold``."""
    if not changes:
        return tr("The rule in force")
    if changes.get("draw_matching_scope") == "round":
        return tr("Conflicts: One matching over all brackets")
    names = [one for one in changes if one != "draw_matching_scope"] or list(changes)
    return ", ".join(f"{tr(RULES[name])}: {_value(name, changes[name])}" for name in names)


def meaning(changes: Mapping[str, Any]) -> str:
    """Return what a rule does, in a sentence."""
    if not changes:
        return tr("As the settings of the tournament say. Another seed decides otherwise what "
                  "the rule leaves open.")
    if changes.get("draw_matching_scope") == "round":
        return tr(_MEANS["draw_matching_scope", "round"])
    return " ".join(
        tr(_MEANS[name, value]) for name, value in changes.items()
        if name != "draw_matching_scope" or len(changes) == 1)


def settings_words(one: ComparedDraw) -> list[str]:
    """Return what the settings that would change become."""
    return [
        tr("{rule} to {value}", rule=tr(RULES[name]), value=_value(name, value))
        for name, value in one.changes.items()]


def needs_words(one: ComparedDraw) -> str:
    """Say which settings of the tournament a draw changes, and what they are now."""
    if not one.changes:
        return ""
    listed = [
        tr("{setting} (now: {now})", setting=words, now=_value(name, one.instead[name]))
        for words, name in zip(settings_words(one), one.changes, strict=True)]
    return tr("Taking it sets {settings} for the whole tournament. You can undo both.",
              settings=tr(" and ").join(listed))


def _value(name: str, value: Any) -> str:
    info: SettingInfo = _INFOS[name]
    if info.kind == "choice":
        return choice_words(name, value)
    return value_words(info, value)


def figures_words(figures: Figures, *, against: bool) -> str:
    """Say in a sentence how far a draw is from the present one."""
    if not against:
        return ""
    if not figures.other_rooms:
        return tr("In every room the same teams meet as in the present draw.")
    return tr("{rooms} from the present draw.", rooms=count(
        figures.other_rooms, "room differs", "rooms differ"))
