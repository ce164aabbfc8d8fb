"""The page that shows how a sheet is filled in, with invented values, and spare sheets."""

from __future__ import annotations

from dataclasses import replace

from tabapp.domain.ballots import ResultType
from tabapp.domain.ballots.values import SCORELESS
from tabapp.exchange.paper import Mark, MotionLine, Scale, ScoreSheet, Speech, Team
from tabapp.services.paper.sheets import Ground, make_sheet, make_team, sides_of

_TEAMS = ("Riverside A", "Hillside B", "Lakeside C", "Seaside D")
_SPEAKERS = (
    ("Alex Field", "Noor Haddad", "Sam Brook", "Kim Marsh", "Toni Vale"),
    ("Robin Stone", "Chidi Eze", "Yuki Hill", "Amara Reed", "Luca Moor"),
    ("Jo Lake", "Priya Glen", "Sasha Ford", "Mika Shore", "Dani Wells"),
    ("Charlie Bay", "Imani Cove", "Ari Strand", "Ren Harbour", "Noa Tide"),
)
"""Those of each team."""
_BETTER = (2, 1, 3, 0)
"""By how many steps the speeches of a team are better than those of the last."""


def blank_sheet(ground: Ground) -> ScoreSheet:
    """Return a sheet without a room and without names, to be filled in by hand."""
    sides = sides_of(ground.settings)
    kind = ground.kind(len(sides))
    teams = tuple(make_team(ground, kind, side, sides, name="") for side in sides)
    sheet = make_sheet(
        ground, kind, sides, teams, tuple(team.title for team in teams), blank=True)
    return replace(sheet, when="")


def sample_sheet(ground: Ground) -> ScoreSheet:
    """Return a sheet of teams that nobody has, filled in, with notes of what is what."""
    sides = sides_of(ground.settings)
    kind = ground.kind(len(sides))
    most = max(2, ground.settings.substantive_speakers)
    teams = [
        _filled(make_team(ground, kind, side, sides, name=name, speakers=people[:most]), better)
        for side, name, people, better in zip(
            sides, _TEAMS, _SPEAKERS, _BETTER, strict=False)]
    totals = [float(one.total or 0) for one in teams]
    order = sorted(range(len(teams)), key=lambda at: -totals[at])
    winner = tuple(f"{team.title}: {team.name}" for team in teams)
    sheet = make_sheet(  # no code: a sample that is scanned must not be taken for a room
        ground, kind, sides, tuple(teams), winner, room="Room 1", author="Ingrid Example",
        role="Score sheet of the chair", panel="Ingrid Example (chair)")
    if sheet.places:
        teams = [
            replace(one, place=str(order.index(at) + 1)) for at, one in enumerate(teams)]
    if sheet.advance:
        teams = [replace(one, advances=at < sheet.advance) for at, one in enumerate(teams)]
    ranked = _ranked(teams) if sheet.ranks else teams
    return replace(
        sheet, teams=tuple(ranked), won=order[0] if winner and sheet.winner else None,
        margin=f"{totals[order[0]] - totals[order[1]]:g}" if sheet.margin is not None else None,
        motions=_marked(sheet), mark="HOW TO FILL IN", notes=_notes(sheet, kind))


def _filled(team: Team, better: int) -> Team:
    speeches = tuple(
        _speech(one, at, better + (1 if at == 0 else 0)) for at, one in enumerate(team.speeches))
    total = sum(float(one.score) for one in speeches)
    return replace(team, speeches=speeches, total=f"{total:g}" if speeches else "")


def _speech(speech: Speech, at: int, better: int) -> Speech:
    if speech.criteria:
        marks = tuple(_mark(one, better) for one in speech.criteria)
        score = f"{sum(one.weight * float(one.value) for one in marks):g}"
        return replace(speech, criteria=marks, score=score, who=at % len(speech.names))
    return replace(
        speech, score=f"{_score(speech.scale, better):g}", who=at % len(speech.names))


def _score(scale: Scale, better: int) -> float:
    steps = int((scale.high - scale.low) / scale.step)
    return round(scale.low + scale.step * min(steps, int(steps * 0.5) + better), 6)


def _mark(mark: Mark, better: int) -> Mark:
    if mark.scale is None:
        return replace(mark, value="10")
    return replace(mark, value=f"{_score(mark.scale, better):g}")


def _ranked(teams: list[Team]) -> list[Team]:
    """Give the substantive speeches their ranks by score."""
    scores = sorted(
        ((float(one.score), -n, -at) for n, team in enumerate(teams)
         for at, one in enumerate(team.speeches) if not one.reply), reverse=True)
    place = {(-n, -at): str(rank) for rank, (_score_, n, at) in enumerate(scores, start=1)}
    return [
        replace(team, speeches=tuple(
            replace(one, rank=place.get((n, at), "")) for at, one in enumerate(team.speeches)))
        for n, team in enumerate(teams)]


def _marked(sheet: ScoreSheet) -> tuple[MotionLine, ...]:
    """Mark the first motion as debated and let each side veto one of the others."""
    if not sheet.motion_columns:
        return sheet.motions
    vetoes = range(1, len(sheet.motion_columns))
    others = len(sheet.motions) - 1
    return tuple(
        replace(one, on=(0,) if at == 0 else tuple(
            veto for veto in vetoes if 1 + (veto - 1) % others == at))
        for at, one in enumerate(sheet.motions))


def _notes(sheet: ScoreSheet, kind: ResultType) -> tuple[str, ...]:
    found = []
    if sheet.motion_columns:
        found.append("Circle the motion that was debated, and the one that each side vetoed.")
    if sheet.scores:
        found.append("Tick who gave each speech, in the order in which they spoke.")
        found.append(
            "Write each score once, in the box; cross a mistake out and write beside it.")
        if sheet.digits:
            found.append("Mark the tens and the units of each score in the circles.")
        found.append("Add up each team. The tab room adds up again.")
    if sheet.places:
        found.append("Circle the place of each team: 1 is the best.")
    if kind in SCORELESS and sheet.advance:
        found.append("Tick as many teams as the line above them says.")
    if sheet.winner:
        found.append("Tick the winner and write the margin.")
    return (*found, "Leave the boxes of the tab room empty, and bring the sheet back at once.")

