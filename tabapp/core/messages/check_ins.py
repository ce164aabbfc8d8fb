"""Sentences about papers that come to the desk, and about who fetches them."""

MESSAGES: dict[str, str] = {
    "code_is_badge": "{text} is the badge of {name}, not the sheet of a room. Scan the code on a"
    " score sheet.",
    "code_is_sign": "{text} is the sign of {name}, not the sheet of a room. Scan the code on a"
    " score sheet.",
    "paper_of_bye": "{name} has a bye in {round}, and nobody debates there. Put this sheet aside.",
    "paper_not_out": "The draw of {round} is not released, so that no sheet of {room} can be back."
    " Release the draw, or put the sheet aside.",
    "paper_of_postponed": "{room} is postponed in {round}. Resume the room, or put the sheet"
    " aside.",
    "paper_not_received": "The sheet of {room} is not marked as received. There is nothing to take"
    " back.",
    "paper_entered": "The ballot of {room} is entered already. Nothing has to be received.",
    "runner_too_long": "A runner's name has {length} letters, and {limit} are the most. Shorten"
    " it.",
    "runner_room_gone": "A room of this list was deleted elsewhere. Open the list again.",
}
