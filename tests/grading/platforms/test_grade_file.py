"""A platform's own grade file gets the unit's scores, and nothing else changes."""

import pytest

from course.grading.course_folder import course_directory
from course.grading.gradebook.scores import Score
from course.grading.platforms.grade_file import fill, platform_with_grades
from course.grading.platforms.roster import Person, Roster, class_roster
from course.grading.platforms.table import TableError, read_table
from course.grading.submission.receipts import Receipt
from tests.grading.notebooks import UNIT, make_course

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (11),01_neuron (12),Current Score
    Points Possible,,,,,5.00,10.00,(read only)
"Doe, Ann",3143,901,s1,"A, morning",4.00,,80.0
"Doe, Ann",3144,902,s2,A,"3,5",EX,
"Müller, Jörg",3145,903,s3,A,,1.5,
"Gone, Sam",3150,909,s9,A,,,
"Student, Test",3199,,,A,,,
"""
MOODLE = """\
Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Feedback comments"
"Participant 71","Ann Doe",ann@example.org,Submitted,,9.00,"Good,
indeed"
"Participant 72","Ann Doe",,Submitted,,9.00,
"Participant 73","Jörg Müller",,Submitted,,9.00,
"""
BRIGHTSPACE = """\
OrgDefinedId,Username,01 Neuron Points Grade <Numeric MaxPoints:9 Weight:5>,\
Essay Points Grade <Numeric MaxPoints:5>,End-of-Line Indicator
#901,#s1,,3,#
#902,#s2,,,#
#903,#s3,7,,#
"""
BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\t"Availability"\t'
    '"Unit 01_neuron [Total Pts: 9 Score] |664617"\n'
    '"Doe"\t"Ann"\t"s1"\t""\t"2026-10-04"\t"Yes"\t""\n'
    '"Doe"\t"Ann"\t"s2"\t""\t""\t"Yes"\t""\n'
    '"Müller"\t"Jörg"\t"s3"\t""\t""\t"Yes"\t"In Progress(1)"\n'
)
FILES = {"canvas": CANVAS, "moodle": MOODLE, "brightspace": BRIGHTSPACE, "blackboard": BLACKBOARD}


def score(student: str, points: float | None, waits: bool = False) -> Score:
    return Score(UNIT, student, None, None, None, None, None, points, 0.0, 9.0, waits)


SCORES = {
    UNIT: {
        "s1": score("s1", 8.25, waits=True),
        "s2": score("s2", None),
        "s3": score("s3", 0.0),
        "s7": score("s7", 3.0),
    }
}


@pytest.fixture
def roster() -> Roster:
    people = [
        ("s1", "Ann Doe", "ann@example.org"),
        ("s2", "Ann Doe", ""),
        ("s3", "Jörg Müller", ""),
    ]
    return Roster({i: Person(i, {name}, {mail} - {""}) for i, name, mail in people})


def written(tmp_path, text: str, encoding: str = "utf-8", newline: str = "\n"):
    path = tmp_path / "grades.csv"
    path.write_bytes(text.replace("\n", newline).encode(encoding))
    return read_table(path)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("platform", "changes"),
    [
        ("canvas", [('4.00,,80.0', '4.00,8.25,80.0'), (",A,,1.5,", ",A,,0,")]),
        ("moodle", [("ann@example.org,Submitted,,", "ann@example.org,Submitted,8.25,"),
                    ('Müller",,Submitted,,', 'Müller",,Submitted,0,')]),
        ("brightspace", [("#901,#s1,,3", "#901,#s1,8.25,3"), ("#903,#s3,7,", "#903,#s3,0,")]),
        ("blackboard", [('"2026-10-04"\t"Yes"\t""', '"2026-10-04"\t"Yes"\t"8.25"'),
                        ("In Progress(1)", "0")]),
    ],
)  # fmt: skip
def test_only_the_units_cells_change(tmp_path, roster, platform, changes, encoding, newline):
    text = FILES[platform]
    roster.people["s2"].keys.add("participant 72")
    filled = fill(
        written(tmp_path, text, encoding, newline), platform_with_grades(platform), SCORES, roster
    )
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    assert filled.content == text.replace("\n", newline).encode(encoding)
    assert filled.written == ["s1", "s3"] and filled.without == ["s2"]
    assert filled.waiting == ["s1"] and filled.missing == ["s7"]


def test_students_missing_from_the_file_or_the_gradebook_are_listed(tmp_path, roster):
    filled = fill(written(tmp_path, CANVAS), platform_with_grades("canvas"), SCORES, roster)
    assert filled.unknown == [("Gone, Sam", "is not on the roster")]
    assert filled.missing == ["s7"] and filled.columns == {UNIT: "01_neuron (12)"}
    assert filled.remarks == [
        "01_neuron (12): the platform's maximum is 10 points, the course's 9; "
        "scores were written in the course's points"
    ]


def test_moodles_two_people_of_one_name_are_known_by_what_was_collected(tmp_path, roster):
    layout = platform_with_grades("moodle")
    filled = fill(written(tmp_path, MOODLE), layout, SCORES, roster)
    assert [why for _, why in filled.unknown] == ["several students have this name: s1, s2"]
    root = make_course(tmp_path / "course", {})
    Receipt("moodle", "x", ("participant 72",), {}).save(course_directory(root), UNIT, "s2")
    roster.learn(course_directory(root), UNIT)
    assert fill(written(tmp_path, MOODLE), layout, SCORES, roster).without == ["s2"]


def test_a_decimal_comma_is_written_on_request(tmp_path, roster):
    layout = platform_with_grades("canvas")
    filled = fill(written(tmp_path, CANVAS), layout, SCORES, roster, decimal_comma=True)
    assert b'4.00,"8,25",80.0' in filled.content


def test_a_file_with_semicolons_keeps_them(tmp_path, roster):
    layout = platform_with_grades("brightspace")
    table = written(tmp_path, BRIGHTSPACE.replace(",", ";"))
    assert b"#901;#s1;8,25;3;#" in fill(table, layout, SCORES, roster, decimal_comma=True).content


@pytest.mark.parametrize("platform", FILES)
@pytest.mark.parametrize("other", FILES)
def test_a_file_of_another_platform_is_named(tmp_path, roster, platform, other):
    if platform != other:
        with pytest.raises(
            TableError, match=f"grade file from {platform_with_grades(other).title}"
        ):
            fill(written(tmp_path, FILES[other]), platform_with_grades(platform), SCORES, roster)


def test_a_file_without_ids_or_the_units_column_is_refused(tmp_path, roster):
    layout = platform_with_grades("brightspace")
    headless = BRIGHTSPACE.replace("OrgDefinedId,Username", "A,B")
    with pytest.raises(TableError, match="no column that identifies students"):
        fill(written(tmp_path, headless), layout, SCORES, roster)
    nothing = written(tmp_path, BRIGHTSPACE.replace("01 Neuron", "Homework"))
    with pytest.raises(TableError, match=r"no column 01_neuron\. Name it with --column"):
        fill(nothing, layout, SCORES, roster)
    name = nothing.header[2]
    assert b"#s1,8.25" in fill(nothing, layout, SCORES, roster, {UNIT: name}).content
    with pytest.raises(TableError, match="--column"):
        fill(nothing, layout, SCORES, roster, {UNIT: "Nope"})
    twice = written(
        tmp_path, BRIGHTSPACE.replace("Essay", "Old 01-Neuron").replace("01 N", "1 01N")
    )
    with pytest.raises(TableError, match="several columns"):
        fill(twice, layout, SCORES, roster)


def test_two_rows_of_the_same_student_are_refused(tmp_path, roster):
    table = written(tmp_path, BRIGHTSPACE.replace("#902,#s2", "#901,#s1"))
    with pytest.raises(TableError, match="rows 2 and 3 are both s1's"):
        fill(table, platform_with_grades("brightspace"), SCORES, roster)


def test_a_file_without_students_is_refused(tmp_path, roster):
    path = tmp_path / "grades.csv"
    path.write_text(f"Student,ID,SIS User ID,SIS Login ID,Section,{UNIT} (55)\n")
    with pytest.raises(TableError, match="names no student"):
        fill(read_table(path), platform_with_grades("canvas"), SCORES, roster)


def test_a_file_that_is_no_table_is_refused(tmp_path):
    path = tmp_path / "grades.csv"
    for content, said in (
        (b"PK\x03\x04", "Excel"),
        ("Müller,1".encode("latin-1"), "neither UTF-8 nor"),
        ("a,b".encode("utf-16-le"), "byte order mark"),
        (b'a,b\n1,"2', "incomplete"),
        (b"", "is empty"),
        (b"Please log in", "not a table"),
    ):
        path.write_bytes(content)
        with pytest.raises(TableError, match=said):
            read_table(path)
    with pytest.raises(TableError, match="could not be read"):
        read_table(tmp_path / "none.csv")


def test_an_unreadable_gradebook_is_said_in_a_line(tmp_path):
    root = make_course(tmp_path, {})
    (root / "gradebook.db").write_bytes(b"no database" * 100)
    with pytest.raises(RuntimeError, match=r"can't be used: .*put a copy from before in its place"):
        class_roster(course_directory(root))
