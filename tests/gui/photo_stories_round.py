"""What is photographed in a round: from availability over the ballots to the final."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tabapp.domain.operators import OperatorRole
from tabapp.domain.simulation import derive_rng
from tabapp.services import ballots, double_entry, rounds
from tabapp.services.ballot_bundle import Bundle, ballot_of_bundle, blank_bundle
from tabapp.services.ballot_desk import read_desk
from tabapp.services.ballot_form import DeskForm, read_form
from tabapp.services.ballot_sheet import key_of
from tabapp.store.draw_rows import read_debates
from tabapp.store.tournaments import RoundRow
from tests.gui.photo_stories import SEED, WHO, big, studio
from tests.gui.photo_stories_frame import frame, pages, projector
from tests.gui.photo_stories_jobs import awards, jobs
from tests.gui.photo_studio import Camera, Studio
from tests.services.out_rounds import OutRounds, best

HELPERS = ("Beatriz Duarte", "Emre Yıldız")


def run(at: Studio, name: str, round_: RoundRow, **more: object) -> None:
    at.desk.workspace.run(
        name, tournament=at.desk.owner.id, round_id=round_.id, about=round_.name, seed=SEED,
        **more)
    at.settle()


def the_round(camera: Camera, folder: Path) -> None:
    """Round 5 after four were played, stage by stage, and all other pages at that hour."""
    with studio(camera, folder, big()) as at:
        for one in at.desk.rounds()[:4]:
            at.clock.go_on(55)
            play(at, one)
        at.clock.go_on(5)
        fifth = at.desk.rounds()[4]
        at.desk.session.set_round(fifth.id)
        at.go("overview")
        at.take("overview-before")
        _availability(at)
        _draw(at, fifth)
        _judges(at, fifth)
        _rooms(at, fifth)
        _release(at, fifth)
        _ballots(at, fifth)
        pages(at)
        jobs(at)
        frame(at)
        projector(at)
        awards(at)
        _complete(at, fifth)
        _break(at)


def play(at: Studio, one: RoundRow, *, debates: float = 0) -> None:
    """Play a round whose ballots come one after the other, so many minutes after the release."""
    run(at, "draw.generate", one, confirm=True)
    run(at, "draw.allocate_adjudicators", one)
    run(at, "draw.allocate_venues", one)
    with at.desk.workspace.database.write(
        actor=WHO, verb="release the draw of", subject=one.name, tournament=at.desk.owner.id
    ) as unit:
        rounds.release_draw(unit, one.id)
    at.clock.go_on(debates)
    type_ballots(at, one, confirmed=22)
    with at.desk.workspace.database.write(
        actor=WHO, verb="complete", subject=one.name, tournament=at.desk.owner.id
    ) as unit:
        rounds.complete_round(unit, one.id)
    at.desk.workspace.run(
        "standings.recalculate", tournament=at.desk.owner.id,
        tournament_id=at.desk.owner.id, about=f"after {one.name}")


def _forms(at: Studio, one: RoundRow, who: str) -> Sequence[DeskForm]:
    with at.desk.workspace.database.read() as unit:
        refs = [debate.ref for debate in read_debates(unit, one.id)]
        return [read_form(unit, at.desk.owner.id, ref, who) for ref in refs]


def _filled(form: DeskForm, seq: int) -> Bundle:
    """Fill a sheet: good teams mostly speak well."""
    filled = blank_bundle(form.sheet)
    totals: set[int] = set()
    for seat in form.sheet.seats:
        luck = derive_rng(SEED, "marks", seq, seat.team)
        total = round(derive_rng(SEED, "talent", seat.team).gauss(153, 5) + luck.gauss(0, 3))
        while total in totals:
            total += 1
        totals.add(total)
        first = total // 2 + luck.randint(-1, 2)
        for at, mark in zip(form.sheet.positions, (first, total - first), strict=True):
            filled.sheet().scores[key_of(seat.side, at)] = str(mark)
    return filled


def type_ballots(at: Studio, one: RoundRow, *, confirmed: int, entered: int = 0) -> None:
    """Type ballots minute by minute: so many confirmed, and so many more only entered."""
    work, owner = at.desk.workspace, at.desk.owner
    first, second = HELPERS
    for number, form in enumerate(_forms(at, one, first)[: confirmed + entered]):
        at.clock.go_on((0.4, 1.6, 0.9, 0.5)[number % 4])
        room = form.name
        made = ballot_of_bundle(form.sheet, _filled(form, one.seq))
        entry = ballots.Entry(one.seq, form.room.ref, made)
        with work.database.write(
            actor=first, verb="enter the ballot of", subject=room, tournament=owner.id
        ) as unit:
            ballots.save_ballot(unit, owner, entry, seen=form.seen)
        if number >= confirmed:
            continue
        at.clock.go_on(0.2)
        with work.database.read() as unit:
            waiting = read_form(unit, owner.id, form.room.ref, second)
        assert waiting.waiting is not None
        with work.database.write(
            actor=second, verb="confirm the ballot of", subject=room, tournament=owner.id
        ) as unit:
            double_entry.save_second(
                unit, owner, entry, seen=waiting.seen, role=OperatorRole.VOLUNTEER)
    at.settle()


# The stages


def _availability(at: Studio) -> None:
    at.go("rounds/availability")
    at.take("availability")
    for name in ("judges", "rooms"):
        at.give(f"availability.{name}")
        at.take(f"availability-{name}")


def _draw(at: Studio, one: RoundRow) -> None:
    at.go("rounds/draw")
    at.take("draw-none")
    run(at, "draw.generate", one, confirm=False)
    at.take("draw")
    at.press("Down", "Down")
    at.take("draw-cursor")
    at.give("draw.explain")
    at.take("draw-why", contrast=True)
    at.give("draw.explain")
    at.press("Right", "Right")
    at.shot("draw-swap", "draw.swap")
    at.give("draw.lift")
    at.press("Down")
    at.take("draw-price")
    at.press("Esc")
    for name in ("draw-by-room", "draw-by-team"):
        at.give("draw.order")
        at.take(name)
    at.give("draw.order")
    at.give("draw.flags")
    at.take("draw-flags")
    at.give("draw.flags")
    at.shot("draw-again", "draw.again")
    at.shot("draw-delete", "draw.delete")
    at.go("overview")
    at.take("overview-draft")
    at.go("rounds/draw")
    at.give("draw.confirm")
    at.take("draw-confirmed")
    at.quiet()


def _judges(at: Studio, one: RoundRow) -> None:
    at.go("rounds/judges")
    at.take("judges-none")
    run(at, "draw.allocate_adjudicators", one)
    at.take("judges", contrast=True)
    at.press("Down", "Right", "Space", "Down", "Down")
    at.take("judges-price")
    at.press("Esc")
    at.give("judges.out")
    at.take("judges-out")
    at.quiet()
    at.desk.session.undo()
    at.settle()
    at.quiet()
    at.shot("judges-again", "judges.again")
    at.shot("judges-clear", "judges.clear")


def _rooms(at: Studio, one: RoundRow) -> None:
    at.go("rounds/rooms")
    at.take("rooms-none")
    run(at, "draw.allocate_venues", one)
    at.take("rooms")
    at.shot("rooms-again", "rooms.again")
    at.give("rooms.change")
    at.take("rooms-change")
    at.press("Esc")


def _release(at: Studio, one: RoundRow) -> None:
    at.go("rounds/release")
    at.take("release")
    at.give("release.start")
    at.take("release-start")
    at.close_dialogs()
    at.give("release.draw")
    at.take("release-asked")
    if at.top is not at.window:
        at.press("Ctrl+Return")
    at.take("release-done")
    at.quiet()
    at.go("overview")
    at.take("overview-released")


def _ballots(at: Studio, one: RoundRow) -> None:
    at.clock.go_on(62)
    type_ballots(at, one, confirmed=9, entered=4)
    at.go("overview")
    at.take("overview-ballots", contrast=True)
    at.go("rounds/ballots")
    at.take("round-ballots")
    at.go("rounds/complete")
    at.take("round-complete-missing")
    at.go("ballots")
    at.take("ballots")
    at.shot("ballots-deadlines", "ballots.deadlines")
    page = at.window.stack.get("ballots")
    with at.desk.workspace.database.read() as unit:
        desk = read_desk(unit, at.desk.owner.id, one.id)
    by_state = {room.state: room for room in reversed(desk.rooms)}
    states = list(by_state)
    out = by_state["out"]
    page.open_at(out.id)
    at.settle()
    at.take("ballot-empty")
    at.type("787776759")
    at.take("ballot-typing")
    at.press("Backspace")
    at.type("80")
    at.take("ballot-half-typed", contrast=True)
    at.give("ballots.save")
    at.take("ballot-not-whole")
    at.quiet()
    at.type("04")
    at.give("ballots.save")
    at.take("ballot-problem")
    at.quiet()
    at.give("ballots.forfeit")
    at.take("ballot-forfeit")
    at.give("ballots.forfeit")
    at.give("ballots.iron")
    at.take("ballot-iron")
    for state, name in (("check", "ballot-second-look"), ("confirmed", "ballot-confirmed")):
        if state in states:
            page.open_at(by_state[state].id)
            at.settle()
            at.take(name, contrast=state == "check")
            if state == "check":
                at.shot("ballot-discard", "ballots.discard")
            else:
                at.shot("ballot-versions", "ballots.versions")
                at.give("ballots.correct")
                at.take("ballot-correction")
    at.go("overview")
    at.quiet()


def _complete(at: Studio, one: RoundRow) -> None:
    at.clock.go_on(3)
    done = sum(
        room.state in ("check", "confirmed") for room in _desk_rooms(at, one))
    assert done >= 13
    _finish(at, one)
    at.go("rounds/complete")
    at.take("round-complete")
    at.give("complete.round")
    at.close_dialogs()
    at.take("round-completed")
    at.quiet()
    at.go("overview")
    at.take("overview-completed")


def _desk_rooms(at: Studio, one: RoundRow) -> Sequence[object]:
    with at.desk.workspace.database.read() as unit:
        return read_desk(unit, at.desk.owner.id, one.id).rooms


def _finish(at: Studio, one: RoundRow) -> None:
    """Bring in and confirm every ballot that is missing."""
    work, owner = at.desk.workspace, at.desk.owner
    entries = []
    for form in _forms(at, one, HELPERS[0]):
        made = ballot_of_bundle(form.sheet, _filled(form, one.seq))
        entries.append(ballots.Entry(
            one.seq, form.room.ref, made.model_copy(update={"status": "confirmed"})))
    with work.database.write(
        actor=HELPERS[1], verb="confirm", subject="ballots", tournament=owner.id
    ) as unit:
        ballots.enter_ballots(unit, owner, entries)
    at.settle()


def _break(at: Studio) -> None:
    at.go("breaks")
    at.take("break-ready")
    at.give("break.make")
    at.take("break-made")
    if at.window.page is not None and not at.window.page.why_not("break.tie"):
        at.shot("break-tie", "break.tie")
    room = _OutRounds(at)
    room.make_break()
    at.settle()
    at.press("Down", "Down", "Down")
    at.shot("break-remark", "break.remark")
    at.quiet()
    at.take("break")
    made = room.create_rounds()
    at.settle()
    at.take("break-rounds")
    room.draw(made[0], SEED)
    room.decide(made[0], lambda teams: best(room)(teams)[:2], 3)
    at.settle()
    at.quiet()
    at.take("break-playing")
    at.give("break.whole")
    at.take("break-bracket-half")
    room.decide(made[0], lambda teams: best(room)(teams)[:2])
    for round_id in made[1:]:
        count = 1 if round_id == made[-1] else 2
        room.draw(round_id, SEED)
        room.decide(round_id, lambda teams, count=count: best(room)(teams)[:count])
    at.settle()
    at.take("break-bracket")
    at.give("break.whole")
    at.take("break-champion")
    at.go("overview")
    at.take("overview-over")
    at.desk.session.set_round(made[0])
    for stage in ("draw", "judges", "release"):
        at.go(f"rounds/{stage}")
        at.take(f"elimination-{stage}")


class _OutRounds(OutRounds):
    """The elimination rounds of the window's own tournament."""

    def __init__(self, at: Studio) -> None:
        self.work, self.owner, self.category = at.desk.workspace, at.desk.owner, "open"


STORIES = (the_round,)
