"""Job specs, their validated parameters, and how a package is searched for them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from tabapp.jobs.errors import JobNotFoundError, JobValidationError
from tabapp.jobs.policies import POLICIES, Backoff
from tabapp.jobs.registry import Registry, scan
from tabapp.jobs.requests import prepare
from tabapp.jobs.spec import AnySpec, db_job, simple_job


class Kind(Enum):
    TEAMS = "teams"
    SPEAKERS = "speakers"


@simple_job("test.everything", title="Kind {kind} of {json}", dedup="{json}")
def everything(
    ctx: Any, json: int, kind: Kind = Kind.TEAMS, since: datetime | None = None,
    names: tuple[str, ...] = (), share: float = 0.5, dry_run: bool = False, note: str = "",
) -> int:
    return json


@db_job("test.locked", lock="tournament")
def locked(ctx: Any, round_id: int) -> None: ...


def wrong(**given: object) -> list[tuple[str, str]]:
    with pytest.raises(JobValidationError) as caught:
        prepare(everything, given, tournament=None, submitted_by="")
    return [(problem.where, problem.code) for problem in caught.value.problems]


def test_a_spec_called_with_a_context_calls_the_function() -> None:
    assert everything(None, 7) == 7


def test_a_wrong_call_lists_everything_that_is_wrong() -> None:
    assert set(wrong(kind="boats", share="x", colour=1)) == {
        ("test.everything.json", "job_param_missing"),
        ("test.everything.kind", "job_param_wrong"),
        ("test.everything.share", "job_param_wrong"),
        ("test.everything.colour", "job_param_unknown"),
    }


def test_the_message_names_the_parameter_and_the_value() -> None:
    with pytest.raises(JobValidationError, match=r"'json' cannot be 'three'"):
        prepare(everything, {"json": "three"}, tournament=None, submitted_by="")


@pytest.mark.parametrize("value", ["3", True, 3.0, None])
def test_code_gets_no_conversion(value: object) -> None:
    assert wrong(json=value) == [("test.everything.json", "job_param_wrong")]


def test_typed_text_is_converted_to_what_the_signature_says() -> None:
    typed = {
        "json": "3", "kind": "speakers", "since": "2026-01-02T03:04:05Z", "names": '["a", "b"]',
        "share": "1", "dry_run": "true", "note": "12",
    }
    request = prepare(everything, typed, tournament=None, submitted_by="", text=True)
    assert request.values == {
        "json": 3, "kind": Kind.SPEAKERS, "since": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        "names": ("a", "b"), "share": 1.0, "dry_run": True, "note": "12",
    }


def test_typed_null_is_nothing_where_nothing_is_allowed() -> None:
    typed = {"json": "3", "since": "null"}
    assert prepare(everything, typed, tournament=None, submitted_by="", text=True).values[
        "since"
    ] is None


@given(
    number=st.integers(-(2**63), 2**63 - 1), kind=st.sampled_from(Kind),
    names=st.lists(st.text()).map(tuple),
    since=st.none() | st.datetimes(timezones=st.just(UTC)), note=st.text(), dry_run=st.booleans(),
    share=st.floats(allow_nan=False, allow_infinity=False),
)
def test_stored_parameters_come_back_as_they_were(number: int, **given: Any) -> None:
    values = everything.parameters.validate({"json": number, **given})
    assert everything.parameters.load(everything.parameters.dump(values)) == values


# --- numbers and their bounds ---


@simple_job("test.bounded")
def bounded(
    ctx: Any,
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0,
    share: Annotated[float, Field(gt=0, lt=1)] = 0.5,
    plain: int = 0,
    rounds: tuple[int, ...] = (),
    options: dict[str, Any] | None = None,
) -> None: ...


def told(**given: object) -> str:
    """Return the one problem of a call of ``bounded``."""
    with pytest.raises(JobValidationError) as caught:
        prepare(bounded, given, tournament=None, submitted_by="")
    (problem,) = caught.value.problems
    assert problem.message in f"{caught.value.message};."
    return problem.message


MOST = 9223372036854775807


@pytest.mark.parametrize(("given", "message"), [
    ({"seed": -1}, "'seed' cannot be -1; give it at least 0."),
    ({"seed": 2**63}, f"'seed' cannot be {2**63}; give it at most {MOST}."),
    ({"share": 0.0}, "'share' cannot be 0.0; give it more than 0.0."),
    ({"share": 1.0}, "'share' cannot be 1.0; give it less than 1.0."),
    ({"plain": 2**63}, f"'plain' cannot be {2**63}; give it at most {MOST}."),
    ({"plain": -(2**63) - 1}, f"'plain' cannot be {-(2**63) - 1}; give it at least {-(2**63)}."),
    ({"rounds": (1, 2**64)}, f"'rounds.1' cannot be {2**64}; give it at most {MOST}."),
    ({"options": {"a": [2**64]}}, f"'options.a.0' cannot be {2**64}; give it at most {MOST}."),
    ({"plain": 10**5000}, f"'plain' cannot be a number of so many digits; give it at most {MOST}."),
])
def test_a_number_out_of_its_bounds_is_told_with_the_bound(
    given: dict[str, object], message: str
) -> None:
    assert told(**given) == message


def test_the_largest_and_the_smallest_number_pass() -> None:
    given = {"seed": 2**63 - 1, "plain": -(2**63), "rounds": (2**63 - 1,)}
    values = prepare(bounded, given, tournament=None, submitted_by="").values
    assert {name: values[name] for name in given} == given


@pytest.mark.parametrize("text", ["9" * 5000, str(2**63), "[" * 100_000])
def test_hostile_text_is_a_problem_of_its_parameter(text: str) -> None:
    with pytest.raises(JobValidationError) as caught:
        prepare(bounded, {"seed": text}, tournament=None, submitted_by="", text=True)
    (problem,) = caught.value.problems
    assert problem.where == "test.bounded.seed"
    assert len(problem.message) < 300


def test_title_and_dedup_key_are_made_from_the_parameters() -> None:
    request = prepare(everything, {"json": 4}, tournament=2, submitted_by="")
    assert (request.title, request.dedup) == ("Kind teams of 4", "test.everything/2/4")


def test_a_title_says_what_the_call_is_about() -> None:
    request = prepare(everything, {"json": 4}, tournament=2, submitted_by="", about="Round 3")
    assert request.title == "Kind teams of 4: Round 3"
    assert request.dedup == "test.everything/2/4"


def test_a_tournament_lock_wants_a_tournament() -> None:
    with pytest.raises(JobValidationError) as caught:
        prepare(locked, {}, tournament=None, submitted_by="")
    assert {problem.code for problem in caught.value.problems} == {
        "job_param_missing", "job_needs_tournament",
    }


def test_a_form_can_be_made_from_the_schema() -> None:
    schema = everything.parameters.schema()
    assert schema["required"] == ["json"]
    assert schema["properties"]["dry_run"] == {
        "default": False, "title": "Dry run", "type": "boolean",
    }


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"name": "undotted"}, "has dots"),
        ({"queue": "urgent"}, "unknown queue"),
        ({"lock": "round"}, "unknown lock"),
        ({"retry": "sometimes"}, "unknown retry policy"),
        ({"on_duplicate": "rerun"}, "needs a dedup key"),
        ({"on_duplicate": "ignore", "dedup": "x"}, "unknown on_duplicate"),
        ({"title": "Round {seq}"}, "is no parameter"),
        ({"dedup": "{seq}"}, "is no parameter"),
    ],
)
def test_a_mistake_in_the_options_is_found_at_import(options: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        db_job(options.pop("name", "test.bad"), **options)(lambda ctx: None)


@pytest.mark.parametrize("function", [
    lambda: None, lambda ctx, *rest: None, lambda ctx, **rest: None,
    lambda ctx, tournament: None, lambda ctx, _hidden: None,
])
def test_a_signature_that_cannot_be_stored_is_refused(function: Any) -> None:
    with pytest.raises(ValueError, match="job"):
        simple_job("test.bad")(function)


def test_back_off_doubles_to_its_ceiling_and_ends() -> None:
    error = TimeoutError()
    policy = POLICIES["network"]
    assert [policy(n, error) for n in (1, 2, 3, 4)] == [60, 120, 240, None]
    assert Backoff(None, 0.5, ceiling=60.0)(1000, error) == 60


# --- scanning ---


def write_package(folder: Path, name: str, second: str) -> None:
    package = folder / name
    (package / "inner").mkdir(parents=True)
    job = (
        "from tabapp.jobs.spec import simple_job\n"
        "@simple_job({!r})\n"
        "def work(ctx): ...\n"
    )
    (package / "__init__.py").write_text("")
    (package / "one.py").write_text(job.format("scan.one"))
    (package / "again.py").write_text(f"from {name}.one import work\n")
    (package / "inner" / "__init__.py").write_text("")
    (package / "inner" / "two.py").write_text(job.format(second))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.startswith("scanned_")]:
        monkeypatch.delitem(sys.modules, name)
    return tmp_path


def test_a_scan_finds_each_job_once_in_all_modules(folder: Path) -> None:
    write_package(folder, "scanned_well", "scan.two")
    assert [spec.name for spec in scan("scanned_well")] == ["scan.one", "scan.two"]


def test_a_name_used_twice_is_an_error_of_the_scan(folder: Path) -> None:
    write_package(folder, "scanned_twice", "scan.one")
    with pytest.raises(ValueError, match=r"two jobs are named 'scan\.one'"):
        scan("scanned_twice")


def test_an_unknown_job_is_named_with_those_that_exist() -> None:
    registry: Registry = Registry([everything])
    with pytest.raises(JobNotFoundError, match=r"'nothing'.*test\.everything"):
        registry.get("nothing")


def test_decorating_registers_nothing() -> None:
    @simple_job("test.unseen")
    def unseen(ctx: Any) -> None: ...

    spec: AnySpec = unseen
    assert spec.name not in Registry([everything])
