# Doorstep. `make help` lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
ENGINE := .venv-engine/bin/python

.PHONY: help setup run train test test-gateway test-engine check format lock bench pictures clean

help:  ## Say what there is.
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-14s %s\n", $$1, $$2}'

setup:  ## Install both Python environments and build the pages (the others do this by themselves).
	@deploy/set-up.sh

run: setup  ## Start Doorstep at http://127.0.0.1:8000.
	@exec .venv/bin/doorstep run

train: setup  ## Train the engine, if the content changed.
	@.venv/bin/doorstep train

test: setup  ## Run every test; those that need a server or a browser say so where there is none.
	@$(MAKE) --no-print-directory test-engine test-gateway

test-engine: setup  ## Run the engine's own tests (Python 3.10).
	@$(ENGINE) -m pytest tests/bot/engine -q

# A browser that is driven from a test keeps an event loop running to the end of its process, in which no
# asynchronous test can run: the browser and the journeys have a process each.
test-gateway: setup train  ## Run all other tests (Python 3.12).
	@$(PYTHON) -m pytest -q --ignore tests/browser --ignore tests/journeys
	@$(PYTHON) -m pytest -q tests/browser
	@$(PYTHON) -m pytest -q tests/journeys

check: setup  ## Look at the code and the content without running them: ruff, mypy, imports, spelling, doorstep check.
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/codespell
	@.venv/bin/doorstep check

format: setup  ## Lay the code out as ruff does.
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .

lock:  ## Renew the locks of both environments from pyproject.toml.
	@uv pip compile --quiet --upgrade --python-version 3.12 --group gateway --group dev --generate-hashes --no-annotate --no-header -o requirements/gateway.txt
	@uv pip compile --quiet --upgrade --python-version 3.10 --group engine --group engine-dev --generate-hashes --no-annotate --no-header -o requirements/engine.txt

bench: setup  ## Measure Doorstep beside stock Rasa, in one run.
	@$(PYTHON) -m bench.run

pictures: setup  ## Take the screenshots that the README shows.
	@$(PYTHON) -m bench.pictures

clean:  ## Remove what was built and trained; what people told us (var/) stays.
	@rm -rf channels/assets/built channels/assets/node_modules var/models .mypy_cache .ruff_cache .pytest_cache
