"""No attack reaches its aim in any way of grading, and no honest oddity loses a point.

`make test` tries a representative dozen and one oddity in three, `make test-all` every one in all
three ways.
"""

import pytest

from course.grading.sandbox import Level, available_level
from tests.adversarial.arena import AUTOGRADE, BUTTON, OURS, PLAIN, fight, forget_templates
from tests.adversarial.attack import RAN
from tests.adversarial.campaign import results, student_of, together
from tests.adversarial.course_folder import FULL, hand_in
from tests.adversarial.every import ATTACKS, BY_NAME
from tests.adversarial.oddities import ODDITIES
from tests.speed import patience

pytestmark = [
    pytest.mark.xdist_group("arena"),
    pytest.mark.skipif(available_level().level is not Level.FULL, reason=available_level().reason),
]
# As in nbgrader_config.py; attacks are tried with less, so that they finish sooner.
UNHURRIED = (
    f"c.RunAndAsk.cell_seconds, c.RunAndAsk.notebook_seconds = {patience(30)}, {patience(120)}"
)
# At least one attack of each family, and the worst against plain nbgrader.
DOZEN = [
    "numpy_testing",
    "displayhook_in_function",
    "equal_to_all",
    "inputs_made_zero",
    "import",
    "given_operations",
    "skip_execution",
    "forged_outputs",
    "link_to_neighbour",
    "bytes_in_a_name",
    "gradebook",
    "inputs_in_errors",
    "script",
    "os_exit",
    "observe_replaced",
    "kill_the_parent",
    "daemon",
    "write_gradebook",
]


@pytest.fixture(scope="module", autouse=True)
def _templates():
    yield
    forget_templates()


def test_a_representative_dozen_of_attacks_is_stopped():
    attacks = [BY_NAME[name] for name in DOZEN]
    outcome = together(attacks, OURS)
    seen = {one.name: outcome.seen_from(student_of(at)) for at, one in enumerate(attacks)}
    assert [one.name for one in attacks if one.succeeded(seen[one.name])] == [], outcome.log
    assert [one.name for one in attacks if one.traced and RAN not in seen[one.name].shown] == []


# Classes among which the honest oddities are divided: each has unusual answers, cells and files.
HONEST_CLASSES = 3


def test_the_attacks_are_many_and_every_family_is_among_the_dozen():
    assert len(BY_NAME) == len(ATTACKS) >= 200
    assert {BY_NAME[name].family for name in DOZEN} == {one.family for one in ATTACKS}


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("mode", [OURS, AUTOGRADE, BUTTON])
def test_no_attack_succeeds(mode):
    assert [one.name for one, succeeded in results(ATTACKS, mode) if succeeded] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "displayhook_in_function",
        "import",
        "skip_execution",
        "link_to_neighbour",
        "gradebook",
        "script",
        "os_exit",
        "daemon",
        "write_gradebook",
    ],
)
def test_plain_nbgrader_falls_to_it(name):
    """An attack that cannot succeed anywhere would prove nothing."""
    assert BY_NAME[name].succeeded(fight(BY_NAME[name], PLAIN))


@pytest.mark.parametrize(
    ("mode", "start"),
    [
        pytest.param(mode, start, marks=[pytest.mark.slow] if start or mode != OURS else [])
        for mode in (OURS, AUTOGRADE, BUTTON)
        for start in range(HONEST_CLASSES)
    ],
)
def test_honest_oddities_get_full_marks(mode, start):
    oddities = ODDITIES[start::HONEST_CLASSES]

    def hand_all_in(place):
        for one in oddities:
            hand_in(place.root, one.name, one.work())

    outcome = fight({}, mode, UNHURRIED, also=hand_all_in, seconds=500)
    scores = {
        name: {test: points for test, points in outcome.scores[name].items() if test in FULL}
        for name in (one.name for one in oddities)
    }
    assert {name: found for name, found in scores.items() if found != FULL} == {}, outcome.log
