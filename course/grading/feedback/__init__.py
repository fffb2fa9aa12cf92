"""The pages that students read, without active content."""

import importlib.util
from pathlib import Path

# nbconvert looks for a layout's templates in these folders first: the course's, then nbgrader's.
TEMPLATES = Path(__file__).with_name("templates")
NBGRADERS = Path(importlib.util.find_spec("nbgrader").origin).parent
TEMPLATE_FOLDERS = [
    str(TEMPLATES),
    str(NBGRADERS / "server_extensions" / "formgrader" / "templates"),
]
