# Two commands: `make serve` and `make test`. Both set up everything they need.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
LIBRARY ?= $(or $(TRACUU_LIBRARY),var/library)
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# The folder of documents and judged queries to measure on, and where indexes of them are kept.
SHARED ?= ../shared
CACHE ?= var/figures/cache
JOBS ?= 2

.PHONY: serve test check format setup system-packages library constraints clean figures evaluate-ablation

serve: library ## set up, build the sample library if there is none, serve the web page
	$(BIN)/tracuu --library "$(LIBRARY)" serve --host $(HOST) --port $(PORT)

test: setup system-packages ## set up, run all tests
	$(BIN)/python -m pytest $(ARGS)

check: setup ## style, types, arrows between rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

setup: $(READY)

$(READY): pyproject.toml constraints.txt scripts/setup-venv
	PYTHON="$(PYTHON)" VENV="$(VENV)" scripts/setup-venv
	touch $@

system-packages: ## what the browser and conversion tests need; installs on Debian as root or with sudo
	@scripts/system-packages

library: setup
	@if [ ! -e "$(LIBRARY)/library.sqlite" ]; then \
		$(BIN)/tracuu --library "$(LIBRARY)" add corpus/sample/documents; \
	fi

constraints: setup ## write down the versions now installed
	@{ head -1 constraints.txt; $(BIN)/pip freeze --exclude-editable | grep -v -E '^torch==| @ '; } > constraints.tmp
	@mv constraints.tmp constraints.txt

figures: setup ## measure anew all figures of docs/evaluation.md and docs/encoder.md; reports under var/figures
	$(BIN)/python -m evaluation.figures --shared "$(SHARED)" --cache "$(CACHE)" --jobs $(JOBS)

evaluate-ablation: setup ## every part of search alone and left out, on the legal code
	@mkdir -p var/figures
	$(BIN)/tracuu evaluate "$(SHARED)/retrieval/phapdien" --config all --jobs $(JOBS) --cache "$(CACHE)" \
		--save var/figures/phapdien.json --report var/figures/phapdien.html

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist *.egg-info
