"""What the sides of a debate are called, long and short, by the setting ``side_names``."""

from __future__ import annotations

from tabapp.domain.types import TWO_SIDES, Side

_TWO = {
    "aff-neg": (("Affirmative", "Aff"), ("Negative", "Neg")),
    "gov-opp": (("Government", "Gov"), ("Opposition", "Opp")),
    "prop-opp": (("Proposition", "Prop"), ("Opposition", "Opp")),
    "pro-con": (("Pro", "Pro"), ("Con", "Con")),
    "appellant-respondent": (("Appellant", "App"), ("Respondent", "Resp")),
    "1-2": (("Side 1", "1"), ("Side 2", "2")),
}
_FOUR = {
    Side.OG: "Opening Gov", Side.OO: "Opening Opp", Side.CG: "Closing Gov", Side.CO: "Closing Opp",
}


def two_side_names(setting: str, *, short: bool = False) -> tuple[str, str]:
    """Return the names of two sides.

    >>> two_side_names("gov-opp"), two_side_names("gov-opp", short=True)
    (('Government', 'Opposition'), ('Gov', 'Opp'))
    """
    first, second = _TWO[setting]
    return first[short], second[short]


def side_title(side: Side, setting: str) -> str:
    """Return the name of a side, "Bye" for a team that rests.

    >>> side_title(Side.NEG, "gov-opp"), side_title(Side.CG, "gov-opp")
    ('Opposition', 'Closing Gov')
    """
    if side in TWO_SIDES:
        return _TWO[setting][TWO_SIDES.index(side)][0]
    return _FOUR.get(side, "Bye")


def side_short(side: Side, setting: str) -> str:
    """Return the letters of a side's chip, nothing for a team that rests.

    >>> side_short(Side.AFF, "prop-opp"), side_short(Side.OO, "prop-opp"), side_short(Side.BYE, "")
    ('Prop', 'OO', '')
    """
    if side in TWO_SIDES:
        return _TWO[setting][TWO_SIDES.index(side)][1]
    return "" if side is Side.BYE else side.value.upper()
