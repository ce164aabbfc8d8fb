"""Reads a folder of CSV files as Tabbycat's importers take it, both formats, all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal, cast

from tabapp.domain.archive import (
    Archive,
    BreakCategory,
    DrawTypeName,
    Motion,
    Question,
    Round,
    SpeakerCategory,
    StageName,
    Tournament,
    Venue,
    VenueCategory,
    VenueConstraint,
)
from tabapp.domain.setup import slugify
from tabapp.exchange.archive_checks import examine
from tabapp.exchange.findings import Findings
from tabapp.exchange.imported import Imported
from tabapp.exchange.tabbycat_csv_people import People, read_people
from tabapp.exchange.tabbycat_csv_tables import COLUMNS, Line, Names, Table, read_tables

KIND = "tabbycat-csv"
_STAGES = {
    "preliminary": "preliminary", "p": "preliminary", "elimination": "elimination",
    "break": "elimination", "e": "elimination", "b": "elimination",
}
_DRAWS = {
    "random": "random", "r": "random", "manual": "manual", "m": "manual",
    "round robin": "round-robin", "round-robin": "round-robin", "d": "round-robin",
    "power paired": "power", "power-paired": "power", "p": "power", "seeded": "seeded",
    "s": "seeded", "elimination": "elimination", "break": "elimination", "e": "elimination",
    "b": "elimination",
}
_RULES = ("standard", "aida-1996", "aida-2016-easters", "aida-2016-australs",
          "aida-2019-australs-open")
_ANSWERS = {
    "checkbox": "bc", "yesno": "bs", "yes/no": "bs", "int": "i", "integer": "i", "scale": "is",
    "float": "f", "text": "t", "longtext": "tl", "textbox": "tl", "single select": "ss",
    "select one": "ss", "multiple select": "ms", "select multiple": "ms",
}
_DISPLAYS = {"prefix": "prefix", "suffix": "suffix", "none": ""}


class Folder:
    """One reading of the tables of a folder."""

    def __init__(self, tables: Mapping[str, Table], found: Findings) -> None:
        self.tables, self.found = tables, found
        self.break_names, self.group_names = Names("break category"), Names("speaker category")
        self.place_names, self.round_names = Names("room category"), Names("round")
        for names, file in (
            (self.break_names, "break_categories"), (self.group_names, "speaker_categories"),
            (self.place_names, "venue_categories"), (self.round_names, "rounds"),
        ):
            names.unsure = file in tables and tables[file].failed
        self.places: list[VenueCategory] = []
        self.venues: list[Venue] = []
        self.people = People()

    def lines(self, name: str) -> tuple[Line, ...]:
        """Return the rows of a file; none where it is not there."""
        table = self.tables.get(name)
        return table.lines if table is not None else ()

    def read(self, tournament: Tournament) -> Archive:
        """Read everything, in the order in which it refers to what was read before."""
        breaks = self._break_categories()
        groups = self._speaker_categories()
        self._venue_categories()
        self._venues()
        rounds = self._rounds(breaks)
        self.people = read_people(self.tables, breaks, self.break_names, self.group_names)
        motions = self._motions(rounds)
        self._absences(rounds)
        return Archive(
            tournament=tournament, institutions=self.people.institutions,
            break_categories=breaks, speaker_categories=groups, teams=self.people.teams,
            speakers=self.people.speakers, adjudicators=self.people.judges,
            venue_categories=self.places, venues=self.venues,
            venue_constraints=self._constraints(), motions=motions,
            questions=self._questions(), rounds=rounds)

    def _is_new(self, line: Line, names: Names, *given: str) -> bool:
        if any(names.get(one) for one in given if one):
            self.found.error(line.where(), "csv_row_twice", kind=names.kind, name=given[-1])
            return False
        return True

    def _break_categories(self) -> list[BreakCategory]:
        made: list[BreakCategory] = []
        for at, line in enumerate(self.lines("break_categories"), start=1):
            name, slug = line.text("name"), line.text("slug")
            if not self._is_new(line, self.break_names, slug, name):
                continue
            made.append(BreakCategory(
                id=f"BC{len(made) + 1}", name=name, slug=slug, seq=line.whole("seq", at),
                size=line.whole("break_size"), reserve_size=line.whole("reserve_size"),
                rule=line.choice("rule", dict(zip(_RULES, _RULES, strict=True)), "standard"),
                priority=line.whole("priority"), limit=line.whole("limit"),
                general=line.flag("is_general")))
            self.break_names.add(made[-1].id, slug, name)
        return made

    def _speaker_categories(self) -> list[SpeakerCategory]:
        made: list[SpeakerCategory] = []
        for at, line in enumerate(self.lines("speaker_categories"), start=1):
            name, slug = line.text("name"), line.text("slug")
            line.flag("public")
            if self._is_new(line, self.group_names, slug, name):
                made.append(SpeakerCategory(
                    id=f"SC{len(made) + 1}", name=name, slug=slug, seq=line.whole("seq", at),
                    limit=line.whole("limit")))
                self.group_names.add(made[-1].id, slug, name)
        return made

    # Rooms

    def _venue_categories(self) -> None:
        for line in self.lines("venue_categories"):
            name = line.text("name")
            if self._is_new(line, self.place_names, name):
                self._add_place(
                    name, line.text("description"),
                    line.choice("display_in_venue_name", _DISPLAYS, ""))

    def _add_place(self, name: str, description: str = "", display: str = "") -> str:
        made = VenueCategory(
            id=f"VC{len(self.places) + 1}", name=name, description=description, display=display)
        self.places.append(made)
        self.place_names.add(made.id, name)
        return made.id

    def _venues(self) -> None:
        names = Names("room")
        for line in self.lines("venues"):
            category = line.text("category")
            place = self.place_names.get(category) if category else None
            if category and place is None:  # the importer makes those that it does not know
                place = self._add_place(category)
            if names.get(line.text("name")):
                self.found.warn(line.where("name"), "csv_same_name", name=line.text("name"))
            priority = line.number_in("priority")
            self.venues.append(Venue(
                id=f"V{len(self.venues) + 1}", name=line.text("name"),
                priority=100 if priority is None else priority, url=line.text("url"),
                categories=[place] if place else []))
            names.add(self.venues[-1].id, line.text("name"))

    def _constraints(self) -> list[VenueConstraint]:
        made: dict[tuple[str, str], VenueConstraint] = {}
        kinds: tuple[tuple[Literal["adjudicator", "team"], str, Names], ...] = (
            ("adjudicator", "adj_venue_constraints", self.people.judge_names),
            ("team", "team_venue_constraints", self.people.team_names))
        for kind, file, names in kinds:
            for line in self.lines(file):
                subject = names.find(line, kind)
                category = self.place_names.find(line, "category")
                if subject is None or category is None:
                    continue
                if (subject, category) in made:
                    self.found.error(
                        line.where(), "csv_row_twice", kind="constraint", name=line.text(kind))
                made[subject, category] = VenueConstraint(
                    kind=kind, subject=subject, category=category,
                    priority=line.number_in("priority") or 0)
        return list(made.values())

    # Rounds

    def _rounds(self, breaks: list[BreakCategory]) -> list[Round]:
        made: list[Round] = []
        slugs = {one.id: one.slug for one in breaks}
        for at, line in enumerate(self.lines("rounds"), start=1):
            stage = line.choice("stage", _STAGES, "preliminary")
            usual = "elimination" if stage == "elimination" else "random"
            category = self.break_names.find(line, "break_category")
            one = Round(
                seq=line.whole("seq", at), name=line.text("name"),
                abbreviation=line.text("abbreviation"), stage=cast(StageName, stage),
                draw_type=cast(DrawTypeName, line.choice("draw_type", _DRAWS, usual)),
                silent=line.flag("silent"), weight=line.whole("weight", 1),
                feedback_weight=line.number_in("feedback_weight") or 0.0,
                break_category=slugs.get(category or ""))
            if self._is_new(line, self.round_names, one.abbreviation, one.name):
                made.append(one)
                self.round_names.add(str(one.seq), one.abbreviation, one.name)
        return made

    def _motions(self, rounds: list[Round]) -> list[Motion]:
        made: list[Motion] = []
        places: dict[int, list[tuple[int, str]]] = {one.seq: [] for one in rounds}
        for line in self.lines("motions"):
            made.append(Motion(
                id=f"M{len(made) + 1}", reference=line.text("reference"),
                text=line.text("text"), info_slide=line.text("info_slide")))
            order = line.parts("seq", ";")
            if any(not one.isdecimal() or len(one) > 6 for one in order):
                line.wrong("seq", "whole numbers")
                order = []
            for at, name in enumerate(line.parts("rounds", ";")):
                seq = self.round_names.find(line, "rounds", name)
                if seq is not None:
                    last = len(places[int(seq)]) + 1
                    place = int(order[at]) if at < len(order) else last
                    places[int(seq)].append((place, made[-1].id))
        for one in rounds:
            one.motions = [motion for _, motion in sorted(
                places[one.seq], key=lambda pair: pair[0])]
        return made

    def _absences(self, rounds: list[Round]) -> None:
        """Mark as absent who has a "false" in the column ``available:`` of a round."""
        by_seq = {str(one.seq): one for one in rounds}
        for seq, ids in self._absent("adjudicators", [one.id for one in self.people.judges]):
            by_seq[seq].absent_adjudicators = ids
        for seq, ids in self._absent("venues", [one.id for one in self.venues]):
            by_seq[seq].absent_venues = ids

    def _absent(self, name: str, ids: list[str]) -> Iterator[tuple[str, list[str]]]:
        table = self.tables.get(name) or Table()
        for column, title in table.rounds().items() if table.lines else ():
            seq = self.round_names.find(table.lines[0], column, title)
            absent = [
                ident for line, ident in zip(table.lines, ids, strict=True)
                if not line.flag(column, default=True)]
            if seq is not None:
                yield seq, absent

    def _questions(self) -> list[Question]:
        return [
            Question(
                id=f"Q{at}", name=line.text("name") or line.text("reference"),
                text=line.text("text"), type=line.choice("answer_type", _ANSWERS, "t"),
                required=line.flag("required", default=True),
                from_teams=line.flag("from_team"), from_adjudicators=line.flag("from_adj"),
                min_value=line.number_in("min_value"), max_value=line.number_in("max_value"),
                choices=line.parts("choices", "//"))
            for at, line in enumerate(self.lines("adj_feedback_questions"), start=1)
        ]


def read_tabbycat_csv(files: Mapping[str, bytes], where: str, name: str) -> Imported:
    """Read the files of a folder, by their names without the suffix, into a checked archive.

    ``where`` names the folder in problems, ``name`` the tournament. References are to names, in
    any case; every problem tells its file, line and column.
    """
    found = Findings()
    if not files.keys() & COLUMNS.keys():
        found.error(where, "csv_no_known_file", known=", ".join(
            f"{one}.csv" for one in ("teams", "speakers", "adjudicators", "rounds")))
        return Imported(None, tuple(found.listed()), KIND)
    tables = read_tables(files, found)
    tournament = Tournament(name=name, slug=slugify(name))
    archive = Folder(tables, found).read(tournament)
    tournament.preset = _preset(archive, tables, found)
    examine(archive, found)
    return Imported(archive, tuple(found.listed()), KIND)


def _preset(archive: Archive, tables: Mapping[str, Table], found: Findings) -> str:
    """Return the format: files with speakers beside their team are of the BP importer."""
    teams = tables.get("teams")
    if teams is not None and "speaker1_name" in teams.columns:
        return "bp"
    sizes = Counter(Counter(one.team for one in archive.speakers).values())
    usual = max(sizes, key=lambda size: (sizes[size], size), default=3)
    preset = "australs" if usual >= 3 else "bp"
    found.warn("folder", "csv_format_guessed", preset=preset)
    return preset
