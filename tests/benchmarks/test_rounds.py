"""Contestants are timed in turn, and a page is a page of Markdown."""

import pytest

from benchmarks import page
from benchmarks.rounds import in_turn, ratio, times_as_long


def test_everybody_runs_once_in_every_round_and_each_begins_one():
    ran = []
    names = ["a", "b", "c"]
    in_turn({name: lambda name=name: ran.append(name) for name in names}, 3)
    assert "".join(ran) == "abcbcacab"


def test_a_ratio_is_the_median_of_the_ratios_and_not_of_the_times():
    now = [0.0]
    lasts = {"a": iter([1, 1, 10]), "b": iter([2, 3, 10])}

    def run(name):
        now[0] += next(lasts[name])

    times = in_turn({n: lambda n=n: run(n) for n in lasts}, 3, clock=lambda: now[0])
    assert times["b"].tolist() == [2, 3, 10]
    assert ratio(times, "b", "a") == 2


@pytest.mark.parametrize(("factor", "shown"), [(1.5, "1.50"), (1, "1.00"), (0.5, "**0.50**")])
def test_where_the_other_one_is_faster_stands_in_bold(factor, shown):
    assert times_as_long(factor) == shown


def test_a_table_is_markdown():
    assert page.table(["a", "b"], [["1", "2"]]).splitlines() == [
        "| a | b |",
        "| :-- | --: |",
        "| 1 | 2 |",
    ]


def test_what_is_missing_is_named():
    assert page.missing(["numpy", "no-such-package"]) == ["no-such-package"]
    assert "numpy" in page.circumstances("a command", ["numpy"])
