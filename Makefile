# Every target is one sentence of what it is for; `make help` shows them. The steps themselves are in scripts/.

SHELL := /bin/sh
BIN := .venv/bin
export PYTHONPATH :=
# Compiled modules are kept, also where the environment says otherwise: the second start is faster by them.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run test check format bench fuzz learn faults test-servers docs screenshots clean

help: ## List the targets.
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name words; do \
	    printf '  make %-14s %s\n' "$$name" "$$words"; done

run: ## Install what is needed, then start Bedside at http://127.0.0.1:8000 (BEDSIDE_DEMO=1 opens the demo clinic).
	@PYTHONPATH=src scripts/python -m bedside.cli.preflight
	@scripts/python scripts/prepare.py run
	@$(BIN)/python -m bedside.web.build
	@$(BIN)/bedside serve

test: ## Run the whole test suite, browser stories included, on SQLite and on PostgreSQL.
	@scripts/python scripts/prepare.py test
	@$(BIN)/python -m bedside.web.build
	@$(BIN)/python scripts/machine.py
	@$(BIN)/python scripts/suite.py $(TESTS)

check: ## Check style, types, the arrows between rooms, and the documentation.
	@scripts/python scripts/prepare.py test
	@$(BIN)/python scripts/checks.py

format: ## Put the code into the house's form.
	@scripts/python scripts/prepare.py test
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

docs: ## Write again the pages that come from the code.
	@scripts/python scripts/prepare.py test
	@$(BIN)/python scripts/write_docs.py
	@$(BIN)/bedside guard document docs/rules

screenshots: ## Take the pictures of the documentation again (DESK=http://127.0.0.1:8000: of a demonstration that runs).
	@scripts/python scripts/prepare.py test
	@$(BIN)/python -m bedside.web.build
	@PYTHONPATH=. $(BIN)/python scripts/screenshots.py $(DESK)

bench: ## Measure, and print one JSON line for each figure (BENCH=guard: only that one).
	@scripts/python scripts/prepare.py test
	@$(BIN)/python -m bedside.web.build
	@$(BIN)/python scripts/bench.py $(BENCH)

fuzz: ## Search for texts that crash the guard, hang it or mislead it (SECONDS=60).
	@scripts/python scripts/prepare.py fuzz
	@$(BIN)/python fuzz/guard.py -max_total_time=$(or $(SECONDS),60)

learn: ## Teach the guard's scorer from the labelled items (HARMLESS=posts.jsonl: with every second of these harmless posts).
	@scripts/python scripts/prepare.py learn
	@$(BIN)/python scripts/learn.py $(if $(HARMLESS),--harmless $(HARMLESS) --half)

faults: ## Kill, cut and lose answers for a long time, then look whether a post is missing or doubled (SHORT=1: for a minute).
	@scripts/python scripts/prepare.py test
	@$(BIN)/python scripts/suite.py --only faults $(if $(SHORT),,--full)

test-servers: ## Run the connectors against network servers that others wrote (Bluesky, Mastodon).
	@scripts/python scripts/prepare.py test
	@$(BIN)/python scripts/machine.py
	@$(BIN)/python -m servers install
	@$(BIN)/python scripts/suite.py --only servers

clean: ## Remove what was installed and built; the data folder stays.
	@rm -rf .venv node_modules frontend/dist src/bedside/web/static/build .mypy_cache .ruff_cache .pytest_cache
