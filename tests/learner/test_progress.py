"""A small file keeps what was done, and losing or breaking it does no harm."""

from course.learner.progress import FILE, Progress, days_since, note_checked


def test_what_is_noted_is_read_again(folder):
    note_checked(folder, "relu", passed=True)
    note_checked(folder, "tanh", passed=False)
    kept = Progress.of(folder)
    assert set(kept.green) == {"relu"} and set(kept.tried) == {"tanh"}
    assert 0 <= days_since(kept.green["relu"]) < 1


def test_an_exercise_keeps_the_date_when_it_was_first_right(folder):
    progress = Progress(green={"relu": "2026-01-01T00:00:00+00:00"})
    progress.save(folder)
    note_checked(folder, "relu", passed=True)
    assert Progress.of(folder).green["relu"].startswith("2026-01-01")


def test_a_folder_without_notebooks_gets_no_file(tmp_path):
    note_checked(tmp_path, "relu", passed=True)
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_counts_as_none(folder):
    for text in ("{", "[]", "null", '{"green": {}, "unknown": 1}'):
        (folder / FILE).write_text(text)
        assert Progress.of(folder).green == {}
    note_checked(folder, "relu", passed=True)
    assert "relu" in Progress.of(folder).green


def test_a_folder_of_nbgraders_gets_no_file_either(tmp_path):
    unit = tmp_path / "01_neuron"
    unit.mkdir()
    (unit / "01_neuron.ipynb").write_text("{}")
    note_checked(unit, "relu", passed=True)
    assert [path.name for path in unit.iterdir()] == ["01_neuron.ipynb"]
    assert "relu" in Progress.of(unit).green
