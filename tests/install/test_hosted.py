"""Notebooks can be solved in Colab, VS Code, Deepnote and Kaggle, and checked as any other.

Their files are imitated here: what they drop, and what they add.
"""

import copy
import json

import pytest

from course.exercises.units import UNITS, exercises_of
from course.grading.notebook.cells import grade_id, is_own
from course.grading.notebook.restore import restore
from course.hosted import write_hosted
from course.learner import my_work
from tests.docs.pages import ROOT

PACKAGE = "feedforward-course==0.1.0"


def colab(notebook):
    """No ids; the metadata gets an id of Colab's own and the notebook its provenance."""
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] = {**cell["metadata"], "id": f"Xy{number}"}
        del cell["id"]
    notebook["metadata"] = {"colab": {"provenance": []}, **notebook["metadata"]}
    return notebook | {"nbformat_minor": 0}


def vs_code(notebook):
    """Ids and metadata are kept; the kernel's version is added."""
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.12.4"}
    return notebook


def deepnote(notebook):
    """No ids, and metadata of its own in place of the course's and nbgrader's."""
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] = {"cell_id": f"{number:032x}", "deepnote_cell_type": cell["cell_type"]}
        del cell["id"]
    notebook["metadata"] = {"deepnote": {}, "orig_nbformat": 2}
    return notebook


def kaggle(notebook):
    """No ids; each cell gets a _uuid and "trusted", and the source is one text."""
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] = {**cell["metadata"], "_uuid": f"{number}", "trusted": True}
        cell["source"] = my_work.source_of(cell)
        del cell["id"]
    notebook["metadata"] |= {"kaggle": {"accelerator": "none"}}
    return notebook | {"nbformat_minor": 4}


def released(unit):
    notebook = my_work.read(my_work.released()[unit])
    for cell in notebook["cells"]:
        cell["source"] = my_work.source_of(cell)
    return notebook


def solved(unit):
    path = ROOT / "solutions" / unit / f"{unit}.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))


def own_texts(unit, notebook):
    """What is kept of each exercise after a notebook is restored as the grader does."""
    content = json.dumps(notebook).encode()
    restored = restore(released(unit), content, f"{unit}.ipynb")
    assert restored.problem is None
    return {
        grade_id(cell): cell["source"]
        for cell in restored.notebook["cells"]
        if is_own(cell) and grade_id(cell)
    }


@pytest.mark.parametrize("service", [colab, vs_code, deepnote, kaggle])
@pytest.mark.parametrize("unit", UNITS)
def test_a_notebook_solved_elsewhere_is_restored_with_all_its_answers(unit, service):
    notebook = solved(unit)
    here = own_texts(unit, copy.deepcopy(notebook))
    elsewhere = own_texts(unit, service(copy.deepcopy(notebook)))
    assert {one.name for one in exercises_of(unit)} <= {*here}
    assert elsewhere == here


@pytest.mark.parametrize("unit", UNITS)
def test_ids_alone_are_enough_to_know_the_cells(unit):
    """The anchor: a service may drop all metadata and the student may rename nothing."""
    notebook = solved(unit)
    here = own_texts(unit, copy.deepcopy(notebook))
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    notebook["metadata"] = {}
    assert own_texts(unit, notebook) == here


def test_a_hosted_notebook_begins_with_a_badge_and_installs_the_course_alone(tmp_path):
    paths = write_hosted(tmp_path, PACKAGE, "owner/course/blob/main/hosted")
    assert [path.stem for path in paths] == list(UNITS)
    badge, install, *rest = my_work.read(paths[0])["cells"]
    assert badge["source"].endswith("/github/owner/course/blob/main/hosted/01_neuron.ipynb)")
    assert install["source"] == f"%pip install --quiet {PACKAGE}"
    assert rest == my_work.read(my_work.released()["01_neuron"])["cells"]


def test_a_hosted_notebook_is_restored_like_any_other(tmp_path):
    path = write_hosted(tmp_path, PACKAGE)[0]
    notebook = my_work.read(path)
    answers = {cell["id"]: cell["source"] for cell in solved("01_neuron")["cells"]}
    for cell in notebook["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
    assert own_texts("01_neuron", colab(notebook)) == own_texts("01_neuron", solved("01_neuron"))


@pytest.mark.parametrize("package", ["feedforward-course", "feedforward-course>=0.1"])
def test_what_is_installed_has_to_be_pinned(package, tmp_path):
    with pytest.raises(ValueError, match="pinned"):
        write_hosted(tmp_path, package)
