"""Names, PINs and the wait after wrong ones, without a file or a clock."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.core.actors import AUTOMATIC
from tabapp.core.errors import UserError
from tabapp.domain.lookalikes import seen, skeleton
from tabapp.domain.operators import (
    NAME_LIMIT,
    WAITS,
    clean_name,
    clean_pin,
    name_key,
    seconds_left,
    wait_after,
)

NOW = datetime(2026, 4, 18, 14, 0, tzinfo=UTC)


def refused_name(name: str, *others: str) -> str:
    with pytest.raises(UserError) as caught:
        clean_name(name, others)
    return caught.value.code


def refused_pin(typed: str) -> UserError:
    with pytest.raises(UserError) as caught:
        clean_pin(typed)
    return caught.value


def test_a_name_is_trimmed_and_has_single_spaces() -> None:
    assert clean_name("  Bea \t van   Dijk ", []) == "Bea van Dijk"


@pytest.mark.parametrize("name", ["", "   ", "\t\n", "\u200b", "\u2060 \u200b"])
def test_a_name_that_nobody_can_see_is_missing(name: str) -> None:
    assert refused_name(name) == "operator_name_missing"


def test_a_name_has_a_hundred_letters_and_not_one_more() -> None:
    assert clean_name("a" * NAME_LIMIT, []) == "a" * NAME_LIMIT
    assert refused_name("a" * (NAME_LIMIT + 1)) == "operator_name_long"


@pytest.mark.parametrize(
    ("name", "other"),
    [("bea", "Bea"), ("BEA  VAN DIJK", "Bea van Dijk"), ("\uff22\uff45\uff41", "Bea"),
     ("Jose\u0301", "Jos\xe9"), ("STRASSE", "Stra\xdfe")])
def test_a_name_that_only_looks_otherwise_is_taken(name: str, other: str) -> None:
    assert refused_name(name, "Ann", other) == "operator_name_taken"


@pytest.mark.parametrize("name", [
    "Do\u200bra", "Dora\u202e", "\ufeffDora", "Do\xadra", "Do\x07ra", "Do\x1b[1mra", "Do\ud800"])
def test_a_name_holds_nothing_that_nobody_sees(name: str) -> None:
    assert refused_name(name) == "operator_name_unseen"
    assert name_key(name) == name_key(seen(name))


@pytest.mark.parametrize(
    ("name", "other"),
    [("D\u03bfra", "Dora"), ("D\u041eRA", "dora"), ("\u0421h\u043bo\u0435", "Ch\u043boe"),
     ("J\u03bf\u0301", "J\xf3"), ("Dora\ufe0f", "Dora"), ("Dora\u3164", "Dora"),
     ("\u0430\u0440\u0435", "ape"), ("ape", "\u0430\u0440\u0435")])
def test_a_name_that_looks_like_another_is_refused(name: str, other: str) -> None:
    assert refused_name(name, "Ann", other) == "operator_name_alike"


@pytest.mark.parametrize(
    "name", ["Вера", "Γιώργος", "José", "Doris", "Dorа Ли", "나래", "مريم", "दोरा", "D0ra"])
def test_a_name_of_any_alphabet_is_a_name(name: str) -> None:
    assert clean_name(name, ["Dora", "Vera"]) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("name", ["Dora (command line)", "Dora(Command  Line)", "(command line)",
                                  "Dora (\u0441ommand line)", "D \uff08command line\uff09"])
def test_nobody_is_called_as_who_works_without_the_window(name: str) -> None:
    assert refused_name(name) == "operator_name_command_line"


def test_a_letter_without_a_shape_is_no_name() -> None:
    assert refused_name("\u3164") == "operator_name_missing"


@given(st.text(max_size=30), st.integers(0, 30), st.sampled_from("\u200b\u200d\u202e\x07\xad"))
def test_what_nobody_sees_makes_no_other_name(name: str, at: int, unseen: str) -> None:
    longer = name[:at] + unseen + name[at:]
    assert name_key(longer) == name_key(name)
    assert skeleton(longer) == skeleton(name)


@pytest.mark.parametrize("name", sorted(AUTOMATIC))
def test_nobody_is_called_as_the_program_itself(name: str) -> None:
    assert refused_name(name.upper()) == "operator_name_reserved"


@pytest.mark.parametrize("typed", ["1234", "00000000", " 0420 "])
def test_four_to_eight_digits_are_a_pin(typed: str) -> None:
    assert clean_pin(typed) == typed.strip()


@pytest.mark.parametrize(
    "typed", ["\u0661\u0662\u0663\u0664", "\u0967\u0968\u0969\u096a", "\uff11\uff12\uff13\uff14"])
def test_digits_of_every_script_are_the_same_pin(typed: str) -> None:
    assert clean_pin(typed) == "1234"


@pytest.mark.parametrize(
    "typed", ["12a4", "12 34", "\xb9\xb2\xb3\u2074", "-123", "1,234", "\u2460" * 4])
def test_what_is_no_digit_is_refused_without_being_repeated(typed: str) -> None:
    error = refused_pin(typed)
    assert error.code == "pin_letters"
    assert typed not in str(error)


@pytest.mark.parametrize("typed", ["", "123", "123456789"])
def test_a_pin_is_neither_shorter_nor_longer(typed: str) -> None:
    assert refused_pin(typed).code == "pin_length"


@given(st.text(max_size=12))
def test_a_pin_is_ascii_digits_or_refused(typed: str) -> None:
    try:
        clean = clean_pin(typed)
    except UserError:
        return
    assert clean.isascii()
    assert clean.isdecimal()
    assert 4 <= len(clean) <= 8


@given(st.text(max_size=30))
def test_a_clean_name_stays_as_it_is(name: str) -> None:
    try:
        clean = clean_name(name, [])
    except UserError:
        return
    assert clean_name(clean, []) == clean
    assert name_key(clean) == name_key(name)
    assert unicodedata.is_normalized("NFC", clean)


def test_the_wait_is_nothing_at_first_and_five_minutes_at_most() -> None:
    assert [wait_after(n) for n in range(10)] == [0, 0, 0, 2, 5, 15, 30, 60, 120, 300]
    assert wait_after(10_000) == 300
    assert list(WAITS) == sorted(WAITS)


def test_the_wait_ends_when_it_is_over() -> None:
    until = NOW + timedelta(seconds=15)
    assert seconds_left(5, until, NOW) == 15
    assert seconds_left(5, until, NOW + timedelta(seconds=14.2)) == 1
    assert seconds_left(5, until, until) == 0
    assert seconds_left(5, None, NOW) == 0


@given(
    wrong=st.integers(0, 40), ahead=st.floats(-1e7, 1e7),
)
def test_a_clock_that_was_set_back_never_makes_the_wait_longer_than_it_was(
    wrong: int, ahead: float
) -> None:
    left = seconds_left(wrong, NOW + timedelta(seconds=ahead), NOW)
    assert 0 <= left <= wait_after(wrong)


def test_a_clock_that_was_set_back_does_not_open_at_once() -> None:
    until = NOW + timedelta(seconds=30)
    assert seconds_left(6, until, NOW - timedelta(days=1)) == 30
