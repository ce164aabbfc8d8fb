"""Every colour, space and size of type that the window is painted with, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum


class Scheme(StrEnum):
    """The three sets of colours of the window."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Colors:
    """One set of colours, each as #RRGGBB. What each is for: look.md, section 1."""

    page: str
    surface: str
    raised: str
    sunken: str
    rail: str
    zebra: str
    hover: str
    soft: str
    soft_line: str
    line: str
    line2: str
    control: str
    text: str
    text2: str
    text3: str
    disabled: str
    accent: str
    accent_hover: str
    accent_press: str
    on_accent: str
    attention: str
    attention_bg: str
    attention_line: str
    attention_mark: str
    problem: str
    problem_bg: str
    problem_line: str
    problem_mark: str
    done: str
    done_bg: str
    done_line: str
    done_mark: str
    og: str
    og_text: str
    og_bg: str
    oo: str
    oo_text: str
    oo_bg: str
    cg: str
    cg_text: str
    cg_bg: str
    co: str
    co_text: str
    co_bg: str
    tip: str
    tip_text: str

    def items(self) -> dict[str, str]:
        """Return every colour by its token's name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


LIGHT = Colors(
    page="#F4F6F5", surface="#FFFFFF", raised="#FFFFFF", sunken="#EBEEED",
    rail="#ECEFEE", zebra="#F9FAFA",
    hover="#EEF4F4", soft="#DAEEEF", soft_line="#8FC7CB",
    line="#DDE2E1", line2="#C2CAC9", control="#788485",
    text="#151B1D", text2="#455053", text3="#5E696C", disabled="#98A2A4",
    accent="#0A6971", accent_hover="#085860", accent_press="#06474E", on_accent="#FFFFFF",
    attention="#7A4E00", attention_bg="#FFF2CC", attention_line="#DDB04A",
    attention_mark="#B97900",
    problem="#A3261B", problem_bg="#FDE8E5", problem_line="#E39A91", problem_mark="#C8372B",
    done="#2B6410", done_bg="#E7F2DA", done_line="#9DBF73", done_mark="#2B6410",
    og="#005A91", og_text="#FFFFFF", og_bg="#E4EFF7",
    oo="#B04505", oo_text="#FFFFFF", oo_bg="#FAEBE1",
    cg="#9AD0F3", cg_text="#06263A", cg_bg="#EDF6FD",
    co="#F3BC69", co_text="#3A2300", co_bg="#FDF4E4",
    tip="#1E2628", tip_text="#F2F5F5",
)  # fmt: skip

DARK = Colors(
    page="#0F1314", surface="#171C1E", raised="#1F2629", sunken="#0B0E0F",
    rail="#121718", zebra="#191F21",
    hover="#212A2D", soft="#12373B", soft_line="#2C6E74",
    line="#2A3336", line2="#3C484C", control="#74838A",
    text="#E8EDED", text2="#B0BBBD", text3="#8F9C9F", disabled="#5E6A6E",
    accent="#5CC3CB", accent_hover="#7AD2D8", accent_press="#93DDE2", on_accent="#04181A",
    attention="#F2C14E", attention_bg="#32280E", attention_line="#6E5719",
    attention_mark="#F2C14E",
    problem="#FF9D91", problem_bg="#3B1B17", problem_line="#80392F", problem_mark="#F76B5C",
    done="#BFE89B", done_bg="#22301A", done_line="#50693C", done_mark="#BFE89B",
    og="#3C93CF", og_text="#03121C", og_bg="#13242F",
    oo="#E67E47", oo_text="#1E0C02", oo_bg="#2D1E15",
    cg="#B5DFFA", cg_text="#06263A", cg_bg="#1A2730",
    co="#FBD597", co_text="#3A2300", co_bg="#2C2618",
    tip="#E8EDED", tip_text="#151B1D",
)  # fmt: skip

CONTRAST = Colors(
    page="#000000", surface="#000000", raised="#000000", sunken="#2A2A2A",
    rail="#000000", zebra="#000000",
    hover="#1C1C1C", soft="#003A40", soft_line="#1B7F89",
    line="#8C8C8C", line2="#FFFFFF", control="#FFFFFF",
    text="#FFFFFF", text2="#FFFFFF", text3="#E0E0E0", disabled="#A6A6A6",
    accent="#6FE9F5", accent_hover="#A6F3FA", accent_press="#FFFFFF", on_accent="#000000",
    attention="#FFD84D", attention_bg="#000000", attention_line="#FFD84D",
    attention_mark="#FFD84D",
    problem="#FFA79C", problem_bg="#000000", problem_line="#FFA79C", problem_mark="#FFA79C",
    done="#B9F06A", done_bg="#000000", done_line="#B9F06A", done_mark="#B9F06A",
    og="#4FB3FF", og_text="#000000", og_bg="#000000",
    oo="#FF8A3D", oo_text="#000000", oo_bg="#000000",
    cg="#CDEBFF", cg_text="#000000", cg_bg="#000000",
    co="#FFE2AE", co_text="#000000", co_bg="#000000",
    tip="#FFFFFF", tip_text="#000000",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hall:
    """The colours of slides in the hall, which are dark whatever the window is."""

    ground: str = "#0B1012"
    row: str = "#12191B"
    rule: str = "#243034"
    text: str = "#F4F7F7"
    text2: str = "#A9B6B9"
    lead: str = "#6FD3DA"


HALL = Hall()
SHADE = "#0B1012"
"""What shadows are made of, and what lies over a window that waits; never opaque."""
PALETTES = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK, Scheme.CONTRAST: CONTRAST}
SIDES = {
    "OG": "og", "OO": "oo", "CG": "cg", "CO": "co",
    "Aff": "og", "Neg": "oo", "Gov": "og", "Opp": "oo", "Prop": "og",
    "Pro": "og", "Con": "oo", "App": "og", "Resp": "oo", "1": "og", "2": "oo",
}  # fmt: skip
"""Token of a side by the letters that stand in its chip."""


@dataclass(frozen=True, slots=True)
class Type:
    """A style of type: height of the letters' box and of a line in pixels, and weight."""

    px: int
    line: int
    weight: int = 400
    condensed: bool = False


TYPES = {
    "figure": Type(32, 40, 600),
    "title": Type(20, 32, 600),
    "card": Type(15, 24, 600),
    "lead": Type(15, 24),
    "score": Type(20, 44, 600),
    "total": Type(20, 44, 700),
    "body": Type(13, 20),
    "control": Type(13, 20, 500),
    "identity": Type(13, 20, 600),
    "strong": Type(13, 20, 700),
    "small": Type(12, 16),
    "note": Type(12, 16, 500),
    "header": Type(12, 16, 600),
    "key": Type(11, 16, 500),
    "chip": Type(11, 16, 700),
    "body_condensed": Type(13, 20, 400, condensed=True),
    "control_condensed": Type(13, 20, 500, condensed=True),
    "identity_condensed": Type(13, 20, 600, condensed=True),
    "small_condensed": Type(12, 16, 400, condensed=True),
}


class Space:
    """Distances in logical pixels, on a grid of eight."""

    HALF = 4
    UNIT = 8
    MARGIN = 24
    MARGIN_TIGHT = 16
    CARD = 20
    GAP = 16
    CELL = 8


class Height:
    """Heights of rows and controls in logical pixels."""

    ROW = 28
    ROW_WIDE = 36
    ROW_TALL = 44
    LINE_ROW = 24
    HEADER = 34
    BAND = 26
    CONTROL = 32
    BALLOT_BUTTON = 40
    BADGE = 20
    CHIP = 18
    PROGRESS_ROW = 56
    HINTS = 36
    TRACK = 6


class Radius:
    """Radii of corners in logical pixels."""

    CHIP = 4
    CONTROL = 6
    CARD = 8
    PALETTE = 12


class Ring:
    """The mark of the focus: its width, and how far its outer edge stands outside the control."""

    WIDTH = 2
    OUTSIDE = 3


@dataclass(frozen=True, slots=True)
class Motion:
    """Durations in milliseconds."""

    popup: int = 120
    panel: int = 160
    row: int = 200


STILL = Motion(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Theme:
    """How the window looks: one set of colours, and whether things move."""

    scheme: Scheme = Scheme.LIGHT
    motion: Motion = Motion()

    @property
    def colors(self) -> Colors:
        """Return the colours of the scheme."""
        return PALETTES[self.scheme]

    @property
    def is_dark(self) -> bool:
        """Tell whether text is lighter than its ground."""
        return self.scheme is not Scheme.LIGHT


THEMES = {scheme: Theme(scheme) for scheme in Scheme}
