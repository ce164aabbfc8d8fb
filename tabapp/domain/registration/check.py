"""A record as somebody types it, held against the fields' rules and the names that are taken."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tabapp.core.errors import Problem
from tabapp.domain.registration.fields import (
    FIELDS,
    KIND_WORDS,
    FieldRule,
    Form,
    Kind,
    rule_of,
    speaker_field,
)
from tabapp.domain.registration.register import Register
from tabapp.domain.registration.texts import (
    clean,
    fold,
    read_choice,
    read_flag,
    read_number,
    read_text,
    slug_of,
    split_list,
    split_names,
)

Values = Mapping[str, object]
Where = Callable[[str], str]
"""Makes the place of a problem from the key of a field."""

_UNIQUE: frozenset[Kind] = frozenset(
    {"institution", "team", "venue", "speaker_category", "venue_category"})
ALL_SPEAKERS = "speakers"
"""The key of a cell that holds all speakers of a team."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A checked record: columns of its row, ids that it is linked to, speakers of a new team.

    Ids below 0 stand for records that are stored with it; ``record`` is 0 where its own name
    is wrong.
    """

    kind: Kind
    record: int
    columns: Mapping[str, object]
    links: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    speakers: tuple[Entry, ...] = ()


def check_new(
    kind: Kind, values: Values, register: Register, *, where: Where = str, line: int | None = None
) -> tuple[Entry, list[Problem]]:
    """Check a new record, and know it from then on; problems stand at the fields' keys.

    A new team is in the general break categories, and has, as a new judge has, a conflict with
    its own institution. ``speaker1``, ``speaker1_email`` … and ``speakers`` are a team's.
    """
    given = {rule.key: values.get(rule.key) for rule in FIELDS[kind].values()}
    reader = _Reader(kind, given, register, where)
    columns, links = reader.read()
    problems = reader.problems
    if kind == "team":
        problems += _put_prefix(columns, register, where)
        if not links["break_categories"]:
            links["break_categories"] = register.general
        problems += check_wishes(
            links["break_preferences"], links["break_categories"], register, where)
    elif kind == "adjudicator" and columns.get("base_score") is None:
        columns["base_score"] = (register.score_low + register.score_high) / 2
    elif kind == "speaker_category" and not columns.get("slug"):
        columns["slug"] = slug_of(str(columns["name"]))
    own = columns.get("institution_id")
    if isinstance(own, int) and own not in links.get("institution_conflicts", ()):
        links["institution_conflicts"] = (*links.get("institution_conflicts", ()), own)
    name_is_right = not any(
        one.where == where("name") and one.level == "error" for one in problems)
    problems += _taken(kind, 0, columns, register, where)
    record = 0
    if name_is_right:
        aliases = [str(columns.get(key) or "") for key in ("code", "short_name", "code_name")]
        record = register.plan(kind, str(columns["name"]), *aliases, line=line)
        _learn_more(kind, record, columns, register)
    entry = Entry(kind, record, columns, links)
    if kind == "team":
        speakers, more = _speakers(values, record, register, where)
        return replace(entry, speakers=tuple(speakers)), problems + more
    return entry, problems


def check_edit(
    kind: Kind, record: int, values: Values, register: Register, *, where: Where = str
) -> tuple[Entry, list[Problem]]:
    """Check new values of some fields of a record that is stored."""
    known = {key: value for key, value in values.items() if key in FIELDS[kind]}
    reader = _Reader(kind, known, register, where)
    columns, links = reader.read()
    if kind == "adjudicator" and columns.get("base_score", 0.0) is None:
        reader.problems.append(
            Problem.of("error", where("base_score"), "field_missing", field="score"))
    if kind == "speaker_category" and columns.get("slug") == "":
        columns["slug"] = slug_of(str(columns.get("name") or register.shown[kind][record]))
    problems = reader.problems + _taken(kind, record, columns, register, where)
    return Entry(kind, record, columns, links), problems


def check_wishes(
    wishes: Iterable[int], eligible: Container[int], register: Register, where: Where = str
) -> list[Problem]:
    """Refuse the break categories that a team would rather break in but cannot."""
    return [
        Problem.of(
            "error", where("break_preferences"), "wish_not_eligible",
            category=register.shown["break_category"][one])
        for one in wishes if one not in eligible]


class _Reader:
    """Reads the values of one record."""

    def __init__(self, kind: Kind, values: Values, register: Register, where: Where) -> None:
        self._kind = kind
        self._values = values
        self._register = register
        self._where = where
        self.problems: list[Problem] = []

    def read(self) -> tuple[dict[str, object], dict[str, tuple[int, ...]]]:
        columns: dict[str, object] = {}
        links: dict[str, tuple[int, ...]] = {}
        for key, given in self._values.items():
            rule = FIELDS[self._kind][key]
            if rule.form is Form.LIST:
                links[key] = tuple(self._many(rule, given))
            else:
                columns[rule.goes_to] = self._one(rule, given)
        return columns, links

    def _one(self, rule: FieldRule, given: object) -> object:
        where = self._where(rule.key)
        if rule.form is Form.REFERENCE:
            return self._reference(rule, given)
        value: object
        if rule.form in (Form.NUMBER, Form.WHOLE):
            value, found = read_number(rule, where, given)
        elif rule.form is Form.FLAG:
            value, found = read_flag(rule, where, given)
        elif rule.form is Form.CHOICE:
            value, found = read_choice(rule, where, given)
        else:
            value, found = read_text(rule, where, given)
        self.problems += found
        return value

    def _reference(self, rule: FieldRule, given: object) -> int | None:
        text = "" if given is None else clean(str(given))
        if not text:
            if rule.required:
                self.problems.append(Problem.of(
                    "error", self._where(rule.key), "field_missing", field=rule.title))
            return None
        return given if isinstance(given, int) else self._find(rule, text)

    def _many(self, rule: FieldRule, given: object) -> Iterator[int]:
        if isinstance(given, (list, tuple)):
            parts = list(given)
        else:
            text = "" if given is None else clean(str(given))
            whole = rule.refers is not None and self._register.find(rule.refers, text) is not None
            parts = [text] if whole else split_list(text)
        seen = set()
        for part in parts:
            found = part if isinstance(part, int) else self._find(rule, str(part))
            if found is not None and found not in seen:
                seen.add(found)
                yield found

    def _find(self, rule: FieldRule, text: str) -> int | None:
        assert rule.refers is not None
        found = self._register.find(rule.refers, text)
        if found is None:
            where, word = self._where(rule.key), KIND_WORDS[rule.refers]
            nearest = self._register.nearest(rule.refers, text)
            self.problems.append(
                Problem.of("error", where, "name_unknown_nearest", kind=word, name=text,
                           nearest=nearest)
                if nearest else
                Problem.of("error", where, "name_unknown", kind=word, name=text)
            )
        return found


def _taken(
    kind: Kind, record: int, columns: Mapping[str, object], register: Register, where: Where
) -> list[Problem]:
    """Say which names others have already, and which values are unusual."""
    found = []
    name = str(columns.get("name") or "")
    holder = register.holder(kind, name) if name else None
    if holder not in (None, record):
        line = register.lines.get(holder or 0)
        if kind in _UNIQUE and line is not None:
            found.append(Problem.of(
                "error", where("name"), "name_pasted_twice", name=name, line=line))
        elif kind in _UNIQUE:
            found.append(Problem.of(
                "error", where("name"), "name_taken", kind=KIND_WORDS[kind], name=name))
        elif kind == "adjudicator":
            found.append(Problem.of("warning", where("name"), "judge_same_name", name=name))
    code = str(columns.get("code") or "") if kind == "institution" else ""
    if code and register.code_holder(code) not in (None, record):
        found.append(Problem.of("error", where("code"), "code_taken", taken=code))
    slug = str(columns.get("slug") or "")
    if slug and not found and register.aliases[kind].get(fold(slug), record) != record:
        found.append(Problem.of("error", where("slug"), "code_taken", taken=slug))
    if kind == "speaker":
        found += _same_speaker(record, columns, register, where)
    score = columns.get("base_score")
    if isinstance(score, float) and not register.score_low <= score <= register.score_high:
        found.append(Problem.of(
            "warning", where("base_score"), "score_outside", score=f"{score:g}",
            low=f"{register.score_low:g}", high=f"{register.score_high:g}"))
    return found


def _same_speaker(
    record: int, columns: Mapping[str, object], register: Register, where: Where
) -> Iterator[Problem]:
    team, name = columns.get("team_id"), str(columns.get("name") or "")
    if isinstance(team, int) and register.speakers[team].get(fold(name), record) != record:
        yield Problem.of(
            "warning", where("name"), "speaker_same_name", name=name,
            team=register.shown["team"].get(team, ""))


def _put_prefix(
    columns: dict[str, object], register: Register, where: Where
) -> Iterator[Problem]:
    """Put the institution's name before a team's, and its code before the short name."""
    home = columns.get("institution_id")
    if not columns.get("use_institution_prefix") or not isinstance(home, int):
        return
    place = register.shown["institution"].get(home, "")
    name, short = str(columns["name"]), str(columns["short_name"] or columns["name"])
    if name and not fold(name).startswith(fold(place)):
        columns["name"] = f"{place} {name}"
        columns["short_name"] = f"{register.codes.get(home) or place} {short}"
        for key in ("name", "short_name"):
            rule = FIELDS["team"][key]
            yield from read_text(rule, where(key), columns[key])[1]


def _learn_more(
    kind: Kind, record: int, columns: Mapping[str, object], register: Register
) -> None:
    if kind == "institution":
        register.codes[record] = str(columns.get("code") or "")
    elif kind == "speaker":
        team = columns.get("team_id")
        if isinstance(team, int):
            register.learn_speaker(team, record, str(columns["name"]))
    elif kind == "speaker_category":
        register.aliases[kind].setdefault(fold(str(columns["slug"])), record)


def _speakers(
    values: Values, team: int, register: Register, where: Where
) -> tuple[list[Entry], list[Problem]]:
    """Check the speakers that stand in the row of a new team."""
    team = team or register.reserve()  # whatever is wrong with the team, its speakers are checked
    people: dict[int, dict[str, object]] = {}
    for key, value in values.items():
        part = speaker_field(key)
        if part is not None and rule_of("team", key) is not None:
            people.setdefault(part[0], {})[part[1]] = value
    for number, name in enumerate(split_names(str(values.get(ALL_SPEAKERS) or "")), start=1):
        people.setdefault(number, {}).setdefault("name", name)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, given in sorted(people.items()):
        if not any(clean(str(value)) for value in given.values() if value not in (None, False)):
            continue

        def place(key: str, number: int = number) -> str:
            return where(f"speaker{number}" if key == "name" else f"speaker{number}_{key}")

        entry, found = check_new("speaker", given | {"team": team}, register, where=place)
        entries.append(entry)
        problems += found
    return entries, problems
