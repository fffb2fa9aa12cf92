"""Lines that a closed room can't carry out do nothing, say so, and let their cell go on."""

import pytest

from course.grading.process.worker import Worker

SAYS = "this line does nothing where notebooks are checked and graded"
CLOSED = [
    "!pip install -q numpy",
    "!ls",
    "files = !ls",
    "!!ls",
    "!sleep 1 &",
    "%pip install numpy",
    "%conda install numpy",
    "%cd /content",
    "%cd -q ..",
    "%sx ls",
    "%system ls",
    "%ls",
    "%mkdir x",
    "%matplotlib widget",
    "%matplotlib",
    "%store x",
    "%load_ext nb_black",
    "%tensorflow_version 2.x",
    "%run elsewhere.py",
    "%%time",
]
FITTING = [
    "%matplotlib inline",
    "%precision 3",
    "%env A=1",
    "%load_ext autoreload",
    "%timeit -n1 1",
]


@pytest.fixture(scope="module")
def run():
    with Worker(None) as worker, worker.session() as session:
        yield session.run


def text_of(outputs) -> str:
    return "".join(output["text"] for output in outputs if output["output_type"] == "stream")


@pytest.mark.parametrize("line", CLOSED)
@pytest.mark.parametrize("before", ["", "first = 1\n", "if True:\n    pass\n"])
def test_a_line_that_needs_more_than_python_does_nothing_and_the_cell_goes_on(run, line, before):
    before = before or "# the first line\n"
    outputs = run(f"{before}{line}\nafter = 7\nprint('after', after)")
    assert [output["output_type"] for output in outputs] == ["stream"]
    told, after = text_of(outputs).splitlines()
    assert told.endswith(f"{SAYS}.") or f"{SAYS} (" in told
    assert after == "after 7"


def test_it_may_stand_in_a_branch_or_a_function(run):
    outputs = run(
        "def f():\n    !pip install x\n    return 3\nif True:\n    %cd x\n    y = f()\nprint(y)"
    )
    assert text_of(outputs).count(SAYS) == 2
    assert text_of(outputs).endswith("\n3\n")


def test_a_command_shows_no_lines(run):
    assert text_of(run("found = !ls\nprint(list(found), found.n == '')")).endswith("[] True\n")


@pytest.mark.parametrize("line", FITTING)
def test_other_magics_run_and_say_nothing_of_it(run, line):
    outputs = run(f"{line}\nprint('after')")
    assert SAYS not in text_of(outputs) and text_of(outputs).endswith("after\n")


@pytest.mark.parametrize("magic", ["bash", "sh", "script ruby", "perl", "python3", "!", "system"])
def test_another_programs_cell_does_nothing(run, magic):
    outputs = run(f"%%{magic}\necho x > made.txt")
    assert SAYS in text_of(outputs) and len(outputs) == 1
    assert "False" in text_of(run("import os\nprint(os.path.exists('made.txt'))"))


def test_a_cell_of_a_magic_that_is_not_there_counts_if_it_is_python(run):
    outputs = run("%%memit -r 1\ndef square(z):\n    return z * z")
    assert SAYS in text_of(outputs)
    assert text_of(run("print(square(3))")) == "9\n"
    assert [one["output_type"] for one in run("%%sql\nSELECT * FROM x")] == ["stream"]


def test_a_magic_that_runs_code_shows_the_errors_of_the_code(run):
    assert any(output["output_type"] == "error" for output in run("%timeit -n1 -r1 1 / 0"))


@pytest.mark.parametrize(
    "line", ["import pandas_of_old as pd", "from google.colab_of_old import drive", "import x9, y9"]
)
def test_a_failed_import_is_the_cells_error_and_the_cell_goes_on(run, line):
    outputs = run(f"{line}\nimport math\ndef root(z):\n    return math.sqrt(z)\nprint(root(9.0))")
    assert [output["output_type"] for output in outputs] == ["error", "stream"]
    assert outputs[0]["ename"] == "ModuleNotFoundError"
    assert text_of(outputs) == "3.0\n"


def test_no_other_statement_is_passed_over(run):
    outputs = run("x = 1\nassert x == 2\nx = 3")
    assert outputs[0]["ename"] == "AssertionError"
    assert text_of(run("print(x)")) == "1\n"
    run("try:\n    import x9\nexcept ImportError:\n    x = 5")
    assert text_of(run("print(x)")) == "5\n"


def test_the_last_expression_is_shown_and_awaits_work(run):
    assert run("import math\n3 + 4")[-1]["data"] == {"text/plain": "7"}
    assert run("3 + 4;") == []
    assert run("import asyncio\nawait asyncio.sleep(0)\n'awaited'")[-1]["data"]
