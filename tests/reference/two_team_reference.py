"""A second implementation of two-team power draws where the rule is deterministic.

Plain dicts and loops, literal readings of the definitions, nothing from tabapp. A team is a dict
with id, points, place (its number in the order of the draw), institution, seen, pullups, ds_wins,
ds_speaks, ds_rank and side.
"""

from __future__ import annotations

import itertools


def draw(teams, options):
    """Return the rooms as (bracket, {ids of its two teams}), top room first."""
    teams = sorted(teams, key=lambda t: (-t["points"], t["place"]))
    if options["draw_side_allocations"] == "preallocated":
        brackets = sided_brackets(teams, options)
    elif options["draw_odd_bracket"].startswith("pullup"):
        brackets = pullup_brackets(teams, options)
    else:
        brackets = intermediate_brackets(teams, options)
    rooms = []
    for number, (label, bracket) in enumerate(brackets):
        pairs = pair(bracket, options, number == 0)
        if options["draw_avoid_conflicts"] == "one_up_one_down":
            pairs = one_up_one_down(pairs, options)
        rooms += [(label, {a["id"], b["id"]}) for a, b in pairs]
    return rooms


def levels_of(teams):
    return [list(group) for _points, group in itertools.groupby(teams, lambda t: t["points"])]


def eligible(teams, options):
    field = {"least_to_date": "pullups", "lowest_ds_wins": "ds_wins",
             "lowest_ds_speaks": "ds_speaks"}.get(options["draw_pullup_restriction"])
    if field is None:
        return teams
    least = min(t[field] for t in teams)
    return [t for t in teams if t[field] == least]


def choose(teams, options):
    """The team that a pull-up rule takes; the middle of an even number is not deterministic."""
    teams = eligible(teams, options)
    rule = options["draw_odd_bracket"]
    if rule == "pullup_top":
        return teams[0]
    if rule == "pullup_bottom":
        return teams[-1]
    if rule == "pullup_middle":
        if len(teams) % 2 == 0:
            raise NotImplementedError
        return teams[len(teams) // 2]
    least = min(t["ds_rank"] for t in teams)
    lowest = [t for t in teams if t["ds_rank"] == least]
    if len(lowest) > 1:
        raise NotImplementedError
    return lowest[0]


def pullup_brackets(teams, options):
    levels = levels_of(teams)
    found = []
    while levels:
        level = levels.pop(0)
        label = level[0]["points"] if level else None
        if len(level) % 2:
            taken = choose(levels[0], options)
            levels[0].remove(taken)
            level = [*level, taken]
        if level:
            found.append((label, level))
    return found


def conflict(a, b, options):
    if options["avoid_same_institution"] and a["institution"] and (
            a["institution"] == b["institution"]):
        return True
    return options["avoid_team_history"] and met(a, b) > 0


def met(a, b):
    return max(a["seen"].get(b["id"], 0), b["seen"].get(a["id"], 0))


def intermediate_brackets(teams, options):
    levels = levels_of(teams)
    found = []
    while levels:
        level = levels.pop(0)
        between = None
        label = level[0]["points"] if level else None
        if len(level) % 2:
            below = levels[0]
            between = (below[0]["points"] + 0.5, [level.pop(), below.pop(0)])
        if level:
            found.append((label, level))
        if between:
            found.append(between)
    if options["draw_odd_bracket"] == "intermediate_bubble_up_down":
        by_label = dict(found)
        for label, bracket in found:
            if label % 1 == 0:
                continue
            upper, lower = bracket
            if not conflict(upper, lower, options):
                continue
            above, below = by_label.get(label + 0.5), by_label.get(label - 0.5)
            if above and not conflict(above[-1], lower, options):
                bracket[0], above[-1] = above[-1], upper
            elif below and not conflict(upper, below[0], options):
                bracket[1], below[0] = below[0], lower
    return found


def sided_brackets(teams, options):
    rule = options["draw_odd_bracket"]
    levels = [
        [level[0]["points"], [t for t in level if t["side"] == "aff"],
         [t for t in level if t["side"] == "neg"]]
        for level in levels_of(teams)]
    found = []
    for number, (label, aff, neg) in enumerate(levels):
        short = 1 if len(aff) < len(neg) else 2
        missing = abs(len(aff) - len(neg))
        taken = []
        for lower in levels[number + 1:]:
            part = []
            while missing and lower[short]:
                one = choose(lower[short], options) if rule.startswith("pullup") else (
                    lower[short][0])
                lower[short].remove(one)
                part.append(one)
                missing -= 1
            if part:
                taken.append(sorted(part, key=lambda t: t["place"]))
        sides = {1: aff, 2: neg}
        if rule.startswith("pullup"):
            sides[short].extend(itertools.chain(*taken))
            if aff:
                found.append((label, (aff, neg)))
            continue
        same = len(sides[short])
        rest = sides[3 - short][same:]
        del sides[3 - short][same:]
        if same:
            found.append((label, (aff, neg)))
        if rule == "intermediate1" and taken:
            taken = [list(itertools.chain(*taken))]
        for i, part in enumerate(taken, 1):
            mine, rest = rest[:len(part)], rest[len(part):]
            pair_of = (part, mine) if short == 1 else (mine, part)
            found.append((round(label - i / (len(taken) + 1), 6), pair_of))
    return found


def pair(bracket, options, top):
    method = options["draw_pairing_method"]
    if isinstance(bracket, tuple):
        aff, neg = bracket
        return list(zip(aff, reversed(neg) if method == "fold" else neg, strict=True))
    if method == "fold_top_adjacent_rest":
        method = "fold" if top else "adjacent"
    half = len(bracket) // 2
    if method == "slide":
        return [(bracket[i], bracket[half + i]) for i in range(half)]
    if method == "fold":
        return [(bracket[i], bracket[-1 - i]) for i in range(half)]
    return [(bracket[2 * i], bracket[2 * i + 1]) for i in range(half)]


def one_up_one_down(pairs, options):
    """Try every set of swaps no two of which are neighbours."""
    def counts(some):
        inst = sum(
            bool(a["institution"]) and a["institution"] == b["institution"] for a, b in some)
        hist = sum(met(a, b) for a, b in some)
        return (inst if options["avoid_same_institution"] else 0,
                hist if options["avoid_team_history"] else 0)

    gains = []
    for i in range(len(pairs) - 1):
        (a1, n1), (a2, n2) = pairs[i], pairs[i + 1]
        inst, hist = counts([(a1, n1), (a2, n2)])
        inst2, hist2 = counts([(a1, n2), (a2, n1)])
        if not (inst or hist) or hist2 > hist:
            gains.append(None)
            continue
        gain = ((inst - inst2) * options["team_institution_penalty"]
                + (hist - hist2) * options["team_history_penalty"] - 0.001)
        gains.append(gain + 1e-6 * (len(pairs) - 1 - i) if gain > 0 else None)
    best, chosen = 0.0, ()
    for swaps in subsets(gains, 0):
        total = sum(gains[i] for i in swaps)
        if total > best + 1e-9:
            best, chosen = total, swaps
    for i in chosen:
        (a1, n1), (a2, n2) = pairs[i], pairs[i + 1]
        pairs[i], pairs[i + 1] = (a1, n2), (a2, n1)
    return pairs


def subsets(gains, start):
    yield ()
    for i in range(start, len(gains)):
        if gains[i] is not None:
            for rest in subsets(gains, i + 2):
                yield (i, *rest)
