"""Sentences about sides and rooms that a person sets: balance, side plans, draws by hand."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    # the balance report
    "balance_of_elimination": (
        "{round} is an elimination round, whose sides do not count for the balance. Choose a "
        "preliminary round."
    ),
    # draws by hand
    "not_by_hand": (
        "{round} is not drawn by hand. Choose By hand as its draw under Settings, Rounds, before "
        "it is drawn."
    ),
    "room_without_team": "Nobody stands as {side}. Choose a team that is not placed yet.",
    "room_team_unknown": '"{team}" is not a team that is here. Choose one from the list.',
    "room_team_placed": "{team} stands in {debate} already. Choose another team.",
    "room_team_twice": "{team} is chosen twice. Give each side a team of its own.",
    "room_sides_wrong": (
        "A room of {round} takes the sides {sides}, or one bye. Give one team for each of them."
    ),
    "byes_are_off": (
        "Byes are off in this tournament. Switch them on under Settings, Rules "
        "(bye_team_selection), or add a team."
    ),
    "room_gone": "This room is not in the draw of {round} any more. Look at the draw again.",
    "room_has_ballot": (
        "{debate} has a ballot already. Delete that ballot before the room is taken out."
    ),
    "room_rests_by_hand": "Rests, as was decided by hand.",
    # side plans
    "sides_not_allocated": (
        "Sides are not allocated beforehand in this tournament. Set Side allocations to "
        "preallocated under Settings, Rules, first."
    ),
    "side_round_drawn": (
        "{round} is drawn, so its sides stay as they are. Choose rounds that are not drawn."
    ),
    "side_round_out": (
        "Sides are planned for preliminary rounds only. Choose one that is there."
    ),
    "side_no_rounds": "No round is left to plan: all are drawn. Add a round first.",
    "side_unknown": '"{side}" is no side. Write {aff} or {neg}.',
    "side_team_unknown": '"{team}" is not a team of this tournament. Correct the name.',
    "side_team_twice": "{team} stands in the list twice. Leave one of the lines out.",
    "side_line_unread": '"{line}" is not a team and a side. Write one team, a comma and its side.',
    # how a round is planned to be drawn
    "round_seeds_missing": (
        "{count} teams have no seed. Give them one under People before this round is drawn."
    ),
}
