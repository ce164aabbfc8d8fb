"""Finding by a few letters: words in any order, without regard to marks and case, best first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from tabapp.gui.names import fold
from tabapp.gui.tables.order import natural, needles

PREFIXES = {">": "command", "#": "room", "@": "person"}
"""What a first letter restricts the search to."""
FEW = 8
"""Below as many plain matches, letters that only follow one another count too."""
MOST_IN_GROUP = 6
MOST_ALONE = 60
_BETWEEN = re.compile(r"[\W_]")
_SCATTERED = 20.0
_IN_DETAIL = 6.0
_INSIDE = 3.0


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be chosen: a command, a room of the round, a person or a team.

    ``group`` is its heading. ``here`` puts it before equals. ``reason`` says why it cannot be
    chosen now.
    """

    kind: str
    group: str
    title: str
    run: Callable[[], None]
    detail: str = ""
    icon: str = ""
    keys: tuple[str, ...] = ()
    here: bool = False
    reason: str = ""
    plain: str = field(init=False)
    plain_detail: str = field(init=False)
    begins: str = field(init=False)
    """The title with a space before each word, so that the beginning of a word is found at once."""

    def __post_init__(self) -> None:
        plain = fold(self.title)
        object.__setattr__(self, "plain", plain)
        object.__setattr__(self, "plain_detail", fold(self.detail))
        object.__setattr__(self, "begins", _BETWEEN.sub(" ", f" {plain}"))


@dataclass(frozen=True, slots=True)
class Found:
    """The entries below one heading, best first."""

    heading: str
    entries: tuple[Entry, ...]


def split(typed: str) -> tuple[str, tuple[str, ...]]:
    """Return the kind that is wanted ("" for all) and the words to look for."""
    text = typed.strip()
    kind = PREFIXES.get(text[:1], "")
    return kind, needles(text[1:] if kind else text)


def score(entry: Entry, words: Sequence[str]) -> float | None:
    """Return how well every word is found, 0 is best; None if one is not."""
    total = 0.0
    for word in words:
        at = entry.plain.find(word)
        if at == 0:
            total += 0 if len(word) == len(entry.plain) else 0.5
        elif at > 0:
            total += 1 if f" {_BETWEEN.sub(' ', word)}" in entry.begins else _INSIDE
        elif word in entry.plain_detail:
            total += _IN_DETAIL
        else:
            return None
    return total


def _scattered(words: Sequence[str]) -> re.Pattern[str]:
    """Return what finds the letters one after another, the first at the beginning of a word."""
    letters = "".join(words)
    return re.compile(r"(?<!\w)" + ".*?".join(map(re.escape, letters)))


def find(entries: Sequence[Entry], typed: str) -> list[Found]:
    """Return what matches in groups: the group with the best match first."""
    kind, words = split(typed)
    wanted = [one for one in entries if one.kind == kind] if kind else list(entries)
    if not words:
        chosen = wanted if kind else [one for one in wanted if one.here]
        ranked = [(0.0, one) for one in chosen]
    else:
        ranked = [(s, one) for one in wanted if (s := score(one, words)) is not None]
        if len(ranked) < FEW and len("".join(words)) > 1:
            ranked += _far_ones(wanted, words, {id(one) for _, one in ranked})
    return _grouped(ranked, kind, sort=bool(words))


def _far_ones(
    entries: Iterable[Entry], words: Sequence[str], known: set[int]
) -> list[tuple[float, Entry]]:
    pattern = _scattered(words)
    found = []
    for one in entries:
        if id(one) not in known and (hit := pattern.search(one.plain)):
            found.append((_SCATTERED + hit.end() - hit.start(), one))
    return found


def _grouped(ranked: Iterable[tuple[float, Entry]], kind: str, *, sort: bool) -> list[Found]:
    groups: dict[str, list[tuple[float, Entry]]] = {}
    for pair in ranked:
        groups.setdefault(pair[1].group, []).append(pair)
    most = {"command": 10_000, "": MOST_IN_GROUP if sort else 10_000}.get(kind, MOST_ALONE)
    cut = []
    for heading, pairs in groups.items():
        best = _best(pairs, most) if sort else pairs[:most]
        cut.append((best[0][0] if best else 0.0, Found(heading, tuple(one for _, one in best))))
    if sort:
        cut.sort(key=lambda pair: pair[0])
    return [found for _, found in cut]


def _best(pairs: list[tuple[float, Entry]], most: int) -> list[tuple[float, Entry]]:
    """Return the best, in order; names are put in order only of those that come that far."""
    if len(pairs) > most:
        last = nsmallest(most, map(_rank, pairs))[-1]
        pairs = [pair for pair in pairs if _rank(pair) <= last]
    return sorted(pairs, key=lambda pair: (_rank(pair), natural(pair[1].title)))[:most]


def _rank(pair: tuple[float, Entry]) -> tuple[float, bool, int]:
    points, entry = pair
    return points, not entry.here, len(entry.plain)


def marked(text: str, typed: str) -> list[tuple[int, int]]:
    """Return the stretches of ``text`` that match what was typed, in order, as (start, end)."""
    _, words = split(typed)
    plain, origin = _with_origin(text)
    hits: set[int] = set()
    missing = False
    for word in words:
        at = _best_place(plain, word)
        missing = missing or at is None
        if at is not None:
            hits.update(origin[at:at + len(word)])
    if words and missing and not hits:
        hits = _scattered_hits(plain, origin, words)
    stretches: list[tuple[int, int]] = []
    for i in sorted(hits):
        if stretches and stretches[-1][1] == i:
            stretches[-1] = (stretches[-1][0], i + 1)
        else:
            stretches.append((i, i + 1))
    return stretches


def _with_origin(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its letters, where it comes from."""
    parts = [(fold(letter), i) for i, letter in enumerate(text)]
    return "".join(p for p, _ in parts), [i for p, i in parts for _ in p]


def _best_place(plain: str, word: str) -> int | None:
    first = at = plain.find(word)
    while at > 0 and plain[at - 1].isalnum():
        at = plain.find(word, at + 1)
    best = at if at >= 0 else first
    return best if best >= 0 else None


def _scattered_hits(plain: str, origin: list[int], words: Sequence[str]) -> set[int]:
    hit = _scattered(words).search(plain)
    if hit is None:
        return set()
    hits, at = set(), hit.start()
    for letter in "".join(words):
        at = plain.find(letter, at)
        hits.add(origin[at])
        at += 1
    return hits
