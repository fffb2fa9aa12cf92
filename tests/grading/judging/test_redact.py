"""Nothing of a secret question gets out, however the notebook's code tries to tell."""

import json

import pytest

from course.grading.grade import grade_submission
from course.grading.judging.redact import redacted
from course.grading.judging.seeds import generator
from course.grading.process.limits import SubmissionLimits
from course.grading.process.worker import Worker
from tests.grading.notebooks import RIGHT, UNIT, exercise, handed_in, source, submitted
from tests.speed import patience

KEY = b"a student's key"


@pytest.fixture(scope="module")
def worker():
    with Worker(UNIT, SubmissionLimits(patience=patience(0.2))) as worker:
        yield worker


@pytest.mark.parametrize(
    "body",
    [
        "raise ValueError(f'TOLD {z!r}')",
        "raise type(f'TOLD {np.ravel(z)[0]}', (Exception,), {})",
        "return type(f'TOLD {np.ravel(z)[0]}', (), {})()",
        "return [type(f'TOLD {np.ravel(z)[0]}', (), {})()]",
        "import warnings; warnings.warn(f'TOLD {z!r}'); return np.exp(z)",
        "print('TOLD', z); return f'TOLD {z!r}'",
    ],
)
def test_no_secret_input_comes_out(worker, body):
    work = handed_in(RIGHT | {"relu": f"def relu(z):\n    {body}"})
    found = grade_submission(source(), submitted(work), UNIT, KEY, worker)
    secret = next(one for one in found.exercises if one.exercise == "relu")
    assert secret.earned == 0.0
    assert "TOLD" not in secret.message.partition("For example:")[0]
    values = [q.args["z"] for q in exercise("relu").secret_questions(generator(KEY, "relu"))]
    numbers = {str(x)[:9] for z in values for x in getattr(z, "flat", [z]) if x % 1}
    graded = json.dumps(found.to_json())
    assert not [number for number in numbers if number in graded]


def error(*kinds):
    return {"error": {"kinds": list(kinds), "message": "m", "trace": "t"}}


def test_pythons_own_errors_keep_their_names_and_made_up_ones_get_their_ancestors():
    assert redacted(error("ValueError", "Exception"))["error"]["kinds"][0] == "ValueError"
    kinds = redacted(error("Told", "LinAlgError", "ValueError", "Exception"))["error"]["kinds"]
    assert kinds[:2] == ["LinAlgError", "ValueError"]
    assert redacted(error("Told"))["error"]["kinds"] == ["Exception"]


def test_numpys_warnings_are_kept_and_the_notebooks_own_are_not():
    texts = ["RuntimeWarning: overflow encountered in exp", "UserWarning: told", 3]
    kept = redacted({"value": 1, "after": [], "warnings": texts})["warnings"]
    assert kept[0] == texts[0]
    assert set(kept[1:]) == {"a warning from the notebook's own code"}


def test_values_are_left_alone():
    array = {"array": [1.5], "dtype": "float64", "shape": [1]}
    seen = {"value": {"tuple": [array, {"dict": [["a", None]]}]}, "after": [], "warnings": []}
    assert redacted(seen) == seen


@pytest.mark.parametrize("seen", [None, 3, [], {}, {"error": 3}, {"error": {"kinds": 3}}])
def test_a_malformed_observation_does_no_harm(seen):
    redacted(seen)
