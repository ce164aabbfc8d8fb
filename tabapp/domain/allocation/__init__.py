"""Who judges where, and in which room.

``types`` holds the snapshots and answers, ``conflicts`` who clashes with whom, ``snapshots`` reads
an archive, ``panels`` seats judges, ``venues`` places debates; ``board`` is what a person moves by
hand, ``price`` what a move costs. One rule: a conflict is never assigned, whatever it costs
elsewhere; only a person may override one.
"""

from tabapp.domain.allocation.panels import allocate_panels
from tabapp.domain.allocation.snapshots import panel_snapshot, room_snapshot
from tabapp.domain.allocation.types import (
    Panel,
    PanelAllocation,
    PanelDebate,
    PanelJudge,
    PanelSnapshot,
    Room,
    RoomAllocation,
    RoomConstraint,
    RoomDebate,
    RoomSnapshot,
    Unmet,
)
from tabapp.domain.allocation.venues import allocate_rooms

__all__ = [
    "Panel", "PanelAllocation", "PanelDebate", "PanelJudge", "PanelSnapshot", "Room",
    "RoomAllocation", "RoomConstraint", "RoomDebate", "RoomSnapshot", "Unmet",
    "allocate_panels", "allocate_rooms", "panel_snapshot", "room_snapshot",
]
