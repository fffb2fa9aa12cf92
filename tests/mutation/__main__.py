"""Which small changes to `course.nn` go unnoticed? The account of it, and docs/mutation.md.

`python -m tests.mutation [PLACE …]` hunts every mutant, or those of a module (`neuron`) or of a
function (`arguments.shown`), and prints the survivors that aren't known to be equivalent;
`--write` renews docs/mutation.md, hunting only in the modules where something has changed
(`--write --all`: in all). `--check` fails even if only that page is out of date.
"""

import os
import sys

# One mutant after the other in one process: threads would only wait for each other.
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
# tests/nn needs no plugin but the one that it names.
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"

from tests.mutation.account import main

sys.exit(main(sys.argv[1:]))
