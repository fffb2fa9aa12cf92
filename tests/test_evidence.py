"""No generated page is older than its sources."""

import subprocess
import sys

import pytest

from benchmarks import page
from tests import evidence
from tests.adversarial import __main__ as attacks
from tests.evidence import Evidence, digest, with_imports
from tests.exercises import kill_matrix
from tests.mutation import account as mutation

BENCHMARKS = sorted(path.stem for path in page.FOLDER.glob("*.md"))
# `make test` checks the quick page; `make test-all` also those that take minutes to measure.
QUICK = [kill_matrix.EVIDENCE]
LONG = [mutation.EVIDENCE, attacks.EVIDENCE, *map(page.evidence, BENCHMARKS)]
PAGES = [*QUICK, *(pytest.param(evidence, marks=pytest.mark.slow) for evidence in LONG)]


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.path.stem)
def test_a_page_is_no_older_than_what_it_describes(one):
    stale = one.stale()
    assert not stale, f"{one.path.name} is stale in {', '.join(stale)}; `{one.renew}` renews it"


def test_the_kill_matrix_says_what_its_program_says_today():
    text = kill_matrix.EVIDENCE.text()
    assert text == kill_matrix.page(kill_matrix.rows_of(text))


def test_the_page_on_mutants_says_what_its_program_says_today():
    text = mutation.EVIDENCE.text()
    assert text == mutation.page(mutation.tallies_of(text), mutation.known_equivalents())


def test_the_table_of_attacks_says_what_its_program_says_today():
    text = attacks.EVIDENCE.text()
    table = text[text.index("| family") :]
    won = attacks.verdicts_of(text)
    # New attacks are missing until they are tried; that the page is stale then is another test.
    tried = [one for one in attacks.ATTACKS if one.name in won[attacks.OURS]]
    assert table == attacks.table(tried, won)


CODE = '''\
"""A module."""
from course import nn
from course.nn.neuron import relu


def slope(z, h=1e-6):
    """Return the slope."""
    # Both sides, as one is not enough.
    if z is None:
        raise ValueError("expected a number and got none")
    return (relu(z + h) - nn.relu(z - h)) / (2 * h)


STEP = 3
'''


@pytest.fixture
def digest_of(tmp_path):
    def of(*texts: str) -> str:
        files = [tmp_path / f"{number}_{hash(text)}.py" for number, text in enumerate(texts)]
        for file, text in zip(files, texts, strict=True):
            file.write_text(text, encoding="utf-8")
        return digest(files)

    return of


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A module", "A module of mine"),
        ("Return the slope", "Return how steep it is"),
        ("# Both sides, as one is not enough.", ""),
        ("expected a number and got none", "none is not a number that I know"),
        ("from course.nn.neuron import relu", "from course.nn.units import relu"),
        ("nn", "data"),
        ("def slope(z, h=1e-6):", "def slope(\n    z,\n    h=1e-6,\n):"),
    ],
)
def test_words_layout_and_places_do_not_change_a_digest(digest_of, old, new):
    assert old in CODE
    assert digest_of(CODE.replace(old, new)) == digest_of(CODE)


def test_a_definition_moved_to_a_file_of_its_own_does_not_change_a_digest(digest_of):
    first, second = CODE[: CODE.index("STEP")], CODE[CODE.index("STEP") :]
    assert digest_of(second, first) == digest_of(CODE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("z - h", "z + h"),
        ("1e-6", "1e-5"),
        ("    if z is None", "    if z is not None"),
        ("STEP = 3", "STEP = 4"),
        ("STEP = 3", "STEP = 3\nSTEPS = 4"),
        ("STEP = 3", 'STEP = """import os\nfrom os import path\nos.listdir(path)"""'),
    ],
)
def test_what_code_does_changes_a_digest(digest_of, old, new):
    assert old in CODE
    assert digest_of(CODE.replace(old, new)) != digest_of(CODE)


def test_code_in_a_text_changes_a_digest_and_words_do_not(digest_of):
    cell = 'CELL = """\nfrom os import system\nsystem("{}")\n"""\n'
    assert digest_of(cell.format("a")) != digest_of(cell.format("b"))
    says = 'SAYS = f"a few words and {count} more"\n'
    assert digest_of(says) == digest_of(says.replace("a few", "as many other"))
    assert digest_of(says) != digest_of(says.replace("{count}", "{number}"))


def test_a_digest_does_not_depend_on_the_process():
    ask = "from tests.exercises.kill_matrix import inputs; print(inputs()['relu'])"
    done = subprocess.run([sys.executable, "-c", ask], cwd=evidence.ROOT, capture_output=True)
    assert done.stdout.decode().strip() == kill_matrix.inputs()["relu"]


def test_what_a_file_imports_belongs_to_it(tmp_path, monkeypatch):
    monkeypatch.setattr(evidence, "ROOT", tmp_path)
    contents = {
        "a/__init__.py": "",
        "a/start.py": "import os\nfrom a import one\nfrom .deep import thing\n",
        "a/one.py": "import a.two",
        "a/two.py": "",
        "a/deep/__init__.py": "from a.deep.three import thing",
        "a/deep/three.py": "from a import start",
        "a/other.py": "",
    }
    for name, text in contents.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    found = with_imports([tmp_path / "a" / "start.py"], under=tmp_path)
    names = [str(path.relative_to(tmp_path)) for path in found]
    assert names == ["a/deep/__init__.py", "a/deep/three.py", "a/one.py", "a/start.py", "a/two.py"]


def test_a_page_grows_stale_part_by_part(tmp_path):
    now = {"a": "1", "b": "2"}
    one = Evidence(tmp_path / "page.md", "make page", lambda: now)
    assert one.stale() == ["a", "b"]
    one.write("# Page\n", now)
    assert (one.text(), one.stale()) == ("# Page\n", [])
    now = {"b": "3", "c": "4"}
    assert one.stale() == ["b", "c", "a"]
