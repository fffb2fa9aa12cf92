"""How much of a download is read: anything larger is an error, not a class's work."""

MIB = 1 << 20

ENTRIES = 10_000
DOWNLOAD_BYTES = 8 << 30
# Deflate can't do better than about 1000 to 1, and a notebook's text doesn't come near 200.
RATIO = 200
# Below this size any ratio is harmless.
RATIO_BYTES = MIB
# Rosters, grade files, lists of submissions.
TABLE_BYTES = 64 * MIB
