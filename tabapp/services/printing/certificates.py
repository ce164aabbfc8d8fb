"""Certificates: what they can be for, and those that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from tabapp.core.errors import Problem, UserError
from tabapp.domain.types import Tick
from tabapp.services.paper import Pack
from tabapp.services.paper.certificate_words import CertificateKind
from tabapp.services.paper.certificates import (
    Ask,
    CertificateOptions,
    find_certificates,
    print_certificates,
    read_certificates,
    read_offers,
)
from tabapp.services.printing.paper import Paper
from tabapp.services.printing.requests import Part, PrintRequest, Subject
from tabapp.store.unit import ReadUnit

_KINDS: tuple[CertificateKind, ...] = get_args(CertificateKind)


def read_subjects(unit: ReadUnit, tournament: int) -> tuple[Subject, ...]:
    """Return what there can be certificates for."""
    offers = read_offers(unit, tournament)
    return (
        Subject("participation", "Everybody who took part"),
        *(Subject(f"breaking_teams:{slug}", f"Teams that break: {name}")
          for slug, name in offers.break_categories.items()),
        Subject("speakers", "Best speakers"),
        *(Subject(f"speakers:{slug}", f"Best speakers: {name}")
          for slug, name in offers.speaker_categories.items()),
        Subject("breaking_judges", "Judges who break"),
        Subject("judges", "Judges"), Subject("chairs", "Chairs"),
        Subject("core", "Adjudication core"),
        *(Subject(f"award:{key}", f"Award: {title}") for key, title in offers.awards.items()),
    )


def certificate_parts(
    unit: ReadUnit, tournament: int, request: PrintRequest
) -> tuple[Part, ...]:
    """Return who can have a certificate alone."""
    return tuple(
        Part(one.id, one.facts.name, one.facts.team)
        for one in find_certificates(
            unit, tournament, _ask(request), own_names=request.own_names))


def certificate_paper(unit: ReadUnit, tournament: int, request: PrintRequest) -> Paper:
    """Read the certificates; ``UserError`` where there are none."""
    made = read_certificates(unit, tournament, _options(request))
    return Paper(made.certificates, 1, _set)


def certificate_warnings(
    unit: ReadUnit, tournament: int, request: PrintRequest
) -> list[Problem]:
    """Return what certificates would tell that is secret, and whose names are veiled."""
    made = read_certificates(unit, tournament, _options(request))
    found = [Problem("warning", "", "certificate_secret", words) for words in made.secret]
    if made.veiled:
        found.append(Problem.of("warning", "", "print_veiled", count=made.veiled))
    return found


def _options(request: PrintRequest) -> CertificateOptions:
    return CertificateOptions(
        _ask(request), request.only, own_names=request.own_names, date=request.date)


def _ask(request: PrintRequest) -> Ask:
    wanted, _, about = request.subject.partition(":")
    kind = next((one for one in _KINDS if one == wanted), None)
    if kind is None:
        raise UserError("print_subject_unknown", subject=wanted, known=", ".join(_KINDS))
    if kind == "award":
        return Ask(kind, award=about)
    return Ask(kind, about, top=request.top, each_speaker=request.each_speaker)


def _set(items: Sequence[Any], tick: Tick) -> Pack:
    return print_certificates(items, tick=tick)
