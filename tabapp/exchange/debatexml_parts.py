"""Reads elements and attributes of DebateXML as loosely as real files need it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import TypeVar
from xml.etree.ElementTree import Element

from tabapp.domain.archive import HIGHEST, Part
from tabapp.exchange.findings import Findings

P = TypeVar("P", bound=Part)

EXTRA = "debatexml"
"""Key under which a part keeps the attributes that the archive has no place for."""

_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d)?", re.ASCII)
_NO_REFERENCE = re.compile(r"[A-Z]*None")  # writers that print None after the prefix
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


def local(element: Element) -> str:
    """Return an element's name without its namespace; blank for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(parent: Element, name: str) -> list[Element]:
    """Return the children of that name."""
    return [child for child in parent if local(child) == name]


def own_text(element: Element) -> str:
    """Return the text that stands in the element itself, also around its children."""
    pieces = [element.text or "", *(child.tail or "" for child in element)]
    return "".join(pieces).strip()


def whole_text(element: Element) -> str:
    """Return all text in the element and in what it holds."""
    return "".join(element.itertext()).strip()


def called(element: Element) -> str:
    """Return a name, which writers put into the text or into ``name``."""
    return own_text(element) or element.get("name", "").strip()


def refs(element: Element, name: str) -> list[str]:
    """Return the ids of an attribute, each once; ``ANone`` and the like are nothing."""
    found = dict.fromkeys(element.get(name, "").split())
    return [ref for ref in found if not _NO_REFERENCE.fullmatch(ref)]


def ref(element: Element, name: str) -> str | None:
    """Return the one id of an attribute, None where it is absent."""
    found = refs(element, name)
    return found[0] if found else None


def slugify(text: str) -> str:
    """Make a name for commands and files; blank where nothing is left.

    >>> slugify("Żubr Öpen 2023!")
    'zubr-open-2023'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:50].strip("-")


def keep(part: P, element: Element, used: Collection[str]) -> P:
    """Keep the attributes that were not used with the part; return it."""
    rest = {name: value for name, value in element.attrib.items() if name not in used}
    if rest:
        note(part, **rest)
    return part


def note(part: Part, **facts: object) -> None:
    """Keep what the archive has no place for with the part."""
    if part.model_extra is not None:
        part.model_extra.setdefault(EXTRA, {}).update(facts)


class Reading:
    """One reading of a document: looks values up and notes what is odd about them."""

    def __init__(self, found: Findings) -> None:
        self.found = found
        self._unknown: set[tuple[str, str]] = set()

    def flag(self, element: Element, name: str, where: str, *, default: bool = False) -> bool:
        """Read true, false, 1 or 0 in any case."""
        text = element.get(name, "").strip().lower()
        if text and text not in _FLAGS:
            self._bad(where, name, text, "true or false")
        return _FLAGS.get(text, default)

    def number(self, text: str | None, name: str, where: str) -> float | None:
        """Read a plain decimal number; None for blank and for anything else."""
        text = (text or "").strip()
        if not text:
            return None
        number = plain_number(text)
        if number is None:
            self._bad(where, name, text, "a number")
        return number

    def whole(self, text: str | None, name: str, where: str) -> int | None:
        """Read a whole number, also when it is written as 1.0."""
        number = self.number(text, name, where)
        if number is not None and not number.is_integer():
            self._bad(where, name, text or "", "a whole number")
            return None
        return None if number is None else int(number)

    def expect(self, parent: Element, known: Collection[str]) -> None:
        """Warn once of each kind of child that is not known here."""
        for child in parent:
            name = local(child)
            if name and name not in known and (local(parent), name) not in self._unknown:
                self._unknown.add((local(parent), name))
                self.found.warn(
                    f"<{local(parent)}>", "debatexml_unknown_element",
                    element=name, parent=local(parent),
                )

    def ids(self, elements: Iterable[Element], kind: str, prefix: str) -> list[tuple[str, Element]]:
        """Pair elements with their ids; one without gets the next that is free, with a warning."""
        listed = list(elements)
        taken = {element.get("id", "").strip() for element in listed}
        paired = []
        number = 0
        for place, element in enumerate(listed, start=1):
            own = element.get("id", "").strip()
            if not own:
                own, number = free_id(prefix, taken, max(number + 1, place))
                taken.add(own)
                where = f"{kind} {called(element) or place}"
                self.found.warn(where, "debatexml_id_made", id=own)
            paired.append((own, element))
        return paired

    def _bad(self, where: str, name: str, value: str, expected: str) -> None:
        self.found.warn(where, "debatexml_bad_value", name=name, value=value, expected=expected)


def free_id(prefix: str, taken: Collection[str], first: int = 1) -> tuple[str, int]:
    """Return the first id from a number on that nothing has yet, and its number."""
    number = first
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}", number


def plain_number(text: str) -> float | None:
    """Return a decimal number as people write them, None for anything else.

    >>> plain_number("76.5"), plain_number("1_0"), plain_number("inf")
    (76.5, None, None)
    """
    number = float(text) if _NUMBER.fullmatch(text) else None
    return None if number is None or abs(number) > HIGHEST else number
