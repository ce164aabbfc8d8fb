"""XML that attacks or is broken: a problem in plain words, never an exception."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.exchange import read_debatexml, write_archive
from tests.exchange.debatexml_samples import bp_debate, bp_file

BOMB = b"""<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<tournament name="&c;"/>"""
OUTSIDE = b"""<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><tournament name="x">&x;
</tournament>"""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (BOMB, "debatexml_forbidden"),
        (OUTSIDE, "debatexml_forbidden"),
        (b'<!DOCTYPE t SYSTEM "http://example.org/t.dtd"><tournament/>', "debatexml_forbidden"),
        (b"", "debatexml_broken"),
        (b"plain text", "debatexml_broken"),
        (b"<tournament>", "debatexml_broken"),
        (b"<tournament name='a\x00'/>", "debatexml_broken"),
        (b"<?xml version='1.0' encoding='klingon'?><tournament/>", None),
        (b"<?xml version='1.0' encoding='utf-7'?><tournament/>", None),
        (b"<html/>", "debatexml_wrong_root"),
        (b"<a>" * 50_000, "debatexml_broken"),
        (b"<a>" * 50_000 + b"</a>" * 50_000, "debatexml_wrong_root"),
    ],
)
def test_what_is_no_debatexml_is_refused(data: bytes, code: str | None) -> None:
    imported = read_debatexml(data, "file.xml")
    assert imported.archive is None
    assert [problem.level for problem in imported.problems] == ["error"]
    assert imported.problems[0].code == (code or imported.problems[0].code)
    assert imported.problems[0].code.startswith("debatexml_")


def test_broken_xml_is_told_by_line_and_column() -> None:
    problem = read_debatexml(b"<tournament>\n  <round></rund>\n</tournament>", "f").problems[0]
    assert problem.where == "line 2, column 12"
    assert "mismatched tag" in problem.message


def test_elements_nested_without_end_are_survived() -> None:
    deep = "<b>" * 20_000 + "bears" + "</b>" * 20_000
    data = bp_file().replace(b"Bears <b>are</b> big.", deep.encode())
    imported = read_debatexml(data, "f")
    assert imported.archive is not None
    assert imported.archive.motions[0].info_slide == "bears"


def test_a_file_in_another_encoding_is_read_when_it_says_so() -> None:
    data = '<?xml version="1.0" encoding="UTF-16"?>' + bp_file().decode().replace("Jo", "Zoë")
    imported = read_debatexml(data.encode("utf-16"), "f")
    assert imported.problems == ()
    assert imported.archive is not None
    assert imported.archive.adjudicators[0].name == "Zoë"


def test_an_empty_tournament_is_told_to_have_no_rounds() -> None:
    imported = read_debatexml(b"<tournament name='x'/>", "f")
    assert "debatexml_no_rounds" in [problem.code for problem in imported.problems]
    assert not imported.storable


TEXT = bp_file().decode()
PIECES = ["T1", "A1 A2", "", "-1", "1e9", "true", "None", "Ünïcode", "9" * 40, "0", "2", "S9"]


def mutated(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 8)):
        quotes = [place for place, c in enumerate(text) if c == '"']
        starts = [place for place, c in enumerate(text) if c == "<"]
        match rng.randrange(4):
            case 0 if len(quotes) > 2:
                pair = rng.randrange(0, len(quotes) - 1, 2)
                a, b = quotes[pair], quotes[pair + 1]
                text = f"{text[: a + 1]}{rng.choice(PIECES)}{text[b:]}"
            case 1 if len(starts) > 2:
                place = rng.randrange(len(starts) - 1)
                a, b = starts[place], starts[place + 1]
                if "/>" in text[a:b] or rng.random() < 0.1:
                    text = text[:a] + text[b:]
            case 2 if starts:
                place = text.find(">", rng.choice(starts))
                text = f"{text[: place + 1]}{rng.choice(PIECES)}{text[place + 1 :]}"
            case _:
                a = text.find("<side")
                b = text.find("</side>") + len("</side>")
                if 0 <= a < b:
                    piece = text[a:b]
                    text = text[:a] + rng.choice(["", piece + piece, piece * 4]) + text[b:]
    return text


@given(seed=st.integers(0, 2**48), cut=st.integers(0, 3 * len(TEXT)))
@settings(max_examples=200, deadline=None)
def test_mutated_and_truncated_files_never_raise(seed: int, cut: int) -> None:
    imported = read_debatexml(mutated(TEXT, random.Random(seed))[:cut].encode(), "f")
    assert imported.archive is not None or imported.problems
    for problem in imported.problems:
        assert problem.message
    if imported.storable and imported.archive is not None:
        assert write_archive(imported.archive)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_mutated_bytes_never_raise(seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(bp_file(f'<round name="R">{bp_debate()}</round>'))
    for _ in range(rng.randint(1, 3)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    imported = read_debatexml(bytes(data), "f")
    assert imported.archive is not None or imported.problems
