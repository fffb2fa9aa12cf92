"""The grader keeps what is judged of an observation."""

import pytest

from course.grading.judging.redact import redacted


def error(*kinds):
    return {"error": {"kinds": list(kinds), "message": "TOLD", "trace": "TOLD", "cause": "TOLD"}}


def test_pythons_own_errors_keep_their_names_and_made_up_ones_get_their_ancestors():
    assert redacted(error("ValueError", "Exception"))["error"]["kinds"][0] == "ValueError"
    kinds = redacted(error("Told", "LinAlgError", "ValueError", "Exception"))["error"]["kinds"]
    assert kinds[:2] == ["LinAlgError", "ValueError"]
    assert redacted(error("Told"))["error"]["kinds"] == ["Exception"]


def test_texts_are_dropped():
    seen = {"value": 1, "after": [], "warnings": ["TOLD", "TOLD"], "remarks": ["TOLD"]}
    assert "TOLD" not in str(redacted(seen))
    raised = redacted(error("ValueError"))["error"]
    assert raised.pop("gist") == "TOLD"  # judged, and never shown
    assert "TOLD" not in str(raised)
    assert (
        len(redacted(seen)["warnings"]) == 1 and not redacted(seen | {"warnings": []})["warnings"]
    )


def test_values_are_left_alone():
    array = {"array": [1.5], "dtype": "float64", "shape": [1]}
    seen = {"value": {"tuple": [array, {"dict": [["a", None]]}]}, "after": [], "warnings": []}
    assert redacted(seen) == seen


@pytest.mark.parametrize("seen", [None, 3, [], {}, {"error": 3}, {"error": {"kinds": 3}}])
def test_a_malformed_observation_does_no_harm(seen):
    redacted(seen)
