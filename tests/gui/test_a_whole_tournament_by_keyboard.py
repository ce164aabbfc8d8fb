"""A whole tournament, from the welcome page to the champion, by keyboard alone.

At each step the screen says what comes next and which key does it: ``keys.offer``.
"""

from __future__ import annotations

from tabapp.gui.pages.breaks.bracket import BracketView
from tabapp.services.checks import check_tournament, read_input
from tabapp.services.elimination import Bracket
from tabapp.store.tournaments import RoundRow, list_rounds
from tests.gui.keyboard import Keyboard
from tests.gui.keyboard_steps import (
    NEXT,
    complete,
    confirm_all,
    draw_to_release,
    go_on,
    register,
)

TEAMS, ROOMS = 16, 4


def make_tournament(keys: Keyboard) -> None:
    keys.press("Ctrl+N")
    assert keys.dialog() == "New tournament"
    keys.write("Harbour Cup")
    keys.tab_to("Preliminary rounds")
    keys.write("2")
    keys.press("Tab")
    keys.write("8")
    keys.press(NEXT)
    assert keys.place == "overview/now"


def set_motion(keys: Keyboard, round_name: str) -> None:
    """Follow what the overview says, to the motions and back."""
    keys.press("Ctrl+1")
    keys.tab_to(f"{round_name} has no motion")
    keys.press("Return")
    assert keys.place == "settings/motions"
    keys.press("Insert")
    assert keys.dialog() == "Add motion"
    keys.write(f"This house would play {round_name}")
    keys.press(NEXT)
    assert keys.dialog() == ""


def enter_ballots(keys: Keyboard) -> None:
    """Type the marks of all rooms on the number pad, and look at them a second time."""
    keys.press("Return")
    for _room in range(ROOMS):
        keys.write("".join(str(80 - at) for at in range(8)))  # near to every record
        go_on(keys, "Save and next", "ballots")
    confirm_all(keys, ROOMS)


def enter_winners(keys: Keyboard, rooms: int, ticks: str) -> None:
    """Tick who goes on, by the numbers of the quarters."""
    keys.press("Return")
    for _room in range(rooms):
        keys.write(ticks)
        go_on(keys, "Save and next", "ballots")
    confirm_all(keys, rooms)


def correct_and_undo(keys: Keyboard) -> None:
    """Correct a confirmed ballot with a reason, then think better of it."""
    keys.press("Return")
    assert keys.offer == "Next room"
    keys.press("F2")
    keys.write("83")
    keys.press(NEXT)
    assert "Reason" in keys.here  # which a correction needs
    keys.write("read wrongly")
    keys.press(NEXT)
    go_on(keys, "Open the next room", "ballots")
    go_on(keys, "Confirm", "ballots")
    assert keys.last_words().endswith("confirmed. 0 to come.")
    keys.press("Ctrl+Z", "Ctrl+Z")  # the second look, then the correction
    assert "the ballot of Hall" in keys.last_words()


def champion(keys: Keyboard) -> str:
    """Return who won, as the Break page shows it."""
    keys.press("Ctrl+6")
    bracket: Bracket = keys.sees(BracketView).bracket
    assert bracket.champion is not None
    return bracket.champion.name


def test_a_whole_tournament_by_keyboard(keys: Keyboard) -> None:
    make_tournament(keys)
    register(keys, teams=TEAMS, judges=8, rooms=ROOMS)
    set_motion(keys, "Round 1")
    set_motion(keys, "Round 2")

    keys.press("Ctrl+1")
    go_on(keys, "Open the draw", "rounds/draw")
    keys.press("Alt+1", "Down", "Delete")
    keys.press("Insert")
    go_on(keys, "Go on to the draw", "rounds/draw")
    draw_to_release(keys)
    enter_ballots(keys)
    correct_and_undo(keys)
    keys.press("Esc")
    complete(keys, "rounds/availability")

    go_on(keys, "Go on to the draw", "rounds/draw")
    draw_to_release(keys)
    enter_ballots(keys)
    complete(keys, "overview/now")

    keys.press("Ctrl+5", "Ctrl+Shift+2", "F4")
    assert keys.dialog() == "Metrics of this table"
    keys.press("Down", "Space", NEXT)
    assert keys.place == "results"
    keys.press("Ctrl+1")

    go_on(keys, "Open the break", "breaks")
    go_on(keys, "Make break", "breaks")
    go_on(keys, "Create elimination rounds", "breaks")
    go_on(keys, "Open Semifinals", "rounds/draw")
    draw_to_release(keys, toss=True)
    enter_winners(keys, 2, "12")
    complete(keys, "rounds/availability")
    go_on(keys, "Go on to the draw", "rounds/draw")
    draw_to_release(keys, toss=True)
    enter_winners(keys, 1, "3")
    complete(keys, "overview/now")
    winner = champion(keys)

    keys.press("Ctrl+W")
    assert keys.app.window is None
    keys.press("Return")  # the latest tournament has the keys
    assert champion(keys) == winner
    look_at_the_file(keys)

    keys.press("Ctrl+Z")
    assert "Grand Final" in keys.last_words()
    assert [one.completed for one in rounds(keys)] == [True, True, True, False]
    keys.press("Ctrl+Shift+Z")
    look_at_the_file(keys)


def rounds(keys: Keyboard) -> list[RoundRow]:
    session = keys.app.session
    assert session is not None
    with session.workspace.database.read() as unit:
        return list_rounds(unit, session.tournament)


def look_at_the_file(keys: Keyboard) -> None:
    """Let the independent checker look at everything that is stored."""
    file = keys.app.file
    assert file is not None
    (owner,) = file.tournaments
    with file.workspace.database.read() as unit:
        found = read_input(unit, owner)
    assert [(one.name, one.completed) for one in rounds(keys)] == [
        ("Round 1", True), ("Round 2", True), ("Semifinals", True), ("Grand Final", True)]
    assert [one for one in check_tournament(found) if one.status == "failed"] == []
