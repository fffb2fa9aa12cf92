"""For all tests: their time, and `pytest tests --implementation PATH`, which asks PATH questions.

Time limits are for the reference machine, and longer on a slower machine (tests/speed.py).
"""

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_timeout

from tests.speed import Account, patience

if TYPE_CHECKING:
    from tests.grading.fork_server import Kept

ASKED = "test_implementation.py"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--implementation",
        metavar="PATH",
        type=Path,
        help="ask this module (.py) or notebook (.ipynb) the course's questions, and nothing else",
    )
    parser.addoption(
        "--budget",
        action="store_true",
        help="fail if a test that isn't marked slow takes too much processor time",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Account(config.getoption("--budget")), "processor time")


@pytest.hookimpl(tryfirst=True)
def pytest_timeout_set_timer(item: pytest.Item, settings: Any) -> bool:
    stretched = settings._replace(timeout=patience(settings.timeout))
    return pytest_timeout.pytest_timeout_set_timer(item, stretched)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--implementation"):
        others = [item for item in items if item.path.name != ASKED]
        items[:] = [item for item in items if item.path.name == ASKED]
        config.hook.pytest_deselected(items=others)


def pytest_collection_finish() -> None:
    # For each new gradebook nbgrader starts alembic (two seconds), which always says the same.
    if api := sys.modules.get("nbgrader.api"):
        api.get_alembic_version = cache(api.get_alembic_version)


@pytest.fixture(scope="module")
def kept_fork_server() -> Iterator["Kept"]:
    """For modules that test what is done with grades, not how a student's process is run."""
    from tests.grading.fork_server import keep  # Windows has no fork

    yield from keep()
