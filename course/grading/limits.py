"""How large a thing may be, by room: numbers only, each with its unit in its name.

What a submission may use while it runs (time, memory, disk space) is in `process.limits`.
"""

# ------------------------------------------------------------------------------------- submission

# A submitted file as it lies on disk, outputs included. Jupyter itself hardly opens a larger one.
FILE_BYTES = 200_000_000
# What counts of it: the texts of all cells together. The longest right notebook has a tenth.
TEXT_CHARACTERS = 500_000
# A student's additional cells; each is run.
EXTRA_CELLS = 500
# A file this small is parsed whole: even brackets alone take no more than 50 MB of memory then.
PARSED_BYTES = 1 << 20
# A larger file is skimmed. What is left of it is parsed, and takes twenty times the memory at most.
SKIMMED_BYTES = 20 << 20
# Cells and members that skimming goes through one by one: a few seconds at most. A lesson has about
# a thousand.
SKIMMED_PARTS = 200_000
# Ids of cells, names of kernels: the start of a longer one is kept. Jupyter's ids have at most 64.
ID_CHARACTERS = 1_000
# timestamp.txt and submission_secret.txt, which nbgrader's exchange adds: one line each.
STAMP_BYTES = 1_000

# Names of files are the students' text, so what is shown or kept of them is limited.
PRINTED_NAME_CHARACTERS = 60
LISTED_NOTEBOOKS = 10
LISTED_QUARANTINED = 10
# File systems allow 255, and a number may be added.
QUARANTINED_NAME_BYTES = 200

# ---------------------------------------------------------------------------------------- outputs

# What a cell showed, as it is kept in the graded notebook and on the feedback page. Right answers
# with every figure of a lesson stay well below.
OUTPUT_TEXT_CHARACTERS = 20_000
OUTPUT_TRACE_LINES = 60
OUTPUT_IMAGE_BYTES = 1 << 20
CELL_OUTPUTS = 100
CELL_OUTPUT_CHARACTERS = 3 << 20
NOTEBOOK_OUTPUT_CHARACTERS = 16 << 20

# --------------------------------------------------------------------------------------- feedback

# The worst Markdown takes time in the square of its length to render, and the worst code in the
# square of a line's. Longer texts are shown plain.
MARKDOWN_CHARACTERS = 10_000
CODE_CHARACTERS, CODE_LINE_CHARACTERS = 40_000, 1_000
# HTML that is kept for the next page, since a class shares most texts: 20 MB at most.
CACHED_TEXTS, CACHED_TEXT_CHARACTERS = 1_000, 20_000

# ------------------------------------------------------------------------------------------- disk

# Free space below which a run doesn't begin: room for the graded notebooks of a class of 500.
FREE_DISK_BYTES = 100 << 20
