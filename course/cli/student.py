"""The commands of students: lab, status, next, check, hint, solution, review, reset."""

import json
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.columns import Columns
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from course.cli.words import WRONG_WORK
from course.terminal import console, plain

commands = typer.Typer()

STYLES = {
    "right": "green",
    "green": "yellow",
    "wrong": "bold red",
    "open": "dim",
    "unasked": "cyan",
}
Name = Annotated[str, typer.Argument(metavar="NAME", help="An exercise, such as softmax.")]
Folder = Annotated[
    Path, typer.Option("--folder", help="Your notebooks, or the folder that my-work/ is in.")
]


@commands.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    context: typer.Context,
    copy_only: Annotated[
        bool, typer.Option("--copy-only", help="Copy the assignments, but do not open JupyterLab.")
    ] = False,
    root: Annotated[
        Path, typer.Option("--root", help="The folder that gets my-work/; this one by default.")
    ] = Path(),
) -> None:
    """Open JupyterLab on your own copy of the assignments; other options are passed on to it."""
    from course.learner.lab import open_lab
    from course.learner.my_work import copy_assignments

    folder, new = copy_assignments(root)
    notebooks = "notebook" if len(new) == 1 else "notebooks"
    console.print(
        f"Copied {len(new)} new {notebooks} to {folder}/. Existing files were not touched.",
        markup=False,
    )
    if not copy_only:
        raise typer.Exit(open_lab(folder, context.args))


@commands.command()
def status(folder: Folder = Path(), seed: int = 0) -> None:
    """Show where you are: all lessons, exercise by exercise, and what is next.

    Notebooks that have changed are asked the harder kind of questions, as `course check` does.
    """
    from course.learner.my_work import work_folder

    _show_status(_up_to_date(work_folder(folder), seed))


@commands.command(name="next")
def open_next(
    folder: Folder = Path(),
    show_only: Annotated[
        bool, typer.Option("--show-only", help="Say what is next, but do not open it.")
    ] = False,
) -> None:
    """Open the notebook with the exercise that is next."""
    from course.exercises.units import unit_of
    from course.learner.lab import open_lab
    from course.learner.my_work import notebooks_in, work_folder

    place = work_folder(folder)
    found = _up_to_date(place, 0)
    console.print(found.what_next, highlight=False)
    if found.next is None or show_only:
        return
    path = notebooks_in(place).get(unit_of(found.next.exercise))
    if path is None:
        raise ValueError("its notebook isn't there; `course lab` copies it")
    raise typer.Exit(open_lab(place, [], path.relative_to(place).as_posix()))


@commands.command()
def check(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATH]",
            help="A module (my_nn.py), a notebook (05_backprop.ipynb), or a folder of notebooks.",
        ),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", help="Only this unit. By default, a notebook's own unit."),
    ] = None,
    exercise: Annotated[
        str | None, typer.Option("--exercise", help="Only this exercise, with its whole message.")
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", help="A different number draws different secret questions.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print a list of objects.")] = False,
) -> None:
    """Check every exercise in a file, including the kind of questions used for grading.

    Prints one line per exercise. Your code runs in a separate process, so an endless loop or a
    crash fails only the exercise it is in. Nothing is graded. The exit status is 0 if every
    exercise is right, else 1. Without a path, or for a folder, it does what `course status` does.
    """
    from course.grading.check_file import check_path

    if path is None or path.is_dir():
        given = {"--json": as_json, "--unit": unit, "--exercise": exercise}
        if options := [name for name, value in given.items() if value]:
            raise ValueError(
                f"{options[0]} is for a file; {path or 'nothing'} was given: "
                f"course check NOTEBOOK.ipynb {options[0]}"
            )
        from course.learner.my_work import work_folder

        shown = _up_to_date(work_folder(path or Path()), seed)
        _show_status(shown)
        if shown.next is not None:
            raise typer.Exit(WRONG_WORK)
        return
    if not path.exists():
        raise _no_such_file(path)
    found = check_path(path, unit, exercise, seed)
    if as_json:
        typer.echo(plain(json.dumps(found, indent=2, ensure_ascii=False)))
    else:
        _show_checked(found, whole=exercise is not None)
    if not all(one["passed"] for one in found):
        raise typer.Exit(WRONG_WORK)


def _no_such_file(path: Path) -> ValueError:
    """Return the error for a path where nothing is: an exercise's name, or a file's misspelt."""
    from course.exercises.units import UNITS, exercises_of
    from course.learner.my_work import MY_WORK

    for unit in UNITS:
        if path.name in [one.name for one in exercises_of(unit)]:
            command = f"course check {unit}.ipynb --exercise {path.name}"
            return ValueError(f"{path.name} is an exercise, not a file: `{command}` checks it")
    folders = dict.fromkeys([path.parent, Path(MY_WORK)])
    files = [file for one in folders if one.is_dir() for file in one.iterdir()]
    names = {file.stem: file for file in files if file.suffix in (".py", ".ipynb")}
    close = get_close_matches(path.stem, names, n=2)
    asked = f"; did you mean {' or '.join(str(names[name]) for name in close)}?" if close else ""
    return ValueError(f"path: expected an existing .py or .ipynb file, got {path}{asked}")


@commands.command()
def hint(name: Name, folder: Folder = Path()) -> None:
    """Show the next hint for an exercise; after the last one, the first again."""
    from course.exercises.engine.messages import LAST_HINT
    from course.exercises.units import exercise
    from course.learner.my_work import MY_WORK, notebooks_in
    from course.learner.progress import Progress

    hints = exercise(name).hints
    place = next(filter(notebooks_in, (folder, folder / MY_WORK)), None)
    progress = Progress.of(place or folder)
    number = progress.hints.get(name, 0) % len(hints)
    shown = hints[number : number + 1] if place else hints
    for k, text in enumerate(shown, number + 1):
        console.print(Text(f"{name}, hint {k} of {len(hints)}: {text}"))
    if number + len(shown) == len(hints):
        console.print(LAST_HINT.format(solution=f"`course solution {name}`"), highlight=False)
    progress.hints[name] = number + 1
    if place:
        progress.save(place)


@commands.command()
def solution(name: Name, folder: Folder = Path()) -> None:
    """Show the course's answer beside yours, and other ways to write it; try it yourself first."""
    from course.exercises.units import exercise
    from course.learner.my_work import own_answer, work_folder
    from course.learner.solution import TRY_FIRST, Solution

    asked = exercise(name)
    own = own_answer(work_folder(folder), asked)
    if own is None:
        console.print(TRY_FIRST.format(name=name, hint=f"`course hint {name}`"), highlight=False)
        raise typer.Exit(WRONG_WORK)
    mine, reference, *others = Solution(asked, own).parts
    widths = [max(map(len, code.splitlines()), default=0) for _, code in (mine, reference)]
    if sum(widths) + 2 <= console.width:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_row(*(Text(head, style="bold") for head, _ in (mine, reference)))
        table.add_row(*(Text(code) for _, code in (mine, reference)))
        console.print(table)
    else:
        others = [mine, reference, *others]
    for head, code in others:
        console.print(Text(f"\n{head}", style="bold"))
        console.print(Text(code))


@commands.command()
def review(folder: Folder = Path()) -> None:
    """Answer five questions from finished lessons: the older the lesson, the more of them.

    What you answer correctly comes back later. It is kept in a small file beside your notebooks.
    """
    from course.learner.my_work import work_folder
    from course.learner.review import NOTHING_YET, Quiz, note_answer

    place = work_folder(folder)
    items = Quiz.of(place).items
    if not items:
        console.print(NOTHING_YET)
        return
    count = 0
    for number, item in enumerate(items, 1):
        console.print(Text(f"\n{number} of {len(items)}, {item.unit}", style="bold"))
        for line in item.lines():
            console.print(Text(line))
        given = typer.prompt("Your answer", default="", show_default=False)
        while given.strip() and not item.can_be_read(given):
            console.print(f"Expected {item.expects}; Enter alone shows the answer.")
            given = typer.prompt("Your answer", default="", show_default=False)
        right = item.is_right(given)
        if right is None:
            console.print(Text(item.answer))
            right = typer.confirm("Was your answer right?", default=False)
        else:
            told = (
                Text("Right.", style="green") if right else Text(f"The answer is {item.solution}")
            )
            console.print(told)
        note_answer(place, item, right)
        count += right
    console.print(f"\n{count} of {len(items)} right.", highlight=False)


@commands.command()
def reset(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="An exercise (softmax) or a unit (05_backprop).")
    ],
    folder: Folder = Path(),
) -> None:
    """Start an exercise's cell, or a whole notebook, afresh; the old notebook is kept."""
    from course.learner.my_work import work_folder
    from course.learner.reset import reset as put_back

    path, kept = put_back(work_folder(folder), name)
    console.print(
        f"{name} in {path} is back to its first version.",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )
    if kept is not None:
        before = f"The notebook before that: {kept}"
        console.print(before, highlight=False, markup=False, soft_wrap=True)
    console.print("If it is open in JupyterLab, reload it there (File, Reload Notebook from Disk).")


# ---------------------------------------------------------------------------------- what is shown


def _up_to_date(folder: Path, seed: int) -> Any:
    """Ask notebooks that have changed the harder questions, and return the status."""
    from course.grading.check_file import examine_notebooks
    from course.learner.my_work import digest
    from course.learner.status import note_asked, note_untouched, out_of_date, status_of

    changed = {
        unit: path
        for unit, path in out_of_date(folder).items()
        if not note_untouched(folder, unit, path)
    }
    if changed:
        console.print(f"Asking {', '.join(changed)} …", style="dim", highlight=False)
    digests = {unit: digest(path) for unit, path in changed.items()}
    for unit, results in examine_notebooks(changed, seed) if changed else ():
        asked = {
            one.exercise.name: {
                "passed": one.passed,
                "green": one.green,
                "written": one.written,
                "said": "" if one.passed or not one.written else _line(one.to_json()),
            }
            for one in results
        }
        note_asked(folder, unit, digests[unit], asked)
    return status_of(folder)


def _show_status(found: Any) -> None:
    from course.learner.status import MARKS, MEANINGS, headline

    for lesson in found.lessons:
        console.print(Text(headline(lesson), style="bold"))
        names = [
            Text(f"{MARKS[line.state]} {line.exercise.name}", style=STYLES[line.state])
            for line in lesson.lines
        ]
        console.print(Padding(Columns(names, padding=(0, 3)), (0, 0, 0, 2)))
        for line in lesson.lines:
            if line.said:
                console.print(Text(f"    {line.exercise.name}: {line.said}"))
    used = {line.state for lesson in found.lessons for line in lesson.lines}
    legend = "   ".join(f"{MARKS[state]} {MEANINGS[state]}" for state in MARKS if state in used)
    console.print(Text(f"\n{legend}", style="dim"))
    for remark in found.remarks:
        console.print(Text(remark))
    console.print(Text(found.summary))
    console.print(Text(found.what_next, style="bold"))
    if found.next is not None:
        console.print("`course next` opens it.", highlight=False)


def _show_checked(found: list[dict[str, Any]], whole: bool) -> None:
    """Print one line per exercise, or a single reason if none could be asked."""
    messages = {one["message"] for one in found}
    if len(found) > 1 and len(messages) == 1:
        console.print(Text(messages.pop()))
        return
    table = Table.grid(padding=(0, 2))
    for one in found:
        mark = Text("✓", style="green") if one["passed"] else Text("✗", style="bold red")
        text = one["message"] if whole else _line(one)
        table.add_row(mark, Text(one["exercise"], style="bold"), Text(text))
    console.print(table)
    right = sum(one["passed"] for one in found)
    console.print(f"{right} of {len(found)} exercises are right.", highlight=False)
    if len(found) > 1 and right < len(found):
        name = next(one["exercise"] for one in found if not one["passed"])
        advice = f'In the notebook hint("{name}") helps, in a terminal `course hint {name}`.'
        console.print(f"Next: {name}. {advice}", highlight=False)


def _line(checked: dict[str, Any]) -> str:
    """Return the most telling line: the known mistake, or how the first wrong answer differs."""
    from course.exercises.units import exercise

    first, last = checked["message"].partition("\n")[0], checked["difference"] or ""
    head = first.removeprefix(f"{checked['exercise']}: ")
    if checked["mistake"]:
        last = exercise(checked["exercise"]).mistakes[checked["mistake"]].message
    return f"{head} {last}".strip()
