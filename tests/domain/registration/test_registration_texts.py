"""What people type: cleaned once and for all, and read without a surprise."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.core.errors import Problem
from tabapp.domain.registration import FIELDS, Register, check_new, clean, fold
from tabapp.domain.registration.texts import read_number, read_text, split_names


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert "  " not in once or any(c in once for c in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


@given(st.text(max_size=100))
@settings(max_examples=150, deadline=None)
def test_what_is_stored_of_a_name_has_no_break_and_is_not_too_long(text: str) -> None:
    rule = FIELDS["speaker"]["name"]
    stored, problems = read_text(rule, "name", text)
    if not problems:
        assert 0 < len(stored) <= rule.limit
        assert stored.splitlines() == [stored]


@given(st.text(alphabet=st.sampled_from("aב \u061c\u200e\u200f\u202a\u202e\u2066\u2069")))
def test_no_name_turns_the_direction_of_the_line_around_it(text: str) -> None:
    assert not any(
        unicodedata.bidirectional(c) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI",
                                         "PDI") for c in clean(text))
    assert clean("\u202eevil\u202c") == "evil"


def test_decomposed_and_composed_letters_are_one_name() -> None:
    assert fold("Nu\u0303n\u0303ez") == fold("Nũñez")
    register = Register()
    check_new("team", {"name": "Núñez A"}, register)
    _entry, problems = check_new("team", {"name": "nu\u0301n\u0303ez a"}, register)
    assert [one.code for one in problems] == ["name_taken"]


@pytest.mark.parametrize("text", ["marta@@", "marta", "a@b", "a b@c.de", "@c.de", "a@c..de"])
def test_what_is_no_address_is_refused(text: str) -> None:
    assert [one.code for one in read_text(FIELDS["speaker"]["email"], "email", text)[1]] == [
        "email_wrong"]


@pytest.mark.parametrize("text", ["", "a@b.de", "ana.núñez+tab@uni-x.ac.uk", "  a@b.de "])
def test_addresses_and_nothing_are_taken(text: str) -> None:
    assert read_text(FIELDS["speaker"]["email"], "email", text) == (text.strip(), [])


@pytest.mark.parametrize(("text", "value"), [("4,5", 4.5), ("\u22122", -2.0), ("", None)])
def test_numbers_are_read_as_people_write_them(text: str, value: float | None) -> None:
    assert read_number(FIELDS["team"]["seed"], "seed", text) == (value, [])


@pytest.mark.parametrize("text", ["nan", "inf", "1e400", "four", "1e9"])
def test_what_cannot_be_kept_as_a_number_is_refused(text: str) -> None:
    value, problems = read_number(FIELDS["team"]["seed"], "seed", text)
    assert value is None
    assert len(problems) == 1
    assert isinstance(problems[0], Problem)


def test_speakers_in_one_cell_are_parted_by_what_people_use() -> None:
    assert split_names("Ana Núñez & Otto Lind; Mia,\nJo") == ["Ana Núñez", "Otto Lind", "Mia", "Jo"]
