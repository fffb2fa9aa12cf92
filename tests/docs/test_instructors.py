"""An instructor who does what the manual says, page by page, gets what it promises."""

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderApp
from typer.main import get_command
from typer.testing import CliRunner

from course import build
from course.cli.app import app
from course.grading.classroom import grade_class
from course.grading.course_folder import course_directory
from course.grading.submission.receipts import Receipt
from course.settings import CONFIG, Lessons, settings
from tests.docs.pages import ROOT
from tests.docs.walk import BIN, Block, blocks, new_class, walk
from tests.grading.notebooks import UNIT, content, handed_in, make_course, marked, source
from tests.grading.platforms.samples import zipped

pytestmark = pytest.mark.usefixtures("kept_fork_server")

START = ROOT / "docs" / "instructors.md"
FOLDER = ROOT / "docs" / "instructors"
PAGES = [START, *sorted(FOLDER.glob("*.md")), ROOT / "docs" / "cluster.md"]
WEEK = "05_backprop"
# Walked in tests of their own: they begin elsewhere, or change what was graded.
APART = {"first-hour", "own-cells", "own-exercises", "platforms", "cluster"}
# What a page may type besides `course`, `nbgrader` and what every Linux has.
PROGRAMS = {"createdb", "dask", "docker", "export", "gh", "git", "helm", "jupyter", "kubectl"}
PROGRAMS |= {"make", "pip"}


def page(name: str) -> Path:
    return FOLDER / f"{name}.md"


@pytest.fixture(scope="session")
def graded(tmp_path_factory) -> Path:
    """A class in which ann solved a unit, bob handed it in as it was, and both were graded."""
    root = new_class(tmp_path_factory.mktemp("manual") / "autumn")
    for student, folder in (("ann", "solutions"), ("bob", "assignments")):
        place = root / "submitted" / student / WEEK
        place.mkdir(parents=True)
        shutil.copy(ROOT / folder / WEEK / f"{WEEK}.ipynb", place)
    assert grade_class(root, WEEK, workers=1).failed == {}
    return root


@pytest.fixture
def root(graded, tmp_path) -> Path:
    return shutil.copytree(graded, tmp_path / "autumn")


# ------------------------------------------------------------------------------------- all pages


def test_the_start_page_leads_to_every_page():
    linked = set(re.findall(r"\]\(instructors/([\w-]+)\.md", START.read_text(encoding="utf-8")))
    assert linked == {path.stem for path in FOLDER.glob("*.md")}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_commands_that_are_not_run_exist(path):
    group = get_command(app)
    for block in blocks(path):
        for words in block.commands if block.needs else []:
            program, *rest = words
            if program == "course":
                known = {opt for param in group.commands[rest[0]].params for opt in param.opts}
                assert {word for word in rest if word.startswith("--")} <= known, words
            elif program == "nbgrader":
                assert rest[0] in NbGraderApp.subcommands, words
            else:
                assert program in PROGRAMS or shutil.which(program), words


def feedback(root: Path) -> None:
    Receipt("moodle", "Ann Doe_71_assignsubmission_file", (), {}).save(
        course_directory(root), WEEK, "ann"
    )
    open_folder(root / "exchange")


def jupyterhub(root: Path) -> None:
    open_folder(root.parent / "exchange")


def open_folder(path: Path) -> None:
    path.mkdir()
    path.chmod(0o777)


PREPARED: dict[str, Callable[[Path], None]] = {"feedback": feedback, "jupyterhub": jupyterhub}


@pytest.mark.slow
@pytest.mark.parametrize("name", [p.stem for p in PAGES if p.stem not in APART])
def test_a_page_can_be_done_as_it_is_written(name, root):
    if name in PREPARED:
        PREPARED[name](root)
    path = START if name == START.stem else page(name)
    places = {
        "/srv/nbgrader/exchange": str(root.parent / "exchange"),
        "/etc/jupyter": str(root.parent / "home" / ".jupyter"),
        "~/autumn": str(root),
    }
    said = walk(path, root, places)
    if name in RESULTS:
        RESULTS[name](root, said)


# ------------------------------------------------------------------------------ what pages promise


def due_dates(root: Path, said: str) -> None:
    with Gradebook("sqlite:///" + str(root / "gradebook.db")) as gradebook:
        assert gradebook.find_assignment(WEEK).duedate is not None
        assert gradebook.find_submission(WEEK, "ann").extension.days == 2


def feedback_zip(root: Path, said: str) -> None:
    with zipfile.ZipFile(root / "feedback.zip") as archive:
        assert archive.namelist() == [f"{student}/{WEEK}.html" for student in ("ann", "bob")]


def sections(root: Path, said: str) -> None:
    means = dict(re.findall(r"^([AB]) ([\d.]+)$", said, re.MULTILINE))
    assert float(means["A"]) >= 0 == float(means["B"])


def leaving(root: Path, said: str) -> None:
    with Gradebook("sqlite:///" + str(root / "gradebook.db")) as gradebook:
        assert [student.id for student in gradebook.students] == ["ann"]
    assert not list(root.glob("*/bob"))


def restored(root: Path, said: str) -> None:
    folders = (root.parent / "restored", root)
    again, was = (sorted((one / "feedback").glob("*/*/*.html")) for one in folders)
    assert len(again) == len(was) == 2
    assert [shown_on(path) for path in again] == [shown_on(path) for path in was]


def shown_on(feedback: Path) -> str:
    """A page without the digest of what it was made from, times included."""
    return re.sub(r'<meta name="made-from".+', "", feedback.read_text(encoding="utf-8"))


def fetched(root: Path, said: str) -> None:
    [shown] = (root.parent / "home" / "feedforward").glob(f"{WEEK}/feedback/*/*.html")
    assert "points" in shown.read_text(encoding="utf-8")


RESULTS: dict[str, Callable[[Path, str], None]] = {
    "due-dates": due_dates,
    "feedback": feedback_zip,
    "sections": sections,
    "leaving": leaving,
    "backup": restored,
    "jupyterhub": fetched,
}


@pytest.mark.slow
def test_a_bare_command_is_found_after_the_first_hour(tmp_path):
    """The environment isn't activated before the page says so."""
    clone = new_class(tmp_path / "clone")
    activate = clone / ".venv" / "bin" / "activate"
    activate.parent.mkdir(parents=True)
    activate.write_text(f'PATH="{BIN}:$PATH"\n', encoding="utf-8")
    desk = tmp_path / "desk"
    desk.mkdir()
    address = "git clone https://github.com/OWNER/feedforward.git"
    said = walk(page("first-hour"), desk, {address: f"cp -R {clone}"}, activated=False)
    assert "1 graded" in said
    assert not (desk / "autumn" / "submitted" / "me").exists()


@pytest.mark.slow
def test_the_page_on_clusters_can_be_done_as_far_as_one_machine_goes(root):
    (root / "submitted" / "bob" / WEEK / "timestamp.txt").write_text("2026-10-01 12:00:00 UTC")
    assert "1 graded" in walk(ROOT / "docs" / "cluster.md", root)


@pytest.mark.slow
def test_an_exercise_of_ones_own_begins_with_the_command(tmp_path):
    checkout = tmp_path / "checkout"
    ignored = shutil.ignore_patterns("frozen", "__pycache__", "assignments")
    shutil.copytree(ROOT / "course", checkout / "course", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", checkout)
    walk(page("own-exercises"), checkout)
    written = checkout / "course" / "exercises" / "layers" / "dense_norm.py"
    assert "TODO" in written.read_text(encoding="utf-8")


def test_the_link_that_opens_a_notebook_names_one():
    [link] = re.findall(r"https://hub\S+", page("nbgitpuller").read_text(encoding="utf-8"))
    asked = {key: value for key, [value] in parse_qs(urlsplit(link).query).items()}
    assert set(asked) == {"repo", "branch", "urlpath"}
    repository = asked["repo"].rsplit("/", 1)[1]
    path = asked["urlpath"].removeprefix(f"lab/tree/{repository}/")
    assert (ROOT / "assignments" / path).is_file()


# ------------------------------------------------------------------------------ learning platforms

NOTEBOOK = (ROOT / "assignments" / WEEK / f"{WEEK}.ipynb").read_bytes()
CLASS = "id,login,name,email\nann,ann_doe,Ann Doe,ann@example.org\n"
MOODLE = (
    "Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,"
    "Last modified (submission)\n"
    "Participant 71,Ann Doe,ann,ann@example.org,Submitted,,9.00,"
    '"Sunday, 4 October 2026, 11:59 PM"\n'
)
CANVAS = (
    f"Student,ID,SIS User ID,SIS Login ID,Section,{WEEK} (77)\n    Points Possible,,,,,36\n"
    '"Doe, Ann",3143,901,ann,A,\n'
)
BRIGHTSPACE = (
    f"Username,Last Name,First Name,{WEEK} Points Grade <Numeric MaxPoints:36>,"
    "End-of-Line Indicator\n#ann,Doe,Ann,,#\n"
)
BLACKBOARD = (
    f'"Last Name"\t"First Name"\t"Username"\t"{WEEK} [Total Pts: 36 Score] |123"\n'
    '"Doe"\t"Ann"\t"ann_doe"\t""\n'
)
GITHUB = (
    "assignment_name,github_username,roster_identifier,submission_timestamp\n"
    "Backprop,ann_doe,ann,2026-10-04 21:59:00 UTC\n"
)
EXPORT = "assignment_77_export"
YAML = """---
submission_801:
  :submitters:
  - :name: Ann Doe
    :sid: ann
    :email: ann@example.org
  :created_at: 2026-10-04 23:59:01.500000000 +02:00
"""
# What each section takes for granted: the names and contents of what was downloaded.
DOWNLOADED: dict[str, dict[str, str | dict[str, bytes]]] = {
    "Canvas": {
        "submissions.zip": {f"doeann_3143_801_{WEEK}.ipynb": NOTEBOOK},
        "grades.csv": CANVAS,
    },
    "Moodle": {
        "submissions.zip": {f"Ann Doe_71_assignsubmission_file_/{WEEK}.ipynb": NOTEBOOK},
        "worksheet.csv": MOODLE,
    },
    "Brightspace": {
        "submissions.zip": {f"1-5 - Ann Doe - Oct 4, 2026 1159 PM/{WEEK}.ipynb": NOTEBOOK},
        "class.csv": CLASS,
        "grades.csv": BRIGHTSPACE,
    },
    "Blackboard": {
        "gradebook.zip": {f"Unit 5_ann_doe_attempt_2026-10-04-23-59-12_{WEEK}.ipynb": NOTEBOOK},
        "class.csv": CLASS,
        "gc_course.xls": BLACKBOARD,
    },
    "Gradescope": {
        "assignment_export.zip": {
            f"{EXPORT}/submission_metadata.yml": YAML.encode(),
            f"{EXPORT}/submission_801/{WEEK}.ipynb": NOTEBOOK,
        },
        "class.csv": CLASS,
    },
    "GitHub Classroom": {
        "05-backprop-submissions": {f"backprop-ann_doe/{WEEK}.ipynb": NOTEBOOK},
        "grades.csv": GITHUB,
    },
}
# The page's first block shows the steps that are the same for all, with the first platform's names.
DOWNLOADED[""] = DOWNLOADED["Canvas"]


@pytest.mark.slow
@pytest.mark.parametrize("section", DOWNLOADED)
def test_a_learning_platforms_section_can_be_done(section, root):
    shutil.rmtree(root / "submitted" / "ann")
    for name, its_content in DOWNLOADED[section].items():
        path = root / name
        if isinstance(its_content, str):
            path.write_text(its_content, encoding="utf-8")
        elif path.suffix:
            path.write_bytes(zipped(its_content))
        else:
            for file, data in its_content.items():
                (path / file).parent.mkdir(parents=True)
                (path / file).write_bytes(data)
    walk(page("platforms"), root, section=section)
    assert (root / "submitted" / "ann" / WEEK / f"{WEEK}.ipynb").is_file()
    templates = [path for path in root.glob("*-filled.*")]
    assert len(templates) == (section in {"", "Canvas", "Moodle", "Brightspace", "Blackboard"})


# ------------------------------------------------------------------------------------- own cells


def own(language: str, containing: str = "") -> list[Block]:
    every = blocks(page("own-cells"))
    return [one for one in every if one.language == language and containing in one.text]


def run(root: Path, words: list[str]) -> str:
    done = CliRunner().invoke(app, [*words[1:], "--root", str(root)])
    assert done.exit_code == 0, (words, done.output, done.exception)
    return done.output


def test_the_settings_on_the_page_about_own_cells_are_built(tmp_path):
    root = make_course(tmp_path / "class", {})
    [setting] = own("python")
    config = root / CONFIG
    config.write_text(config.read_text(encoding="utf-8") + setting.text, encoding="utf-8")
    lessons = Lessons(config=settings(root))
    assert lessons.points["softplus"] == 0 and lessons.left_out == ["softmax"]
    shutil.rmtree(root / "solutions")
    for unit in (UNIT, WEEK):
        build.notebooks(unit, root)


def test_the_cells_on_the_page_about_own_cells_are_built(tmp_path, monkeypatch):
    [cells] = own("", "own-function")
    folder = shutil.copytree(str(build.LESSONS), tmp_path / "lessons")
    path = folder / f"{UNIT}.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{cells.text}", encoding="utf-8")
    monkeypatch.setattr(build, "LESSONS", folder)
    names = [cell.id for cell in build.source_notebook(UNIT).cells]
    assert names[-3:] == ["own-test", "own-function", "own-question"]


def test_the_commands_about_changed_cells_run(tmp_path):
    root = make_course(tmp_path / "class", {"ann": handed_in()})
    grade_class(root, UNIT)
    *steps, rename = [words for block in own("", f"migrate {UNIT}") for words in block.commands]
    notebook = source()
    new = dict(notebook["cells"][-1], metadata={})
    notebook["cells"].append(marked(new, "new", grade=True, solution=True, points=1))
    place = root / "solutions" / UNIT / f"{UNIT}.ipynb"
    place.write_bytes(content(notebook))
    said = [run(root, words) for words in steps]
    assert "added: new" in said[0] and "added: new" in said[1]
    marked(notebook["cells"][-3], "relu-by-hand", grade=True, locked=True, points=4)
    place.write_bytes(content(notebook))
    assert "renamed: own-test to relu-by-hand" in run(root, rename)
    shutil.copytree(root / "submitted" / "ann", root / "submitted" / "bob")
    assert grade_class(root, UNIT).failed == {}
