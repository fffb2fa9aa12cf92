"""Gradescope: the export of a programming assignment's submissions.

"Export Submissions" gives a folder per submission and `submission_metadata.yml`, whose keys are the
folders' names: help.gradescope.com, "Exporting submissions". Only the active submission of each
student is in it. The module `autograder` makes what Gradescope runs itself.
"""

import re
from datetime import UTC, datetime
from typing import Any

import yaml

from course.grading.limits import TABLE_BYTES
from course.grading.platforms.archive import ArchiveError, Download
from course.grading.platforms.layout import Claim, Index, Layout

LIST = "submission_metadata.yml"


class _Loader(yaml.SafeLoader):
    """Reads plain data; Ruby's own objects are reduced to their contents."""


def _plain(loader: yaml.SafeLoader, _tag: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


_Loader.add_multi_constructor("!ruby/", _plain)


def index(download: Download) -> Index:
    """Return each folder's author and time of receipt; a group's folder has no single author."""
    claims, received = {}, {}
    for entry in download.entries:
        if entry.name != LIST:
            continue
        try:
            listed = yaml.load(entry.read(TABLE_BYTES), _Loader)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise ArchiveError(f"{entry.path} can't be read: {str(error)[:200]}") from error
        for upload, said in listed.items() if isinstance(listed, dict) else ():
            people = said.get(":submitters") if isinstance(said, dict) else None
            if not isinstance(people, list) or len(people) != 1:
                continue
            person = {key: str(value or "").strip() for key, value in people[0].items()}
            keys = (person.get(":sid", ""), person.get(":email", ""))
            claims[upload] = Claim(tuple(filter(None, keys)), name=person.get(":name", ""))
            when = said.get(":created_at")
            if isinstance(when, datetime):
                # YAML's times are in UTC if they have no zone.
                received[upload] = when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC)
    return Index(claims, received)


LAYOUT = Layout(
    name="gradescope",
    title="Gradescope",
    upload=re.compile(r"/(?P<upload>submission_\d+)/(?P<file>.+)$"),
    one_attempt=True,
    index=index,
)
