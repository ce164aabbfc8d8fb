"""Checks break categories and the breaks that were made."""

from __future__ import annotations

from tabapp.core.errors import Problem
from tabapp.domain.archive import Archive, BreakCategory
from tabapp.domain.breaks import Remark
from tabapp.domain.setup import fits_four
from tabapp.exchange.findings import Findings
from tabapp.exchange.known import Known
from tabapp.exchange.texts import shown

_REMARKS = tuple(remark.value for remark in Remark)


def check_breaks(archive: Archive, known: Known, found: Findings) -> None:
    """Check sizes of break categories, and the references of breaks."""
    for category in archive.break_categories:
        _check_category(category, archive, known, found)
    seen = set()
    for made in archive.breaks:
        where = f"break {made.category}"
        found.ref(where, "break category", made.category, known.break_slugs)
        if made.category in seen:
            found.error(where, "import_two_breaks", category=made.category)
        seen.add(made.category)
        found.refs(where, "team", (row.team for row in made.teams), known.teams)
        for row in made.teams:
            if row.remark is not None and row.remark not in _REMARKS:
                found.add(Problem.of(
                    "error", shown(f"{where}, team {row.team}", 90), "import_unknown_remark",
                    place=shown(where, 90), team=shown(known.team(row.team)),
                    remark=shown(row.remark), known=", ".join(_REMARKS),
                ))
        if made.lots is not None:
            found.refs(where, "team", made.lots.order, known.teams)


def _check_category(
    category: BreakCategory, archive: Archive, known: Known, found: Findings
) -> None:
    """Size 0 means that nobody has decided yet, as in files from other programs.

    A general category names its teams like any other, since the break reads only their names.
    """
    where = f"break category {category.slug}"
    teams = [team for team in archive.teams if team.type != "swing"]
    field = sum(category.id in team.break_categories for team in teams)
    nobody = bool(category.general and teams and not field)
    if nobody:
        name = category.name or category.slug
        found.warn(where, "import_general_without_members", category=name)
    if category.size < 0 or category.reserve_size < 0:
        found.error(where, "import_negative_size", size=min(category.size, category.reserve_size))
        return
    if not category.size:
        return
    four = known.settings is not None and len(known.settings.sides) == 4
    if category.size < 2 or (four and not fits_four(category.size)):
        found.warn(where, "import_size_without_bracket", size=category.size)
    if category.size > field and not nobody:
        found.warn(where, "import_size_above_field", size=category.size, field=field)
