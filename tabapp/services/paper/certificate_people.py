"""Who can be handed which certificate, and what of that is still secret."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.public import sort_key
from tabapp.domain.types import Role, Stage
from tabapp.services import breaks
from tabapp.services.award_views import AwardLine, read_awards
from tabapp.services.break_replay import out_of_date
from tabapp.services.exports.hall import is_public, setting_title
from tabapp.services.paper.certificate_words import (
    CertificateKind,
    Facts,
    best_words,
    place_words,
    rounds_words,
)
from tabapp.services.paper.hall_names import HallNames
from tabapp.services.people import listed
from tabapp.services.public import shows_codes
from tabapp.services.rounds import title_of
from tabapp.services.standings import compute, read_input
from tabapp.store.break_rows import read_categories
from tabapp.store.hall_reads import HallPerson, judged_rounds
from tabapp.store.results_page_reads import read_namings
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can have a certificate; ``id`` is what a choice is made by.

    ``words`` is the key of the wording.
    """

    id: str
    facts: Facts
    words: str
    veiled: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """What there could be certificates for: slug -> name of categories, key -> title of awards."""

    break_categories: Mapping[str, str]
    speaker_categories: Mapping[str, str]
    awards: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ask:
    """Which people: ``category`` is a slug, "" for all speakers; ``top`` are the best so many."""

    kind: CertificateKind
    category: str = ""
    award: str = ""
    top: int = 10
    each_speaker: bool = False


def read_offers(unit: ReadUnit, tournament_id: int) -> Offers:
    """Read what a tab director can choose from."""
    return Offers(
        {one.slug: one.name or one.slug for one in read_categories(unit, tournament_id)},
        dict(read_namings(unit, tournament_id).speaker_categories),
        {one.key: one.title for family in read_awards(unit, tournament_id).families
         for one in family.awards if one.is_earned})


def candidates(unit: ReadUnit, hall: HallNames, ask: Ask) -> list[Candidate]:
    """Return who can have a certificate of a kind, the best first, else by name."""
    match ask.kind:
        case "breaking_teams":
            return list(_breaking(unit, hall, ask))
        case "speakers":
            return list(_speakers(unit, hall, ask))
        case "award":
            return list(_winners(unit, hall, ask))
        case "participation":
            return list(_everybody(hall))
        case "judges" | "chairs":
            return list(_judges(unit, hall, chairs=ask.kind == "chairs"))
    flags = {one.ref: one for one in hall.people if one.kind == "adjudicator"}
    chosen = [
        one for one in flags.values()
        if (one.breaking if ask.kind == "breaking_judges" else one.adj_core)]
    return [_of_person(hall, one, ask.kind) for one in _by_name(hall, chosen)]


def secrets(unit: ReadUnit, owner: TournamentRow, ask: Ask) -> tuple[str, ...]:
    """Return sentences about what such certificates tell that is not public now."""
    settings = owner.settings
    switch = {
        "breaking_teams": "public_breaking_teams", "breaking_judges": "public_breaking_adjs",
        "speakers": (
            "speaker_category_tabs_released" if ask.category else "speaker_tab_released"),
    }.get(ask.kind, "")
    found = []
    if switch and not getattr(settings, switch):
        found.append(word("certificate_secret", {"setting": setting_title(switch)}))
    if ask.kind == "speakers":
        hidden = [
            title_of(one) for one in _preliminary(unit, owner) if not is_public(one, settings)]
        if hidden:
            found.append(word("certificate_secret_rounds", {"rounds": ", ".join(hidden)}))
    if ask.kind == "award":
        line = _award(unit, owner, ask.award)
        if not line.is_public:
            found.append(word("certificate_secret_award", {"award": line.title}))
    return tuple(found)


def _facts(hall: HallNames, person: HallPerson, **more: str) -> Facts:
    return Facts(
        hall.name(person), hall.owner.name, team=hall.team(person),
        institution=hall.home(person, wanted=True), **more)


def _of_person(
    hall: HallNames, person: HallPerson, words: str, **more: str
) -> Candidate:
    return Candidate(
        f"{person.kind}/{person.ref}", _facts(hall, person, **more), words, hall.is_veiled(person))


def _by_name(hall: HallNames, people: Iterable[HallPerson]) -> list[HallPerson]:
    return sorted(people, key=lambda one: (sort_key(hall.name(one)), one.id))


def _everybody(hall: HallNames) -> Iterator[Candidate]:
    there = [one for one in hall.people if not one.withdrawn]
    for kind, role in (("speaker", "speaker"), ("adjudicator", "judge")):
        for one in _by_name(hall, (one for one in there if one.kind == kind)):
            yield _of_person(hall, one, "participation", role=role)


def _judges(unit: ReadUnit, hall: HallNames, *, chairs: bool) -> Iterator[Candidate]:
    worked = judged_rounds(unit, hall.owner.id)
    for one in _by_name(hall, (one for one in hall.people if one.kind == "adjudicator")):
        roles = worked.get(one.ref, Counter())
        count = roles[Role.CHAIR.value] if chairs else roles.total()
        if count:
            yield _of_person(
                hall, one, "chairs" if chairs else "judges", rounds=rounds_words(count))


def _breaking(unit: ReadUnit, hall: HallNames, ask: Ask) -> Iterator[Candidate]:
    found = breaks.read_input(unit, hall.owner)
    category = found.category(ask.category)
    name = category.name or category.slug
    stored = found.stored.get(category.slug)
    if stored is not None and stored.tied:
        raise UserError("certificate_break_tied", category=name)
    if stored is None or not stored.ranks:
        raise UserError("certificate_no_break", category=name)
    if category.slug in out_of_date(found):
        raise UserError("certificate_break_outdated", category=name)
    level = Counter(stored.ranks.values())
    names, public = hall.names, not shows_codes(hall.owner.settings) or hall.own
    for team, place in sorted(
        stored.ranks.items(), key=lambda one: (one[1], sort_key(names.teams.get(one[0], "")))
    ):
        said = {"category": name, "place": place_words(place, shared=level[place] > 1)}
        people = [one for one in hall.people if one.kind == "speaker" and one.team == team]
        if ask.each_speaker:
            for one in people:
                yield _of_person(hall, one, "breaking_speakers", **said)
            continue
        shown = [hall.name(one) for one in people] if public else []
        yield Candidate(f"team/{team}", Facts(
            names.teams.get(team, team), hall.owner.name, team=names.teams.get(team, team),
            institution=people[0].home if people and public else "",
            people=listed(shown, len(shown)), **said), "breaking_teams",
            veiled=not public or any(hall.is_veiled(one) for one in people))


def _preliminary(unit: ReadUnit, owner: TournamentRow) -> list[RoundRow]:
    return [one for one in list_rounds(unit, owner.id) if one.stage == Stage.PRELIMINARY]


def _speakers(unit: ReadUnit, hall: HallNames, ask: Ask) -> Iterator[Candidate]:
    rounds = _preliminary(unit, hall.owner)
    missing = [title_of(one) for one in rounds if not one.completed]
    if missing or not rounds:
        raise UserError(
            "certificate_rounds_open", rounds=", ".join(missing) or "No preliminary round")
    table = compute(
        read_input(unit, hall.owner), "speakers", category=ask.category or None)
    name = dict(read_namings(unit, hall.owner.id).speaker_categories).get(ask.category, "")
    people = {one.ref: one for one in hall.people if one.kind == "speaker"}
    for row in table.rows:
        if row.rank is not None and row.rank <= ask.top and row.id in people:
            yield _of_person(
                hall, people[row.id], "category_speakers" if ask.category else "speakers",
                category=name or ask.category, place=place_words(row.rank, shared=row.tied),
                best=best_words(row.rank, shared=row.tied))


def _award(unit: ReadUnit, owner: TournamentRow, key: str) -> AwardLine:
    lines = {
        one.key: one for family in read_awards(unit, owner.id).families for one in family.awards}
    if key not in lines:
        raise UserError("certificate_award_unknown", award=key)
    return lines[key]


def _winners(unit: ReadUnit, hall: HallNames, ask: Ask) -> Iterator[Candidate]:
    line = _award(unit, hall.owner, ask.award)
    coded = shows_codes(hall.owner.settings) and not hall.own
    kind = {"speakers": "speaker", "adjudicators": "adjudicator"}.get(line.family, "")
    people = {one.ref: one for one in hall.people if one.kind == kind}
    for winner in line.winners:
        said = {
            "award": line.title,
            "sentence": line.sentence if coded else winner.sentence}
        where = f"{line.family}/{winner.subject}/{winner.round_seq or 0}"
        person = people.get(winner.subject)
        if person is not None:
            yield Candidate(
                where, _facts(hall, person, **said), "award", hall.is_veiled(person))
        else:
            name = hall.names.teams.get(winner.subject, winner.name) or hall.owner.name
            yield Candidate(
                where, Facts(name, hall.owner.name, **said), "award",
                veiled=coded and line.family == "teams")
