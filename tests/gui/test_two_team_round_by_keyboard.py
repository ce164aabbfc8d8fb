"""Two rounds of two teams on consensus ballots, from the welcome page on, by keyboard alone."""

from __future__ import annotations

from tabapp.gui.pages.ballots.pane import EntryPane
from tabapp.gui.pages.ballots.quarter import Quarter
from tabapp.gui.pages.rounds.draw.making import Making
from tabapp.gui.pages.rounds.draw.price import PricePanel
from tabapp.gui.pages.rounds.draw.stage import DrawStage
from tabapp.services.checks import check_tournament, read_input
from tabapp.store.tournaments import list_rounds
from tests.gui.keyboard import Keyboard
from tests.gui.keyboard_steps import (
    NEXT,
    complete,
    confirm_all,
    draw_to_release,
    go_on,
    register,
)

TEAMS, ROOMS = 9, 4


def make_tournament(keys: Keyboard) -> None:
    keys.tab_to("APDA")
    keys.press("Return")
    assert keys.dialog() == "New tournament"
    keys.write("Harbour Pairs")
    keys.tab_to("Preliminary rounds")
    keys.write("2")
    keys.press(NEXT)
    assert keys.place == "overview/now"


def enter_ballots(keys: Keyboard) -> None:
    """Type the marks of all rooms, the ranks of the speeches, then who won by its number.

    In the first room the loser is ticked at first, which the paper cannot mean.
    """
    keys.press("Return")
    form = keys.sees(EntryPane)

    def is_read() -> bool:
        return not form.is_unread

    for room in range(ROOMS):
        best = 30 - room
        keys.write(f"{best}{best - 1}{best - 3}{best - 3}" "1234")
        assert keys.here == "Tick 'Gov: Won'"
        if not room:
            keys.write("2")
            keys.press(NEXT)
            assert "Opp is ticked with 54 against 59." in said(keys)
        keys.write("1")
        go_on(keys, "Save and next", "ballots")
        if form.is_unread:  # a mark that is unusual is asked about once
            keys.wait(is_read, "what stopped the save is read")
            keys.press(NEXT)
    confirm_all(keys, ROOMS)


def said(keys: Keyboard) -> str:
    """Return what the sides of the ballot say below their ticks."""
    return " ".join(
        one.message.text for one in keys.window.findChildren(Quarter) if one.isVisible())


def test_two_rounds_of_two_teams_by_keyboard(keys: Keyboard) -> None:
    make_tournament(keys)
    register(keys, teams=TEAMS, judges=ROOMS, rooms=ROOMS)
    keys.press("Ctrl+1")
    go_on(keys, "Open the draw", "rounds/draw")
    assert keys.sees(Making).line.text() == "9 teams are here: 4 rooms and 1 bye."
    draw_to_release(keys)
    enter_ballots(keys)
    complete(keys, "rounds/availability")

    go_on(keys, "Go on to the draw", "rounds/draw")
    go_on(keys, "Draw", "rounds/draw")
    keys.press("Right", "Space", "Right", "Right")  # not past the teams of the room
    assert keys.sees(PricePanel).isVisible()
    keys.press("Return")
    assert edits(keys) == 1
    keys.press("Ctrl+Z")
    assert edits(keys) == 0
    draw_to_release(keys, drawn=True)
    enter_ballots(keys)
    complete(keys, "overview/now")
    look_at_the_file(keys)


def edits(keys: Keyboard) -> int:
    """Return how many edits by hand the certificate of the draw on the screen declares."""
    sheet = keys.sees(DrawStage).sheet
    assert sheet is not None
    return len(sheet.certificate.edits)


def look_at_the_file(keys: Keyboard) -> None:
    """Let the independent checker look at everything that is stored."""
    file = keys.app.file
    assert file is not None
    (owner,) = file.tournaments
    with file.workspace.database.read() as unit:
        found = read_input(unit, owner)
        assert [one.completed for one in list_rounds(unit, owner.id)] == [True, True]
    assert [one for one in check_tournament(found) if one.status == "failed"] == []
