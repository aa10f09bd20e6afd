# `make demo` and `make test` need nothing but make and Python 3.11 or newer; whatever they install is locked, by hash.
# The lock is in three files because pip cannot take a part of one: requirements.lock is what nianbao runs on and is installed with
# (demo, image, laptop bundle, CI), requirements-ocr.lock what reads scans, large and only where it is asked for (`make ocr`),
# requirements-dev.lock what tests and linters need beside them, each compiled under those before it.

PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin

export NIANBAO_ALLOW_ROOT := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup ocr demo demo-kafka test check docs screenshots lock bundle bench clean

setup: .venv/tools-installed

ocr: .venv/installed
	@$(BIN)/pip install --quiet --no-deps --require-hashes --requirement requirements-ocr.lock

demo: .venv/installed
	@$(BIN)/nianbao demo

demo-kafka: .venv/installed
	@$(BIN)/nianbao demo --kafka

test: check
	$(BIN)/pytest --numprocesses 2 -m "not services" $(if $(RESULTS),--junitxml=$(RESULTS)/apart.xml)
	$(BIN)/pytest -m services $(if $(RESULTS),--junitxml=$(RESULTS)/services.xml)
	@test -n "$(NIANBAO_TEST_CORPUS)" || echo "Left out: the reports of a corpus (NIANBAO_TEST_CORPUS names the folder that holds acceptance/ and seeds/)."
	@{ command -v promtool && command -v amtool; } >/dev/null || echo "Left out: Prometheus and Alertmanager (packages prometheus and prometheus-alertmanager)."
	@command -v chromium >/dev/null || echo "Left out: pages printed by Chromium (packages chromium and fonts-noto-cjk)."
	@command -v soffice >/dev/null || echo "Left out: documents made by LibreOffice (packages libreoffice-writer-nogui and libreoffice-calc-nogui)."
	@test -x /usr/lib/postgresql/15/bin/postgres || echo "Left out: the pipeline on Debian's PostgreSQL 15 (package postgresql-15)."

check: .venv/tools-installed
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

docs: .venv/tools-installed
	$(BIN)/python docs/generate.py

# By hand, where chromium and fonts-noto-cjk are: look at every picture before committing it.
screenshots: .venv/installed
	@$(BIN)/python docs/images/make.py

# Versions stay as they are, what pyproject.toml newly asks for is added; `make lock UPGRADE=--upgrade` takes the newest of all.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)
BUILD_TOOLS := import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")

lock: .venv/bin/python
	@$(BIN)/pip install --quiet "uv>=0.9,<1"
	@$(BIN)/python -c '$(BUILD_TOOLS)' | $(COMPILE) pyproject.toml --extra otlp - --output-file requirements.lock
	@$(COMPILE) --group ocr --constraint requirements.lock --output-file requirements-ocr.lock
	@$(COMPILE) --group dev --constraint requirements.lock --constraint requirements-ocr.lock --output-file requirements-dev.lock

# The folder for computers without internet: every platform and Python version, a few minutes.
bundle: .venv/installed
	@$(BIN)/python deploy/bundle/build.py

bench: .venv/bench-installed
	@for bench in tests/bench/bench_*.py; do $(BIN)/python $$bench || exit 1; done

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "nianbao needs Python 3.11 or newer."; exit 1; }
	@echo "Setting up .venv (once; about a minute) …"
	@$(PYTHON) -m venv .venv

# The lock is complete, so nothing is left for pip to choose: no dependencies of its own finding, no build tools from elsewhere.
.venv/installed: pyproject.toml requirements.lock | .venv/bin/python
	@$(BIN)/pip install --quiet --no-deps --require-hashes --requirement requirements.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/tools-installed: requirements-dev.lock .venv/installed
	@$(BIN)/pip install --quiet --no-deps --require-hashes --requirement requirements-dev.lock
	@touch $@

# What benches compare with is not locked, and pip changes nothing for it that is; `--group` needs a newer pip than some Pythons bring.
.venv/bench-installed: pyproject.toml .venv/installed
	@$(BIN)/pip install --quiet --upgrade "pip>=25.1"
	@$(BIN)/pip install --quiet --group bench
	@touch $@
