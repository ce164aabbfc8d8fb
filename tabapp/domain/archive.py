"""The tournament as one document: the values of ``headless.md``, section The archive.

Import and export, made-up tournaments and ballot entry all speak these types. Unknown keys are
kept in ``model_extra`` and written back. Keys marked "added" are not in the contract's list.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

FORMAT = "tabapp-archive"
VERSION = 1

T = TypeVar("T")


def _or(default: Any) -> BeforeValidator:
    """Read null as ``default``: in an archive any scalar may be null."""
    return BeforeValidator(lambda value: default if value is None else value)


def _or_new(make: Callable[[], Any]) -> BeforeValidator:
    """Read null as a new empty value."""
    return BeforeValidator(lambda value: make() if value is None else value)


SMALLEST, LARGEST = -(2**31), 2**31 - 1
"""What every database keeps as a whole number."""
HIGHEST = 1e6
"""No score is higher; a sum of such scores stays far from the limits of numbers."""

Int = Annotated[int, Field(ge=SMALLEST, le=LARGEST)]
Text = Annotated[str, _or("")]
Flag = Annotated[bool, _or(False)]
Whole = Annotated[Int, _or(0)]
Number = Annotated[float, _or(0)]
Score = Annotated[float, Field(ge=-HIGHEST, le=HIGHEST)]
Seed = Annotated[int, Field(ge=0, lt=2**63)]
Many = Annotated[list[T], _or_new(list)]
Map = Annotated[dict[str, T], _or_new(dict)]


class Part(BaseModel):
    """Base of all parts: keeps unknown keys, refuses infinite numbers."""

    # ids that somebody wrote as numbers are ids all the same
    model_config = ConfigDict(extra="allow", allow_inf_nan=False, coerce_numbers_to_str=True)


class Criterion(Part):
    id: str
    name: Text = ""
    weight: Number = 1.0
    min: float | None = None
    max: float | None = None
    step: float | None = None


class Tournament(Part):
    name: str
    short_name: Text = ""
    slug: str
    preset: Annotated[str, _or("bp")] = "bp"
    preset_version: Annotated[Int, _or(1)] = 1  # added
    active: Annotated[bool, _or(True)] = True  # added
    timezone: Text = "UTC"
    settings: Map[Any] = {}
    criteria: Many[Criterion] = []


class Institution(Part):
    id: str
    name: Text = ""
    code: Text = ""
    region: Text = ""


class BreakCategory(Part):
    id: str
    name: Text = ""
    slug: str
    seq: Whole = 0
    size: Whole = 0
    reserve_size: Whole = 0
    rule: Annotated[str, _or("standard")] = "standard"
    priority: Whole = 0
    limit: Whole = 0
    general: Flag = False


class SpeakerCategory(Part):
    id: str
    name: Text = ""
    slug: str
    seq: Whole = 0
    limit: Whole = 0


TeamType = Literal["normal", "composite", "swing"]


class Team(Part):
    id: str
    name: Text = ""
    short_name: Text = ""  # added
    code_name: Text = ""
    emoji: Text = ""  # added
    institution: str | None = None
    use_institution_prefix: Flag = False  # added
    type: Annotated[TeamType, _or("normal")] = "normal"
    seed: float | None = None
    break_categories: Many[str] = []
    institution_conflicts: Many[str] = []
    team_conflicts: Many[str] = []
    break_preferences: Many[str] = []
    withdrawn: Flag = False  # added


class Person(Part):
    id: str
    name: Text = ""
    email: Text = ""
    phone: Text = ""  # added
    gender: Text = ""
    pronoun: Text = ""
    anonymous: Flag = False
    code_name: Text = ""  # added
    barcode: Text = ""
    consent: Flag = False  # added: agrees to be named in public records


class Speaker(Person):
    team: str | None = None
    categories: Many[str] = []
    categories_answered: Flag = False  # added: also where the answer is none


class BaseScore(Part):
    round: Int | None = None
    score: Score | None = None


class Adjudicator(Person):
    institution: str | None = None
    base_score: Annotated[Score, _or(0)] = 0.0
    base_score_history: Many[BaseScore] = []
    trainee: Flag = False
    independent: Flag = False
    adj_core: Flag = False
    breaking: Flag = False
    institution_conflicts: Many[str] = []
    team_conflicts: Many[str] = []
    adjudicator_conflicts: Many[str] = []
    withdrawn: Flag = False  # added
    conflicts_declared: Flag = False  # added: all of them, also where there are none


class VenueCategory(Part):
    id: str
    name: Text = ""
    description: Text = ""  # added
    display: Text = ""  # added: prefix, suffix or blank


class Venue(Part):
    id: str
    name: Text = ""
    priority: Number = 0
    capacity: Int | None = None
    url: Text = ""  # added
    barcode: Text = ""  # added
    categories: Many[str] = []
    withdrawn: Flag = False  # added
    runner: Text = ""  # added: who fetches its ballots


class VenueConstraint(Part):
    kind: Literal["team", "adjudicator", "institution"]
    subject: str
    category: str
    priority: Number = 0


class Motion(Part):
    id: str
    reference: Text = ""
    text: Text = ""
    info_slide: Text = ""


class Question(Part):
    id: str
    name: Text = ""
    text: Text = ""
    type: Text = ""
    from_teams: Flag = False
    from_adjudicators: Flag = False
    required: Flag = False  # added
    min_value: float | None = None  # added
    max_value: float | None = None  # added
    choices: Many[str] = []


class Speech(Part):
    position: Int
    speaker: str | None = None
    score: Score | None = None
    ghost: Flag = False
    rank: Int | None = None
    criteria: Map[Score] = {}
    substitute_for: str | None = None


class SideSheet(Part):
    side: str
    speeches: Many[Speech] = []


class Sheet(Part):
    """One judge's ballot paper, or the panel's own where ``adjudicator`` is null.

    ``ranks`` (added) holds the places that were announced where they differ from the order of
    the totals, as old files tell them; null means that the totals decide.
    """

    adjudicator: str | None = None
    winners: list[str] | None = None
    ranks: dict[str, Int] | None = None
    sides: Many[SideSheet] = []


BallotStatus = Literal["draft", "confirmed", "discarded"]


class Ballot(Part):
    version: Annotated[Int, _or(1)] = 1
    status: Annotated[BallotStatus, _or("confirmed")] = "confirmed"
    motion: str | None = None
    vetoes: Map[str] = {}
    forfeit: Many[str] = []
    comment: Text = ""
    reason: Text = ""
    entered_by: Text = ""
    confirmed_by: Text = ""
    sheets: Many[Sheet] = []


class DebateSide(Part):
    side: str
    team: str
    flags: Many[str] = []


class PanelMember(Part):
    adjudicator: str
    role: Literal["chair", "panellist", "trainee"]


class Override(Part):
    adjudicator: str
    team: str | None = None
    other: str | None = None
    reason: Text = ""
    by: Text = ""


DebateStatus = Literal["none", "draft", "confirmed", "postponed"]


class Debate(Part):
    id: str
    bracket: float | None = None
    room_rank: Whole = 0
    importance: Whole = 0
    venue: str | None = None
    flags: Many[str] = []
    why: Many[str] = []  # added: the draw's reasons
    status: Annotated[DebateStatus, _or("none")] = "none"
    sides_confirmed: Annotated[bool, _or(True)] = True
    barcode: Text = ""
    overrides: Many[Override] = []
    sides: Many[DebateSide] = []
    panel: Many[PanelMember] = []
    ballots: Many[Ballot] = []


class PreformedPanel(Part):
    room_rank: Whole = 0
    importance: Whole = 0
    bracket_min: float | None = None
    bracket_max: float | None = None
    liveness: Whole = 0
    panel: Many[PanelMember] = []


StageName = Literal["preliminary", "elimination"]
DrawTypeName = Literal["random", "power", "round-robin", "seeded", "manual", "elimination"]
RoundStatus = Literal["none", "draft", "confirmed", "released"]


class Round(Part):
    seq: Int
    name: Text = ""
    abbreviation: Text = ""
    stage: Annotated[StageName, _or("preliminary")] = "preliminary"
    draw_type: Annotated[DrawTypeName, _or("power")] = "power"
    weight: Annotated[Int, _or(1)] = 1
    kind: Text = ""
    silent: Flag = False
    feedback_weight: Number = 0.0
    starts_at: str | None = None
    expected_end: str | None = None
    deadlines: dict[str, Any] | None = None  # added: what differs from the tournament's
    motions_released: Flag = False
    break_category: str | None = None
    status: Annotated[RoundStatus, _or("none")] = "none"
    completed: Flag = False
    motions: Many[str] = []
    absent_teams: Many[str] = []
    absent_adjudicators: Many[str] = []
    absent_venues: Many[str] = []
    side_allocations: Map[str] = {}
    draw_seed: Seed | None = None
    draw_record: dict[str, Any] | None = None  # added: rule, quality, certificate, declared edits
    preformed_panels: Many[PreformedPanel] = []  # added
    debates: Many[Debate] = []


class Lots(Part):
    seed: Seed | None = None
    order: Many[str] = []


class BreakTeam(Part):
    team: str
    rank: Int | None = None
    break_rank: Int | None = None
    remark: str | None = None
    reason: Text = ""  # added: why it breaks or not


class Break(Part):
    category: str
    lots: Lots | None = None
    teams: Many[BreakTeam] = []


class Feedback(Part):
    id: str
    round: Int | None = None
    debate: str | None = None
    target: str
    source_team: str | None = None
    source_adjudicator: str | None = None
    score: Score | None = None
    confirmed: Annotated[bool, _or(True)] = True
    ignored: Flag = False
    answers: Map[Any] = {}


class Achievement(Part):
    key: str
    subject: str
    round: Int | None = None
    awarded_at: str | None = None


class Activity(Part):
    at: Text = ""
    actor: Text = ""
    what: Text = ""
    old: str | None = None
    new: str | None = None


class Archive(Part):
    """A whole tournament. ``format`` and ``version`` are checked before anything else."""

    format: Literal["tabapp-archive"] = "tabapp-archive"
    version: int = VERSION
    tournament: Tournament
    institutions: Many[Institution] = []
    break_categories: Many[BreakCategory] = []
    speaker_categories: Many[SpeakerCategory] = []
    teams: Many[Team] = []
    speakers: Many[Speaker] = []
    adjudicators: Many[Adjudicator] = []
    venue_categories: Many[VenueCategory] = []
    venues: Many[Venue] = []
    venue_constraints: Many[VenueConstraint] = []
    motions: Many[Motion] = []
    questions: Many[Question] = []
    rounds: Many[Round] = []
    breaks: Many[Break] = []
    feedback: Many[Feedback] = Field(default_factory=list)
    achievements: Many[Achievement] = []
    activity: Many[Activity] = []
