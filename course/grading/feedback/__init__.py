"""The pages that students read, without active content."""

from pathlib import Path

# In the layout of Jupyter's data folders: nbconvert's templates that the course replaces.
TEMPLATES = Path(__file__).with_name("templates")
