"""A draw of 22 rooms with invented names in many scripts, for pictures and tests."""

from __future__ import annotations

from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value

COLUMNS = (
    Column("points", "Pts", Kind.NUMBER, strong=True, once_per_group=True, width=44),
    Column("room", "Room", Kind.IDENTITY),
    Column("og", "Opening Gov", side="OG", stretch=True),
    Column("oo", "Opening Opp", side="OO", stretch=True),
    Column("cg", "Closing Gov", side="CG", stretch=True),
    Column("co", "Closing Opp", side="CO", stretch=True),
    Column("judges", "Judges", Kind.PERSON, stretch=True),
    Column("state", "Ballot", Kind.BADGE),
)

# points, room, four teams (a "^" before one that was pulled up, with its points), judges, state
_ROOMS = """
12|Aula Magna|^10 Ngaruwai A|^11 الواحة A|12 Lake Tanui C|^10 Aldermere A|Oluwaseun Yıldız +2|
10|Maritime 1.04|10 Aldermere B|^9 Saint-Florent B|^9 Lake Tanui A|^9 मानसरोवर B|Bianchi +2|
9|Maritime 1.05|9 Þingholt A|9 Harrowgate Inns A|9 Заря A|9 Aldermere D|O. Halloran +2|
8|Maritime 2.11|8 Brackwater B|8 Çınaraltı A|8 Ngaruwai C|8 Kranichfeld C|Anselm Whitmore +2|done
8|Maritime 2.12|8 Delmarra B|8 Mwanzi A|8 Montefalco A|8 Lakeshore A|Sverre Nagy +2|done
8|Maritime 2.14|^7 Kopjeveld C|8 Þingholt B|^7 Θαλασσία B|8 Delmarra A|Marta Nguyễn +2|
7|Library 0.03|7 St Brannoc's A|7 Bukit Seroja A|7 Ridgeway A|7 Nyborgsund B|Selin Ashworth +2!|
7|Library 0.05|7 Kranichfeld D|7 Kopjeveld B|7 Żurawinie A|7 Çınaraltı B|Juma Eriksen +2|late 18
7|Library 1.20|7 Brackwater A|7 Lakeshore B|7 Kopjeveld A|7 Tiszakert B|Chiara Castellano +1|
7|Cloister East|7 St Brannoc's B|^6 Заря C|^6 Ngaruwai B|^6 Kranichfeld B|O. MacAllister +1|
6|Cloister West|6 한빛 B|6 Lakeshore C|6 Valdelagua B|6 Sandøya A|J. Solheim +1|
6|Chapel Hall|6 青嶺 B|6 한빛 A|6 Delmarra C|6 Horní Lipka B|E. Whitmore +1|differs
6|Senate Room|6 الواحة B|^5 Brackwater C|6 San Telmo A|6 Harrowgate Inns B|B. Moreau +1|
5|Harbour 3.01|5 Lake Tanui B|5 Farol B|5 Sông Xanh A|5 Nyborgsund A|Farah Nagy +1!|
5|Harbour 3.02|5 Lakeshore D|5 Заря B|5 मानसरोवर A|5 Saint-Florent A|Nia Mac +1|
5|Harbour 3.07|5 Tiszakert A|5 Saint-Florent C|5 Żurawinie B|5 Montefalco C|C. Castellano +1|
5|Harbour 4.10|^4 St Brannoc's C|^4 Θαλασσία A|5 Kranichfeld A|^4 Mwanzi D|T. Dlamini +1|late 11
4|Observatory|4 Bukit Seroja C|4 San Telmo C|4 San Telmo B|4 Sandøya B|S. Mbeki +1|
4|Annex B2|4 青嶺 A|^3 Mwanzi B|4 Aldermere C|4 Valdelagua A|Håkon Solheim +1|
3|Annex B3|3 Sông Xanh B|3 Mwanzi C|3 Montefalco B|3 Horní Lipka A|Hanna Bergström +1|
3|Annex B5|3 Harrowgate Inns C|3 Ridgeway C|3 青嶺 C|3 Farol A|Juma Cardoso +1|
2|Old Gymnasium|2 Honourable Society of Harrowgate and Wendbourne D|^0 Żurawinie C|2 Ridgeway B|\
2 Çınaraltı C|Ludovica Vasquez-Montoya de la Fuente +1|
"""

_STATES = {
    "": Cell("Out"),
    "done": Cell("Confirmed", tone="done"),
    "differs": Cell("Entries differ", tone="problem"),
}


def _team(text: str) -> Cell:
    points, name = text.lstrip("^").split(" ", 1)
    pulled = text.startswith("^")
    tip = f"{name} was pulled up" if pulled else ""
    return Cell(name, note=points, icon="arrow-up" if pulled else None, tip=tip)


def _judges(text: str) -> Cell:
    flagged = text.endswith("!")
    name, more = text.rstrip("!").rsplit(" ", 1)
    icon = "triangle-alert" if flagged else None
    return Cell(name, aside=more, icon=icon, tone="attention" if flagged else "")


def _state(text: str) -> Cell:
    if text.startswith("late"):
        return Cell(f"{text[5:]} min late", sort=int(text[5:]), tone="attention")
    return _STATES[text]


def rows() -> list[Row]:
    """Return the 22 rooms in the order of the draw, grouped by bracket."""
    found = []
    for line in filter(None, _ROOMS.strip().splitlines()):
        points, room, *teams, judges, state = line.split("|")
        middle: list[Value] = [_team(team) for team in teams]
        cells = (int(points), room, *middle, _judges(judges), _state(state))
        found.append(Row(room, cells, group=points))
    return found


RESULT_COLUMNS = (
    Column("rank", "#", Kind.NUMBER, width=44),
    Column("team", "Team", Kind.IDENTITY),
    Column("institution", "Institution", stretch=True),
    Column("points", "Points", Kind.NUMBER, strong=True, band="Ranking"),
    Column("speaks", "Speaks", Kind.NUMBER, band="Ranking"),
    Column("firsts", "1sts", Kind.NUMBER, band="Ranking"),
    Column("mean", "Mean", Kind.NUMBER, band="Scores", decimals=2),
    Column("side", "Last side", Kind.SIDE, band="Last round"),
    Column("change", "Change", Kind.NUMBER, band="Last round"),
)
_TEAMS = """
Lake Tanui C|Lake Tanui University
الواحة A|جامعة الواحة الشرقية
Aldermere A|University of Aldermere
Ngaruwai A|Te Whare Wānanga o Ngaruwai
Harrowgate Inns A|The Honourable Society of Harrowgate Inns of Court and Chancery
Заря A|Волжский университет «Заря»
मानसरोवर B|मानसरोवर विश्वविद्यालय
Þingholt A|Þingholt háskóli
"""


def result_rows() -> list[Row]:
    """Return a table of teams with the line of the break after the fifth."""
    found: list[Row] = []
    for i, line in enumerate(_TEAMS.strip().splitlines()):
        team, institution = line.split("|")
        if i == 5:
            found.append(Row("break", line="5 break, as it stands"))
        change = (1, 0, -2, 3)[i % 4]
        tone = "problem" if change < 0 else "done" if change else ""
        side = ("OG", "OO", "CG", "CO")[i % 4]
        signed = f"+{change}" if change > 0 else f"−{-change}" if change else "±0"
        mark = Cell(signed, sort=change, tone=tone)
        cells = (i + 1, team, institution, 12 - i, 622 - 3 * i, 4 - i // 2, 155.5 - i, side, mark)
        found.append(Row(team, cells))
    return found
