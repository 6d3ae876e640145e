# Ask First. Type `make help` to see what there is.

MAKEFLAGS += --no-print-directory
OPERATE := .venv/bin/python -m operate

.DEFAULT_GOAL := help
.PHONY: help environments setup run chat train evaluate widget test soak bench lint format clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: environments ## set up what is missing, start everything, print the address of the page
	@$(OPERATE) run

setup: environments ## only install: both environments, keys, database, model
	@$(OPERATE) setup

chat: environments ## talk to the running assistant in this terminal
	@$(OPERATE) chat

train: environments ## train the model if its files have changed
	@$(OPERATE) train

test: environments ## run all checks and tests (or only some: make test ONLY="unit live")
	@$(OPERATE) check $(ONLY)

soak: environments ## kill, crowd and shuffle the consent store for longer: 1,000 acknowledged decisions
	@ASKFIRST_SOAK=1000 .venv/bin/python -m pytest tests/robustness

bench: environments ## measure store and turns against the bare database and stock Rasa (FULL=--full: a million records)
	@.venv/bin/python -m benchmarks $(FULL)

evaluate: environments ## measure how well needs are understood (QUERIES=a.csv OUT_OF_SCOPE=b.csv; DOCS=--docs)
	@$(OPERATE) evaluate $(if $(QUERIES),--queries "$(QUERIES)") $(if $(OUT_OF_SCOPE),--out-of-scope "$(OUT_OF_SCOPE)") $(DOCS)

widget: environments ## bundle the chat element into widget/dist (needs Node and npm)
	@$(OPERATE) widget

lint: environments ## run only the linters and the type checker
	@$(OPERATE) lint

format: environments ## put the code into its format
	@.venv/bin/ruff check --quiet --fix-only . ; .venv/bin/ruff format .

clean: ## remove caches, test results and logs; keep environments, keys, databases and models
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .rasa results var/results var/log
	@find . -path ./.venv -prune -o -path ./engine/.venv -prune -o -path ./node_modules -prune \
		-o -name __pycache__ -type d -print | xargs rm -rf

environments:
	@sh operate/bootstrap.sh
