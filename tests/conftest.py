"""`pytest tests --implementation PATH` puts the exercises' questions to a module or notebook."""

from pathlib import Path

import pytest

ASKED = "test_implementation.py"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--implementation",
        metavar="PATH",
        type=Path,
        help="ask this module (.py) or notebook (.ipynb), and nothing else, the course's questions",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--implementation"):
        others = [item for item in items if item.path.name != ASKED]
        items[:] = [item for item in items if item.path.name == ASKED]
        config.hook.pytest_deselected(items=others)
