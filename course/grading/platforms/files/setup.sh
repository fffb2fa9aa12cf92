#!/usr/bin/env bash
# Gradescope runs this once, when it builds the autograder's image.
set -euo pipefail
autograder="${AUTOGRADER:-/autograder}"
source="$autograder/source"

# It holds what the secret questions are drawn from.
chmod -R go-rwx "$source"

usable() {
  command -v "$1" >/dev/null &&
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

python="${PYTHON:-}"
find_python() {
  for candidate in python3.13 python3.12 python3.11 python3; do
    if usable "$candidate"; then
      python="$candidate"
      return
    fi
  done
}

if [[ -z "$python" ]]; then
  find_python
fi
if [[ -z "$python" ]]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update
  apt-get install -y python3.12-venv || apt-get install -y python3.11-venv
  find_python
fi
if [[ -z "$python" ]]; then
  echo "Python 3.11 or newer is needed, and none could be installed." >&2
  exit 1
fi

constraints=()
if [[ -f "$source/constraints.txt" ]]; then
  constraints=(-c "$source/constraints.txt")
fi
"$python" -m venv "$autograder/venv"
wheel=("$source"/*.whl)
"$autograder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  "${constraints[@]}" "${wheel[0]}[grading]"
