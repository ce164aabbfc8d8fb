"""The slide of awards: in the order of the ceremony, step by step, whole, large enough."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tabapp.domain.public import PublicAward
from tabapp.gui.present import measure
from tabapp.gui.present.awards import first_step, in_reveal_order, lay_out_awards
from tabapp.gui.present.sheet import Hall, Sheet, Text
from tabapp.gui.present.state import Kind, Show, lock_of, make_slide
from tests.gui.hall_edges import stays_inside
from tests.gui.public_rounds import public_awards, public_round, team_names

pytestmark = pytest.mark.usefixtures("light")
SIZES = [Hall(1920, 1080), Hall(1280, 720), Hall(1280, 720, 40, 2.4)]


def words(page: Sheet) -> str:
    """The words of a page, lines of a name joined again."""
    return " ".join(page.texts())


def long_awards(winners: int = 400) -> tuple[PublicAward, ...]:
    """The awards of teams whose names are all far too long."""
    long = {one: f"The Honourable Society of {one} and All Its Outer Islands and Colleges"
            for one in team_names(400)}
    return tuple(
        replace(one, winners=tuple(
            replace(winner, name=long[winner.name]) if winner.name else winner
            for winner in one.winners))
        for one in public_awards(winners))


def test_the_most_common_come_first_and_the_legendary_last() -> None:
    order = [one.key for one in in_reveal_order(public_awards())]
    assert order == ["tournament_finished", "first_win", "giant_killer", "champion"]


def test_an_award_is_announced_before_its_winner_is_named() -> None:
    awards = public_awards(8)
    pages = lay_out_awards(awards, Hall())
    champion = awards[0]
    at = first_step(awards, "champion", Hall())
    announced, named = pages[at], pages[at + 1]
    assert champion.title in words(announced)
    assert champion.sentence in words(announced)
    assert "Legendary" in words(announced)
    assert champion.winners[0].name not in words(announced)
    assert champion.winners[0].name in words(named)
    assert champion.winners[0].sentence in words(named)
    assert not any(champion.title in words(page) for page in pages[:at])
    assert first_step(awards, "no such award", Hall()) == 0


def test_a_few_winners_are_revealed_one_by_one() -> None:
    awards = public_awards(8)
    at = first_step(awards, "giant_killer", Hall())
    winners = awards[1].winners
    for number in range(len(winners)):
        shown = words(lay_out_awards(awards, Hall())[at + 1 + number])
        for place, one in enumerate(winners):
            assert (one.sentence in shown) is (place <= number)


@pytest.mark.parametrize("hall", SIZES, ids=lambda one: f"{one.width}x{one.height}at{one.back_row}")
def test_every_one_of_400_winners_is_named_once_and_never_shortened(hall: Hall) -> None:
    awards = long_awards()
    first, last = (first_step(awards, key, hall) for key in ("first_win", "giant_killer"))
    pages = lay_out_awards(awards, hall)[first + 1:last]
    assert len(pages) > 5
    shown = " ".join(map(words, pages))
    for one in awards[-1].winners:
        assert shown.count(one.name) == 1
    assert "…" not in shown


@pytest.mark.parametrize("hall", SIZES, ids=lambda one: f"{one.width}x{one.height}at{one.back_row}")
@pytest.mark.parametrize("winners", [1, 12, 400])
def test_no_pixel_is_painted_outside_the_screen(hall: Hall, winners: int) -> None:
    pages = lay_out_awards(long_awards(winners), hall)
    for page in [*pages[:6], *pages[-8:]]:
        assert stays_inside(page, hall), words(page)


@pytest.mark.parametrize("hall", SIZES, ids=lambda one: f"{one.width}x{one.height}at{one.back_row}")
def test_words_stand_below_the_heading_above_the_foot_and_can_be_read(hall: Hall) -> None:
    small = {hall.at(24), hall.at(29), hall.at(52)}  # foot and heading
    for page in lay_out_awards(long_awards(), hall):
        for one in page.items:
            if isinstance(one, Text) and one.px not in small:
                assert one.px >= hall.least, one.text
                assert one.y <= hall.at(1012), one.text
                right = one.x + measure.width(one.text, one.px, one.weight, one.condensed)
                assert one.x >= 0, one.text
                assert right <= hall.width + 1, one.text


def test_what_an_award_of_the_tournament_tells_stands_alone() -> None:
    awards = public_awards(8)
    at = first_step(awards, "tournament_finished", Hall())
    assert "All of 9 rounds were held." in words(lay_out_awards(awards, Hall())[at + 1])


def test_no_awards_are_one_page() -> None:
    (page,) = lay_out_awards((), Hall())
    assert "No award" in words(page)


# --- the show ----------------------------------------------------------------------------------


def test_a_slide_of_awards_holds_nothing_but_awards_and_is_locked_without_any() -> None:
    assert lock_of(Kind.AWARDS, public_round()) == "awards"
    assert make_slide(Kind.AWARDS, public_round(), "Lunch") is None
    slide = make_slide(Kind.AWARDS, public_round(), "Lunch", public_awards(4))
    assert slide is not None
    assert (slide.round, slide.text) == (None, "")
    other = make_slide(Kind.ROOMS, public_round(), "", public_awards(4))
    assert other is not None
    assert other.awards == ()


def test_a_winner_is_never_revealed_by_time() -> None:
    show = Show()
    slide = make_slide(Kind.AWARDS, None, "", public_awards(4))
    assert slide is not None
    show.take(slide, 5)
    assert not show.tick(600, 6, 12)
    assert show.round_id is None
    assert show.renew(None, public_awards(4)) == "same"


def test_another_award_waits_and_one_that_is_public_no_more_goes_dark() -> None:
    awards = public_awards(4)
    slide = make_slide(Kind.AWARDS, None, "", awards[1:])
    assert slide is not None
    show = Show()
    show.take(slide, None)
    assert show.renew(None, awards) == "update"
    assert show.live is slide
    fewer = (*awards[:3], replace(awards[3], winners=awards[3].winners[:-1]))
    assert show.renew(None, fewer) == "withdrawn"
    assert show.is_dark
    show.take(slide, None)
    assert show.renew(None, ()) == "withdrawn"
