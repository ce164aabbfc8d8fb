"""A second implementation of results, standings and breaks over an archive as plain JSON.

Plain dicts and loops, literal readings of the definitions, no NumPy, nothing from tabapp. Results
of rooms of four are here, those of two teams in ``two_team_results``.
"""

from __future__ import annotations

from importlib import import_module

two_team = import_module("tests.reference.two_team_results")
average, deviation = two_team.average, two_team.deviation

SIDES = ["og", "oo", "cg", "co"]


def setting(doc, name, default):
    value = (doc["tournament"].get("settings") or {}).get(name)
    return default if value is None else value


def confirmed_ballot(debate):
    if debate.get("status") == "postponed":
        return None
    for ballot in debate.get("ballots") or []:
        if ballot.get("status", "confirmed") == "confirmed":
            return ballot
    return None


def sheet_of(ballot):
    sheets = ballot.get("sheets") or []
    return sheets[0] if sheets else {}


def speeches_of(ballot, side):
    for part in sheet_of(ballot).get("sides") or []:
        if part["side"] == side:
            return part.get("speeches") or []
    return []


def total_of(ballot, side):
    scores = [s["score"] for s in speeches_of(ballot, side) if s.get("score") is not None]
    return sum(scores) if scores else None


def places_of(debate, ballot):
    """Side to place; forfeiting sides are last."""
    sides = [entry["side"] for entry in debate["sides"]]
    forfeit = set(ballot.get("forfeit") or [])
    stood = [side for side in sides if side not in forfeit]
    announced = sheet_of(ballot).get("ranks")
    places = {side: len(sides) for side in forfeit}
    if announced:
        for side in stood:
            if side not in announced:
                places[side] = None
            elif forfeit:
                better = [o for o in stood if o in announced and announced[o] < announced[side]]
                places[side] = len(better) + 1
            else:
                places[side] = announced[side]
        return places
    totals = {side: total_of(ballot, side) for side in stood}
    for side in stood:
        if all(value is None for value in totals.values()):
            places[side] = None
            continue
        place = 1
        for other in stood:
            if totals[other] is None:
                continue
            if totals[side] is None or round(totals[other], 6) > round(totals[side], 6):
                place += 1
        places[side] = place
    return places


def debate_points(doc, debate, ballot):
    """Team id to points."""
    if len(debate["sides"]) < 4:
        return {team: one["points"] for team, one in two_team.results(doc, debate, ballot).items()}
    places = places_of(debate, ballot)
    return {
        e["team"]: None if places[e["side"]] is None else len(debate["sides"]) - places[e["side"]]
        for e in debate["sides"]
    }


def debate_scores(doc, debate, ballot):
    """Team id to team score."""
    ghosts_count = setting(doc, "teamscore_includes_ghosts", True)
    dropped = bool(ballot.get("forfeit")) and (
        setting(doc, "forfeit_winner_speaks", "average") == "none"
    )
    scores = {}
    for entry in debate["sides"]:
        found = None
        if entry["side"] not in (ballot.get("forfeit") or []) and not dropped:
            for speech in speeches_of(ballot, entry["side"]):
                if speech.get("score") is None or (speech.get("ghost") and not ghosts_count):
                    continue
                found = (found or 0) + speech["score"]
        scores[entry["team"]] = found
    return scores


def debate_speeches(doc, debate, ballot):
    """List of (speaker, team, score, rank) that count in speaker standings."""
    if len(debate["sides"]) < 4:
        return two_team.speeches(doc, debate, ballot)
    forfeit = ballot.get("forfeit") or []
    if forfeit and setting(doc, "forfeit_winner_speaks", "average") == "none":
        return []
    counted = []
    for entry in debate["sides"]:
        if entry["side"] in forfeit:
            continue
        for speech in speeches_of(ballot, entry["side"]):
            if speech.get("ghost") or speech.get("score") is None or not speech.get("speaker"):
                continue
            if speech["position"] > setting(doc, "substantive_speakers", 2):
                continue
            counted.append(
                (speech["speaker"], entry["team"], speech["score"], speech.get("rank"))
            )
    return counted


def prelim_debates(doc, until=None):
    """Yield (round, debate) for each drawn debate of a counted round."""
    for rnd in doc["rounds"]:
        if rnd.get("stage") != "preliminary" or (until is not None and rnd["seq"] > until):
            continue
        for debate in rnd.get("debates") or []:
            if debate.get("status") != "postponed":
                yield rnd, debate


def team_values(doc, until=None):
    """Return team to metric to value, for all metrics that look at no ranks."""
    history = {team["id"]: [] for team in doc["teams"]}
    for rnd, debate in prelim_debates(doc, until):
        ballot = confirmed_ballot(debate)
        for entry in debate["sides"]:
            record = {
                "round": rnd, "debate": debate, "ballot": ballot, "points": None, "score": None,
                "pullup": "pullup" in (entry.get("flags") or []), "ghost": False,
                "win": None, "margin": None, "share": None, "averaged": False,
            }  # fmt: skip
            if ballot and len(debate["sides"]) == 4:
                record["points"] = debate_points(doc, debate, ballot)[entry["team"]]
                record["score"] = debate_scores(doc, debate, ballot)[entry["team"]]
                if entry["side"] not in (ballot.get("forfeit") or []):
                    record["ghost"] = any(
                        s.get("ghost") for s in speeches_of(ballot, entry["side"])
                    )
            elif ballot or len(debate["sides"]) == 1:
                record |= two_team.results(doc, debate, ballot)[entry["team"]]
            history[entry["team"]].append(record)
    for records in history.values():
        others = [r["score"] for r in records if r["score"] is not None and not r["averaged"]]
        for record in records:
            if record["averaged"] and record["score"] is None:
                record["score"] = average(others)
    values = {team: simple_values(records) for team, records in history.items()}
    for team, records in history.items():
        opponents = [
            entry["team"]
            for record in records
            for entry in record["debate"]["sides"]
            if entry["team"] != team
        ]
        values[team]["draw_strength"] = sum(values[o]["points"] for o in opponents)
        values[team]["draw_strength_speaks"] = sum(values[o]["speaks_sum"] for o in opponents)
        values[team]["speaks_ind_avg"] = average([
            score
            for record in records
            if record["ballot"]
            for _who, side, score, _rank in debate_speeches(
                doc, record["debate"], record["ballot"]
            )
            if side == team
        ])
    return values


def simple_values(records):
    won = [r for r in records if r["points"] is not None]
    points = [(r["points"], r["round"].get("weight", 1)) for r in won]
    scores = [r["score"] for r in records if r["score"] is not None]
    margins = [r["margin"] for r in records if r["margin"] is not None]
    pulled = [
        any("pullup" in (entry.get("flags") or []) for entry in record["debate"]["sides"])
        for record in records
    ]
    return {
        "wins": sum(r["win"] is True for r in records),
        "points": sum(value * weight for value, weight in points),
        "speaks_sum": sum(scores),
        "speaks_avg": average(scores),
        "speaks_stddev": deviation(scores),
        "margin_sum": sum(margins) if margins else None,
        "margin_avg": average(margins),
        "num_adjs": sum(3 * r["share"] for r in records if r["share"] is not None),
        "firsts": sum(value == 3 for value, _weight in points),
        "seconds": sum(value == 2 for value, _weight in points),
        "thirds": sum(value == 1 for value, _weight in points),
        "npullups": sum(r["pullup"] for r in records),
        "pullup_debates": sum(pulled),
        "num_iron": sum(r["ghost"] for r in records),
    }


ASCENDING = {"speaks_stddev", "num_iron", "stdev", "srank"}


def sort_key(metric, value):
    """Smaller is better; missing is last."""
    if value is None or value == "n/a":
        return (1, 0.0)
    value = round(value, 6)
    return (0, value if metric in ASCENDING else -value)


def rank_by(rows, keys):
    """Return subject to rank; ``keys`` maps it to a list of sort keys."""
    return {row: 1 + sum(keys[other] < keys[row] for other in rows) for row in rows}


def points_against(doc, team, other, until):
    won = 0
    for _rnd, debate in prelim_debates(doc, until):
        inside = [entry["team"] for entry in debate["sides"]]
        ballot = confirmed_ballot(debate)
        if ballot and team in inside and other in inside:
            won += debate_points(doc, debate, ballot)[team] or 0
    return won


def team_table(doc, precedence, until=None):
    """Return (team to column to value, team to list of sort keys)."""
    values = team_values(doc, until)
    teams = list(values)
    keys = {team: [] for team in teams}
    table = {team: {} for team in teams}
    repeats = 0
    first_keys = dict(keys)
    for index, metric in enumerate(precedence):
        label = metric
        if metric == "wbw":
            repeats += 1
            label = f"wbw{repeats}"
        for team in teams:
            if metric == "wbw":
                level = [o for o in teams if o != team and keys[o] == keys[team]]
                value = (
                    points_against(doc, team, level[0], until) if len(level) == 1 else "n/a"
                )
            else:
                value = values[team][metric]
            table[team][label] = value
        keys = {t: [*keys[t], sort_key(metric, table[t][label])] for t in teams}
        if index == 0:
            first_keys = dict(keys)
    for team in teams:
        for metric, value in values[team].items():
            table[team].setdefault(metric, value)
    ranks = rank_by(teams, keys)
    homes = {team["id"]: team.get("institution") for team in doc["teams"]}
    for team in teams:
        level = [o for o in teams if first_keys[o] == first_keys[team]]
        family = [o for o in teams if o == team or (homes[o] and homes[o] == homes[team])]
        table[team]["subrank"] = 1 + sum(keys[o] < keys[team] for o in level)
        table[team]["institution_rank"] = 1 + sum(keys[o] < keys[team] for o in family)
        table[team]["draw_strength_rank"] = sum(
            ranks[entry["team"]]
            for _rnd, debate in prelim_debates(doc, until)
            if team in [entry["team"] for entry in debate["sides"]]
            for entry in debate["sides"]
            if entry["team"] != team
        )
    return table, keys


def team_ranks(doc, precedence, until=None, members=None):
    """Return team to rank among the members."""
    _table, keys = team_table(doc, precedence, until)
    return rank_by([t for t in keys if members is None or t in members], keys)


def speaker_values(doc, until=None):
    """Return speaker to metric to value."""
    scores = {speaker["id"]: [] for speaker in doc["speakers"]}
    speech_ranks = {speaker["id"]: [] for speaker in doc["speakers"]}
    team_points = {team["id"]: [] for team in doc["teams"]}
    wins = dict.fromkeys(team_points, 0)
    votes = dict.fromkeys(team_points, 0.0)
    for _rnd, debate in prelim_debates(doc, until):
        ballot = confirmed_ballot(debate)
        if ballot is None and len(debate["sides"]) > 1:
            continue
        if ballot is not None:
            for speaker, _team, score, rank in debate_speeches(doc, debate, ballot):
                scores[speaker].append(score)
                if rank is not None:
                    speech_ranks[speaker].append(rank)
        for team, points in debate_points(doc, debate, ballot).items():
            if points is not None:
                team_points[team].append(points)
        if len(debate["sides"]) < 4:
            for team, one in two_team.results(doc, debate, ballot).items():
                wins[team] += one["win"] is True
                votes[team] += 3 * (one["share"] or 0)
    table = {}
    for speaker in doc["speakers"]:
        marks = sorted(scores[speaker["id"]])
        won = team_points.get(speaker.get("team"), [])
        placed = speech_ranks[speaker["id"]]
        table[speaker["id"]] = {
            "total": sum(marks),
            "average": average(marks),
            "trimmed_mean": average(marks[1:-1] if len(marks) > 2 else marks),
            "stdev": deviation(marks),
            "count": len(marks),
            "srank": sum(placed) if placed else None,
            "team_points": sum(won),
            "team_wins": wins.get(speaker.get("team"), 0),
            "firsts": won.count(3),
            "seconds": won.count(2),
            "thirds": won.count(1),
            "num_adjs": votes.get(speaker.get("team"), 0.0),
        }
    return table


def speaker_ranks(doc, precedence, until=None, missable=-1, table=None):
    """Return speaker to rank, None for whoever missed too many rounds.

    ``table`` is what ``speaker_values`` says, where that is known already.
    """
    table = table or speaker_values(doc, until)
    held = {rnd["seq"] for rnd, debate in prelim_debates(doc, until) if confirmed_ballot(debate)}
    ranked = [s for s in table if missable < 0 or table[s]["count"] >= len(held) - missable]
    keys = {s: [sort_key(m, table[s][m]) for m in precedence] for s in ranked}
    ranks = rank_by(ranked, keys)
    return {speaker: ranks.get(speaker) for speaker in table}


def breaks(doc, precedence, remarks=None):
    """Return category slug to list of (team, rank, break rank, remark); ties at the line ask."""
    remarks = remarks or {}
    names = {team["id"]: team["name"] for team in doc["teams"]}
    gone = {team["id"] for team in doc["teams"] if team.get("withdrawn")}
    out, higher = {}, []
    for category in sorted(doc["break_categories"], key=lambda c: -c["priority"]):
        slug = category["slug"]
        able = {
            team["id"] for team in doc["teams"]
            if slug in team["break_categories"] and team["type"] != "swing"
        }  # fmt: skip
        pool = set(names) if category["general"] else able
        ranks = team_ranks(doc, precedence, members=pool)
        order = sorted(pool, key=lambda team: (ranks[team], names[team]))
        status = {}
        for team in order:
            barred = any(team in won and p > category["priority"] for p, won in higher)
            if remarks.get(slug, {}).get(team):
                status[team] = remarks[slug][team]
            elif team in able and team in gone:
                status[team] = "withdrawn"
            elif team not in able:
                status[team] = "ineligible"
            elif barred:
                status[team] = "different_break"
        free = [team for team in order if team not in status]
        size = category["size"]
        inside = [t for t in free if sum(ranks[o] <= ranks[t] for o in free) <= size]
        open_places = size - len(inside)
        rest = [t for t in free if t not in inside]
        if rest and open_places > 0:
            level = [t for t in rest if ranks[t] == ranks[rest[0]]]
            status.update(dict.fromkeys(level, "tied"))
            rest = [t for t in rest if t not in level]
        status.update(dict.fromkeys(rest[: category["reserve_size"]], "reserve"))
        last = max(
            (ranks[t] for t in order if t in inside or status.get(t) == "tied"), default=0
        )
        rows = []
        for team in order:
            if team in inside:
                rows.append(
                    (team, ranks[team], 1 + sum(ranks[o] < ranks[team] for o in inside), None)
                )
            elif status.get(team) == "reserve" or (team in status and ranks[team] <= last):
                rows.append((team, ranks[team], None, status[team]))
        out[slug] = rows
        higher.append((category["priority"], set(inside)))
    return out
