"""The show without a screen: live changes only when told, and falls dark when it must."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.domain.public import PublicPlace, PublicRound, PublicStandings
from tabapp.gui.present.state import Kind, Show, Slide, lock_of, make_slide
from tests.gui.public_rounds import HIDDEN, public_ballots, public_round

STANDINGS = PublicStandings(("Round 1", "Round 2"), False, (PublicPlace("Aldermere 1", "6"),))


def test_standings_are_locked_until_a_round_is_public() -> None:
    assert lock_of(Kind.STANDINGS, None) == "standings"
    assert make_slide(Kind.STANDINGS, public_round()) is None
    slide = make_slide(Kind.STANDINGS, public_round(), standings=STANDINGS)
    assert slide == Slide(Kind.STANDINGS, standings=STANDINGS)


def test_standings_wait_with_a_change_but_fall_dark_when_a_round_is_public_no_more() -> None:
    show = Show()
    show.take(Slide(Kind.STANDINGS, standings=STANDINGS), None)
    assert show.turns_alone
    assert show.renew(None, standings=STANDINGS) == "same"
    more = replace(STANDINGS, rounds=("Round 1", "Round 2", "Round 3"))
    assert show.renew(None, standings=more) == "update"
    assert show.live is not None
    assert show.live.standings == STANDINGS
    assert show.renew(None, standings=replace(STANDINGS, rounds=("Round 1",))) == "withdrawn"
    assert show.is_dark


def test_standings_fall_dark_when_nothing_is_public() -> None:
    show = Show()
    show.take(Slide(Kind.STANDINGS, standings=STANDINGS), None)
    assert show.renew(None) == "withdrawn"


def taken(kind: Kind = Kind.ROOMS) -> Show:
    show = Show()
    slide = make_slide(kind, public_round())
    assert slide is not None
    show.take(slide, 5)
    return show


@given(
    kind=st.sampled_from(
        [one for one in Kind if one not in (Kind.AWARDS, Kind.BREAK, Kind.STANDINGS)]),
    draw=st.booleans(), motions=st.booleans())
def test_no_slide_holds_what_is_not_released(kind: Kind, draw: bool, motions: bool) -> None:
    slide = make_slide(
        kind, public_round(draw=draw, motions=motions), "Lunch", ballots=public_ballots())
    allowed = {
        Kind.ROOMS: draw, Kind.TEAMS: draw, Kind.BALLOTS: draw, Kind.MOTION: motions,
    }.get(kind, True)
    assert (slide is not None) is allowed
    if kind is not Kind.MOTION or not motions:
        assert HIDDEN["motion"] not in repr(slide)
    if kind not in (Kind.ROOMS, Kind.TEAMS) or not draw:
        assert HIDDEN["team"] not in repr(slide)


@pytest.mark.parametrize(
    ("kind", "lock"), [(Kind.ROOMS, "draw"), (Kind.TEAMS, "draw"), (Kind.MOTION, "motion"),
                       (Kind.MESSAGE, "text")])
def test_a_locked_slide_says_what_is_missing(kind: Kind, lock: str) -> None:
    assert lock_of(kind, public_round(draw=False, motions=False)) == lock
    assert lock_of(kind, None) == ("text" if kind is Kind.MESSAGE else "round")


def test_new_data_waits_until_it_is_accepted() -> None:
    show = taken()
    before = show.live
    assert show.renew(public_round()) == "same"
    assert show.renew(public_round(starts="15:00")) == "update"
    assert show.live is before
    show.accept()
    assert show.live is not None
    assert show.live.round is not None
    assert show.live.round.starts == "15:00"
    assert show.update is None


def test_an_update_that_was_taken_back_waits_no_longer() -> None:
    show = taken()
    show.renew(public_round(starts="15:00"))
    assert show.renew(public_round()) == "same"
    assert show.update is None


@pytest.mark.parametrize("now", [public_round(draw=False), None])
def test_live_falls_dark_when_it_is_no_longer_released(now: PublicRound | None) -> None:
    show = taken()
    show.renew(public_round(starts="15:00"))
    assert show.renew(now) == "withdrawn"
    assert show.is_dark
    assert show.live is None
    assert show.update is None


def test_a_release_of_the_motion_does_not_touch_the_draw_that_is_live() -> None:
    show = taken()
    assert show.renew(public_round(motions=False)) == "same"


def test_pages_turn_by_time_and_begin_again() -> None:
    show = taken()
    assert not show.tick(5.9, 6, 2)
    assert show.tick(0.2, 6, 2)
    assert show.page == 1
    assert show.tick(6, 6, 2)
    assert show.page == 0


def test_a_frozen_or_blank_page_stays() -> None:
    show = taken()
    show.frozen = True
    assert not show.tick(60, 6, 2)
    show.frozen, show.blank = False, True
    assert not show.tick(60, 6, 2)
    assert show.is_dark


def test_a_motion_is_never_revealed_by_time() -> None:
    show = taken(Kind.MOTION)
    assert not show.tick(600, 6, 2)
    show.turn(1, 2)
    assert show.page == 1
    show.turn(1, 2)
    assert show.page == 1


def test_a_message_knows_no_round() -> None:
    show = Show()
    show.take(Slide(Kind.MESSAGE, text="Lunch"), 5)
    assert show.round_id is None
    assert show.renew(replace(public_round(), name="Other")) == "same"
