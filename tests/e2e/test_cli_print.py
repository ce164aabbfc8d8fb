"""Paper by command: every kind in several formats, its pages counted and its barcodes read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from tests.builders import small_archive
from tests.e2e.program import Program, call, done, environment, export, refused, written

EVERY = (
    "score-sheets", "sample", "blanks", "feedback-forms", "signs", "badges", "certificates")
FORMATS = ("bp", "australs", "wsdc", "public-speaking")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of the test's own: files without a name are written here."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(params=FORMATS)
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a small tournament of a format with two rounds that are drawn."""
    file = tmp_path / "played.json"
    if request.param == "public-speaking":  # for rooms of six nobody makes up a tournament
        document = small_archive(8, 2, results=False, judges_per_room=3)
        document["tournament"] |= {
            "preset": request.param, "settings": {
                "teams_in_debate": 4, "ballots_per_debate_elim": "per-debate"}}
        written(file, document)
    else:
        done("generate", file, "--preset", request.param, "--teams", 8, "--rounds", 2,
             "--seed", 7)
    done("import", tmp_path / "played.tabapp", file, "--accept-warnings")
    return tmp_path / "played.tabapp"


def texts(file: str | Path) -> list[str]:
    document = pypdfium2.PdfDocument(Path(file).read_bytes())
    return [page.get_textpage().get_text_bounded() for page in document]


def codes(file: str | Path, *, dpi: int = 200) -> set[str]:
    """Return the last six digits of all bars that a scanner reads in a file."""
    document = pypdfium2.PdfDocument(Path(file).read_bytes())
    found: set[str] = set()
    for page in document:
        read: Any = zxingcpp.read_barcodes(page.render(scale=dpi / 72).to_numpy())
        found |= {one.text[-6:] for one in read if one.format.name == "Code128"}
    return found


def given(db: Path, kind: str) -> set[str]:
    """Return the codes that the archive of a tournament has."""
    document = export(db)
    rows = document[kind] if kind != "debates" else [
        one for round_ in document["rounds"] for one in round_["debates"]]
    return {one["barcode"] for one in rows if one.get("barcode")}


def test_everything_is_printed_in_every_format(db: Path) -> None:
    for what in EVERY:
        round_ = () if what in ("badges", "certificates") else ("--round", 1)
        outcome = call("print", db, what, *round_, "-o", f"{what}.pdf", "--json")
        if outcome.code == 1:  # nobody rates anybody in that format: it is said, no file is made
            assert what == "feedback-forms"
            assert "no feedback on paper" in outcome.err
            assert not Path(f"{what}.pdf").exists()
            continue
        assert outcome.code == 0, outcome.err
        told = outcome.json
        assert told["file"] == f"{what}.pdf"
        assert told["files"] == [told["file"]]
        assert told["pages"] == len(texts(told["file"])) > 0
    assert codes("score-sheets.pdf") == given(db, "debates")
    assert codes("signs.pdf") == given(db, "venues")
    assert codes("sample.pdf") | codes("blanks.pdf") == set()
    assert len(texts("blanks.pdf")) == 10


def test_every_badge_has_the_code_of_its_wearer(played: Path) -> None:
    told = done("print", played, "badges")
    document = export(played)
    wearers = {one["barcode"] for one in (*document["speakers"], *document["adjudicators"])}
    assert told["codes"] == len(wearers) == 32 + len(document["adjudicators"])
    assert told["pages"] == -(-len(wearers) // 10)
    assert codes(told["file"], dpi=300) == wearers
    again = done("print", played, "badges", "-o", "again.pdf", "--order", "name")
    assert again["codes"] == 0
    assert codes("again.pdf", dpi=300) == wearers


def test_a_lost_sheet_is_printed_again_with_the_code_it_had(played: Path) -> None:
    whole = done("print", played, "score-sheets", "--round", 2)
    assert whole["file"] == "random-5-r2-score-sheets.pdf"
    assert (whole["pages"], whole["codes"]) == (4, 4)
    room = texts(whole["file"])[0].splitlines()[1].strip()
    one = done("print", played, "score-sheets", "--round", 2, "--room", room.upper())
    assert (one["pages"], one["codes"]) == (1, 0)
    assert room in texts(one["file"])[0]
    assert codes(one["file"]) < codes(whole["file"])
    assert Path(one["file"]).name.startswith("random-5-r2-score-sheets-")
    two = done("print", played, "score-sheets", "--round", 2, "--two-up", "-o", "two.pdf")
    assert two["pages"] == 2
    assert codes("two.pdf") == codes(whole["file"])


def test_people_are_named_alone_or_by_what_they_are(played: Path) -> None:
    document = export(played)
    speaker = document["speakers"][0]["name"]
    one = done("print", played, "badges", "--people", speaker)
    assert (one["pages"], one["codes"]) == (1, 1)
    judges = done("print", played, "badges", "--people", "judges", "-o", "judges.pdf")
    assert judges["codes"] == len(document["adjudicators"])
    assert done("print", played, "certificates", "--people", speaker)["pages"] == 1


def test_certificates_say_what_somebody_words_and_who_signs(played: Path) -> None:
    speaker = export(played)["speakers"][0]["name"]
    said = texts(done(
        "print", played, "certificates", "--people", speaker, "--wording", "title=Urkunde",
        "--wording", "body=war beim {tournament} dabei", "--wording", "lead=",
        "--signature", "Ann Lee, Jury", "--signature", "Kasse", "--date", "1. Mai")["file"])[0]
    for words in ("Urkunde", "war beim Random", "Ann Lee", "Jury", "Kasse", "1. Mai", speaker):
        assert words in said
    assert "This is to certify" not in said
    assert "Convenor" not in said
    nobody = done(
        "print", played, "certificates", "--people", speaker, "--signature", "", "-o", "n.pdf")
    assert "Tab director" not in texts(nobody["file"])[0]


def test_words_that_no_certificate_can_have_are_refused(played: Path) -> None:
    def said(*words: str) -> str:
        return refused("print", played, "certificates", *words)

    assert "{teem}, which is none" in said("--wording", "body=of {teem}")
    assert "{sentence}" in said("--wording", "body=of {teem}")
    assert "without its other one" in said("--wording", "lead=for {name")
    assert "nonsense=x is no line of a certificate" in said("--wording", "nonsense=x")
    assert "title, lead, detail" in said("--wording", "title")
    assert "room for 4 signatures" in said(*["--signature", "Jury"] * 5)
    for option in (("--wording", "body=x"), ("--signature", "x"), ("--date", "x")):
        assert option[0] in refused("print", played, "badges", *option)
    assert "--institutions" in refused("print", played, "signs", "--no-institutions")
    assert not list(Path().glob("*.pdf"))


def test_badges_show_institutions_when_asked(played: Path) -> None:
    document = export(played)
    homes = {one["id"]: one["name"] for one in document["institutions"]}
    person = next(one for one in document["adjudicators"] if one["institution"])
    home = homes[person["institution"]]
    for option, shown in (("--institutions", True), ("--no-institutions", False)):
        told = done("print", played, "badges", "--people", person["name"], option,
                    "-o", f"{shown}.pdf")
        assert (home in texts(told["file"])[0]) is shown


def test_what_cannot_be_printed_is_said_in_words(played: Path) -> None:
    assert "nothing that can be printed" in refused("print", played, "posters")
    assert "no round 9" in refused("print", played, "score-sheets", "--round", 9).lower()
    assert "Cellar" in refused("print", played, "score-sheets", "--room", "Cellar")
    assert "--people" in refused("print", played, "signs", "--people", "Ann")
    assert "--room" in refused("print", played, "badges", "--room", "A1")
    assert "unicorns" in refused("print", played, "certificates", "--for", "unicorns")
    assert ".pdf" in refused("print", played, "signs", "-o", "signs.txt")
    assert "is not there" in refused("print", played, "signs", "-o", "none/signs.pdf")
    assert "1 to 200" in refused("print", played, "blanks", "--count", 0)
    assert not list(Path().glob("*.txt"))


USELESS = {
    "certificates": ("--round 1", "--two-up", "--teams", "--order name"),
    "badges": ("--two-up", "--codes-on-all", "--motions", "--no-motions", "--teams", "--count 10",
               "--for participation", "--top 10", "--round 1"),
    "signs": ("--two-up", "--codes-on-all", "--count 3", "--order name"),
    "score-sheets": ("--teams", "--count 3", "--for judges"),
    "sample": ("--codes-on-all", "--count 3"), "blanks": ("--codes-on-all", "--room A1"),
    "feedback-forms": ("--two-up", "--motions", "--codes-on-all", "--top 3"),
}


@pytest.mark.parametrize("what", USELESS)
def test_options_that_say_nothing_about_what_is_printed_are_refused(
    played: Path, what: str
) -> None:
    for option in USELESS[what]:
        name = option.split()[0].replace("--no-", "--")
        said = refused("print", played, what, *option.split())
        assert f"{name} says nothing about {what}" in said
    assert not list(Path().glob("*.pdf"))


def test_the_paper_is_that_of_the_settings_unless_another_is_named(
    played: Path, tmp_path: Path
) -> None:
    document = export(played)
    document["tournament"]["settings"] |= {"paper_size": "us-letter"}
    overseas = tmp_path / "overseas.tabapp"
    done("import", overseas, written(tmp_path / "o.json", document), "--accept-warnings")

    def size(db: Path, *words: str) -> tuple[int, int]:
        file = done("print", db, "score-sheets", "--round", 1, "-o", "s.pdf", *words)["file"]
        wide, tall = pypdfium2.PdfDocument(Path(file).read_bytes())[0].get_size()
        return round(wide), round(tall)

    assert size(played) == size(overseas, "--paper", "a4") == (595, 842)
    assert size(overseas) == size(played, "--paper", "us-letter") == (612, 792)
    assert export(overseas)["tournament"]["settings"]["paper_size"] == "us-letter"
    assert call("export", overseas, "teams", "-o", "teams.pdf").code == 0
    assert pypdfium2.PdfDocument(Path("teams.pdf").read_bytes())[0].get_size() == (612, 792)
    assert call("print", played, "signs", "--paper", "a5").code == 2


def test_a_file_that_nobody_named_replaces_nothing(played: Path) -> None:
    file = Path(done("print", played, "signs")["file"])
    file.write_text("mine")
    assert "is there already" in refused("print", played, "signs")
    assert file.read_text() == "mine"
    assert done("print", played, "signs", "-o", file)["codes"] == 0
    assert file.read_bytes().startswith(b"%PDF")


def test_a_draw_that_is_not_confirmed_is_not_printed(drawn: Path, tmp_path: Path) -> None:
    document = export(drawn)
    document["rounds"][0]["status"] = "draft"
    db = tmp_path / "draft.tabapp"
    done("import", db, written(tmp_path / "draft.json", document), "--accept-warnings")
    before = export(db)
    said = refused("print", db, "score-sheets", "--round", 1)
    assert "The draw of Round 1 is not confirmed" in said
    assert export(db) == before
    assert done("print", db, "blanks", "--round", 1, "--count", 3)["pages"] == 3


def test_no_other_command_loads_what_prints(program: Program, played: Path) -> None:
    script = (
        "import sys\n"
        "from tabapp.app import start\n"
        "start(sys.argv[1:])\n"
        "print(sorted({'typst', 'segno'} & set(sys.modules)), file=sys.stderr)\n")
    for words in (("--version",), ("standings", str(played)), ("print", str(played), "posters")):
        outcome = _run(program, script, *words)
        assert outcome.splitlines()[-1] == "[]", words


def _run(program: Program, script: str, *words: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, check=True, timeout=60,
        env=environment(program.cache, PYTHONPATH=str(Path(__file__).parents[2])))
    return ended.stderr.decode()
