"""Fixtures and rules that every room's tests share."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI", "").lower() == "true"


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The shared data beside the checkout; skips the test where there is none."""
    path = ROOT.parent / "shared"
    if not (path / "README.md").exists():
        pytest.skip("needs the folder 'shared' beside the checkout (real documents, judged queries)")
    return path


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failed run: it would hide a missing install step."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter is not None and reporter.stats.get("skipped") and exitstatus == 0:
        reporter.write_line("CI=true: no test may be skipped", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
