"""What is photographed of the ballot desk: people at one keyboard, papers, forms, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest

from tabapp.domain.archive import Archive
from tabapp.domain.operators import Operator, OperatorRole
from tabapp.gui.pages.ballots.page import BallotsPage
from tabapp.gui.pages.projector.picture_view import PictureView
from tabapp.gui.present.painting import picture
from tabapp.gui.session import Session
from tabapp.services import chase, check_ins, rounds
from tabapp.services.ballot_bundle import bundle_of
from tabapp.services.ballot_desk import DeskRoom, read_desk
from tabapp.services.operators import list_operators
from tabapp.store.tournaments import RoundRow
from tests.gui.ballot_rooms import CRITERIA, rooms_of
from tests.gui.blind_scenes import PANEL, archive_of
from tests.gui.desk import Desk
from tests.gui.operators_room import CORE, DIRECTOR, VOLUNTEER, quick_pins, staff
from tests.gui.photo_stories import WHO, big, studio
from tests.gui.photo_stories_frame import HALL
from tests.gui.photo_stories_round import HELPERS, play, run, type_ballots
from tests.gui.photo_studio import Camera, Studio

PIN = "4711"
PEOPLE = (
    (WHO, DIRECTOR), ("Selin Ashworth", CORE), *((name, VOLUNTEER) for name in HELPERS),
    ("Tobias Dlamini", VOLUNTEER))
RUNNERS = ("Amara", "Juma", "Noor")
THIRD = 2
"""The round at whose ballots they are, counted from 0."""


@contextmanager
def people_at(camera: Camera, before: Studio, who: str = "") -> Iterator[Studio]:
    """Open a second window on the file of the first, with people who sign in."""
    desk = before.desk
    session = Session(desk.workspace, desk.owner.id)
    at = Studio(camera, Desk(desk.workspace, session, desk.owner, desk.qtbot), before.clock)
    try:
        if who:
            become(at, who)
        yield at
    finally:
        at.close()


def register(at: Studio, people: tuple[tuple[str, OperatorRole], ...] = PEOPLE) -> None:
    """Let people be known to the file, all with one PIN."""
    staff(at.desk, [(name, role, PIN) for name, role in people], by=WHO)


def become(at: Studio, name: str) -> None:
    """Let somebody else sit down."""
    who: Operator = next(one for one in _operators(at) if one.name == name)
    QTest.keyClick(at.window, Qt.Key.Key_Shift)  # the sign of a person, lest it locks again
    at.desk.session.who.sign_in(who)
    at.settle()
    if at.window.page is not None:
        at.window.page.setFocus()
    at.settle()


def _operators(at: Studio) -> tuple[Operator, ...]:
    with at.desk.workspace.database.read() as unit:
        return list_operators(unit)


def _page(at: Studio) -> BallotsPage:
    page = at.window.stack.get("ballots")
    assert isinstance(page, BallotsPage)
    return page


def _rooms(at: Studio, one: RoundRow) -> tuple[DeskRoom, ...]:
    with at.desk.workspace.database.read() as unit:
        return read_desk(unit, at.desk.owner.id, one.id).rooms


def _in_state(at: Studio, one: RoundRow, state: str) -> DeskRoom:
    return next(room for room in _rooms(at, one) if room.state == state)


def _open(at: Studio, room: DeskRoom) -> None:
    _page(at).open_at(room.id)
    at.settle()


# The big one


def the_desk(camera: Camera, folder: Path) -> None:
    """Half of a round of 88 teams is in: the desk, blind second entry, a decision, the lock."""
    archive = big()
    archive.tournament.settings["enable_blind_checks"] = True
    archive.tournament.settings["enable_postponements"] = True
    with quick_pins(), studio(camera, folder, archive, "shift") as setup:
        _first_evening(setup)
        for one in setup.desk.rounds()[:THIRD]:
            setup.clock.go_on(55)
            play(setup, one, debates=70)
        third = setup.desk.rounds()[THIRD]
        setup.desk.session.set_round(third.id)
        _release(setup, third)
        _paper(setup)
        with people_at(camera, setup) as at:
            _half_in(at, third)
            _lock(at)
            _volunteer(at, third)
            _director(at, third)


def _first_evening(at: Studio) -> None:
    """Set up who may sign in, before anything else happens."""
    at.go("settings", "operators")
    at.take("operators-none")
    at.give("settings.operator_add")
    at.take("operator-add")
    at.press("Ctrl+Return")
    at.take("operator-add-problems")
    at.close_dialogs()
    register(at)
    at.settle()
    at.take("operators-lock")
    become(at, WHO)
    at.go("settings", "operators")
    at.take("operators")
    at.shot("operator-pin", "settings.operator_pin")
    at.shot("operator-remove", "settings.operator_remove")
    at.quiet()


def _release(at: Studio, one: RoundRow) -> None:
    run(at, "draw.generate", one, confirm=True)
    run(at, "draw.allocate_adjudicators", one)
    run(at, "draw.allocate_venues", one)
    work, owner = at.desk.workspace, at.desk.owner
    with work.database.write(
        actor=WHO, verb="release the draw of", subject=one.name, tournament=owner.id
    ) as unit:
        rounds.release_draw(unit, one.id)
        rooms = chase.read_runners(unit, owner.id)
        chase.give_runners(unit, owner.id, {
            room.id: RUNNERS[n * len(RUNNERS) // len(rooms)] for n, room in enumerate(rooms)})
    at.clock.go_on(84)
    at.settle()
    at.take("lock-itself")


def _paper(at: Studio) -> None:
    become(at, WHO)
    at.go("rounds/release")
    for name in ("sheets", "feedback", "signs"):
        at.shot(f"print-{name}", f"round.print_{name}")
    at.go("people")
    at.shot("print-badges", "people.print_badges")


def _half_in(at: Studio, one: RoundRow) -> None:
    type_ballots(at, one, confirmed=8, entered=4)
    work, owner = at.desk.workspace, at.desk.owner
    out = [room for room in _rooms(at, one) if room.state == "out"]
    for number, room in enumerate(out[:3]):
        at.clock.go_on(number + 1)
        with work.database.write(
            actor=HELPERS[0], verb="receive the ballot of", tournament=owner.id
        ) as unit:
            check_ins.receive(unit, owner.id, room.id)
    at.clock.go_on(2)
    at.settle()


def _lock(at: Studio) -> None:
    at.take("lock", contrast=True)
    at.type("be")
    at.take("lock-name-typed")
    at.press("Return")
    at.type("99")
    at.take("lock-pin")
    at.type("99")
    for _try in range(4):
        at.press("Return")
        at.take("lock-wrong")
        at.type("9999")
    at.take("lock-wait")


def _volunteer(at: Studio, one: RoundRow) -> None:
    become(at, HELPERS[1])
    at.take("volunteer", narrow=True)
    at.shot("volunteer-keys", "help.keys")
    at.window.sheet.dismiss()
    at.give("view.menu")
    at.take("volunteer-menu")
    at.window.menu.close()
    at.window.search("")
    at.settle()
    at.take("volunteer-palette")
    at.window.palette_panel.dismiss()
    _open(at, _in_state(at, one, "check"))
    at.take("second-empty", narrow=True)
    marks = _marks(at, one)
    at.type("".join(marks[:3]))
    at.take("second-half")
    slip = str(int(marks[3]) + 1)
    at.type("".join([slip, *marks[4:]]))
    at.give("ballots.save")
    at.take("second-differs", contrast=True, narrow=True)
    at.give("ballots.save")
    at.take("second-stored")
    at.quiet()
    _open(at, _in_state(at, one, "out"))
    at.type("7877807980")
    at.take("volunteer-typing", narrow=True)
    at.give("ballots.start_over")
    at.quiet()


def _marks(at: Studio, one: RoundRow) -> list[str]:
    """Return what the first entry of the open room says, which the screen does not."""
    form = _page(at).open_form
    assert form is not None
    assert form.waiting is not None
    sheet = bundle_of(form.sheet, form.waiting[1]).sheet()
    return list(sheet.scores.values())


def _director(at: Studio, one: RoundRow) -> None:
    become(at, WHO)
    at.go("ballots")
    at.take("director-desk", contrast=True, narrow=True)
    for name in ("by-room", "by-runner"):
        at.give("ballots.order")
        at.take(f"chase-{name}")
    at.give("ballots.order")
    at.give("ballots.order")
    at.give("ballots.progress")
    at.take("progress")
    at.give("ballots.progress")
    at.shot("runners", "ballots.runners")
    _open(at, _in_state(at, one, "differs"))
    at.take("decide", contrast=True, narrow=True)
    at.type("1")
    at.take("decide-chosen")
    at.give("ballots.save")
    at.take("decide-done")
    at.quiet()
    _open(at, _in_state(at, one, "check"))
    at.take("second-of-director")
    _open(at, _in_state(at, one, "confirmed"))
    at.take("confirmed")
    at.shot("versions", "ballots.versions")
    at.give("ballots.correct")
    at.type("60")
    at.take("correction", narrow=True)
    at.shot("correction-impact", "ballots.impact")
    at.shot("print-room", "ballots.print")
    at.give("ballots.save")
    at.take("correction-reason")
    at.give("ballots.start_over")
    at.quiet()
    _open(at, _in_state(at, one, "out"))
    at.give("ballots.postpone")
    at.take("postponed")
    at.quiet()
    at.go("overview")
    at.take("overview-with-people")
    at.go("projector", "ballots")
    at.take("projector-ballots")
    for view in at.window.findChildren(PictureView):
        if view.sheet is not None and "allot" in view.accessibleName() + view.toolTip():
            at.camera.keep("slide-ballots", picture(view.sheet, QSize(HALL), 1.0))
    at.go("settings", "operators")
    at.take("operators-at-work")


# The other forms


def _rooms_archive(*args: Any, **settings: Any) -> Archive:
    return Archive.model_validate(rooms_of(*args, **settings))


def forms(camera: Camera, folder: Path) -> None:
    """Forms of other formats: a panel with replies, criteria, ranks, sides, one person alone."""
    with studio(camera, folder, archive_of(PANEL), "panel") as at:
        _look(at, "alone")
        at.press("Return")
        at.take("panel-empty", narrow=True)
        at.type(PANEL.marks[0])
        at.take("panel-first-sheet")
        at.give("ballots.next_sheet")
        at.type(PANEL.marks[1][:8])
        at.take("panel-second-sheet")
        at.type(PANEL.marks[1][8:])
        at.give("ballots.next_sheet")
        at.type(PANEL.marks[2])
        at.take("panel-last-sheet", contrast=True)
    _form(camera, folder, "criteria", "282814" "28.27", rooms_of(
        criteria=CRITERIA, ballots_per_debate_prelim="per-debate", reply_scores_enabled=False))
    _form(camera, folder, "ranks", "272627", rooms_of(
        speaker_ranks="any", substantive_speakers=2, reply_scores_enabled=False,
        winners_in_ballots="high-points", score_min=20, score_max=30,
        ballots_per_debate_prelim="per-debate"))
    motions = rooms_of(
        motions=3, enable_motions=True, motion_vetoes_enabled=True, winners_in_ballots="low-points",
        ballots_per_debate_prelim="per-debate")
    _form(camera, folder, "motions", "", motions)
    sides = rooms_of(motions=1, ballots_per_debate_prelim="per-debate")
    for debate in sides["rounds"][0]["debates"]:
        debate["sides_confirmed"] = False
    _form(camera, folder, "sides", "", sides)


def _look(at: Studio, name: str) -> None:
    at.desk.session.set_round(at.desk.rounds()[0].id)
    at.go("ballots")
    at.take(name)


def _form(
    camera: Camera, folder: Path, name: str, typed: str, document: dict[str, Any]
) -> None:
    with studio(camera, folder, Archive.model_validate(document), name) as at:
        _look(at, f"{name}-desk")
        at.press("Return")
        at.take(f"{name}-empty")
        if typed:
            at.type(typed)
            at.take(f"{name}-typed")


STORIES = (the_desk, forms)
