"""A message about a secret question's answer contains none of the question's inputs."""

import numpy as np
import pytest

from course.exercises.engine import KeyedQuestion
from course.exercises.engine.exercise import request
from course.exercises.engine.judge import judge
from course.exercises.engine.messages import explain, explain_secret, how_they_differ
from course.exercises.engine.observe import observe
from course.exercises.units import exercise
from course.grading.judging.examine import _cause_of, unanswered
from course.grading.judging.redact import redacted
from course.grading.process.session import UsedTooMuchError
from course.grading.student_process.channel import BrokenProtocolError, GoneError, TooLateError


def verdict(name: str, function, seed: int = 0):
    one = exercise(name)
    keyed = one.answer_key(one.secret_questions(np.random.default_rng(seed)))
    seen = [observe(function, request(k.question, one.info.keyword_only)) for k in keyed]
    return judge(one.info, keyed, seen), keyed


def nodes_of(keyed: list[KeyedQuestion]) -> set[str]:
    return {
        repr(node)
        for k in keyed
        for edge in k.question.args.get("weights", {})
        for node in edge
        if len(repr(node)) > 2
    }


@pytest.mark.parametrize(
    "function",
    [
        lambda weights, inputs, h: {},
        lambda weights, inputs, h: dict.fromkeys([v for e in weights for v in e], 0.5),
        lambda weights, inputs, h: {f"my {v}": 0.5 for e in weights for v in e},
    ],
    ids=["nothing", "wrong values", "other keys"],
)
def test_nodes_of_a_secret_graph_are_not_named(function):
    found, keyed = verdict("forward_dag", function)
    said, nodes = explain_secret(found), nodes_of(keyed)
    assert len(nodes) > 5
    assert not [node for node in nodes if node in said]
    assert found.failed


def test_wrong_keys_are_counted_and_public_ones_are_named():
    found, _ = verdict("forward_dag", lambda weights, inputs, h: {})
    counted = [line for line in explain_secret(found).splitlines() if " missing)" in line]
    assert counted and all("Wrong keys (" in line for line in counted)
    assert "missing: " in "\n".join(how_they_differ(found.failed[0]))


def test_keys_that_follow_from_the_inputs_are_not_named():
    found, _ = verdict("mlp_to_dag", lambda As: {(1, 2): 0.0, (0, 97531): 1.0})
    assert "97531" not in explain_secret(found) and "(1, " not in explain_secret(found)


def test_the_words_of_a_view_and_places_in_lists_are_named():
    found, _ = verdict("MLP", lambda dims, rng: ([np.zeros((1, 1))], [np.zeros((1, 1))]))
    assert "At shapes of As: " in explain_secret(found)


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (GoneError(), "ended the whole process"),
        (TooLateError(), "no answer in time"),
        (UsedTooMuchError(), "more memory or disk space"),
        (BrokenProtocolError(), "could not be read"),
    ],
)
def test_why_there_is_no_answer_is_said_in_a_sentence(failure, said):
    one = exercise("relu")
    keyed = one.answer_key(one.secret_questions(np.random.default_rng(0)))
    found = judge(one.info, keyed, [unanswered(failure)] * len(keyed))
    assert said in explain_secret(found) and said in explain(found)
    assert "raised" not in explain_secret(found) and "Error" not in explain(found)


def test_errors_that_a_diagnosis_leaves_are_explained_without_the_answers_words():
    def relu(z):
        return abs(z) if np.ndim(z) == 0 else TOLD  # noqa: F821

    one = exercise("relu")
    keyed = one.answer_key(one.secret_questions(np.random.default_rng(0)))
    seen = []
    for k in keyed:
        observation = observe(relu, request(k.question, ()))
        seen.append(redacted(observation, _cause_of("relu", k.question, observation)))
    said = explain_secret(judge(one.info, keyed, seen))
    assert "NameError: If a cell further up defines this name, run that cell" in said
    assert "TOLD" not in said and "Nothing is called" not in said
