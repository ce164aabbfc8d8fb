"""Who sits at this window, and what they may see: the one place where pages ask."""

from __future__ import annotations

from tabapp.gui.session import Session


def may_see_results(session: Session) -> bool:
    """Tell whether ranks, breaks and what a correction would change may be shown here.

    Everybody at the window is the tab director until people have roles.
    """
    return bool(session.tournament)
