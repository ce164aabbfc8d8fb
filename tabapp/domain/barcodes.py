"""What a barcode says, in which order codes are given, and the bars of Code 128.

A barcode holds ten digits: four of the tournament and six of the thing. The six are drawn by lot:
nobody reads a bracket from them, a slip of the finger hardly meets another thing, and two copies
of one file, which know nothing of each other, hardly give one code to two debates. Numbers counted
up would do that at once: both copies would count on from the same one.

How hardly: where each of two copies gives 100 codes, a sheet that is scanned at the wrong one is
taken for another room there once in 4,500 times. A lot that also knew what the other copy gave
would need a place outside of both files, which two laptops without a net do not have.

A copy that is put in the place of its file does know that codes were given which it has not (see
``code_line``). It goes on in a line of its own, and codes of different lines are never equal.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from tabapp.core.errors import UserError

Kind = Literal["debate", "adjudicator", "speaker", "venue"]
KINDS: tuple[Kind, ...] = get_args(Kind)

LOWEST, COUNT = 100_000, 900_000
"""The first code of six digits that does not begin with a nought, and how many there are."""
LINES = 5
"""Lines whose codes are told apart; the next one begins again with those of the first."""
_CODE = re.compile(r"[1-9][0-9]{5}", re.ASCII)
_TAG = re.compile(r"[0-9]{4}", re.ASCII)
_WHOLE = re.compile(r"[0-9]{4}[1-9][0-9]{5}", re.ASCII)
_DIGITS = re.compile(r"[0-9]{6,}", re.ASCII)
_BLANKS = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was scanned or typed: the text as it is, and tag and code where it has their form.

    ``tag`` is "" where six digits were typed by hand.
    """

    text: str
    tag: str = ""
    code: str = ""


def read_scan(text: str) -> Scanned:
    """Take apart what a scanner or a person gave; blanks and hyphens within digits do no harm.

    >>> read_scan(" 4821-593 017\\n")
    Scanned(text='4821-593 017', tag='4821', code='593017')
    >>> read_scan("593 017").code, read_scan("Room 7").code
    ('593017', '')
    """
    kept = text.strip()
    digits = _BLANKS.sub("", kept)
    if _WHOLE.fullmatch(digits):
        return Scanned(kept, digits[:4], digits[4:])
    return Scanned(kept, "", digits if _CODE.fullmatch(digits) else "")


def is_scan(text: str) -> bool:
    """Tell whether only a scanner, or who reads a code aloud, gives such a text: digits alone.

    Whether anything can have it is another question.

    >>> is_scan("0000 000-000"), is_scan("12345"), is_scan("Room 123456")
    (True, False, False)
    """
    return _DIGITS.fullmatch(_BLANKS.sub("", text)) is not None


def is_code(text: str) -> bool:
    """Tell whether a text has the form of the codes that this program gives."""
    return _CODE.fullmatch(text) is not None


def is_tag(text: object) -> bool:
    """Tell whether a value has the form of a tournament's four digits."""
    return isinstance(text, str) and _TAG.fullmatch(text) is not None


def bar_text(tag: str, code: str) -> str:
    """Return what the bars say; a code that came from elsewhere stands for itself.

    >>> bar_text("4821", "593017"), bar_text("4821", "JUDGE-7")
    ('4821593017', 'JUDGE-7')
    """
    return tag + code if is_code(code) else code


def new_tag(seed: str, taken: Iterable[str] = ()) -> str:
    """Return four digits for a tournament that none of the ``taken`` has.

    ``UserError`` ``codes_used_up`` where all are.
    """
    used = set(taken)
    start = _hash(f"tag:{seed}") % 9000
    for step in range(9000):
        tag = str(1000 + (start + step) % 9000)
        if tag not in used:
            return tag
    raise UserError("codes_used_up")


def codes_in(line: int) -> int:
    """Return how many codes a line of a file's life has: half of all, a quarter, an eighth…"""
    return ((COUNT - 1 >> line % LINES) + 1) // 2


def draw_code(line: int, pick: Callable[[int], int]) -> str:
    """Return a code of six digits; ``pick`` returns a number from 0 up to what it is given.

    The codes of a line have a number that 2 divides as many times as lines went before, so that no
    other line has them.
    """
    return str(LOWEST + (2 * pick(codes_in(line)) + 1 << line % LINES))


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


# --- Code 128 ----------------------------------------------------------------------------------

_SYMBOLS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232"
    " 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122"
    " 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311"
    " 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113"
    " 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422"
    " 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111"
    " 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121"
    " 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412"
    " 211214 211232 2331112")
"""Bar, gap, bar… in modules of each symbol of ISO/IEC 15417; the last is the stop."""
_START_B, _START_C, _STOP = 104, 105, 106


def code128(text: str) -> tuple[int, ...]:
    """Return the widths of bar, gap, bar… in modules, without the quiet zones (10 each).

    An even number of digits stands two by two (set C), anything else letter by letter (set B).
    ``ValueError`` for letters outside ASCII, which Code 128 has not.
    """
    if len(text) % 2 == 0 and text.isascii() and text.isdigit():
        symbols = [_START_C, *(int(text[at:at + 2]) for at in range(0, len(text), 2))]
    elif all(" " <= letter <= "~" for letter in text):
        symbols = [_START_B, *(ord(letter) - 32 for letter in text)]
    else:
        raise ValueError(f"no bars for {text!r}")
    widths = _SYMBOLS.split()
    check = (symbols[0] + sum(at * one for at, one in enumerate(symbols))) % 103
    return tuple(int(width) for one in (*symbols, check, _STOP) for width in widths[one])


def bars(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each bar of ``code128`` begins and how wide it is, in modules."""
    at = 0
    for place, width in enumerate(code128(text)):
        if place % 2 == 0:
            yield at, width
        at += width
