"""The stage judges of a round: toolbar, board and pool, and what is done there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.domain.allocation.board import BoardDebate
from tabapp.domain.types import Role as Seated
from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import count, tr
from tabapp.gui.names import fold
from tabapp.gui.page import Page
from tabapp.gui.pages.rounds.allocating import Allocating
from tabapp.gui.pages.rounds.judges.board import BoardView
from tabapp.gui.pages.rounds.judges.carrying import Carrying
from tabapp.gui.pages.rounds.judges.commands import COMMANDS
from tabapp.gui.pages.rounds.judges.data import JudgesData, mark_in, read_data
from tabapp.gui.pages.rounds.judges.edits import Edits
from tabapp.gui.pages.rounds.judges.pool import PoolView, pool_width
from tabapp.gui.pages.rounds.stage_body import StageBody, draw_banner
from tabapp.gui.session import Session
from tabapp.gui.tables.card import Corners
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.cards import Banner, Card
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.painted import Name, label
from tabapp.gui.widgets.segments import Segments
from tabapp.jobs.outcome import JobResult
from tabapp.store.unit import ReadUnit


class ViewCard(Card):
    """A card around a view that paints its own ground."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(padding=1)
        self.setAccessibleName(view.accessibleName())
        self.body.addWidget(view)
        self._corners = Corners(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lie the corners over the new size."""
        super().resizeEvent(event)
        self._corners.cover(self.rect())


class JudgesStage(Page[JudgesData | None]):
    """Shows who judges where; a judge is lifted, priced and dropped by keys or by the pointer."""

    place = "rounds/judges"
    watches = frozenset({
        "panels", "draws", "people", "availability", "settings", "feedback", "results", "rounds",
        "venues",
    })
    of_round = acts_on_round = True
    commands = COMMANDS
    hints = (
        (("Space",), "lifts, drops"), (("Up", "Down", "Left", "Right"), "move"),
        (("Tab",), "takes the best"), (("Del",), "to the pool"), (("C",), "chair"),
        (("+",), "important"), (("F8",), "next problem"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.data: JudgesData | None = None
        self._follow: str | None = None
        self.banner: Banner | None = None
        self.filter = SearchField(tr("Filter"), keys=("/",))
        self.marks = Segments(
            tr("Show"), [("clashes", tr("Clashes")), ("history", tr("History"))])
        self.notice = Name("", "body", "text2")
        self.problems = Button("", icon="triangle-alert", keys=("F8",))
        self.allocating = Allocating(
            session, self, "draw.allocate_adjudicators", tr("Seating judges"))
        self.board = BoardView(tr("Board of judges"))
        self.pool = PoolView(tr("Judges without a place"))
        self.carrying = Carrying(self, self.board, self.pool)
        self.edits = Edits(self)
        self.head = self._make_head()
        self._lay_out()
        self._connect()
        self._register()
        self.setFocusProxy(self.board)

    def _make_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.UNIT)
        self.again = self.button("judges.again", keys=False)
        self.fill = self.button("judges.fill")
        self.proceed = self.button("judges.proceed", role=Role.PRIMARY)
        for one in (self.again, self.fill, self.proceed):
            row.addWidget(one)
        return head

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(Space.UNIT)
        self.filter.setFixedWidth(190)
        for part in (self.filter, label(tr("Show"), role="secondary"), self.marks):
            bar.addWidget(part)
        bar.addSpacing(Space.UNIT)
        bar.addWidget(self.notice, 1)
        bar.addWidget(self.allocating)
        bar.addWidget(self.problems)
        self._left = QVBoxLayout()
        self._left.setSpacing(Space.UNIT)
        self._left.addLayout(bar)
        self._left.addWidget(ViewCard(self.board), 1)
        self._pool_card = ViewCard(self.pool)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addLayout(self._left, 1)
        row.addWidget(self._pool_card)
        self.body = StageBody(self, self.session, whole, self.board)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._show_rows)
        self.filter.left_downwards.connect(self.board.setFocus)
        self.marks.chosen.connect(lambda key: self.board.show_history(key == "history"))
        self.problems.clicked.connect(self._on_problem)
        self.board.moved.connect(self._on_moved)
        self.board.taken_out.connect(self._on_taken_out)
        self.board.role_wanted.connect(self.edits.set_role)
        self.board.importance_wanted.connect(self.edits.change_importance)
        self.board.pick_wanted.connect(self.pool.setFocus)
        self.pool.left.connect(self.board.setFocus)
        self.carrying.seated.connect(self.edits.seat)
        self.carrying.taken_out.connect(self.edits.take_out)
        self.carrying.changed.connect(self._on_moved)
        self.carrying.changed.connect(self.catch_up)
        self.carrying.reason.left.connect(self.catch_up)
        self.edits.follow.connect(self._on_follow)
        self.allocating.changed.connect(self.refresh_commands)
        self.allocating.ended.connect(self._on_allocated)

    def _register(self) -> None:
        self.on("judges.proceed", self._on_proceed, self._why_not_proceed)
        self.on("judges.fill", self.edits.fill, self._why_not_fill)
        self.on("judges.again", self._on_again, self._why_not_again)
        self.on("judges.clear", self._on_clear, self._why_not_clear)
        self.on("judges.problem", self._on_problem, self._why_no_problem)
        self.on("judges.filter", self.filter.setFocus)
        for name, role in (
            ("judges.chair", Seated.CHAIR), ("judges.panellist", Seated.PANELLIST),
            ("judges.trainee", Seated.TRAINEE),
        ):  # fmt: skip
            self.on(name, partial(self._on_role, role), self._why_no_judge)
        self.on("judges.out", self._on_out, self._why_no_judge)
        for name, by in (("judges.more", 1), ("judges.less", -1)):
            self.on(name, partial(self._on_importance, by), self._why_no_debate)

    # Data

    def query(self) -> Callable[[ReadUnit], JudgesData | None]:
        """Read the board of the round that is looked at."""
        round_id = self.session.round_id
        return lambda unit: None if round_id is None else read_data(unit, round_id)

    def may_reload(self) -> bool:
        """Wait while a reason is being typed."""
        return not self.carrying.asks

    def let_go(self) -> None:
        """Put back who is on the way; a reason that was being typed goes with that."""
        if self.carrying.judge is not None:
            self.carrying.put_back()

    def show_data(self, data: JudgesData | None) -> None:
        """Show the board, or what has to be done before there can be one."""
        other_round = self.data is None or data is None or (
            self.data.board.round_id != data.board.round_id)
        self.data = data
        self.edits.board = data.board if data is not None else None
        if other_round:
            self.let_go()
        self.carrying.show_data(data)
        if data is None or not data.board.debates or not data.board.judges:
            self._show_empty(data)
            return
        self.body.show_body()
        self._show_banner(data)
        self.proceed.set_words(
            tr("Allocate judges") if data.board.is_empty else tr("Keep these panels"))
        self._show_rows()
        if self._follow is not None and self.board.go_to_judge(self._follow):
            self._follow = None
        stops = len(data.stops)
        self.problems.set_words(count(stops, "problem", "problems"))
        self.problems.setVisible(bool(stops))

    def _show_rows(self) -> None:
        if self.data is None:
            return
        wanted = fold(self.filter.text()).split()
        board = self.data.board
        self.board.show_rows(self.data, [
            debate for debate in board.debates
            if all(word in self._haystack(debate) for word in wanted)
        ])
        self.pool.show_judges([
            one for one in board.pool if all(word in fold(one.name) for word in wanted)])
        self._on_moved()

    def _haystack(self, debate: BoardDebate) -> str:
        judges = self.data.board.judges if self.data is not None else {}
        said = [debate.label, *(team.name for team in debate.teams)]
        return fold("\n".join([*said, *(judges[one].name for one in debate.members)]))

    def _show_empty(self, data: JudgesData | None) -> None:
        self.proceed.set_words(tr("Allocate judges"))
        if data is not None and data.board.debates:
            self.body.show_empty(
                tr("No judges."), tr("Import a list or paste one from a spreadsheet."),
                tr("Open people"), "people", "judges")
        else:
            self.body.show_not_drawn(data.board.name if data is not None else tr("This round"))

    def _show_banner(self, data: JudgesData) -> None:
        if self.banner is not None:
            self._left.removeWidget(self.banner)
            self.banner.deleteLater()
            self.banner = None
        if not data.board.has_results and data.board.status != "confirmed":
            self.banner = draw_banner(self.session, data.board.status, data.why_not)
            self._left.insertWidget(0, self.banner)

    # What is looked at

    def _on_moved(self) -> None:
        """Say what is at the cursor: its findings, and who of the pool could come here."""
        if self.data is None:
            return
        debate = self.board.current_debate
        said = [one.text for one in self.data.findings if debate and one.debate == debate.id]
        board = self.data.board
        facts = [
            count(len(board.debates), "debate", "debates"),
            count(len(board.seats), "judge seated", "judges seated"),
            tr("{n} not placed", n=len(board.pool)),
        ]
        self.notice.set_text(said[0] if said else " · ".join(facts))
        self.pool.show_marks(
            {one.id: mark_in(board, one.id, debate) for one in board.pool}
            if debate is not None else {})

    def _on_follow(self, judge: str) -> None:
        self._follow = judge

    def next_problem(self) -> bool:
        """Go to the next room with a problem, from the cursor on and around the end."""
        stops = self.data.stops if self.data is not None else ()
        rows = [one.id for one in self.board.rows]
        shown = [one for one in stops if one.debate in rows]
        if not shown:
            return False
        here = self.board.current
        at = (rows.index(here.debate), here.judge or "") if here is not None else (-1, "")
        order = sorted(shown, key=lambda one: (rows.index(one.debate), one.judge or ""))
        later = (one for one in order if (rows.index(one.debate), one.judge or "") > at)
        found = next(later, order[0])
        self.board.setFocus(Qt.FocusReason.OtherFocusReason)
        if found.judge is None or not self.board.go_to_judge(found.judge):
            self.board.go_to_debate(found.debate)
        self.notice.set_text(found.text)
        return True

    def _on_problem(self) -> None:
        self.next_problem()

    def panes(self) -> Sequence[QWidget]:
        """Return toolbar, board and pool."""
        return (self.filter, self.board, self.pool)

    def open_at(self, target: object) -> None:
        """Show a room or a judge by its archive id."""
        if isinstance(target, str) and not self.board.go_to_debate(target):
            self.board.go_to_judge(target)
        self.board.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the pool what the width allows."""
        super().resizeEvent(event)
        self._pool_card.setFixedWidth(pool_width(self.width()))

    # What is done

    def _on_proceed(self) -> None:
        if self.data is not None and not self.data.board.is_empty:
            self.session.go("rounds/rooms")
            return
        self._allocate()

    def _allocate(self) -> None:
        if self.data is not None:
            self.allocating.start(self.data.board.round_id, self.data.board.name)

    def _on_allocated(self, result: JobResult) -> None:
        """Say why nobody has a place, for the board looks as it did before."""
        found: Any = result.value
        if not any(one["chair"] for one in found["panels"]):
            self.session.tell(
                tr("Nobody could be seated: every judge who may vote clashes with a team. "
                   "Seat judges by hand, or look at who is here and at the conflicts."),
                "attention")

    def _on_again(self) -> None:
        if self.data is None:
            return
        board = self.data.board
        ask(
            self, tr("Allocate the judges of {round} again?", round=board.name),
            tr("The panels that are there go, moves by hand too: {n} seats. You can undo this.",
               n=len(board.seats)),
            tr("Allocate again"), self._allocate)

    def _on_clear(self) -> None:
        if self.data is None:
            return
        board = self.data.board
        ask(
            self, tr("Clear the panels of {round}?", round=board.name),
            tr("All {n} judges go back to the pool, and reasons of clashes with them. "
               "You can undo this.", n=len(board.seats)),
            tr("Clear panels"), self.edits.clear, danger=True)

    def _on_taken_out(self, judge: str) -> None:
        if self.carrying.judge is not None:
            self.carrying.put_back()
        self.edits.take_out(judge)

    def _on_role(self, role: Seated) -> None:
        slot = self.board.current
        if slot is not None and slot.judge is not None:
            self.edits.set_role(slot.judge, role)

    def _on_out(self) -> None:
        slot = self.board.current
        if slot is not None and slot.judge is not None:
            self.edits.take_out(slot.judge)

    def _on_importance(self, by: int) -> None:
        slot = self.board.current
        if slot is not None:
            self.edits.change_importance(slot.debate, by)

    # When it can be done

    def _why_not_allocate(self) -> str:
        if self.data is None:
            return tr("The round is being read.")
        return self.allocating.why_not() or self.data.why_not

    def _why_not_proceed(self) -> str:
        if self.data is not None and not self.data.board.is_empty:
            return self.allocating.why_not()
        return self._why_not_allocate()

    def _why_not_again(self) -> str:
        if self.data is not None and self.data.board.is_empty:
            return tr("Nothing is allocated yet.")
        return self._why_not_allocate()

    def _why_not_fill(self) -> str:
        if self.data is not None and not any(one.may_vote for one in self.data.board.pool):
            return tr("Nobody who may vote is without a place.")
        return self._why_not_allocate()

    def _why_not_clear(self) -> str:
        if self.data is None or self.data.board.is_empty:
            return tr("No judge has a place yet.")
        return self.allocating.why_not()

    def _why_no_problem(self) -> str:
        return "" if self.data is not None and self.data.stops else tr("There is no problem.")

    def _why_no_judge(self) -> str:
        slot = self.board.current
        return "" if slot is not None and slot.judge is not None else tr("Choose a judge first.")

    def _why_no_debate(self) -> str:
        return "" if self.board.current is not None else tr("Choose a room first.")
