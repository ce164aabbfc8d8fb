"""From a request to a document."""

from __future__ import annotations

from dataclasses import replace

from tabapp.core.errors import UserError
from tabapp.exchange.tables import Document
from tabapp.services.exports.ballots import ballots_document
from tabapp.services.exports.break_lists import break_document
from tabapp.services.exports.hall import check_released
from tabapp.services.exports.participants import participants_document
from tabapp.services.exports.request import IN_CATEGORIES, TITLES, ExportRequest
from tabapp.services.exports.rounds import draw_document, results_document
from tabapp.services.exports.standings import standings_document
from tabapp.store.tournaments import TournamentRow, find_round, get_tournament
from tabapp.store.unit import ReadUnit


def build(unit: ReadUnit, tournament_id: int, request: ExportRequest) -> Document:
    """Read what is asked for as it is now.

    ``UserError``: ``round_unknown``, ``category_unknown``, ``export_no_categories``,
    ``export_not_released``, ``export_nothing_public``, ``export_break_until``, and those of
    metrics that make no table.
    """
    owner = get_tournament(unit, tournament_id)
    if request.category is not None and request.what not in IN_CATEGORIES:
        raise UserError("export_no_categories", what=TITLES[request.what])
    if request.until:  # 0 is before the first round
        find_round(unit, owner.id, request.until)
    if request.public:
        check_released(request, owner.settings)
    return replace(_document(unit, owner, request), paper=owner.settings.paper_size)


def _document(unit: ReadUnit, owner: TournamentRow, request: ExportRequest) -> Document:
    match request.what:
        case "results":
            return results_document(unit, owner, request)
        case "ballots":
            return ballots_document(unit, owner, request)
        case "draw":
            return draw_document(unit, owner, request)
        case "break":
            return break_document(unit, owner, request)
        case "participants":
            return participants_document(unit, owner, request)
        case kind:
            return standings_document(unit, owner, kind, request)
