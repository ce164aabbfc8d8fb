"""Reads DebateXML as its two known writers and hand-made files really have it."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tabapp.core.errors import Problem
from tabapp.domain.archive import Archive, Tournament
from tabapp.exchange.archive_checks import examine
from tabapp.exchange.debatexml_format import Format, read_format
from tabapp.exchange.debatexml_parts import Reading, called, children, keep, local, note, slugify
from tabapp.exchange.debatexml_people import (
    read_break_categories,
    read_feedback,
    read_institutions,
    read_motions,
    read_people,
    read_questions,
    read_speaker_categories,
    read_venues,
)
from tabapp.exchange.debatexml_rounds import read_rounds
from tabapp.exchange.findings import Findings
from tabapp.exchange.imported import Imported
from tabapp.exchange.texts import shown

_CHILDREN = (
    "round", "participants", "institution", "motion", "venue", "question", "break-category",
    "speaker-category", "division",
)


def read_debatexml(data: bytes, where: str) -> Imported:
    """Read one DebateXML file into a checked archive. ``where`` names the source in problems.

    Children may stand in any order; ids are looked up by the type that refers to them. Nothing
    that the file says is lost: attributes without a place are kept under ``debatexml``.
    """
    root = _parse(data, where)
    if isinstance(root, Problem):
        return Imported(None, (root,), "debatexml")
    found = Findings()
    archive = _read(root, Reading(found))
    examine(archive, found)
    return Imported(archive, tuple(found.listed()), "debatexml")


def _parse(data: bytes, where: str) -> Element | Problem:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except ParseError as error:
        line, column = error.position
        reason = str(error).partition(":")[0]
        return Problem.of(
            "error", f"line {line}, column {column + 1}", "debatexml_broken",
            line=line, column=column + 1, reason=reason,
        )
    except DefusedXmlException:
        return Problem.of("error", where, "debatexml_forbidden")
    except (ValueError, LookupError) as error:  # encodings that the parser does not know
        return Problem.of("error", where, "debatexml_unreadable", reason=shown(str(error)))
    if local(root) != "tournament":
        return Problem.of("error", where, "debatexml_wrong_root", root=shown(local(root)))
    return root


def _read(root: Element, reading: Reading) -> Archive:
    reading.expect(root, _CHILDREN)
    form = read_format(root, reading)
    people = read_people(root, reading)
    venue_categories, venues = read_venues(root, reading)
    questions = read_questions(root, reading)
    play = read_rounds(root, form, people, read_break_categories(root, reading), reading)
    seqs = {debate.id: round_.seq for round_ in play.rounds for debate in round_.debates}
    tournament = _tournament(root, form, reading)
    tournament.criteria = play.criteria
    return Archive(
        tournament=tournament,
        institutions=read_institutions(root, reading),
        break_categories=play.categories,
        speaker_categories=read_speaker_categories(root, reading),
        teams=people.teams,
        speakers=people.speakers,
        adjudicators=people.adjudicators,
        venue_categories=venue_categories,
        venues=venues,
        motions=read_motions(root, reading),
        questions=questions,
        rounds=play.rounds,
        feedback=read_feedback(people, questions, seqs, reading),
    )


def _tournament(root: Element, form: Format, reading: Reading) -> Tournament:
    name = root.get("name", "").strip()
    short = root.get("short", "").strip()
    if not name:
        reading.found.warn("tournament", "debatexml_missing", name="name")
    tournament = Tournament(
        name=name or short or "Tournament",
        short_name=short,
        slug=slugify(short) or slugify(name) or "tournament",
        preset=form.preset,
        settings=dict(form.overrides),
    )
    divisions = [
        {**division.attrib, "name": called(division)} for division in children(root, "division")
    ]
    if divisions:
        note(tournament, divisions=divisions)
    return keep(tournament, root, ("name", "short"))
