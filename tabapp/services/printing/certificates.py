"""Certificates: what they can be for, and those that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, get_args

from tabapp.core.errors import Problem, UserError
from tabapp.domain.formats import PaperSize
from tabapp.domain.types import Tick
from tabapp.services.paper import Pack
from tabapp.services.paper.certificate_words import (
    WORDINGS,
    CertificateKind,
    Wording,
    check_words,
)
from tabapp.services.paper.certificates import (
    Ask,
    CertificateOptions,
    find_certificates,
    print_certificates,
    read_certificates,
    read_offers,
    read_signatures,
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


def certificate_paper(
    unit: ReadUnit, tournament: int, request: PrintRequest, size: PaperSize
) -> Paper:
    """Read the certificates; ``UserError`` where there are none."""
    made = read_certificates(unit, tournament, _options(request))
    return Paper(made.certificates, 1, partial(_set, size))


def certificate_warnings(
    unit: ReadUnit, tournament: int, request: PrintRequest
) -> list[Problem]:
    """Return what certificates would tell that is secret, and whose names are veiled."""
    made = read_certificates(unit, tournament, _options(request))
    found = [Problem("warning", "", "certificate_secret", words) for words in made.secret]
    if made.veiled:
        found.append(Problem.of("warning", "", "print_veiled", count=made.veiled))
    return found


def usual_words(request: PrintRequest) -> Wording:
    """Return what stands on certificates where nobody words it otherwise."""
    ask = _ask(request)
    kind: str = ask.kind
    if kind == "breaking_teams" and ask.each_speaker:
        kind = "breaking_speakers"
    elif kind == "speakers" and ask.category:
        kind = "category_speakers"
    return WORDINGS[kind]


def certificate_problems(request: PrintRequest) -> list[Problem]:
    """Return what is wrong with words of one's own, at the line, and with ``signatures``."""
    found = []
    for line, words in request.lines.items():
        try:
            check_words(words)
        except UserError as error:
            found.append(Problem("error", line, error.code, error.message))
    try:
        read_signatures(request.signatures)
    except UserError as error:
        found.append(Problem("error", "signatures", error.code, error.message))
    return found


def _options(request: PrintRequest) -> CertificateOptions:
    return CertificateOptions(
        _ask(request), request.only, own_names=request.own_names, date=request.date,
        lines=request.lines, signatures=read_signatures(request.signatures))


def _ask(request: PrintRequest) -> Ask:
    wanted, _, about = request.subject.partition(":")
    kind = next((one for one in _KINDS if one == wanted), None)
    if kind is None:
        raise UserError("print_subject_unknown", subject=wanted, known=", ".join(_KINDS))
    if kind == "award":
        return Ask(kind, award=about)
    return Ask(kind, about, top=request.top, each_speaker=request.each_speaker)


def _set(size: PaperSize, items: Sequence[Any], tick: Tick) -> Pack:
    return print_certificates(items, paper=size, tick=tick)
