"""Forms of every format without a file, and people who fill them in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from tabapp.domain.archive import Ballot, Criterion
from tabapp.domain.ballots import DebateContext, check_ballot, result_type
from tabapp.domain.ballots.values import is_available
from tabapp.domain.formats import resolve
from tabapp.domain.types import BP_SIDES, Role, Side, Stage
from tabapp.services.ballot_bundle import Bundle, begin_sheet, turn_forfeit
from tabapp.services.ballot_form import make_form
from tabapp.services.ballot_sheet import (
    Asks,
    JudgeSeat,
    Seat,
    SheetForm,
    key_of,
    mark_of,
    position_of,
    running,
    side_of,
    swap_speakers,
    turn_iron_person,
)

CRITERIA = (
    Criterion(id="C1", name="Content", weight=1.5, min=10, max=25, step=0.5),
    Criterion(id="C2", name="Style", weight=1, min=20, max=40, step=1),
)
MOTIONS = (("M1", "That we test."), ("M2", "That we do not."), ("M3", "That we wait."))


def form_for(
    preset: str = "bp", stage: Stage = Stage.PRELIMINARY, *, judges: int = 3, motions: int = 1,
    criteria: Sequence[Criterion] = (), means: dict[str, float] | None = None,
    last: bool = False, sides_open: bool = False, **settings: Any,
) -> SheetForm:  # fmt: skip
    """One room of a format, with a trainee beside its judges A1, A2, …, the first in the chair."""
    rules = resolve(preset, settings)
    sides = rules.sides or tuple(Side)[:rules.teams_in_debate]
    if not rules.sides:
        sides = (*BP_SIDES, Side.AFF, Side.NEG)[:rules.teams_in_debate]
    teams = {side: f"T{n}" for n, side in enumerate(sides, 1)}
    people = {
        side: tuple((f"{team}s{k}", f"Speaker {team} {k}")
                    for k in range(1, rules.substantive_speakers + 2))
        for side, team in teams.items()}
    seats = tuple(
        Seat(side, team, f"Team {team}", f"College {team}", people[side])
        for side, team in teams.items())
    names = {ref: name for side in sides for ref, name in people[side]}
    names |= {team: f"Team {team}" for team in teams.values()}
    names |= {f"A{n}": f"Judge {n}" for n in range(1, judges + 2)}
    panel = [(f"A{n}", Role.CHAIR if n == 1 else Role.PANELLIST) for n in range(1, judges + 1)]
    context = DebateContext(
        id="D1", round_seq=1, stage=stage, sides=tuple(teams.items()),
        speakers={teams[side]: frozenset(ref for ref, _name in people[side]) for side in sides},
        panel=(*panel, (f"A{judges + 1}", Role.TRAINEE)), last_elimination=last, names=names,
        criteria={one.id: one for one in criteria})
    kind = result_type(rules, stage, len(sides))
    assert is_available(kind, len(sides))
    each = kind.name.startswith("PANEL") or kind.name == "PUBLIC_SPEAKING"
    seats_of_judges = tuple(JudgeSeat(ref, names[ref], role) for ref, role in panel)
    return make_form(
        context, rules, seats, MOTIONS[:motions], means or {},
        seats_of_judges if each else (), asks_sides=sides_open)


def fill(form: SheetForm, bundle: Bundle, rng: random.Random) -> None:
    """Type a sound ballot: every sheet in full, no totals level, each asked field filled in."""
    for ref in form.sheet_refs:
        begin_sheet(form, bundle, ref)
        for key in form.keys:
            _type_mark(form, bundle, ref, key, rng)
        _part_level_totals(form, bundle, ref)
        _choose(form, bundle, ref, rng)


def _type_mark(
    form: SheetForm, bundle: Bundle, ref: str, key: str, rng: random.Random
) -> None:
    typed, position = bundle.sheet(ref), position_of(key)
    if form.asks is not Asks.SCORES or side_of(key) in bundle.forfeits:
        return
    for field in form.keys_of_marks(key):
        criterion = field.rpartition(".")[2]
        limits = form.limits(position) if field == key else form.criterion_limits(criterion)
        steps = int((limits.high - limits.low) / limits.step)
        # room above and below, so that a level total can be parted by a step
        mark = limits.low + rng.randint(steps // 3, 2 * steps // 3) * limits.step
        (typed.scores if field == key else typed.criteria)[field] = f"{mark:g}"


def _part_level_totals(form: SheetForm, bundle: Bundle, ref: str) -> None:
    """Change first speeches step by step until no two totals are the same."""
    typed = bundle.sheet(ref)
    if form.asks is not Asks.SCORES:
        return
    for _try in range(200):
        totals = running(form, typed).totals
        level = [side for side in totals if list(totals.values()).count(totals[side]) > 1]
        if not level:
            return
        field = form.keys_of_marks(key_of(level[0], 1))[0]
        kept = typed.scores if field in typed.scores else typed.criteria
        step = form.limits(1).step if field in typed.scores else form.criterion_limits(
            field.rpartition(".")[2]).step
        kept[field] = f"{float(kept[field]) + step:g}"
    raise AssertionError("totals stay level")


def _choose(form: SheetForm, bundle: Bundle, ref: str, rng: random.Random) -> None:
    typed = bundle.sheet(ref)
    standing = [seat.side for seat in form.seats if seat.side.value not in bundle.forfeits]
    if form.asks is Asks.PLACES:
        order = rng.sample(standing, len(standing))
        typed.places = {side.value: str(n) for n, side in enumerate(order, 1)}
    elif form.asks is Asks.ADVANCING and len(standing) > form.context.advancing:
        typed.winners = [one.value for one in rng.sample(standing, form.context.advancing)]
    elif form.asks_winners and len(standing) > 1:
        totals = running(form, typed).totals
        typed.winners = [max(totals, key=totals.__getitem__).value]
    if form.asks_motion:
        typed.motion = form.motions[0][0]
    if form.asks_vetoes:
        typed.vetoes = {
            seat.side.value: form.motions[1 + n % 2][0] for n, seat in enumerate(form.seats)
            if seat.side in standing}
    if form.settings.speaker_ranks == "any" and len(standing) > 1:
        keys = [key for key in form.ranked_keys if side_of(key) not in bundle.forfeits]
        typed.ranks = {
            key: str(n) for n, key in enumerate(rng.sample(keys, len(keys)), 1)}
    elif form.settings.speaker_ranks == "high-points" and len(standing) > 1:
        # of equal marks the paper says which is better
        keys = [key for key in form.ranked_keys if side_of(key) not in bundle.forfeits]
        keys.sort(key=lambda key: -(mark_of(form, typed, key) or 0))
        typed.ranks = {key: str(n) for n, key in enumerate(keys, 1)}


def vary(form: SheetForm, bundle: Bundle, rng: random.Random) -> None:
    """Let somebody forfeit, speak twice, stand in or change places, on the first sheet."""
    sides = [seat.side.value for seat in form.seats]
    for side in rng.sample(sides, rng.choice([0, 0, 0, 1, len(sides) - 1])):
        turn_forfeit(bundle, side)
    typed = bundle.sheet(form.sheet_refs[0])
    side = rng.choice(sides)
    last = form.settings.substantive_speakers
    key = f"{side}.{rng.randint(1, last)}"
    what = rng.choice(["iron", "swing", "swap", "nothing"])
    if what == "iron" and last > 1:
        turn_iron_person(form, typed, key)
    elif what == "swing":
        typed.substitutes[key] = typed.speakers[key]
        typed.speakers[key] = "stranger"
    elif what == "swap" and last > 1:
        swap_speakers(form, typed, key)
    reply, first = f"{side}.{last + 1}", f"{side}.1"
    if reply in form.keys:  # whoever spoke first replies
        typed.speakers[reply] = typed.speakers[first]
        if first in typed.substitutes:
            typed.substitutes[reply] = typed.substitutes[first]


def errors(form: SheetForm, ballot: Ballot) -> list[tuple[str, str]]:
    """What the domain finds wrong with a ballot, warnings apart."""
    return [(one.where, one.code) for one in check_ballot(ballot, form.context, form.settings)
            if one.level == "error"]
