"""How large a thing may be, by room: numbers only, each with its unit in its name.

What a submission may use while it runs (time, memory, disk space) is in `process.limits`: those are
settings. This module imports nothing, since a copy of it is staged for the student's process.
"""

# For sizes of memory and disks, and for those of files in messages.
MIB, MB = 1 << 20, 1_000_000

# ------------------------------------------------------------------------------------- submission

# A submitted file as it lies on disk, outputs included. Jupyter itself hardly opens a larger one.
FILE_BYTES = 200_000_000
# What counts of it: the texts of all cells together. The longest right notebook has a tenth.
TEXT_CHARACTERS = 500_000
# A student's additional cells of one kind; all code is run.
EXTRA_CELLS = 500
# A file this small is parsed whole: even brackets alone take no more than 50 MB of memory then.
PARSED_BYTES = MIB
# A larger file is skimmed. What is left of it is parsed, and takes twenty times the memory at most.
SKIMMED_BYTES = 20 * MIB
# Cells and members that skimming goes through one by one: a few seconds at most. A lesson has about
# a thousand.
SKIMMED_PARTS = 200_000
# The names of members are only compared. None that is read of a notebook is longer, even if every
# character of it is escaped.
MEMBER_NAME_BYTES = 100
# Pieces of a file that are decoded or skimmed at a time, so that no copy of the whole is made. Most
# values that are skimmed are short, so a piece begins small and doubles.
DECODED_PIECE_BYTES = MIB
FIRST_PIECE_BYTES, LARGEST_PIECE_BYTES = 1 << 12, MIB
# Ids of cells, names of kernels: the start of a longer one is kept. Jupyter's ids have at most 64.
ID_CHARACTERS = 1_000
# timestamp.txt and submission_secret.txt, which nbgrader's exchange adds: one line each.
STAMP_BYTES = 1_000

# Students choose the names of files, so what is shown of them is limited.
PRINTED_NAME_CHARACTERS = 60
LISTED_NOTEBOOKS, LISTED_QUARANTINED = 10, 10
# Names of cells in one remark; the rest are counted.
LISTED_CELLS = 12
# File systems allow 255, and a number may be added.
QUARANTINED_NAME_BYTES = 200

# -------------------------------------------------------------------------------- student_process

# A message between the grader and the student's process: what a cell collects (below) and an error.
MESSAGE_BYTES = 6 * MIB
# What is sent or received at a time, so that a deadline is noticed between pieces.
MESSAGE_PIECE_BYTES = 1 << 16
# What a cell's outputs may have inside the student's process, as JSON. A message may be larger, so
# that there is always space for an error. The trusted side keeps less (see `notebook`).
COLLECTED_CELL_BYTES = 4 * MIB
COLLECTED_CELL_OUTPUTS = 200
COLLECTED_STREAM_CHARACTERS = 100_000
COLLECTED_ERROR_CHARACTERS, COLLECTED_TRACE_LINES = 20_000, 200
# What is shown of a line that does nothing, and of the reason.
CLOSED_LINE_CHARACTERS = 100
# The end of a trace is what tells the reason: of a module that can't be imported, of a session that
# can't begin.
LOAD_TRACE_CHARACTERS, START_TRACE_CHARACTERS = 4_000, 2_000

# ---------------------------------------------------------------------------------------- process

# Items of one answer, and of all answers in a session, since they are kept until they are judged.
# The longest right answer has 64,000 numbers, and those of a whole unit 190,000.
ANSWER_PARTS, ANSWERS_PARTS = 120_000, 1_000_000
# A session's folder: what each file takes on the disk in addition to its content, the number of
# files, and the longest path. What is beyond them counts as too large.
FOLDER_ENTRY_BYTES = 4096
FOLDER_ENTRIES = 20_000
FOLDER_PATH_CHARACTERS = 1_000
# Free space that must remain on the disk for everything else: a share of the disk, at least this.
RESERVED_DISK_SHARE, RESERVED_DISK_BYTES = 0.03, 1024 * MIB

# --------------------------------------------------------------------------------------- notebook

# What a cell showed, as it is kept in the graded notebook and on the feedback page. Right answers
# with every figure of a lesson stay well below.
OUTPUT_TEXT_CHARACTERS = 20_000
OUTPUT_TRACE_LINES = 60
OUTPUT_IMAGE_BYTES = MIB
ERROR_NAME_CHARACTERS = 200
CELL_OUTPUTS = 100
CELL_OUTPUT_CHARACTERS = 3 * MIB
NOTEBOOK_OUTPUT_CHARACTERS = 16 * MIB

# ---------------------------------------------------------------------------------------- judging

# Modules that could not be imported, in one remark.
LISTED_MODULES = 10

# --------------------------------------------------------------------------------------- feedback

# The worst Markdown takes time in the square of its length to render, and the worst code in the
# square of a line's. Longer texts are shown plain.
MARKDOWN_CHARACTERS = 10_000
FORMULA_CHARACTERS = 2_000
CODE_CHARACTERS, CODE_LINE_CHARACTERS = 40_000, 1_000
# HTML that is kept for the next page, since a class shares most texts: 20 MB at most.
CACHED_TEXTS, CACHED_TEXT_CHARACTERS = 1_000, 20_000
# The beginning of a page, where it says what it was made from.
MADE_FROM_BYTES = 1_000

# -------------------------------------------------------------------------------------- preflight

# Free space below which a run doesn't begin: room for the graded notebooks of a class of 500.
FREE_DISK_BYTES = 100 * MIB

# -------------------------------------------------------------------------------------- platforms

# How much of a download is read: more is an error, not a class's work.
DOWNLOAD_ENTRIES = 10_000
DOWNLOAD_BYTES = 8192 * MIB
# Deflate can't do better than about 1000 to 1, and the text of a notebook isn't near 200. A smaller
# file is harmless, whatever its ratio.
COMPRESSION_RATIO, COMPRESSED_BYTES = 200, MIB
# Rosters, grade files, lists of submissions.
TABLE_BYTES = 64 * MIB
# Students listed after an export; the rest are counted.
LISTED_STUDENTS = 20
