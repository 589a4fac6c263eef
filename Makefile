# Every verb of this repository; `make` alone lists them. README.md says how to do the same without make.

# The first Python that is new enough and can make a virtual environment. To use another: make lab PYTHON=/path/to/python
ENOUGH = import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c '$(ENOUGH)' 2>/dev/null && echo $$name && break; done)

# What is handed on to the program behind a verb: make lab ARGS=--no-browser, make test ARGS="-k ties", make bench ARGS=widget
ARGS ?=

# Jupyter refuses to run as root, who is the only user of many containers, unless it is told that this is meant.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

PIP = .venv/bin/python -m pip install --quiet --disable-pip-version-check

# Three at a time, because browsers and kernels wait a lot; each test file in one piece, so that it starts its notebook
# once; in the order of the folders, so that the browser's long files do not come last, with nothing left to run beside.
PYTEST = .venv/bin/python -m pytest --numprocesses 3 --dist loadscope --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help lab test test-all lessons bench replicate format check

help: ## say what can be done here
	@sed -n 's/^\([a-z-]*\):[^#]*## /  make \1 \t/p' $(MAKEFILE_LIST) | expand -t 20

lab: .venv/learner ## open the lessons in JupyterLab (headless: ARGS=--no-browser)
	.venv/bin/python -m tertius lab $(AS_ROOT) $(ARGS)

test: .venv/tools ## run the tests, notebooks and browser included, in under 15 minutes
	$(PYTEST) -m "not slow" $(ARGS)

test-all: .venv/tools ## run the long tests too
	$(PYTEST) $(ARGS)

lessons: .venv/tools ## build the lessons' notebooks from lessons/source
	.venv/bin/python -m tertius lessons build $(ARGS)

bench: .venv/tools ## measure the speed of everything that has a target
	.venv/bin/python -m tests.benchmarks $(ARGS)

replicate: .venv/tools ## work out what papers say, and write docs/replications.md
	.venv/bin/python -m tests.replications $(ARGS)

format: .venv/tools ## lay out the code and mend what can be mended
	.venv/bin/python -m ruff format
	.venv/bin/python -m ruff check --fix

check: .venv/tools ## look for faults in code and lessons without running them
	.venv/bin/python -m ruff check
	.venv/bin/python -m ruff format --check
	.venv/bin/python -m tertius lessons check

# Two empty files say what is installed: for learners, and the tools on top. They are made anew when the pins change, or
# what pyproject.toml says of tertius itself: networkx looks there for its backends.
.venv/learner: binder/requirements.txt pyproject.toml
	@'$(PYTHON)' -c '$(ENOUGH)' 2>/dev/null || { echo "tertius needs Python 3.11 or newer with its venv module \
	(on Debian and Ubuntu: apt-get install python3 python3-venv); found: '$(PYTHON)'. \
	If it is elsewhere, say where: make lab PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Setting up .venv, once: about 700 MB, two or three minutes."
	'$(PYTHON)' -m venv .venv
	$(PIP) --requirement binder/requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/tools: tests/requirements.txt .venv/learner
	@echo "Adding the tools for tests and lessons."
	$(PIP) --requirement tests/requirements.txt
	@touch $@
