"""How much there is to look at in a real tournament."""

from __future__ import annotations

from pathlib import Path

from tabapp.app import open_workspace
from tabapp.exchange.debatexml_reader import read_debatexml
from tabapp.services import exchange
from tabapp.services.suggestions import read_suggestions
from tabapp.store import schema


def test_a_real_championship_has_few_ballots_to_look_at(data_dir: Path, tmp_path: Path) -> None:
    name = "2023eudc.xml"
    found = read_debatexml((data_dir / "debatexml" / name).read_bytes(), name)
    assert found.archive is not None
    with open_workspace(tmp_path / "eudc.tabapp", create=True) as work:
        owner = work.tournament(
            exchange.add(work.database, found.archive, now=work.clock.now(), actor="x"))
        work.run("recommendations.refresh", tournament=owner.id, tournament_id=owner.id)
        with work.database.read() as unit:
            ballots = [
                one for one in read_suggestions(unit, owner.id).items if one.kind == "ballot"]
            speeches = len(unit.fetch(
                schema.result_speech.select().with_only_columns(schema.result_speech.c.score)))
    flagged = sum(one.facts.get("count", 1) for one in ballots)
    assert 0 < flagged / speeches < 0.02
    assert ballots[0].facts["z"] < -4  # two speeches of 60 and 61 by people who get 73 to 79
