"""The slide of a break: its title, one team a step from the last place up, then the list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tabapp.domain.public import PublicBreak
from tabapp.gui.present import measure
from tabapp.gui.present.ordinals import ordinal
from tabapp.gui.present.sheet import Box, Hall, Sheet, Text
from tabapp.gui.present.slides import lay_out
from tabapp.gui.present.state import Kind, Show, Slide, lock_of, make_slide
from tests.gui.hall_edges import stays_inside
from tests.gui.public_rounds import public_awards, public_break, public_round, team_names

pytestmark = pytest.mark.usefixtures("light")
SIZES = [Hall(1920, 1080), Hall(1366, 768), Hall(1024, 768), Hall(1280, 720, 40, 2.4)]


def pages_of(found: PublicBreak, hall: Hall) -> tuple[Sheet, ...]:
    return lay_out(Slide(Kind.BREAK, breaking=found), hall)


def words(page: Sheet) -> str:
    """The words of a page, lines of a name joined again."""
    return " ".join(page.texts())


def letters(page: Sheet) -> str:
    """All letters of a page: a line may break between two that belong together."""
    return "".join("".join(page.texts()).split())


def long_break(teams: int) -> PublicBreak:
    return replace(public_break(names=[
        f"The Honourable Society of {one} and All Its Outer Islands"
        for one in team_names(teams)]), rooms=None)


def plain(teams: int) -> PublicBreak:
    """A break whose names do not contain each other, without rooms and judges."""
    return replace(
        public_break(names=[f"Team{at:03}" for at in range(teams)]), rooms=None, judges=())


def test_places_are_read_out_in_words() -> None:
    assert [ordinal(place) for place in (1, 3, 20, 21, 22, 48, 111)] == [
        "first", "third", "twentieth", "21st", "22nd", "48th", "111th"]


@pytest.mark.parametrize("teams", [1, 2, 16, 48])
def test_each_step_names_one_more_team_from_the_last_place_up(teams: int) -> None:
    found = plain(teams)
    title, *steps = pages_of(found, Hall())[:teams + 1]
    assert "Open break" in words(title)
    assert not any(one.team in words(title) for one in found.teams)
    order = found.teams[::-1]
    for at, page in enumerate(steps):
        shown = words(page)
        assert order[at].team in shown
        assert ordinal(order[at].place) in page.texts()
        assert not any(one.team in shown for one in order[at + 1:])
        assert ("to come" in shown) is (at < teams - 1)


def test_a_shared_place_is_told_as_joint() -> None:
    found = plain(16)
    steps = pages_of(found, Hall())[1:17]
    joint = [page for page in steps if "breaking joint" in page.texts()]
    assert [("fifth" in page.texts()) for page in joint] == [True, True]
    assert "5=" in steps[-1].texts()


def test_the_list_follows_whole_then_the_rooms_then_the_judges() -> None:
    found = public_break(16)
    pages = pages_of(found, Hall())
    whole, rooms, judges = pages[17], pages[18], pages[-1]
    assert all(one.team in words(whole) for one in found.teams)
    assert "Draw by room" in words(rooms)
    assert "Breaking judges" in words(judges)
    assert all(one in words(judges) for one in found.judges)
    bare = pages_of(replace(found, rooms=None, judges=()), Hall())
    assert len(bare) == 18


def test_what_is_not_public_leaves_no_words() -> None:
    found = plain(8)
    bare = replace(found, rounds=0, teams=tuple(
        replace(one, home="", people=(), points="") for one in found.teams))
    shown = " ".join(map(words, pages_of(bare, Hall())))
    assert "point" not in shown
    assert "Harrowgate" not in shown
    assert "·" not in shown


@pytest.mark.parametrize("hall", SIZES, ids=lambda one: f"{one.width}x{one.height}at{one.back_row}")
@pytest.mark.parametrize("teams", [16, 48])
def test_every_name_is_whole_readable_and_on_the_screen(hall: Hall, teams: int) -> None:
    found = long_break(teams)
    pages = pages_of(found, hall)
    fixed = {hall.at(size) for size in (24, 26, 29, 52)}  # foot, heads of columns, heading
    listed = "".join(map(letters, pages[teams + 1:]))
    for at, one in enumerate(found.teams[::-1]):
        whole = "".join(one.team.split())
        assert whole in letters(pages[at + 1])
        assert whole in listed
    for page in pages:
        assert "…" not in words(page)
        for item in page.items:
            if isinstance(item, Box):
                assert item.y + item.height <= hall.height
            elif isinstance(item, Text):
                right = item.x + measure.width(item.text, item.px, item.weight, item.condensed)
                assert item.x >= 0, item.text
                assert right <= hall.width + 1, item.text
                assert item.px >= hall.least or item.px in fixed, item.text


@pytest.mark.parametrize("hall", SIZES, ids=lambda one: f"{one.width}x{one.height}at{one.back_row}")
def test_no_pixel_is_painted_outside_the_screen(hall: Hall) -> None:
    pages = pages_of(long_break(16), hall)
    for page in (pages[0], pages[1], pages[12], pages[16], pages[17], pages[-1]):
        assert stays_inside(page, hall), words(page)


# --- the show ----------------------------------------------------------------------------------


def test_a_slide_of_a_break_holds_nothing_else_and_is_locked_without_one() -> None:
    assert lock_of(Kind.BREAK, public_round()) == "break"
    assert make_slide(Kind.BREAK, public_round(), "Lunch", public_awards(4)) is None
    found = public_break()
    slide = make_slide(
        Kind.BREAK, public_round(), "Lunch", public_awards(4), breaking=found)
    assert slide == Slide(Kind.BREAK, breaking=found)
    other = make_slide(Kind.ROOMS, public_round(), breaking=found)
    assert other is not None
    assert other.breaking is None


def test_a_team_is_never_revealed_by_time() -> None:
    show = Show()
    show.take(Slide(Kind.BREAK, breaking=public_break()), 5)
    assert not show.tick(600, 6, 20)
    assert show.round_id is None
    assert show.renew(None, breaking=public_break()) == "same"


def test_a_change_waits_but_who_breaks_no_more_takes_the_slide_off_the_screen() -> None:
    show, found = Show(), public_break(16)
    slide = Slide(Kind.BREAK, breaking=found)
    show.take(slide, None)
    assert show.renew(None, breaking=public_break(17)) == "update"
    assert show.live is slide
    fewer = replace(found, teams=found.teams[:-1])
    for now in (fewer, replace(found, rooms=None), replace(found, judges=()), None,
                replace(found, rounds=0)):
        show.take(slide, None)
        assert show.renew(None, breaking=now) == "withdrawn"
        assert show.is_dark


@pytest.mark.parametrize("hall", SIZES)
def test_a_line_ends_between_two_people_and_not_inside_a_name(hall: Hall) -> None:
    found = plain(4)
    people = tuple(
        f"{first} van der {last}" for first, last in (
            ("Annemarie", "Hoogenbosch"), ("Bartholomew", "Lindenmeyer"), ("Cho", "Oosterhuis")))
    found = replace(
        found, teams=tuple(replace(one, people=people, home="") for one in found.teams))
    texts = pages_of(found, hall)[1].texts()
    for one in people:
        assert any(one in text for text in texts)
    assert not any("\u00a0" in text for text in texts)


def test_a_name_wider_than_a_line_breaks_between_its_words() -> None:
    found = plain(4)
    name = " ".join(["Wolfeschlegelsteinhausen"] * 6)
    found = replace(found, teams=tuple(
        replace(one, people=(name, "Bo Li"), home="") for one in found.teams))
    texts = pages_of(found, Hall())[1].texts()
    parts = " ".join(texts).split()
    assert parts.count("Wolfeschlegelsteinhausen") == 6
    assert any("Bo Li" in text for text in texts)
