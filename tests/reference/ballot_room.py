"""The ballot of one room as a plain list: what each person may do with it, and what counts then.

Written from the rules of the ballot desk alone, with nothing of the program in it.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

RANK = {"volunteer": 0, "adjudication_core": 1, "tab_director": 2}


@dataclass
class Version:
    """One version: its state, who typed it, who signed it, and which content it has."""

    status: str
    by: str
    signed: str
    content: int


@dataclass
class PaperRoom:
    """A room, the rules of its desk and the people there; actions tell whether they may be done."""

    blind: bool
    one_person: bool
    direct: bool
    confirms: str
    people: dict[str, str]
    gone: set[str] = field(default_factory=set)
    versions: list[Version] = field(default_factory=list)
    postponed: bool = False
    past: list[Any] = field(default_factory=list)
    future: list[Any] = field(default_factory=list)

    # who

    @property
    def nobody(self) -> bool:
        return not self.people.keys() - self.gone

    @property
    def alone(self) -> bool:
        return self.one_person or self.nobody

    def role(self, who: str) -> str:
        return "tab_director" if self.nobody else self.people.get(who, "volunteer")

    def is_out(self, who: str) -> bool:
        return who in self.gone and not self.nobody

    def is_registered_volunteer(self, who: str) -> bool:
        return not self.nobody and self.people.get(who) == "volunteer"

    def is_below(self, who: str) -> bool:
        return not self.direct and RANK[self.role(who)] < RANK[self.confirms]

    # what

    @property
    def waiting(self) -> list[Version]:
        return [one for one in self.versions if one.status == "draft"]

    @property
    def confirmed(self) -> Version | None:
        return next((one for one in self.versions if one.status == "confirmed"), None)

    @property
    def is_split(self) -> bool:
        return len({one.by for one in self.waiting}) > 1

    @property
    def state(self) -> str:
        if self.postponed:
            return "postponed"
        if self.waiting:
            return "differs" if self.is_split else "check"
        return "confirmed" if self.confirmed else "out"

    def _keep(self) -> None:
        self.past.append(copy.deepcopy((self.versions, self.postponed)))
        self.future.clear()

    def undo(self) -> None:
        self.future.append((self.versions, self.postponed))
        self.versions, self.postponed = self.past.pop()

    def redo(self) -> None:
        self.past.append((self.versions, self.postponed))
        self.versions, self.postponed = self.future.pop()

    def _aside(self, some: list[Version]) -> None:
        for one in some:
            one.status = "discarded"

    def _count(self, chosen: Version) -> None:
        self._aside([one for one in self.versions if one is not chosen and (
            one.status in ("draft", "confirmed"))])
        chosen.status = "confirmed"

    # actions: False where it may not be done

    def enter(self, who: str, content: int) -> bool:
        others = [one for one in self.waiting if one.by != who]
        blind = self.blind and not self.direct
        if self.is_out(who) or self.postponed:
            return False
        if self.confirmed and (
            self.is_registered_volunteer(who) or self.confirmed.content == content):
            return False
        if blind and not self.alone and others:
            return False
        self._keep()
        self._aside(self.waiting)
        self.versions.append(Version("draft", who, "", content))
        if self.direct:
            self.versions[-1].signed = who
            self._count(self.versions[-1])
        return True

    def second(self, who: str, content: int, *, insist: bool) -> str:
        others = [one for one in self.waiting if self.alone or one.by != who]
        if self.is_out(who) or self.postponed or not others:
            return ""
        same = next((one for one in others if one.content == content), None)
        if same is not None:
            self._keep()
            self._sign(same, who)
            if self.is_below(who):
                self._aside([one for one in self.waiting if one is not same])
                return "waits"
            self._count(same)
            return "same"
        if not insist:
            return "differs"
        self._keep()
        own = [one for one in self.waiting if one.by == who]
        mine_alone = len(own) == len(self.waiting)
        self._aside(own)
        self.versions.append(Version("draft", who, "", content))
        if mine_alone:
            self.versions[-1].signed = who
            self._count(self.versions[-1])
        return "decided" if mine_alone else "stored"

    def _sign(self, one: Version, who: str) -> None:
        one.signed = f"{one.signed} and {who}" if one.signed not in ("", who) else who

    def decide(self, who: str, content: int) -> bool:
        own = any(one.by == who for one in self.waiting)
        senior = self.role(who) != "volunteer"
        if self.is_out(who) or self.postponed or not self.is_split or self.is_below(who):
            return False
        if own and not self.alone and not senior:
            return False
        self._keep()
        self.versions.append(Version("draft", who, who, content))
        self._count(self.versions[-1])
        return True

    def confirm(self, who: str, number: int) -> bool:
        chosen = self.versions[number]
        if self.is_out(who) or self.postponed or chosen.status != "draft" or self.is_split:
            return False
        if self.is_below(who) or (chosen.by == who and not self.alone and not self.direct):
            return False
        if self.blind and not self.direct and not chosen.signed:
            return False
        self._keep()
        self._sign(chosen, who)
        self._count(chosen)
        return True

    def discard(self, who: str, number: int) -> bool:
        chosen = self.versions[number]
        if self.is_out(who) or chosen.status != "draft":
            return False
        if self.is_registered_volunteer(who) and chosen.by != who:
            return False
        self._keep()
        chosen.status = "discarded"
        return True

    def postpone(self) -> bool:
        if self.postponed or self.confirmed:
            return False
        self._keep()
        self.postponed = True
        return True

    def resume(self) -> bool:
        if not self.postponed:
            return False
        self._keep()
        self.postponed = False
        return True


def points(sheets: list[dict[str, Any]]) -> dict[str, int]:
    """Return side -> points of a debate by its sheets: places of four, or judges for one of two."""
    totals = [
        {part["side"]: sum(one["score"] for one in part["speeches"]) for part in sheet["sides"]}
        for sheet in sheets]
    if len(totals[0]) == 4:
        order = sorted(totals[0], key=totals[0].__getitem__)
        return {side: place for place, side in enumerate(order)}
    votes = [max(one, key=one.__getitem__) for one in totals]
    return {side: int(2 * votes.count(side) > len(votes)) for side in totals[0]}
