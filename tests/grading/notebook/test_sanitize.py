"""A cell's outputs are built anew: text and PNG only, in bounds, without paths."""

import base64

import nbformat
import pytest

from course.grading.limits import CELL_OUTPUTS
from course.grading.notebook import sanitize
from course.grading.notebook.sanitize import clean, gives_a_sound_score

PIXEL = base64.b64encode(sanitize.PNG + b"rest").decode()


def display(**data):
    return {"output_type": "display_data", "data": data, "metadata": {}}


def result(text):
    return {"output_type": "execute_result", "data": {"text/plain": text}}


def valid(found):
    cell = nbformat.v4.new_code_cell(outputs=nbformat.from_dict(found))
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    return found


def test_text_and_images_are_kept():
    kept = valid(clean([display(**{"text/plain": "a", "image/png": PIXEL}), result("2")], {}))
    assert kept[0]["data"] == {"text/plain": "a", "image/png": PIXEL}
    assert kept[1]["data"] == {"text/plain": "2"}


def test_what_a_browser_would_run_is_dropped():
    kinds = ("text/html", "image/svg+xml", "application/javascript", "text/markdown")
    assert clean([display(**{kind: "<script>x</script>"}) for kind in kinds], {}) == []


@pytest.mark.parametrize(
    "raw",
    [
        None,
        3,
        {},
        [None, 3, [], "x"],
        [{"output_type": "stream"}],
        [{"output_type": "stream", "name": "stdin", "text": "x"}],
        [{"output_type": "stream", "name": "stdout", "text": ["x"]}],
        [{"output_type": "display_data", "data": {"image/png": "AAAA"}}],
        [{"output_type": "display_data", "data": {"image/png": "not base64!"}}],
        [{"output_type": "error", "ename": 3, "evalue": ""}],
        [{"output_type": "update_display_data", "data": {"text/plain": "x"}}],
    ],
)
def test_a_malformed_output_is_dropped(raw):
    assert clean(raw, {}) == []


def test_long_texts_and_traces_are_cut_and_many_outputs_too():
    error = {"output_type": "error", "ename": "E", "evalue": "", "traceback": ["line"] * 5000}
    flood = [{"output_type": "stream", "name": "stdout", "text": "x" * 30_000_000}] * 2000
    kept = valid(clean([error, *flood], {}))
    assert len(kept) <= CELL_OUTPUTS + 1
    assert (
        sum(map(sanitize.characters_in, [[one] for one in kept]))
        < sanitize.CELL_OUTPUT_CHARACTERS + 100
    )


def test_an_output_says_nothing_of_the_machine():
    raw = [{"output_type": "stream", "name": "stdout", "text": "/tmp/abc/session-1/x.txt"}]
    assert clean(raw, {"/tmp/abc": "…"})[0]["text"] == "…/session-1/x.txt"


def test_control_characters_and_half_surrogates_are_no_trouble():
    raw = [{"output_type": "stream", "name": "stdout", "text": "a\x00b\x08\ud800\tc\n"}]
    [kept] = valid(clean(raw, {}))
    assert kept["text"] == "ab?\tc\n"


def test_count_and_metadata_of_a_result_are_not_taken_over():
    raw = [result("1") | {"execution_count": "many", "metadata": {"x": 1}, "evil": 1}]
    [kept] = valid(clean(raw, {}))
    assert kept["execution_count"] is None and kept["metadata"] == {}


@pytest.mark.parametrize(("text", "sound"), [("0", True), ("4", True), ("ok", True)])
def test_a_score_that_can_be_is_sound(text, sound):
    assert gives_a_sound_score(clean([result(text)], {}), 4) is sound


@pytest.mark.parametrize("text", ["nan", "-1", "4.01", "inf", ""])
def test_a_score_that_cannot_be_is_not(text):
    assert not gives_a_sound_score(clean([result(text)], {}), 4)


def test_an_error_before_a_score_settles_it():
    assert gives_a_sound_score([sanitize.error("E", "x"), *clean([result("nan")], {})], 4)
