"""What all tests share: the real tournaments, and the switch by which a skip is a failure."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
IN_CI = os.environ.get("CI") == "true"
NO_DATA = "the real tournaments are not beside this folder"


# In CI the same examples each time, so that a red run is the fault of the change that it judges;
# by hand new ones each time, so that somebody finds what is left. No example races the clock.
settings.register_profile(
    "tabapp", deadline=None, derandomize=IN_CI, print_blob=True,
    **({"database": None} if IN_CI else {}),
)
settings.load_profile("tabapp")


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep logs, demos and copies of files apart from those of the user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TABAPP_HOME", str(tmp_path_factory.mktemp("home")))
        yield


def _data_folder() -> Path:
    return Path(os.environ.get("TABAPP_TEST_DATA") or ROOT.parent / "shared" / "data")


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Folder with ``debatexml/`` and ``tabbycat-csv/``; they may not be shipped, so not in here."""
    folder = _data_folder()
    if not folder.is_dir():
        pytest.skip(f"{NO_DATA}: {folder} (TABAPP_TEST_DATA names another place)")
    return folder


def _no_skips() -> bool:
    return os.environ.get("TABAPP_NO_SKIPS") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail what skips when ``TABAPP_NO_SKIPS=1``: where CI installs everything, none has a reason.

    The real tournaments are the one thing that cannot be installed.
    """
    report = yield
    if _no_skips() and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if NO_DATA not in reason:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped where no test may be: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail a module that skips as a whole, as ``pytest.importorskip`` does, in the same way."""
    report = yield
    if _no_skips() and report.outcome == "skipped":
        report.outcome = "failed"
    return report
