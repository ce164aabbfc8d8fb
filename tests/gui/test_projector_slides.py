"""Slides: everything is on them once, large enough for the back row, whole, and painted fast."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from time import perf_counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSize

from tabapp.gui.present import measure
from tabapp.gui.present.painting import picture
from tabapp.gui.present.sheet import Box, Hall, Icon, Sheet, Text
from tabapp.gui.present.slides import lay_out
from tabapp.gui.present.state import Kind, make_slide
from tests.gui.public_rounds import (
    HIDDEN,
    INFO,
    public_awards,
    public_ballots,
    public_break,
    public_round,
    public_standings,
    team_names,
)

pytestmark = pytest.mark.usefixtures("light")
SIZES = [Hall(1920, 1080), Hall(1280, 720), Hall(1024, 768), Hall(3840, 2160, 40, 3)]


def sheets(kind: Kind, hall: Hall, teams: int = 88, text: str = "", **more: Any) -> list[Sheet]:
    slide = make_slide(
        kind, public_round(teams, **more), text, public_awards(teams), public_standings(teams),
        public_break(teams), public_ballots(teams // 4))
    assert slide is not None
    return list(lay_out(slide, hall))


def words(pages: list[Sheet]) -> str:
    """All words in the order in which they were put, lines of a name joined again."""
    return " ".join(text for page in pages for text in page.texts())


@pytest.mark.parametrize("hall", SIZES, ids=lambda one: f"{one.width}x{one.height}")
def test_the_draw_by_team_of_400_teams_has_each_team_exactly_once(hall: Hall) -> None:
    names = [f"Team{i:03}" for i in range(400)]
    slide = make_slide(Kind.TEAMS, public_round(names=names))
    assert slide is not None
    pages = lay_out(slide, hall)
    counted = Counter(text for page in pages for text in page.texts() if text in set(names))
    assert counted == Counter(names)
    order = [text for page in pages for text in page.texts() if text.startswith("Team0")]
    assert order == sorted(order)
    assert len(pages) > 1


@pytest.mark.parametrize("kind", [Kind.ROOMS, Kind.TEAMS, Kind.STANDINGS])
def test_names_are_never_shortened(kind: Kind) -> None:
    shown = words(sheets(kind, Hall(1920, 1080)))
    for name in team_names(88):
        assert name in shown
    assert "…" not in shown


@pytest.mark.parametrize("hall", SIZES, ids=lambda one: f"{one.width}x{one.height}")
@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_leaves_the_screen_and_nothing_important_is_too_small(
    kind: Kind, hall: Hall
) -> None:
    meant = {*team_names(88), *HIDDEN.values(), "OG", "14:30", "Maritime 1"}
    for page in sheets(kind, hall, text="Lunch until 13:15. " * 4):
        for one in page.items:
            if isinstance(one, Box):
                assert one.y + one.height <= hall.height
                continue
            if isinstance(one, Icon):
                assert one.y + one.size <= hall.height
                continue
            right = one.x + measure.width(one.text, one.px, one.weight, one.condensed)
            assert one.x >= 0, one.text
            assert right <= hall.width + 1, one.text
            assert one.y <= hall.height, one.text
            if one.text in meant:
                assert one.px >= hall.least, one.text


def test_the_size_of_type_follows_the_rule_of_the_hall() -> None:
    assert Hall(1920, 1080, 18, 2.4).least == 29
    assert Hall(1920, 1080, 36, 2.4).least == 58
    near, far = (len(sheets(Kind.TEAMS, Hall(1920, 1080, d, 2.4))) for d in (18, 40))
    assert far > near


def test_page_number_start_and_title_stand_at_the_same_place_on_each_page() -> None:
    for kind in (Kind.ROOMS, Kind.TEAMS):
        places = set()
        for page in sheets(kind, Hall(1920, 1080)):
            texts = {one.text: one for one in page.items if isinstance(one, Text)}
            number = next(one for text, one in texts.items() if text.startswith("Page "))
            start = texts["14:30"]
            places.add((number.y, start.x, start.y, texts["Round 5"].x, texts["Round 5"].y))
        assert len(places) == 1


def test_a_motion_comes_after_its_info_slide() -> None:
    first, second = sheets(Kind.MOTION, Hall(1920, 1080))
    assert INFO.split()[0] in words([first])
    assert "publish the draw" not in words([first])
    assert "publish the draw" in words([second])
    (only,) = sheets(Kind.MOTION, Hall(1920, 1080), info="")
    assert "publish the draw" in words([only])


def test_a_long_motion_takes_more_pages_and_loses_no_word() -> None:
    long = " ".join(f"word{i}" for i in range(300))
    pages = sheets(Kind.MOTION, Hall(1280, 720), motion=long, info="")
    assert len(pages) > 1
    assert " ".join(
        text for page in pages for text in page.texts() if "word" in text) == long


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(Kind), st.booleans(), st.booleans())
def test_no_page_of_any_slide_has_what_is_not_released(
    kind: Kind, draw: bool, motions: bool
) -> None:
    slide = make_slide(kind, public_round(8, draw=draw, motions=motions), "Lunch")
    shown = words(list(lay_out(slide, Hall()))) if slide is not None else ""
    assert (HIDDEN["team"] in shown) is (draw and kind in (Kind.ROOMS, Kind.TEAMS))
    assert (HIDDEN["motion"] in shown) is (motions and kind is Kind.MOTION)


def test_a_page_is_shown_for_six_seconds_at_least() -> None:
    (page,) = sheets(Kind.ROOMS, Hall(), teams=8)
    assert page.rows == 2
    assert page.seconds(1.3) == 6
    full = sheets(Kind.ROOMS, Hall())[0]
    assert full.seconds(1.3) == pytest.approx(full.rows * 1.3)


def test_a_full_page_is_painted_within_eight_milliseconds() -> None:
    page = sheets(Kind.TEAMS, Hall(), teams=400)[1]
    picture(page, QSize(1920, 1080), 1.0)
    took = []
    for _ in range(7):
        then = perf_counter()
        picture(page, QSize(1920, 1080), 1.0)
        took.append(perf_counter() - then)
    assert min(took) <= 0.008


def test_a_name_from_right_to_left_keeps_its_letters_in_order() -> None:
    assert measure.is_right_to_left("الواحة A")
    assert not measure.is_right_to_left("A الواحة")
    assert not measure.is_right_to_left("12 · 3")
    assert any("الواحة" in text for text in words(sheets(Kind.TEAMS, Hall())).split())


@pytest.mark.parametrize("kind", [Kind.ROOMS, Kind.TEAMS])
def test_teams_of_a_postponed_debate_are_sent_nowhere(kind: Kind) -> None:
    found = public_round(8)
    first = replace(found.rooms[0], room="", postponed=True)
    slide = make_slide(kind, replace(found, rooms=(first, found.rooms[1])))
    assert slide is not None
    shown = words(list(lay_out(slide, Hall(1920, 1080))))
    assert shown.count("Postponed") == (1 if kind is Kind.ROOMS else 4)
    assert "Maritime 1" not in shown
    assert "No room yet" not in shown


def test_standings_say_on_each_page_that_silent_rounds_are_left_out() -> None:
    found = public_standings(400)
    for left_out in (True, False):
        slide = make_slide(Kind.STANDINGS, None, standings=replace(found, left_out=left_out))
        assert slide is not None
        pages = lay_out(slide, Hall())
        assert len(pages) > 1
        assert all(("Silent rounds are left out" in one.texts()) is left_out for one in pages)
