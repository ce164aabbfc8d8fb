"""Certificates of a tournament: for whom a tab director wants them, and nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tabapp.core.errors import UserError
from tabapp.domain.formats import PaperSize
from tabapp.domain.types import Tick, no_tick
from tabapp.exchange.paper.certificates import Certificate, Signature, print_all_certificates
from tabapp.services.paper.certificate_people import (
    Ask,
    Candidate,
    Offers,
    candidates,
    read_offers,
    secrets,
)
from tabapp.services.paper.certificate_words import WORDINGS, Line, fill
from tabapp.services.paper.hall_names import HallNames
from tabapp.services.paper.packs import Pack, pack_of
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit

__all__ = [
    "Ask", "Candidate", "CertificateOptions", "CertificateSet", "Offers", "find_certificates",
    "print_certificates", "read_certificates", "read_offers", "read_signatures",
]

SIGNED = "Tab director; Convenor"
"""Who signs where nobody says otherwise, as ``read_signatures`` reads it."""
MOST_SIGNATURES = 4


def read_signatures(text: str) -> tuple[Signature, ...]:
    """Read who signs: a semicolon after each, before the last comma the name, then the role.

    ``UserError`` ``certificate_signatures``.

    >>> read_signatures("Ann Lee, Convenor; Tab director")
    (Signature(role='Convenor', name='Ann Lee'), Signature(role='Tab director', name=''))
    """
    found = []
    for one in text.split(";"):
        name, _comma, role = (part.strip() for part in one.rpartition(","))
        if name or role:
            found.append(Signature(role, name))
    if len(found) > MOST_SIGNATURES:
        raise UserError("certificate_signatures", most=MOST_SIGNATURES)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class CertificateOptions:
    """What is printed. ``chosen`` are ids of candidates, None for all of them.

    ``own_names``: everybody by the own name, also who goes by a code name or is anonymous.
    ``lines`` are worded otherwise than ``WORDINGS`` says for the kind, one of "" is left out.
    ``date`` "": a line to write it on.
    """

    ask: Ask
    chosen: tuple[str, ...] | None = None
    own_names: bool = False
    lines: Mapping[Line, str] = field(default_factory=dict)
    date: str = ""
    signatures: tuple[Signature, ...] = read_signatures(SIGNED)


@dataclass(frozen=True, slots=True)
class CertificateSet:
    """What is printed; ``secret`` says what of it is not public, ``veiled`` counts code names."""

    certificates: tuple[Certificate, ...]
    secret: tuple[str, ...]
    veiled: int


def find_certificates(
    unit: ReadUnit, tournament_id: int, ask: Ask, *, own_names: bool = False
) -> tuple[Candidate, ...]:
    """Return who can be chosen; the same errors as ``read_certificates``."""
    hall = HallNames.read(unit, get_tournament(unit, tournament_id), own=own_names)
    found = tuple(candidates(unit, hall, ask))
    if not found:
        raise UserError(f"certificate_nobody_{ask.kind}")
    return found


def read_certificates(
    unit: ReadUnit, tournament_id: int, options: CertificateOptions
) -> CertificateSet:
    """Return certificates with all their words, the best first, else by name.

    ``UserError``: ``certificate_nobody_`` and the kind where there is none; of a choice
    ``paper_nothing_chosen`` and ``certificate_gone``; ``certificate_placeholder``,
    ``certificate_signatures``, ``certificate_no_break``, ``certificate_break_tied``,
    ``certificate_break_outdated``, ``certificate_rounds_open``, ``certificate_award_unknown``,
    and those of unknown categories.
    """
    if len(options.signatures) > MOST_SIGNATURES:
        raise UserError("certificate_signatures", most=MOST_SIGNATURES)
    found = find_certificates(unit, tournament_id, options.ask, own_names=options.own_names)
    if options.chosen is not None:
        if not options.chosen:
            raise UserError("paper_nothing_chosen", what="certificate")
        lost = sorted(set(options.chosen) - {one.id for one in found})
        if lost:
            raise UserError("certificate_gone", id=lost[0])
        found = tuple(one for one in found if one.id in set(options.chosen))
    return CertificateSet(
        tuple(_certificate(one, options) for one in found),
        secrets(unit, get_tournament(unit, tournament_id), options.ask),
        sum(one.veiled for one in found))


def print_certificates(
    certificates: Sequence[Certificate], *, paper: PaperSize = "a4", tick: Tick = no_tick
) -> Pack:
    """Set certificates, one on a page across; needs no database.

    ``tick`` is told of certificates and may raise to cancel, between one file of 200 and the next.
    """
    title = f"Certificates · {certificates[0].tournament}" if certificates else "Certificates"
    return pack_of(print_all_certificates(certificates, title=title, paper=paper, tick=tick))


def _certificate(one: Candidate, options: CertificateOptions) -> Certificate:
    words, facts = WORDINGS[one.words], one.facts
    words = replace(words, **{str(line): said for line, said in options.lines.items()})
    return Certificate(
        facts.tournament, title=fill(words.title, facts), lead=fill(words.lead, facts),
        name=facts.name, detail=fill(words.detail, facts), headline=fill(words.headline, facts),
        body=fill(words.body, facts), date=options.date, signatures=options.signatures)
