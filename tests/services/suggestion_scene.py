"""The scene of the board of judges with something to suggest of each kind.

In Round 1 a speaker of T8 got 52. A1 has a base score of 9 and feedback round 5; A7 in the pool is
better than A6, who sits in D4. S3 is called nearly as S5.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tabapp.core.events import Event
from tabapp.domain.archive import Archive
from tabapp.domain.simulation import generate_tournament
from tabapp.services.events import RecommendationsUpdated
from tabapp.services.suggestion_answers import accept, dismiss
from tabapp.services.suggestions import Shown, SuggestionsView, read_suggestions
from tabapp.store import schema
from tests.services.board_scene import Scene, document, open_scene


class SuggestionScene(Scene):
    """A scene with suggestions."""

    def refresh(self, **params: object) -> object:
        """Run the job; return what it returns."""
        return self.work.run(
            "recommendations.refresh", tournament=self.owner.id, tournament_id=self.owner.id,
            **params).value

    def view(self) -> SuggestionsView:
        """Return what waits."""
        with self.work.database.read() as unit:
            return read_suggestions(unit, self.owner.id)

    def one(self, kind: str) -> Shown:
        """Return the first of a kind that waits."""
        return next(one for one in self.view().items if one.kind == kind)

    def accept(self, shown: Shown) -> str:
        """Accept a suggestion."""
        with self.work.database.write(
            actor="Ingrid", verb="accept", tournament=self.owner.id
        ) as unit:
            return accept(
                unit, self.owner.id, shown.kind, shown.subject, self.work.clock.now())

    def dismiss(self, shown: Shown, reason: str = "") -> str:
        """Dismiss a suggestion."""
        with self.work.database.write(
            actor="Ingrid", verb="dismiss", tournament=self.owner.id
        ) as unit:
            return dismiss(
                unit, self.owner.id, shown.kind, shown.subject, reason, self.work.clock.now())

    def undo(self) -> None:
        """Take the last action of a person back."""
        self.work.database.undo(self.owner.id, actor="Ingrid", trail_only=True)

    def tell(self, judge: str, *scores: float) -> None:
        """Add feedback on a judge."""
        with self.work.database.write(actor="test", tournament=self.owner.id) as unit:
            row = unit.scalar(
                schema.adjudicator.select().with_only_columns(schema.adjudicator.c.id)
                .where(schema.adjudicator.c.ref == judge))
            taken = unit.scalar(
                schema.feedback.select().with_only_columns(schema.feedback.c.id)
                .order_by(schema.feedback.c.id.desc())) or 0
            unit.insert(schema.feedback, [
                {"tournament_id": self.owner.id, "ref": f"F{taken + n}", "target_id": row,
                 "score": score, "confirmed": True}
                for n, score in enumerate(scores, start=1)])

    def heard(self) -> list[int]:
        """Return a list that learns how many wait whenever suggestions were worked out."""
        found: list[int] = []

        def hear(event: Event) -> None:
            assert isinstance(event, RecommendationsUpdated)
            found.append(event.open)

        self.work.bus.subscribe(RecommendationsUpdated, hear)
        return found


@contextmanager
def open_suggestions(folder: Path) -> Iterator[SuggestionScene]:
    """Store the scene in a new file."""
    made = document()
    sheet = made["rounds"][0]["debates"][1]["ballots"][0]["sheets"][0]
    lowest = min(sheet["sides"], key=lambda side: side["speeches"][1]["score"])
    lowest["speeches"][0]["score"] = 52.0
    made["speakers"][2]["name"] = "Katarina Novak"
    made["speakers"][4]["name"] = "Katarina Novák"
    with open_scene(folder, made) as scene:
        found = SuggestionScene(scene.work, scene.owner, scene.round)
        found.tell("A1", 4.8, 5.1, 5.0, 5.3, 4.9)
        yield found


def with_a_slip(seed: int = 1, score: float = 56.0) -> tuple[Archive, str]:
    """Return a played tournament in which one mark was mistyped, and whose it is."""
    made = generate_tournament(preset="bp", teams=24, rounds=4, seed=seed)
    debate = made.rounds[2].debates[1]
    side = debate.ballots[0].sheets[0].sides
    lowest = min(side, key=lambda one: sum(speech.score or 0 for speech in one.speeches))
    speech = lowest.speeches[0]
    speech.score = score
    return made, speech.speaker or ""
