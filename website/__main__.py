"""`make site`: build the site in build/site; exit with 1 if anything on it leads nowhere."""

import shutil
import subprocess
import sys

from website import HERE, ROOT, SITE, STAGED, STATIC, inspection, lessons, lite, npm, pages


def main() -> int:
    # What is there already is written anew: a page that has gone must not stay.
    for folder in (STAGED, SITE):
        shutil.rmtree(folder, ignore_errors=True)
    lessons.stage(STAGED)
    pages.stage(STAGED)
    npm.stage_mathjax(STAGED / STATIC / "mathjax")
    sphinx = [sys.executable, "-m", "sphinx", "--builder", "html", "-W", "--keep-going", "--quiet"]
    built = subprocess.run([*sphinx, "-c", HERE, STAGED, SITE], cwd=ROOT)
    if built.returncode:
        return built.returncode
    lite.build(SITE / "lite")
    faults = [*inspection.faults(SITE)]
    print(*faults, sep="\n")
    print(f"{SITE}: {len(faults)} faults in {len(inspection.pages(SITE))} pages")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
