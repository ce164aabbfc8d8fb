"""Awards as the page shows them, and as much of them as the hall may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tabapp.domain.achievements import AWARDS, FAMILIES, Award, Family, Rarity, tell
from tabapp.domain.public import PublicAward, PublicWinner
from tabapp.domain.types import id_key
from tabapp.services.award_gate import Gate
from tabapp.services.public import shows_codes
from tabapp.services.rounds import title_of
from tabapp.store.award_rows import AwardRow, list_awards, read_holders
from tabapp.store.public_reads import public_names, public_people
from tabapp.store.times import readable
from tabapp.store.tournaments import list_rounds
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class Winner:
    """Who has an award. ``subject`` is an archive id, "" with a blank name the tournament.

    ``detail`` is the institution of a team or a judge, the team of a speaker; ``round`` the name
    of the round in which it was earned, "" for an award of no round; ``awarded_at`` is None where
    an import did not say.
    """

    subject: str
    name: str
    detail: str
    round_seq: int | None
    round: str
    sentence: str
    awarded_at: datetime | None


@dataclass(frozen=True, slots=True)
class AwardLine:
    """An award with its winners, by round and name; without any nobody has earned it yet.

    ``sentence`` says how it is earned. ``is_public`` tells whether the hall may read of all of
    its winners now.
    """

    key: str
    family: Family
    title: str
    sentence: str
    icon: str
    rarity: Rarity
    winners: tuple[Winner, ...]
    is_public: bool

    @property
    def is_earned(self) -> bool:
        """Somebody has it."""
        return bool(self.winners)


@dataclass(frozen=True, slots=True)
class FamilyAwards:
    """The awards of one family, in the order of the catalogue; ``earned`` counts those given."""

    family: Family
    awards: tuple[AwardLine, ...]
    earned: int
    winners: int


@dataclass(frozen=True, slots=True)
class AwardsView:
    """All awards of a tournament. ``foreign`` counts those that this version does not know."""

    families: tuple[FamilyAwards, ...]
    earned: int
    winners: int
    foreign: int


@dataclass(frozen=True, slots=True)
class HeldAward:
    """An award that one team or person has."""

    award: Award
    winner: Winner


def read_awards(unit: ReadUnit, tournament_id: int) -> AwardsView:
    """Read every award of the catalogue with who has it, and those that nobody has yet."""
    rows = list_awards(unit, tournament_id)
    winners = _winners(unit, tournament_id, rows)
    gate = Gate.read(unit, tournament_id)
    open_: dict[str, bool] = defaultdict(lambda: True)
    for row in rows:
        if row.key in AWARDS:
            open_[row.key] &= gate.passes(AWARDS[row.key], row)
    lines = [
        AwardLine(
            one.key, one.family, one.title, one.sentence, one.icon, one.rarity,
            tuple(winners.get(one.key, ())), is_public=one.key in winners and open_[one.key])
        for one in AWARDS.values()
    ]
    families = []
    for family in FAMILIES:
        mine = tuple(one for one in lines if one.family == family)
        families.append(FamilyAwards(
            family, mine, earned=sum(one.is_earned for one in mine),
            winners=sum(len(one.winners) for one in mine)))
    return AwardsView(
        families=tuple(families), earned=sum(one.earned for one in families),
        winners=sum(one.winners for one in families),
        foreign=sum(row.key not in AWARDS for row in rows),
    )


def awards_of(
    unit: ReadUnit, tournament_id: int, family: Family, subject: str
) -> tuple[HeldAward, ...]:
    """Return what one team or person has, by archive id, in the order of the catalogue."""
    rows = [
        one for one in list_awards(unit, tournament_id)
        if one.subject == subject and one.key in AWARDS and AWARDS[one.key].family == family]
    winners = _winners(unit, tournament_id, rows)
    return tuple(
        HeldAward(award, winner) for key, award in AWARDS.items()
        for winner in winners.get(key, ()))


def public_awards(unit: ReadUnit, tournament_id: int) -> tuple[PublicAward, ...]:
    """Return the awards that everybody may know of now, with the winners that are public.

    What rests on a silent or an elimination round waits until all results are released, what
    tells a place or a mark until that tab is; see ``Award.public_after``.
    """
    gate = Gate.read(unit, tournament_id)
    rounds = {seq: title_of(one) for seq, one in gate.rounds.items()}
    teams = public_names(unit, tournament_id, codes=shows_codes(gate.settings))
    people = public_people(
        unit, tournament_id, codes=gate.settings.participant_code_names == "everywhere")
    names: Mapping[Family, Mapping[str, str]] = {
        "teams": teams, "speakers": people["speaker"], "adjudicators": people["adjudicator"],
        "tournament": {"": ""},
    }
    found: dict[str, list[tuple[tuple[object, ...], PublicWinner]]] = defaultdict(list)
    for row in list_awards(unit, tournament_id):
        award = AWARDS.get(row.key)
        if award is None or not gate.passes(award, row):
            continue
        name = names[award.family].get(row.subject)
        if name is None:  # gone since
            continue
        found[row.key].append((
            (row.round_seq or 0, _by_name(name), row.id),
            PublicWinner(name, tell(award, row.facts, rounds, teams))))
    return tuple(
        PublicAward(
            one.key, one.family, one.title, one.sentence, one.icon, one.rarity,
            tuple(winner for _key, winner in sorted(found[one.key], key=lambda pair: pair[0])))
        for one in AWARDS.values() if one.key in found)


def _winners(
    unit: ReadUnit, tournament_id: int, rows: Sequence[AwardRow]
) -> dict[str, list[Winner]]:
    """Return the winners of each known award, by round and name."""
    rounds = {one.seq: title_of(one) for one in list_rounds(unit, tournament_id)}
    holders = read_holders(unit, tournament_id)
    names = {ref: name for ref, (name, _detail) in holders["teams"].items()}
    found: dict[str, list[Winner]] = defaultdict(list)
    for row in rows:
        award = AWARDS.get(row.key)
        if award is None or row.subject not in holders[award.family]:
            continue
        name, detail = holders[award.family][row.subject]
        seq = row.round_seq
        found[row.key].append(Winner(
            row.subject, name, detail, seq,
            "" if seq is None else rounds.get(seq, f"Round {seq}"),
            tell(award, row.facts, rounds, names),
            readable(row.awarded_at or "")))
    for winners in found.values():
        winners.sort(key=lambda one: (one.round_seq or 0, _by_name(one.name), one.subject))
    return dict(found)


def _by_name(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return by what winners stand: by name, numbers in it by their value."""
    return id_key(name.casefold())
