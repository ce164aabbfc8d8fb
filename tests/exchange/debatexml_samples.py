"""Small DebateXML files, written as the known writers write them."""

from __future__ import annotations

from collections.abc import Sequence

BP = """<tournament name="Small" short="small" style="bp"
 host="A club">
{rounds}
<participants>
{teams}
<adjudicator id="A1" name="Jo" score="4.5" core="True" independent="false" institutions="I3 I4"
 gender="F"/>
<adjudicator id="A2" score="3">Ann<feedback source-team="T1" debate="D1" score="4.5">
<answer question="Q1">True</answer><answer question="Q2">7</answer></feedback></adjudicator>
<adjudicator id="A3" name="Trainee"/>
<adjudicator id="A4" name="Elsewhere"/>
</participants>
<break-category id="BC1">Open</break-category>
<speaker-category id="SC1">Novice</speaker-category>
<institution id="I1" reference="Ox" region="UK">Oxford</institution>
<institution id="I2" reference="Ca">Cambridge</institution>
<institution id="I3">Yale</institution>
<institution id="I4">Delft</institution>
<motion id="M1" reference="Bears" contentious="true"><info-slide>Bears <b>are</b> big.</info-slide>
That bears exist.</motion>
<venue id="V1" score="3" categories="Main, Ground floor">Hall</venue>
<question id="Q1" name="agree" type="bc" from-teams="True" from-adjudicators="False">
Agree?</question>
<question id="Q2" name="many" type="i" from-teams="True" from-adjudicators="False">
How many?</question>
</tournament>"""

TEAMS = "\n".join(
    f"""<team id="T{n}" name="Team {n}" code="Code {n}" break-eligibilities="BC1" colour="red">
<speaker id="S{2 * n - 1}" institutions="I1" gender="M" categories="SC1">Speaker</speaker>
<speaker id="S{2 * n}" institutions="I{1 + n % 2}" categories="">Speaker {2 * n}</speaker></team>"""
    for n in range(1, 6)
)


def bp_side(team: int, rank: int, scores: Sequence[float], total: float | None = None) -> str:
    """One side of a consensus ballot of A1 and A2, as Tabbycat writes it."""
    speeches = "".join(
        f'<speech speaker="S{2 * team - 1 + place}" reply="False">'
        f'<ballot adjudicators="A1 A2">{score}</ballot></speech>'
        for place, score in enumerate(scores)
    )
    shown = sum(scores) if total is None else total
    return (
        f'<side team="T{team}"><ballot adjudicators="A1 A2" rank="{rank}" ignored="False">'
        f"{shown}</ballot>{speeches}</side>"
    )


def bp_debate(sides: str | None = None, *, ident: str = "D1", attributes: str = "") -> str:
    """One debate with two voting judges and a trainee."""
    if sides is None:
        sides = "".join(bp_side(n, n, (80 - 2 * n, 81 - 2 * n)) for n in range(1, 5))
    return (
        f'<debate id="{ident}" chair="A1" adjudicators="A2 A1 A3" venue="V1" motion="M1" '
        f"{attributes}>{sides}</debate>"
    )


def bp_file(rounds: str | None = None) -> bytes:
    """A whole file; the fifth team has the bye."""
    if rounds is None:
        rounds = (
            '<round name="Round 1" abbreviation="R1" elimination="False" feedback-weight="0.5" '
            f'start="2023-01-01 10:00:00">{bp_debate()}<bye>T5</bye></round>'
        )
    return BP.format(rounds=rounds, teams=TEAMS).encode()


def two_team_side(
    team: int, marks: dict[str, tuple[float, float, float]], won: Sequence[str]
) -> str:
    """One side of three speakers and no reply with a ballot of each judge."""
    ballots = "".join(
        f'<ballot adjudicators="{judge}" rank="{1 if judge in won else 2}" minority="False" '
        f'ignored="False">{sum(scores)}</ballot>'
        for judge, scores in marks.items()
    )
    speeches = "".join(
        f'<speech speaker="S{3 * team - 2 + place}" reply="false">'
        + "".join(f'<ballot adjudicators="{j}">{m[place]}</ballot>' for j, m in marks.items())
        + "</speech>"
        for place in range(3)
    )
    return f'<side team="T{team}">{ballots}{speeches}</side>'


def two_team_file(sides: str, style: str = "", judges: str = "A1 A2 A3") -> bytes:
    """A file with one debate of two teams of three speakers and three judges."""
    teams = "".join(
        f'<team id="T{t}" name="Team {t}">'
        + "".join(f'<speaker id="S{3 * t - 2 + n}">Speaker {t}.{n}</speaker>' for n in range(3))
        + "</team>"
        for t in (1, 2)
    )
    panel = "".join(f'<adjudicator id="A{n}" name="Judge {n}"/>' for n in (1, 2, 3))
    return (
        f'<tournament name="Two" {style}><round name="R1"><debate id="D1" '
        f'adjudicators="{judges}">{sides}</debate></round>'
        f"<participants>{teams}{panel}</participants></tournament>"
    ).encode()
