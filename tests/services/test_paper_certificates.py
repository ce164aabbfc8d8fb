"""Certificates: for whom, in which words and place, what is still secret, inside their frame."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.exchange.paper.certificates import Certificate, Signature
from tabapp.services import standings, tournament_settings
from tabapp.services.paper.certificate_words import WORDINGS, Facts, fill
from tabapp.services.paper.certificates import (
    Ask,
    CertificateOptions,
    CertificateSet,
    find_certificates,
    print_certificates,
    read_certificates,
    read_offers,
    read_signatures,
)
from tabapp.store import schema
from tests.services.ink import ink_of
from tests.services.out_rounds import OutRounds, played
from tests.services.printed import look_at

NAMES = (
    "Ann Lee", "Maximiliano-Alejandro Hernández de la Cruz y Montenegro-Villanueva",
    "محمد عبد الرحمن علي", "שלום כהן", "Ann Lee " * 30,
    "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft",
)


class Ceremony(OutRounds):
    """A tab room that prints before the ceremony."""

    def print(self, kind: Any, *, options: dict[str, Any] | None = None, **ask: Any
              ) -> CertificateSet:
        with self.work.database.read() as unit:
            return read_certificates(unit, self.owner.id, CertificateOptions(
                Ask(kind, **ask), **(options or {})))

    def refuse(self, code: str, kind: Any, **more: Any) -> None:
        with pytest.raises(UserError) as refused:
            self.print(kind, **more)
        assert refused.value.code == code
        assert refused.value.message.endswith(".")

    def set(self, **values: Any) -> None:
        self.edit(lambda unit, owner, _slug: tournament_settings.change_settings(
            unit, owner, values))
        self.owner = self.work.tournament(self.owner.slug)

    def change(self, table: Any, count: int, **values: Any) -> list[Any]:
        """Change the first so many rows of a table and return them as they were."""
        def write(unit: Any, owner: int, _slug: str) -> list[Any]:
            rows = list(unit.rows(
                select(table).where(table.c.tournament_id == owner).order_by(table.c.id)))[:count]
            unit.update(table, {row.id: values for row in rows})
            return rows
        found: list[Any] = self.edit(write)
        return found


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Ceremony]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        yield Ceremony(work, played(8))


def test_breaking_teams_are_named_with_their_place_and_people(hall: Ceremony) -> None:
    hall.make_break()
    found = hall.print("breaking_teams", category="open")
    assert len(found.certificates) == 8
    first = found.certificates[0]
    best = next(team for team, place in hall.stored().ranks.items() if place == 1)
    document = hall.document()
    assert first.name == next(one.name for one in document.teams if one.id == best)
    assert first.headline.endswith("1st in the Open break")
    people = [one.name for one in document.speakers if one.team == best]
    assert first.detail == " and ".join(people)
    text = look_at(print_certificates(found.certificates)).texts
    assert len(text) == 8
    assert all(word in text[0] for word in (first.name, first.headline, document.tournament.name))


def test_each_speaker_of_a_breaking_team_can_have_one(hall: Ceremony) -> None:
    hall.make_break()
    found = hall.print("breaking_teams", category="open", each_speaker=True)
    breaking = hall.stored().breaking
    document = hall.document()
    assert {one.name for one in found.certificates} == {
        one.name for one in document.speakers if one.team in breaking}
    assert len({one.detail for one in found.certificates}) == 8


def test_a_shared_place_is_said(hall: Ceremony) -> None:
    hall.make_break()
    hall.draw(hall.create_rounds()[0])

    def level(unit: Any, owner: int, _slug: str) -> None:
        rows = [
            row for row in unit.rows(select(schema.break_team))
            if row.break_rank in (2, 3)]
        unit.update(schema.break_team, {row.id: {"break_rank": 2} for row in rows})
    hall.edit(level)
    heads = [one.headline for one in hall.print("breaking_teams", category="open").certificates]
    assert heads[:4] == [
        "1st in the Open break", *["Joint 2nd in the Open break"] * 2, "4th in the Open break"]


def test_no_break_no_certificates(hall: Ceremony) -> None:
    hall.refuse("certificate_no_break", "breaking_teams", category="open")
    hall.refuse("unknown_break_category", "breaking_teams", category="nothing")
    hall.change(schema.adjudicator, 99, breaking=False, adj_core=False)
    hall.refuse("certificate_nobody_breaking_judges", "breaking_judges")
    hall.refuse("certificate_nobody_core", "core")


def test_a_break_that_the_results_overtook_is_refused(hall: Ceremony) -> None:
    hall.make_break()
    team = next(iter(hall.stored().breaking))
    hall.edit(lambda unit, owner, _slug: unit.update(schema.team, {
        row.id: {"withdrawn": True} for row in unit.rows(
            select(schema.team).where(schema.team.c.ref == team))}))
    hall.refuse("certificate_break_outdated", "breaking_teams", category="open")


def test_best_speakers_by_place_with_all_who_share_the_last(hall: Ceremony) -> None:
    found = hall.print("speakers", top=3)
    with hall.work.database.read() as unit:
        table = standings.compute(standings.read_input(unit, hall.owner), "speakers")
    best = [row for row in table.rows if row.rank is not None and row.rank <= 3]
    assert [one.name for one in found.certificates] == [row.name for row in best]
    assert [one.headline for one in found.certificates] == [
        f"{'Joint ' if row.tied else ''}{ {1: 'best', 2: '2nd best', 3: '3rd best'}[row.rank]}"
        .capitalize() + " speaker" for row in best]
    assert found.certificates[0].body.startswith("of Random Open")
    few = hall.print("speakers", top=1)
    assert [one.name for one in few.certificates] == [found.certificates[0].name]
    hall.refuse("certificate_nobody_speakers", "speakers", top=0)
    hall.refuse("category_unknown", "speakers", category="nothing")


def test_places_that_can_still_change_are_refused(hall: Ceremony) -> None:
    hall.change(schema.round_, 1, completed=False)
    hall.refuse("certificate_rounds_open", "speakers")


def test_only_who_is_chosen(hall: Ceremony) -> None:
    with hall.work.database.read() as unit:
        offered = find_certificates(unit, hall.owner.id, Ask("participation"))
    some = (offered[3].id, offered[-1].id)
    found = hall.print("participation", options={"chosen": some})
    assert [one.name for one in found.certificates] == [
        offered[3].facts.name, offered[-1].facts.name]
    hall.refuse("paper_nothing_chosen", "participation", options={"chosen": ()})
    hall.refuse("certificate_gone", "participation", options={"chosen": ("speaker/none",)})


def test_everybody_takes_part_and_judges_are_told_their_rounds(hall: Ceremony) -> None:
    document = hall.document()
    everybody = hall.print("participation").certificates
    assert len(everybody) == len(document.speakers) + len(document.adjudicators)
    assert {one.body.rsplit(" as a ")[1] for one in everybody} == {"speaker.", "judge."}
    judged = {
        member.adjudicator for round_ in document.rounds for debate in round_.debates
        for member in debate.panel}
    judges = hall.print("judges").certificates
    assert len(judges) == len(judged)
    assert any("judged 3 rounds of Random Open" in one.body for one in judges)
    chairs = hall.print("chairs").certificates
    assert 0 < len(chairs) <= len(judges)
    assert all(one.body.startswith("chaired ") for one in chairs)


def test_rounds_that_are_not_completed_are_not_counted(hall: Ceremony) -> None:
    hall.change(schema.round_, 9, completed=False)
    hall.refuse("certificate_nobody_judges", "judges")
    hall.refuse("certificate_nobody_chairs", "chairs")


def test_breaking_judges_and_the_core_are_those_with_the_flag(hall: Ceremony) -> None:
    hall.change(schema.adjudicator, 99, breaking=False, adj_core=False)
    rows = hall.change(schema.adjudicator, 2, breaking=True, adj_core=True)
    names = sorted(row.name for row in rows)
    assert sorted(one.name for one in hall.print("breaking_judges").certificates) == names
    assert sorted(one.name for one in hall.print("core").certificates) == names


def test_awards_are_for_who_has_earned_them(hall: Ceremony) -> None:
    hall.work.run("achievements.check_all", tournament=hall.owner.id, tournament_id=hall.owner.id)
    with hall.work.database.read() as unit:
        offers = read_offers(unit, hall.owner.id)
    assert offers.break_categories["open"] == "Open"
    assert offers.awards
    for key, title in offers.awards.items():
        found = hall.print("award", award=key)
        assert {one.headline for one in found.certificates} == {title}
        assert all(one.body and one.name for one in found.certificates)
        assert len(found.certificates) > 0
    hall.refuse("certificate_award_unknown", "award", award="nothing")


def test_an_award_that_nobody_has_is_refused(hall: Ceremony) -> None:
    hall.refuse("certificate_nobody_award", "award", award="round_on_time")


def test_what_is_secret_is_told_and_printed_all_the_same(hall: Ceremony) -> None:
    hall.change(schema.round_, 9, silent=False)
    hall.make_break()
    secret = hall.print("breaking_teams", category="open").secret
    assert len(secret) == 1
    assert "Keep the pages in the tab room" in secret[0]
    hall.set(public_breaking_teams=True, speaker_tab_released=True)
    assert hall.print("breaking_teams", category="open").secret == ()
    assert hall.print("speakers").secret == ()
    hall.change(schema.round_, 1, silent=True)
    assert "Round 1" in hall.print("speakers").secret[0]
    hall.set(all_results_released=True)
    assert hall.print("speakers").secret == ()
    assert hall.print("participation").secret == ()


def test_code_names_stand_there_unless_own_names_are_wanted(hall: Ceremony) -> None:
    rows = hall.change(schema.speaker, 1, anonymous=True, code_name="Nobody 7")
    found = hall.print("participation")
    names = {one.name for one in found.certificates}
    assert (found.veiled, "Nobody 7" in names, rows[0].name in names) == (1, True, False)
    own = hall.print("participation", options={"own_names": True})
    assert (own.veiled, rows[0].name in {one.name for one in own.certificates}) == (0, True)


def test_teams_with_code_names_do_not_tell_their_people(hall: Ceremony) -> None:
    hall.make_break()
    hall.set(team_code_names="everywhere")
    hall.change(schema.team, 99, code_name="Otter")
    found = hall.print("breaking_teams", category="open")
    assert {(one.name, one.detail) for one in found.certificates} == {("Otter", "")}
    assert found.veiled == 8


def test_own_words_fill_their_placeholders(hall: Ceremony) -> None:
    words = {
        "title": "Urkunde", "lead": "für", "detail": "", "body": "{{so}} {tournament}"}
    found = hall.print("speakers", top=1, options={
        "lines": words, "date": "1. Mai 2026",
        "signatures": (Signature("Tab", "Ann"), Signature("Jury"))})
    one = found.certificates[0]
    assert (one.title, one.lead, one.date) == ("Urkunde", "für", "1. Mai 2026")
    assert (one.detail, one.headline) == ("", "Best speaker")
    assert one.body == "{so} " + hall.document().tournament.name
    text = look_at(print_certificates([one])).texts[0]
    assert all(word in text for word in ("Urkunde", "1. Mai 2026", "Ann", "Tab", "Jury"))
    for code, wrong in (
        ("certificate_placeholder", ("{oops}", "{0}", "{}", "{name.x}", "{name!r}", "{name:d}")),
        ("certificate_brace", ("{", "}", "a {name")),
    ):
        for line in wrong:
            hall.refuse(code, "speakers", options={"lines": {"title": line}})
    hall.refuse("certificate_signatures", "speakers", options={
        "signatures": (Signature("Tab"),) * 5})


@pytest.mark.parametrize(("text", "signs"), [
    ("Ann Lee, Convenor; Tab director", [("Ann Lee", "Convenor"), ("", "Tab director")]),
    (" Dr. Ann Lee, MBE, Convenor ;; ", [("Dr. Ann Lee, MBE", "Convenor")]),
    ("Ann Lee,", [("Ann Lee", "")]), ("", []), (" ; ", []), (";".join("abcd"), [
        ("", one) for one in "abcd"]),
])
def test_who_signs_is_read_by_commas(text: str, signs: list[tuple[str, str]]) -> None:
    assert [(one.name, one.role) for one in read_signatures(text)] == signs


def test_more_sign_than_there_is_room_for() -> None:
    with pytest.raises(UserError) as refused:
        read_signatures("a; b; c; d; e")
    assert refused.value.code == "certificate_signatures"


def test_the_whole_name_of_everybody_who_signs_is_read() -> None:
    name = "Maximiliano-Alejandro Hernández de la Cruz y Montenegro-Villanueva"
    role = "Chief adjudicator of the championship"
    pack = print_certificates([
        Certificate("Open", "C", "for", "Ann", signatures=(Signature(role, name),) * 4)])
    (text,) = look_at(pack).texts
    assert text.count("Villanueva") == text.count("championship") == 4
    (page,) = ink_of(pack)
    assert page.within(70, 180, 284, 184)
    assert not page.within(13, 190, 284, 197)


def test_all_words_of_the_house_can_be_filled_in() -> None:
    facts = Facts("Ann", "Open", *(f"fact {n}" for n in range(10)))
    for one in WORDINGS.values():
        for line in (one.title, one.lead, one.detail, one.headline, one.body):
            assert "{" not in fill(line, facts)


@pytest.mark.parametrize("signatures", [1, 4])
def test_the_longest_words_stay_inside_the_frame(signatures: int) -> None:
    long = "for the very best speeches of all that anybody has ever given anywhere " * 4
    pack = print_certificates([
        Certificate(
            "The Small Open of All Universities " * many, "Certificate of Achievement " * many,
            "This certificate is awarded to", name, detail * many, headline * many,
            long[:90 * many], "23 November 2026",
            (Signature("Tab director", "Ann Lee " * many),) * signatures)
        for name in NAMES for many in (1, 3)
        for detail, headline in (("", ""), ("of Kranichfeld B, ", "Joint 2nd novice speaker "))])
    assert pack.pages == len(NAMES) * 4
    assert pack.lacking == ()
    pages = ink_of(pack)
    assert len(pages) == pack.pages
    for page in pages:
        assert page.size == (297, 210)
        assert page.is_bare_outside(8)
        for band in ((13, 13, 284, 19), (13, 190, 284, 197), (13, 13, 25, 197),
                     (272, 13, 284, 197)):
            assert not page.within(*band)
        assert not page.within(13, 159.5, 284, 166), "between the words and the signatures"


def test_many_are_several_files_and_can_be_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tabapp.exchange.paper.certificates.CHUNK", 2)
    three = [Certificate("Open", "Certificate", "for", f"Person {n}") for n in range(3)]
    told: list[tuple[int, int]] = []
    pack = print_certificates(three, tick=lambda done, of: told.append((done, of)))
    assert (told, len(pack.files), pack.pages) == ([(0, 3), (2, 3), (3, 3)], 2, 3)
    assert pack.files == print_certificates(three).files
    assert print_certificates([Certificate("Open", "C", "for", "\U00012000")]).lacking

    def stop(done: int, _of: int) -> None:
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        print_certificates(three, tick=stop)


def test_no_usual_sentence_puts_an_article_before_the_tournament() -> None:
    facts = Facts("Ann", "Die Weltmeisterschaft", role="speaker", rounds="1 round", category="ESL")
    for words in WORDINGS.values():
        said = fill(words.body, facts)
        assert "the Die" not in said
        assert said == "" or "Die Weltmeisterschaft" in said
