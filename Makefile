# Studyhall. `make` lists what it can do.
PYTHON ?= python3
# Tests run side by side on so many cores. Not "auto": in a container that counts the cores of the whole machine.
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made-from-lock
# The bots that the benchmarks measure ours beside: an environment of their own, for they need other versions than we do.
PEERS := .venv-peers
PEERS_STAMP := $(PEERS)/.made-from-lock

.DEFAULT_GOAL := help
.PHONY: help prepare demo test test-all bench chaos lint format texts texts-read permissions lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Studyhall needs Python 3.11 or newer; name one with `make PYTHON=python3.12 …`")'
	@echo "Preparing $(VENV): once, a few minutes … / 正在准备运行环境，仅首次需要，约几分钟……"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

prepare: $(STAMP) ## prepare .venv and nothing else: for a machine that runs the bot
	@$(BIN)/python -m compileall -q bot handlers quizzes storage study

demo: $(STAMP) ## start the sandbox and the bot, and print one address to open
	@exec $(BIN)/studyhall demo

test: $(STAMP) ## run the tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

test-all: $(STAMP) ## run the tests, the long ones too
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m ''

$(PEERS_STAMP): benchmarks/peers/requirements.lock
	$(PYTHON) -m venv --clear $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/peers/requirements.lock
	@touch $@

bench: $(STAMP) $(PEERS_STAMP) ## measure speed beside the peers; ROWS="1 3" for some rows only
	$(BIN)/python -m benchmarks $(ROWS)

chaos: $(STAMP) ## kill -9 200 times under a mixed load; every fault of network, disk and clock (SEED=1 KILLS=200)
	$(BIN)/python -m tests.chaos --kills $(or $(KILLS),200) --seed $(or $(SEED),1)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m '' $(wildcard tests/faults) tests/cli/test_kill.py tests/cli/test_kill_contest.py

lint: $(STAMP) ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP) ## let ruff put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

texts: $(STAMP) ## list texts that are missing or left over, and draft those of zh-TW
	@$(BIN)/python -m tools.texts

texts-read: $(STAMP) ## take the marks off the drafts of zh-TW, once you have read them
	@$(BIN)/python -m tools.texts read

permissions: $(STAMP) ## write the page of permissions from their table
	@$(BIN)/python -m tools.permissions_page

lock: ## pin every dependency anew, with hashes (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --extra dev pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header benchmarks/peers/requirements.in -o benchmarks/peers/requirements.lock

clean: ## remove what was made
	rm -rf $(VENV) $(PEERS) benchmarks/results .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
