"""The checker of breaks agrees with every rule on random tournaments and finds planted faults."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.archive import Archive
from tabapp.domain.audit.breaks import audit_break
from tabapp.domain.breaks import BREAK_RULES, BreakCategory, BreakList, qualify
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.snapshots import result_data
from tabapp.domain.types import ResultData, TeamInfo

Made = tuple[Archive, Settings, ResultData]


@cache
def played(seed: int) -> str:
    """Make a tournament of two teams a room, whose marks are so coarse that many are level."""
    archive = generate_tournament(
        preset="apda", teams=20, rounds=3, seed=seed, play=True,
        settings={"break_easters_strict": False})
    for one in archive.rounds:
        for debate in one.debates:
            for ballot in debate.ballots:
                for sheet in ballot.sheets:
                    for side in sheet.sides:
                        for speech in side.speeches:
                            if speech.score is not None:
                                speech.score = 26.0 if int(speech.score) > 25 else 25.0
    return archive.model_dump_json()


def drawn_up(seed: int, rule: str, **more: Any) -> Made:
    """Give a tournament two institutions, three categories by a rule, and wishes at random."""
    archive = Archive.model_validate_json(played(seed % 3))
    rng = random.Random(seed)
    refs = [one.id for one in archive.institutions[:2]]
    archive.break_categories = archive.break_categories[:1]
    first = archive.break_categories[0]
    archive.break_categories = [
        first.model_copy(update={
            "id": f"BC{n}", "slug": slug, "name": slug.upper(), "seq": n, "rule": rule,
            "priority": rng.choice([1, 5, 5, 9]), "general": slug == "open",
            "size": rng.randint(0, 12), "reserve_size": rng.randint(0, 2)})
        for n, slug in enumerate(("open", "esl", "efl"), 1)]
    for team in archive.teams:
        team.institution = rng.choice([*refs, refs[0], None])
        team.type = "swing" if rng.random() < 0.05 else "normal"
        own = [one.id for one in archive.break_categories if rng.random() < 0.7]
        team.break_categories = own
        team.break_preferences = (
            rng.sample(own, len(own)) if more.get("wishes") and rng.random() < 0.4 else [])
    kept = resolve("apda", archive.tournament.settings)
    rules = kept.model_copy(update={
        "team_standings_precedence": rng.choice([
            ("wins", "speaks_sum"), ("wins",), ("points", "wins", "speaks_sum")]),
        "break_easters_strict": rng.random() < 0.3, "break_min_rounds": more.get("least", 0)})
    return archive, rules, result_data(archive, rules)


def lists_of(found: Made, **options: Any) -> tuple[BreakList, ...]:
    archive, rules, data = found
    categories = [
        BreakCategory(c.slug, c.name, c.size, c.reserve_size, c.rule, c.priority, c.general, c.seq)
        for c in archive.break_categories]
    return qualify(data, options.pop("categories", categories), **{
        "metrics": rules.team_standings_precedence, "ties": "lot", "seed": 3, "two_team": True,
        "strict": rules.break_easters_strict, "min_rounds": rules.break_min_rounds, **options})


@given(
    seed=st.integers(0, 10**6), rule=st.sampled_from(sorted(BREAK_RULES)),
    ties=st.sampled_from(["ask", "lot", "all"]), least=st.sampled_from([0, 0, 3]))
@settings(max_examples=60, deadline=None)
def test_nothing_is_found_in_breaks_by_any_rule(
    seed: int, rule: str, ties: str, least: int
) -> None:
    found = drawn_up(seed, rule, least=least)
    lists = lists_of(found, ties=ties)
    checks = audit_break(found[0], lists, found[1])
    assert [one for one in checks if one.status != "passed"] == []
    never_short(found, lists, rule)


def never_short(found: Made, lists: tuple[BreakList, ...], rule: str) -> None:
    """Assert that a break is short only where nobody is left who may come in."""
    _archive, rules, data = found
    teams = {one.id: one for one in data.teams}
    for one in lists:
        places = sum(row.break_rank is not None or row.remark == "tied" for row in one.rows)
        said = {row.team: row.remark for row in one.rows}
        waiting = [
            ref for ref, team in teams.items()
            if may(team, one) and ref not in one.breaking and said.get(ref) != "ineligible"
            and not any(ref in other.breaking for other in lists)]
        strict = rule == "aida-1996" or (
            rule == "aida-2016-easters" and rules.break_easters_strict)
        if places < one.size and not strict and not rules.break_min_rounds:
            assert waiting == []


def may(team: TeamInfo, made: BreakList) -> bool:
    return team.type != "swing" and made.category in team.break_categories


@given(seed=st.integers(0, 10**6), ties=st.sampled_from(["ask", "lot"]))
@settings(max_examples=40, deadline=None)
def test_preferences_come_to_rest_and_the_checker_agrees(seed: int, ties: str) -> None:
    found = drawn_up(seed, "standard", wishes=True)
    lists = lists_of(found, ties=ties)
    checks = audit_break(found[0], lists, found[1])
    assert [one for one in checks if one.status != "passed"] == []
    priority = {one.slug: one.priority for one in found[0].break_categories}
    for team in found[2].teams:
        places = [one.category for one in lists if team.id in one.breaking]
        # two breaks only where nothing says which of them it would rather have
        assert len(places) < 2 or (
            len({priority[slug] for slug in places}) == 1
            and not set(places) & set(team.break_preferences))


def test_a_preference_left_aside_is_told_and_is_no_fault() -> None:
    found = drawn_up(653, "aida-2016-australs", wishes=True)
    lists = lists_of(found)
    assert [sorted(one.aside) for one in lists] == [["T18"]] * 3
    name = next(team.name for team in found[2].teams if team.id == "T18")
    assert f"The preferences of {name} were left aside" in str(lists[0].note)
    assert failed(found, lists) == set()
    # whoever forgot that would call it a fault
    assert failed(found, tuple(replace(one, aside=frozenset()) for one in lists))


@given(seed=st.integers(0, 10**6), rule=st.sampled_from(sorted(BREAK_RULES)))
@settings(max_examples=25, deadline=None)
def test_the_order_of_input_does_not_matter(seed: int, rule: str) -> None:
    found = drawn_up(seed, rule, wishes=True)
    forth = lists_of(found)
    archive = found[0].model_copy(deep=True)
    archive.break_categories.reverse()
    archive.teams.reverse()
    back = lists_of((archive, found[1], result_data(archive, found[1])))
    assert forth == back


def failed(found: Made, lists: tuple[BreakList, ...], **options: Any) -> set[str]:
    checks = audit_break(found[0], lists, found[1], **options)
    return {one.name for one in checks if one.status == "failed"}


def league(rule: str, size: int = 6, **settings_: Any) -> Made:
    """Return the tournament with one category, where A has the first five teams and all wins."""
    archive = Archive.model_validate_json(played(0))
    archive.break_categories = [archive.break_categories[0].model_copy(update={
        "slug": "open", "rule": rule, "size": size, "reserve_size": 1, "general": True})]
    rules = resolve("apda", archive.tournament.settings).model_copy(update={
        "team_standings_precedence": ("wins", "speaks_sum", "margin_sum"), **settings_})
    for team in archive.teams:
        team.break_categories, team.institution = [archive.break_categories[0].id], None
    data = result_data(archive, rules)
    order = [row.team for row in lists_of((archive, rules, data), ties="lot", categories=[
        BreakCategory("open", "Open", len(archive.teams), general=True)])[0].rows]
    at = archive.institutions[0].id
    for team in archive.teams:
        team.institution = at if team.id in order[:5] else None
    return archive, rules, result_data(archive, rules)


def changed(lists: tuple[BreakList, ...], **remarks: str | int | None) -> tuple[BreakList, ...]:
    """Give teams of the first list a remark, or a place."""
    (first, *others) = lists
    rows = tuple(
        replace(row, remark=said if isinstance(said, str) else None,
                break_rank=said if isinstance(said, int) else None)
        if (said := remarks.get(row.team, row)) is not row else row
        for row in first.rows)
    return replace(first, rows=rows), *others


def swapped(made: BreakList, away: str, here: str) -> BreakList:
    """Let one team have the place of another."""
    place = next(row for row in made.rows if row.team == away)
    return replace(made, rows=tuple(
        replace(row, break_rank=place.break_rank, remark=None) if row.team == here
        else replace(row, break_rank=None, remark="reserve") if row.team == away else row
        for row in made.rows))


@pytest.mark.parametrize("rule", ["aida-1996", "aida-2016-australs", "aida-2016-easters"])
def test_a_capped_team_that_takes_a_place_is_found(rule: str) -> None:
    found = league(rule)
    (made,) = lists_of(found)
    assert failed(found, (made,)) == set()
    capped = next(row.team for row in made.rows if row.remark == "capped")
    last = max((row for row in made.rows if row.break_rank is not None),
               key=lambda row: row.rank or 0)
    assert failed(found, (swapped(made, last.team, capped),)) & {
        "caps are kept", "nobody better was passed over"}


def test_a_cap_that_does_not_apply_is_found() -> None:
    found = league("aida-1996")
    lists = lists_of(found)
    third = [row.team for row in lists[0].rows][2]
    assert "caps are kept" in failed(found, changed(lists, **{third: "capped"}))


@pytest.mark.parametrize("strict", [True, False])
def test_whoever_comes_back_too_early_is_found(strict: bool) -> None:
    # of eight places A takes its first three, and five others are there
    found = league("aida-2016-easters", 20, break_easters_strict=strict)
    lists = lists_of(found)
    inside = lists[0].breaking
    assert len(inside) == (18 if strict else 20)
    if strict:
        capped = next(row.team for row in lists[0].rows if row.remark == "capped")
        assert "caps are kept" in failed(found, changed(lists, **{capped: 4}))
    else:
        last = max(lists[0].rows, key=lambda row: row.break_rank or 0).team
        gone = "the break is full and not too large"
        assert gone in failed(found, changed(lists, **{last: None}))


def test_a_preference_that_was_not_followed_is_found() -> None:
    found = drawn_up(7, "standard")
    archive, rules, _data = found
    archive.break_categories = archive.break_categories[:2]
    archive.break_categories[0].priority, archive.break_categories[1].priority = 9, 1
    for one in archive.break_categories:
        one.size = 4
    for team in archive.teams:
        team.type, team.break_categories = "normal", ["BC1", "BC2"]
    rules = rules.model_copy(
        update={"team_standings_precedence": ("wins", "speaks_sum", "margin_sum", "num_adjs")})
    plain = archive, rules, result_data(archive, rules)
    without = lists_of(plain)
    assert failed(plain, without) == set()
    first = next(row.team for row in without[0].rows if row.break_rank == 1)
    next(team for team in archive.teams if team.id == first).break_preferences = ["BC2"]
    wanted = archive, rules, result_data(archive, rules)
    assert failed(wanted, lists_of(wanted)) == set()
    assert failed(wanted, without) >= {"nobody better was passed over", "a team breaks once"}


def test_a_team_that_debated_too_little_is_found_unless_a_person_let_it_in() -> None:
    found = league("standard")
    lists = lists_of(found)
    least = found[0], found[1].model_copy(update={"break_min_rounds": 4}), found[2]
    assert "teams have debated enough" in failed(least, lists)
    said = {"open": dict.fromkeys((one.id for one in found[0].teams), "eligible")}
    assert failed(least, lists, remarks=said) == set()


def test_an_eligible_team_called_ineligible_is_found() -> None:
    found = league("standard")
    lists = lists_of(found)
    team = next(iter(lists[0].rows)).team
    wrong = changed(lists, **{team: "ineligible"})
    assert failed(found, wrong) >= {"breaking teams may break", "nobody better was passed over"}


def test_a_reserve_before_whom_others_stand_is_found() -> None:
    found = league("standard")
    (made,) = lists_of(found)
    listed = {row.team for row in made.rows}
    (whole,) = lists_of(found, categories=[BreakCategory("open", "Open", 20, general=True)])
    last = whole.rows[-1]
    assert last.team not in listed
    rows = tuple(
        replace(last, break_rank=None, remark="reserve") if row.remark == "reserve" else row
        for row in made.rows)
    assert "reserves are the next" in failed(found, (replace(made, rows=rows),))



def test_a_rule_that_cannot_work_leaves_a_break_open() -> None:
    archive, rules, data = league("aida-2016-australs")
    lists = lists_of((archive, rules, data))
    other = rules.model_copy(update={"team_standings_precedence": ("speaks_sum",)})
    (one, _once) = audit_break(archive, lists, other)
    assert (one.name, one.status) == ("the rule of the break", "unclear")
