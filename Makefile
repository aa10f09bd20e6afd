# `make demo` and `make test` need nothing but make and Python 3.11 or newer.

PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin

export NIANBAO_ALLOW_ROOT := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup demo demo-kafka test check docs bench clean

setup: .venv/tools-installed

demo: .venv/installed
	@$(BIN)/nianbao demo

demo-kafka: .venv/installed
	@$(BIN)/nianbao demo --kafka

test: check
	$(BIN)/pytest $(PYTEST)
	@test -n "$(NIANBAO_TEST_CORPUS)" || echo "Left out: the reports of a corpus (NIANBAO_TEST_CORPUS names the folder that holds acceptance/ and seeds/)."
	@test -x /usr/lib/postgresql/15/bin/postgres || echo "Left out: the pipeline on Debian's PostgreSQL 15 (package postgresql-15)."

check: .venv/tools-installed
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

docs: .venv/installed
	$(BIN)/python docs/generate.py

bench: .venv/bench-installed
	@for bench in tests/bench/bench_*.py; do $(BIN)/python $$bench || exit 1; done

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "nianbao needs Python 3.11 or newer."; exit 1; }
	@echo "Setting up .venv (once; about a minute) …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --upgrade "pip>=25.1"

.venv/installed: pyproject.toml | .venv/bin/python
	@$(BIN)/pip install --quiet --editable .
	@touch $@

.venv/tools-installed: pyproject.toml .venv/installed
	@$(BIN)/pip install --quiet --group dev
	@touch $@

.venv/bench-installed: pyproject.toml .venv/installed
	@$(BIN)/pip install --quiet --group bench
	@touch $@
