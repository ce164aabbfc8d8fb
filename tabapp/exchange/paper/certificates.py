"""Certificates: one page across for each, with all words already said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tabapp.domain.formats import PaperSize
from tabapp.domain.types import Tick, no_tick
from tabapp.exchange.paper.files import set_files
from tabapp.exchange.paper.fitting import is_rtl, large
from tabapp.exchange.paper.values import Printed
from tabapp.exchange.paper.words import printable, printable_lines

CHUNK = 200
"""Certificates in one file."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs and as what; without a ``name`` there is the line and the role alone."""

    role: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """One page from top to bottom; "" is left out. Without a ``date`` there is a line for one.

    ``detail`` stands under the name, ``headline`` says large what it is for, ``body`` the rest.
    """

    tournament: str
    title: str
    lead: str
    name: str
    detail: str = ""
    headline: str = ""
    body: str = ""
    date: str = ""
    signatures: tuple[Signature, ...] = ()


def print_all_certificates(
    certificates: Sequence[Certificate], *, title: str = "Certificates", paper: PaperSize = "a4",
    tick: Tick = no_tick,
) -> list[Printed]:
    """Return the certificates in PDF files of at most ``CHUNK``, one a page.

    ``tick`` is told of the certificates that are done and may raise to cancel.
    """
    return set_files(
        "certificates", "certificates", certificates, _certificate, title=title, most=CHUNK,
        tick=tick, paper=paper)


def _certificate(one: Certificate) -> dict[str, Any]:
    return {
        "tournament": printable(one.tournament), "heading": printable(one.title),
        "lead": printable(one.lead), "name": large(one.name), "detail": printable(one.detail),
        "headline": printable(one.headline), "body": printable_lines(one.body),
        "body-rtl": is_rtl(one.body), "date": printable(one.date),
        "signatures": [
            {"role": printable(line.role), "name": printable(line.name)}
            for line in one.signatures],
    }
