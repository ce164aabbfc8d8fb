"""Where everything was installed, a test that skips is a failure; real data are the exception."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import pytest

def test_called(): pytest.skip("no reason")
@pytest.mark.skip(reason="no reason")
def test_marked(): pass
@pytest.fixture
def lacking(): pytest.skip("no reason")
def test_set_up(lacking): pass
@pytest.mark.xfail(strict=True)
def test_known(): assert False
def test_real_data(data_dir): pass
"""
MODULE = "import pytest\npytest.importorskip('no_library_has_this_name')\n"


@pytest.mark.parametrize(
    ("switch", "outcome", "code"),
    [
        ("", "5 skipped, 1 xfailed", 0),
        ("1", "1 failed, 1 skipped, 1 xfailed, 3 errors", 1),
    ],
)
def test_a_skip_fails_when_none_is_allowed(
    root: Path, tmp_path: Path, switch: str, outcome: str, code: int
) -> None:
    tests = tmp_path / "tree" / "tests"
    tests.mkdir(parents=True)
    shutil.copy(root / "tests" / "conftest.py", tests)
    (tests / "test_skips.py").write_text(TESTS, encoding="utf-8")
    (tests / "test_module_skips.py").write_text(MODULE, encoding="utf-8")
    environment = {**os.environ, "TABAPP_NO_SKIPS": switch, "TABAPP_TEST_DATA": ""}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:pytest-qt", "-p", "no:cacheprovider",
         "--continue-on-collection-errors", str(tests)],
        capture_output=True, text=True, cwd=tmp_path, env=environment, check=False,
    )
    assert outcome in done.stdout
    assert done.returncode == code
