"""The seven lists of the page: their columns, their rows, and what they are called."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from tabapp.domain.registration import Kind
from tabapp.gui.messages import tr
from tabapp.gui.tables.cells import Cell, Column, Row, Value
from tabapp.gui.tables.cells import Kind as Look
from tabapp.services.people import PeopleLists


@dataclass(frozen=True, slots=True)
class ListSpec:
    """One list. Keys of columns that are editable are keys of the record's fields.

    ``kind`` is None where a row is not one kind of record; then the row's key says what it is.
    """

    key: str
    title: str
    kind: Kind | None
    one: str
    many: str
    columns: tuple[Column, ...]
    rows: Callable[[PeopleLists], list[Row]]
    hint: str
    """What stands there while the list is empty."""


def kind_of(spec: ListSpec, key: Hashable) -> Kind | None:
    """Return the kind of record that a row of a list is."""
    if spec.kind is None and isinstance(key, tuple):
        return key[0] if key[0] in ("speaker_category", "venue_category") else None
    return spec.kind


def record_of(key: Hashable) -> int:
    """Return the row id of what a row of a list is."""
    found = key[1] if isinstance(key, tuple) else key
    assert isinstance(found, int)
    return found


def _status(*, withdrawn: bool) -> Value:
    return Cell(tr("Withdrawn"), tone="neutral", icon="circle-minus") if withdrawn else None


def _yes(flag: bool) -> str:
    return tr("yes") if flag else ""


def _names(names: Sequence[str]) -> str:
    return ", ".join(names)


_TYPES = {"normal": "", "composite": "composite", "swing": "swing"}


def _teams(lists: PeopleLists) -> list[Row]:
    return [
        Row(one.id, (
            one.name, one.short_name, one.institution, tr(_TYPES[one.type]),
            _names(one.speakers), _names(one.categories),
            None if one.seed is None else _plain(one.seed),
            _status(withdrawn=one.withdrawn),
        ), dim=one.withdrawn)
        for one in lists.teams
    ]


def _speakers(lists: PeopleLists) -> list[Row]:
    return [
        Row(one.id, (
            one.name, one.team, one.institution, one.email, _names(one.categories),
            _status(withdrawn=one.withdrawn),
        ), dim=one.withdrawn)
        for one in lists.speakers
    ]


def _judges(lists: PeopleLists) -> list[Row]:
    return [
        Row(one.id, (
            one.name, one.institution, one.score, _yes(one.trainee), _yes(one.independent),
            _yes(one.adj_core), _yes(one.breaking), one.conflicts or None,
            _status(withdrawn=one.withdrawn),
        ), dim=one.withdrawn)
        for one in lists.judges
    ]


def _rooms(lists: PeopleLists) -> list[Row]:
    return [
        Row(one.id, (
            one.name, _plain(one.priority), one.capacity, _names(one.categories), one.runner,
            _status(withdrawn=one.withdrawn),
        ), dim=one.withdrawn)
        for one in lists.rooms
    ]


def _plain(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def _institutions(lists: PeopleLists) -> list[Row]:
    return [
        Row(one.id, (one.name, one.code, one.region, one.teams or None, one.judges or None))
        for one in lists.institutions
    ]


def _categories(lists: PeopleLists) -> list[Row]:
    kinds = {"speaker_category": tr("Speakers"), "venue_category": tr("Rooms")}
    return [
        Row((one.kind, one.id), (
            one.name, kinds[one.kind], one.slug, one.description, one.members or None,
        ), group=one.kind)
        for one in lists.categories
    ]


_ENDS = {
    "adjudicator_team": "Judge and team", "adjudicator_adjudicator": "Judge and judge",
    "adjudicator_institution": "Judge and institution",
    "team_institution": "Team and institution", "team_team": "Team and team",
    "team": "Team wants rooms", "adjudicator": "Judge wants rooms",
    "institution": "Institution wants rooms",
}
"""What each kind of conflict, and of wish for rooms, is called."""


def end_words(kind: str) -> str:
    """Return what a kind of conflict or of wish for rooms is called."""
    return tr(_ENDS[kind])


def _conflicts(lists: PeopleLists) -> list[Row]:
    clashes = [
        Row((one.kind, one.id), (
            one.one, one.other, end_words(one.kind), tr("own institution") if one.own else "",
        ), group=one.kind)
        for one in lists.conflicts
    ]
    wishes = [
        Row((f"wish_{one.kind}", one.id), (
            one.subject, one.category, end_words(one.kind),
            tr("priority {n}", n=_plain(one.priority)),
        ), group=one.kind)
        for one in lists.constraints
    ]
    return clashes + wishes


def _column(
    key: str, title: str, look: Look = Look.TEXT, *, stretch: bool = False, fixed: bool = False,
    decimals: int | None = None, tip: str = "",
) -> Column:
    return Column(
        key, title, look, stretch=stretch, editable=not fixed, decimals=decimals, tip=tip)


_WITHDRAWN = _column("status", "Status", Look.BADGE, fixed=True)

SPECS: tuple[ListSpec, ...] = (
    ListSpec("teams", "Teams", "team", "team", "teams", (
        _column("name", "Team", Look.IDENTITY), _column("short_name", "Short name"),
        _column("institution", "Institution", stretch=True), _column("type", "Type"),
        _column("speakers", "Speakers", stretch=True, fixed=True),
        _column("break_categories", "Break", tip="The break categories that it can break in"),
        _column("seed", "Seed", Look.NUMBER), _WITHDRAWN,
    ), _teams, "team, institution, speaker 1, speaker 2"),
    ListSpec("speakers", "Speakers", "speaker", "speaker", "speakers", (
        _column("name", "Speaker", Look.IDENTITY), _column("team", "Team", stretch=True),
        _column("institution", "Institution", stretch=True, fixed=True),
        _column("email", "E-mail", stretch=True), _column("categories", "Categories"), _WITHDRAWN,
    ), _speakers, "speaker, team, e-mail, categories"),
    ListSpec("judges", "Judges", "adjudicator", "judge", "judges", (
        _column("name", "Judge", Look.IDENTITY),
        _column("institution", "Institution", stretch=True),
        _column("base_score", "Score", Look.NUMBER, decimals=2), _column("trainee", "Trainee"),
        _column("independent", "Independent"), _column("adj_core", "Adj core"),
        _column("breaking", "Breaking"),
        _column("conflicts", "Conflicts", Look.NUMBER, fixed=True), _WITHDRAWN,
    ), _judges, "judge, institution, score, e-mail"),
    ListSpec("institutions", "Institutions", "institution", "institution", "institutions", (
        _column("name", "Institution", Look.IDENTITY, stretch=True), _column("code", "Code"),
        _column("region", "Region", stretch=True),
        _column("teams", "Teams", Look.NUMBER, fixed=True),
        _column("judges", "Judges", Look.NUMBER, fixed=True),
    ), _institutions, "institution, code, region"),
    ListSpec("rooms", "Rooms", "venue", "room", "rooms", (
        _column("name", "Room", Look.IDENTITY, stretch=True),
        _column("priority", "Priority", Look.NUMBER), _column("capacity", "Capacity", Look.NUMBER),
        _column("categories", "Categories", stretch=True), _column("runner", "Runner"),
        _WITHDRAWN,
    ), _rooms, "room, priority, capacity, categories, runner"),
    ListSpec("categories", "Categories", None, "category", "categories", (
        _column("name", "Category", Look.IDENTITY, stretch=True),
        _column("kind", "Of", fixed=True), _column("slug", "Short name"),
        _column("description", "Description", stretch=True),
        _column("members", "Members", Look.NUMBER, fixed=True),
    ), _categories, ""),
    ListSpec("conflicts", "Conflicts", None, "conflict", "conflicts", (
        _column("one", "Who", Look.IDENTITY, stretch=True, fixed=True),
        _column("other", "With", stretch=True, fixed=True), _column("kind", "Between", fixed=True),
        _column("note", "Note", fixed=True),
    ), _conflicts, ""),
)
LISTS = {spec.key: spec for spec in SPECS}
OF_KIND = {
    "team": "teams", "speaker": "speakers", "adjudicator": "judges", "judge": "judges",
    "institution": "institutions", "venue": "rooms", "room": "rooms",
    "speaker_category": "categories", "venue_category": "categories",
}
"""The list in which a kind of record is found."""
