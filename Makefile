# Ask First. Type `make help` to see what there is.

MAKEFLAGS += --no-print-directory
OPERATE := .venv/bin/python -m operate

.DEFAULT_GOAL := help
.PHONY: help environment setup run chat train evaluate widget test test-all test-the-tests audit soak bench lint format clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: environment ## set up what is missing, start everything, print the address of the page
	@$(OPERATE) run

setup: environment ## only install: environment, keys, database, model
	@$(OPERATE) setup

chat: environment ## talk to the running assistant in this terminal
	@$(OPERATE) chat

train: environment ## train the model if its files have changed
	@$(OPERATE) train

test: environment ## run all checks and tests (ONLY="unit live": some; SEED=1: with the random numbers of that run)
	@$(OPERATE) check $(if $(SEED),--seed $(SEED)) $(ONLY)

test-all: environment ## the same with the long repeats and every variant: before a release
	@$(OPERATE) check --full $(if $(SEED),--seed $(SEED)) $(ONLY)

test-the-tests: environment ## make the mistakes of tests/breakages in a copy: does a test see each? (ONLY=id: only that)
	@.venv/bin/python -m tests.breakages $(if $(ONLY),--only $(ONLY))

audit: environment ## look for known vulnerabilities of what is locked, and at its licences
	@.venv/bin/python -m operate.audit

soak: environment ## kill, crowd and shuffle the consent store for longer: 1,000 acknowledged decisions
	@ASKFIRST_SOAK=1000 .venv/bin/python -m pytest tests/robustness

bench: environment ## measure store and turns against the bare database and stock Rasa (FULL=--full: a million records)
	@.venv/bin/python -m benchmarks $(FULL)

evaluate: environment ## measure how well needs and answers are understood (SETS=FOLDER; QUERIES=a.csv OUT_OF_SCOPE=b.csv; DOCS=--docs)
	@$(OPERATE) evaluate $(if $(SETS),--sets "$(SETS)") $(if $(QUERIES),--queries "$(QUERIES)") $(if $(OUT_OF_SCOPE),--out-of-scope "$(OUT_OF_SCOPE)") $(DOCS)

widget: environment ## bundle the chat element into widget/dist (needs Node and npm)
	@$(OPERATE) widget

lint: environment ## run only the linters and the type checker
	@$(OPERATE) check lint format types

format: environment ## put the code into its format
	@.venv/bin/ruff check --quiet --fix-only . ; .venv/bin/ruff format .

clean: ## remove caches, test results and logs; keep environment, keys, databases and models
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .rasa results var/results var/log
	@find . -path ./.venv -prune -o -path ./node_modules -prune \
		-o -name __pycache__ -type d -print | xargs rm -rf

environment:
	@sh operate/bootstrap.sh
