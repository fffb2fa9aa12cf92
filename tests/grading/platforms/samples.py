"""Small made-up downloads of each platform, in its own layout, with names that break patterns.

Each platform's module says where its layout is documented.
"""

import io
import zipfile
from pathlib import Path

from tests.grading.notebooks import RIGHT, UNIT, content, handed_in, notebook

WORK, LATER = content(handed_in()), content(handed_in(written="Another answer."))
UNWRITTEN = {
    name: text.split("\n")[0] + "\n    raise NotImplementedError" for name, text in RIGHT.items()
}
BLANK = content(handed_in(UNWRITTEN, None))
OTHER_UNIT = content(notebook([]) | {"metadata": {"course": {"unit": "02_layers"}}})
OWN = f"{UNIT}.ipynb"
# Two people of the same name, an umlaut, an apostrophe, a login with an underscore and a hyphen.
ROSTER = """id,login,name,email
s1,ann_doe,Ann Doe,ann@example.org
s2,doe,Ann Doe,doe@example.org
s3,joerg-mueller,Jörg Müller,joerg@example.org
s4,soneill,"O'Neill, Seán",sean@example.org
s5,quiet,Quiet Quince,quiet@example.org
"""
CANVAS_ROSTER = """Student,ID,SIS User ID,SIS Login ID,Section
    Points Possible,,,,
"Doe, Ann",3143,901,s1,A
"Doe, Ann",3144,902,s2,A
"Müller, Jörg",3145,903,s3,A
"O'Neill, Seán",3146,904,s4,B
"Student, Test",3199,,,A
"""
MOODLE_ROSTER = """Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,\
Last modified (submission),Last modified (grade)
Participant 71,Ann Doe,s1,ann@example.org,Submitted,,9.00,"Sunday, 4 October 2026, 11:59 PM",-
Participant 72,Ann Doe,s2,doe@example.org,Submitted,,9.00,"Sunday, 4 October 2026, 11:58 PM",-
Participant 73,Jörg Müller,s3,joerg@example.org,Submitted,,9.00,-,-
Participant 74,Seán O'Neill,s4,sean@example.org,Submitted,,9.00,-,-
"""
GITHUB_ROSTER = """assignment_name,github_username,roster_identifier,submission_timestamp
Neurons,ann_doe,s1,2026-10-04 21:59:00 UTC
Neurons,joerg-mueller,s3,2026-10-04 20:00:00 UTC
"""
YAML = """---
submission_801:
  :submitters:
  - :name: Ann Doe
    :sid: s1
    :email: ann@example.org
  :created_at: 2026-10-04 23:59:01.500000000 +02:00
submission_802:
  :submitters:
  - :name: Jörg Müller
    :sid: ''
    :email: joerg@example.org
  :created_at: 2026-10-04 12:00:00.000000000 Z
submission_803:
  :submitters:
  - :name: Ann Doe
    :sid: ''
    :email: other@example.org
  :created_at: 2026-10-04 12:00:00.000000000 Z
"""
BLACKBOARD_TEXT = "Name: Ann Doe (ann_doe)\nAssignment: Unit 1\nDate Submitted: Sunday\n"
FOLDER = "_assignsubmission_file_"
DAY = "2026-10-0"

DOWNLOADS: dict[str, dict[str, bytes]] = {
    "canvas": {
        "doeann_3143_801_01_neuron.ipynb": BLANK,
        "doeann_3143_802_01_neuron-1.ipynb": WORK,
        "doeann_LATE_3144_803_01_NEURON.ipynb": WORK,
        "müllerjörg_3145_804_01_neuron-Copy1.ipynb": WORK,
        "müllerjörg_3145_805_01_neuron.ipynb": BLANK,
        "oneillseán_3146_806_02_layers.ipynb": OTHER_UNIT,
        "strangersam_9999_807_01_neuron.ipynb": WORK,
    },
    "moodle": {
        f"Ann Doe_71{FOLDER}/{OWN}": WORK,
        f"Ann Doe_72{FOLDER}/01_neuron (1).ipynb": LATER,
        f"Jörg Müller_73{FOLDER}/homework/{OWN}": WORK,
        f"Seán O'Neill_74{FOLDER}/01_neuron.ipynb.txt": WORK,
        "Seán O'Neill_74_assignsubmission_onlinetext_/onlinetext.html": b"<p>Done.</p>",
    },
    "brightspace": {
        f"13394-501 - Jörg Müller - Oct 4, 2026 110 PM/{OWN}": LATER,
        f"13394-502 - Jörg Müller - Oct 4, 2026 1159 PM/{OWN}": WORK,
        f"13395-503 - Seán O'Neill - 4 October, 2026 2359/{OWN}": WORK,
        f"13396-504 - Ann Doe - Oct 4, 2026 1159 PM/{OWN}": WORK,
        "index.html": b"<html></html>",
    },
    "blackboard": {
        f"Unit 1_ann_doe_attempt_{DAY}4-23-59-12_{OWN}": WORK,
        f"Unit 1_ann_doe_attempt_{DAY}4-23-59-12.txt": BLACKBOARD_TEXT.encode(),
        f"Unit 1_joerg-mueller_attempt_{DAY}3-10-00-00_{OWN}": LATER,
        f"Unit 1_joerg-mueller_attempt_{DAY}4-10-00-00_{OWN}": WORK,
        f"Unit 1_soneill_attempt_{DAY}4-10-00-00_{OWN}": b"{ not a notebook",
    },
    "gradescope": {
        "assignment_77_export/submission_metadata.yml": YAML.encode(),
        f"assignment_77_export/submission_801/{OWN}": WORK,
        f"assignment_77_export/submission_802/work/{OWN}": WORK,
        f"assignment_77_export/submission_803/{OWN}": WORK,
    },
    "github": {
        f"neurons-submissions/neurons-ann_doe/{OWN}": WORK,
        f"neurons-submissions/neurons-joerg-mueller/notebooks/{OWN}": WORK,
        f"neurons-submissions/neurons-nobody-known/{OWN}": WORK,
    },
}
ROSTERS = {"canvas": CANVAS_ROSTER, "moodle": MOODLE_ROSTER, "github": GITHUB_ROSTER}


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, one in files.items():
            archive.writestr(name, one)
    return made.getvalue()


def sample(folder: Path, platform: str) -> tuple[Path, Path]:
    """Write a platform's download and a roster; return where they are."""
    download, roster = folder / f"{platform}.zip", folder / f"{platform}-roster.csv"
    download.write_bytes(zipped(DOWNLOADS[platform]))
    roster.write_text(ROSTERS.get(platform, ROSTER), encoding="utf-8")
    return download, roster


def unpacked(folder: Path, platform: str) -> Path:
    for name, one in DOWNLOADS[platform].items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one)
    return folder


def without_metadata() -> bytes:
    """A notebook whose metadata and ids are gone, as after some tools."""
    bare = handed_in()
    bare["metadata"] = {}
    for cell in bare["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    return content(bare)
