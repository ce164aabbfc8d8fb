"""Name badges: whose, by which name, in which order, ten on a page, and codes that are found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.operators import OperatorRole
from tabapp.exchange.paper.badges import Badge
from tabapp.exchange.paper.values import Code
from tabapp.services.operators import SealedPin, add_operator
from tabapp.services.paper.badges import (
    BadgeOptions,
    find_badge_people,
    give_badge_codes,
    print_badges,
    read_badges,
)
from tabapp.services.workspace import Workspace
from tests.services.ink import ink_of
from tests.services.printed import bp, find, look_at, store
from tests.voting import Doc

LONG = (
    "Maximiliano-Alejandro Hernández de la Cruz y Montenegro-Villanueva", "محمد عبد الرحمن علي",
    "שלום כהן", "Иван Петрович Сидоров", "กิตติพงษ์ ศรีสุวรรณ", "नमस्ते शर्मा",
    "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft", "Bo",
    "Ann Lee " * 30, "Universitätsbibliotheksdirektionsassistentenanwärterin-Müller",
)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        yield opened


def badges(work: Workspace, **options: Any) -> tuple[Badge, ...]:
    with work.database.read() as unit:
        return read_badges(unit, work.tournament().id, BadgeOptions(**options))


def give(work: Workspace, **options: Any) -> None:
    owner = work.tournament().id
    with work.database.write(
        actor="Ann", verb="give codes", tournament=owner, trail=False, undoable=False
    ) as unit:
        give_badge_codes(unit, owner, BadgeOptions(**options))


def ids_of(work: Workspace, kind: str) -> dict[str, int]:
    with work.database.read() as unit:
        return {
            one.name: one.id for one in find_badge_people(unit, work.tournament().id)
            if one.kind == kind}


def sit_down(work: Workspace, *people: tuple[str, OperatorRole]) -> None:
    for name, role in people:
        with work.database.write(actor="Ann", verb="add", tournament=None) as unit:
            add_operator(unit, name, role, SealedPin("not-a-hash"))


def shown(**settings: Any) -> Doc:
    return bp(show_team_institutions=True, **settings)


def test_every_badge_is_read_back_and_found(work: Workspace) -> None:
    store(work, bp())
    give(work)
    made = badges(work)
    pages = look_at(print_badges(made))
    assert [len(page) for page in pages.linear] == [10, 10, 2]
    found = [find(work, code) for page in pages.linear for code in page]
    assert {one.name for one in found} == {one.name for one in made}
    assert {one.kind for one in found} == {"speaker", "adjudicator"}
    assert all(len(code) == 10 for page in pages.linear for code in page)
    text = " ".join(pages.texts)
    for one in made:
        assert one.name in text


def test_a_badge_says_who_somebody_is(work: Workspace) -> None:
    document = shown()
    document["adjudicators"][0] |= {"adj_core": True, "institution": "I1"}
    store(work, document)
    made = {one.name: one for one in badges(work)}
    speaker, core, judge = made["Speaker 1"], made["Judge 1"], made["Judge 2"]
    assert (speaker.role, speaker.team, speaker.home) == ("Speaker", "College 1 A", "College 1")
    assert (core.kind, core.role, core.home) == ("core", "Adjudication core", "College 1")
    assert (judge.role, judge.team, judge.home) == ("Judge", "", "")


def test_piles_are_made_by_institution_or_by_name(work: Workspace) -> None:
    document = bp(16)
    document["adjudicators"][1]["institution"] = "I2"
    store(work, document)
    names = [one.name for one in badges(work)]
    assert names[:5] == [f"Speaker {n}" for n in range(1, 5)] + ["Speaker 5"]
    assert names[8] == "Judge 2"
    assert names[-1] == "Judge 12"
    by_name = [one.name for one in badges(work, order="name")]
    assert by_name[:3] == ["Judge 1", "Judge 2", "Judge 3"]
    assert by_name[-1] == "Speaker 32"


def test_institutions_stand_there_as_the_settings_or_the_person_say(work: Workspace) -> None:
    store(work, bp())
    assert {one.home for one in badges(work)} == {""}  # British Parliamentary hides them
    assert "College 1" in {one.home for one in badges(work, institutions=True)}


def test_code_names_and_anonymous_people_stay_unknown(work: Workspace) -> None:
    document = shown(team_code_names="everywhere")
    for at, one in enumerate(document["teams"]):
        one["code_name"] = f"Otter {at}"
    document["speakers"][0] |= {"anonymous": True, "code_name": "Nobody 7"}
    document["adjudicators"][0] |= {"anonymous": True, "institution": "I1"}
    store(work, document)
    made = badges(work, institutions=True)
    text = " ".join(f"{one.name} {one.team} {one.home}" for one in made)
    assert "Otter 3" in text
    assert "College" not in text
    veiled = next(one for one in made if one.name == "Nobody 7")
    assert (veiled.team, veiled.home) == ("", "")
    assert {one.name for one in made} >= {"Anonymous"}
    assert not {"Speaker 1", "Judge 1"} & {one.name for one in made}


def test_codes_of_people_stand_for_names(work: Workspace) -> None:
    document = shown(participant_code_names="everywhere")
    for at, one in enumerate(document["speakers"]):
        one["code_name"] = f"8000000{at:02}"
    store(work, document)
    made = [one for one in badges(work, institutions=True) if one.role == "Speaker"]
    assert {one.name[:7] for one in made} == {"8000000"}
    assert {one.home for one in made} == {""}


def test_only_who_is_chosen_has_a_badge(work: Workspace) -> None:
    document = bp()
    document["teams"][0]["withdrawn"] = True
    document["adjudicators"][5]["withdrawn"] = True
    store(work, document)
    assert len(badges(work)) == 14 + 5
    judges = ids_of(work, "adjudicator")
    assert "Judge 6" not in judges
    made = badges(work, speakers=(), judges=(judges["Judge 2"], judges["Judge 4"]), operators=())
    assert [one.name for one in made] == ["Judge 2", "Judge 4"]
    give(work, speakers=(), judges=(judges["Judge 2"],))
    assert [one.name for one in badges(work) if one.code] == ["Judge 2"]


def test_the_desk_has_badges_without_codes(work: Workspace) -> None:
    store(work, bp())
    sit_down(
        work, ("Ann", OperatorRole.TAB_DIRECTOR), ("Bo", OperatorRole.VOLUNTEER),
        ("Cy", OperatorRole.ADJUDICATION_CORE))
    made = badges(work, speakers=(), judges=())
    assert [(one.name, one.role, one.code) for one in made] == [
        ("Ann", "Tab director", None), ("Bo", "Tab room", None),
        ("Cy", "Adjudication core", None)]
    assert len(badges(work, speakers=(), judges=(), operators=(ids_of(work, "operator")["Bo"],))
               ) == 1
    assert "Tab director" in look_at(print_badges(made)).texts[0]


def test_what_cannot_be_printed_is_refused_in_words(work: Workspace) -> None:
    document = bp()
    store(work, document | {
        "speakers": [], "adjudicators": [], "teams": [], "rounds": [], "venues": []})
    for code, options in (
        ("badge_nobody", {}),
        ("paper_nothing_chosen", {"speakers": (), "judges": (), "operators": ()}),
    ):
        with pytest.raises(UserError) as refused:
            badges(work, **options)
        assert refused.value.code == code
        assert "{" not in refused.value.message


def test_the_longest_names_stay_inside_the_cuts() -> None:
    made = [
        Badge("The Small Open of All Universities " * 3, name, "speaker", "Speaker", team, team,
              Code("4821593017", "593 017"))
        for name in LONG for team in ("", "Universität Überlingen-Sankt-Gallen Nordost " * 2)]
    pack = print_badges(made)
    assert (pack.pages, pack.lacking) == (2, ())
    for page in ink_of(pack):
        assert page.size == (210, 297)
        assert page.is_bare_outside(6)
        for across in (20, 105, 190):
            assert not page.within(across - 2.5, 14, across + 2.5, 283)
        for cut in range(6):
            y = 13.5 + 54 * cut
            assert not page.within(20.5, y - 1.9, 189.5, y + 1.9)
            assert page.within(12, y - 0.5, 17, y + 0.5), "the mark at the left"
            assert page.within(193, y - 0.5, 198, y + 0.5)
        for row in range(5):
            assert page.within(24, 18 + 54 * row, 101, 63 + 54 * row)
    assert all(len(page) == 10 for page in look_at(pack).linear)


def test_ten_stand_on_a_page_and_packs_can_be_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tabapp.exchange.paper.badges.CHUNK", 10)
    made = [Badge("Small Open", f"Person {n}", "judge", "Judge") for n in range(21)]
    told: list[tuple[int, int]] = []
    pack = print_badges(made, tick=lambda done, of: told.append((done, of)))
    assert (len(pack.files), pack.pages) == (3, 3)
    assert told == [(0, 21), (10, 21), (20, 21), (21, 21)]
    assert [text.count("Person") for text in look_at(pack).texts] == [10, 10, 1]
    assert pack.files == print_badges(made).files

    def stop(done: int, _of: int) -> None:
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        print_badges(made, tick=stop)


def test_letters_that_no_font_has_are_told() -> None:
    assert print_badges([Badge("Small Open", "\U00012000", "judge", "Judge")]).lacking
