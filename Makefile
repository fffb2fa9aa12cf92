# Every goal uses one virtual environment, .venv, and creates it if needed.

PYTHON ?= python3
JOBS ?= 2
INSTALLED := .venv/.installed
# A student needs less than an author, who has it already.
LAB := $(if $(wildcard $(INSTALLED)),$(INSTALLED),.venv/.lab)
# nbgrader starts alembic, jupyter and friends by name.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help demo lab site test test-all lint build kill-matrix format mutants attacks bench clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

demo: $(INSTALLED) ## grade a small sample class, from the first command to the report
	course demo

lab: $(LAB) ## open JupyterLab on your own copy of the assignments, my-work/
	course lab

site: .venv/.site ## build the site to read, with the notebooks to run in a browser, in build/site
	python -m website

test: lint ## run the quick tests; print those that took most processor time
	pytest -n $(JOBS) --dist loadgroup -m "not slow"

test-all: lint ## run all tests
	pytest -n $(JOBS) --dist loadgroup

lint: $(INSTALLED)
	ruff check
	ruff format --check
	course build --check

build: $(INSTALLED) ## make solutions/ and assignments/ from course/lessons/
	course build

kill-matrix: $(INSTALLED) ## ask known mistakes the questions that have changed; renew docs/kill-matrix.md
	python -m tests.exercises.kill_matrix --write

format: $(INSTALLED) ## format the code and fix what ruff can fix
	ruff check --fix
	ruff format

mutants: $(INSTALLED) ## see what breaks unnoticed in course.nn where that has changed; renew docs/mutation.md
	python -m tests.mutation --write

attacks: $(INSTALLED) ## try the attacks that have changed, or all on a changed grader (half an hour); renew docs/attacks.md
	python -m tests.adversarial --write

bench: $(INSTALLED) ## measure speed, compared with similar tools
	python -m benchmarks

clean: ## remove .venv and what tools leave behind, but not my-work/ or grades
	rm -rf .venv .demo build dist .pytest_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): PARTS := dev,cluster
.venv/.site: PARTS := dev,cluster,site
.venv/.lab: PARTS := lab
$(INSTALLED) .venv/.lab .venv/.site: pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) was not found. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed, and $(PYTHON) is %d.%d. Name another: make PYTHON=python3.12" % sys.version_info[:2])'
	@echo "Installing the packages into .venv; this takes a minute or two."
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(PARTS)]'
	@touch $@
