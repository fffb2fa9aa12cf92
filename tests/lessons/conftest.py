"""Each lesson by its unit's name; the tests of one run one after the other, on one worker."""

import pytest

from course.exercises.units import UNITS


@pytest.fixture(params=[pytest.param(u, marks=pytest.mark.xdist_group(u)) for u in UNITS])
def unit(request) -> str:
    return request.param
