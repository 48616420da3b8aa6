# The only list of commands. `make` alone prints it.
# Python 3.11 or newer, make and git are enough; `PYTHON=python3.12 make demo` chooses another one.

PYTHON ?= python3
BIN := .venv/bin
PAGES := src/concilia/interfaces/components/static/vendor
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo serve test check fmt static lock bench evaluate reader install texts

help: ## print this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|'

demo: ## build the demonstration company and serve it on http://localhost:8000
	@$(PYTHON) tools/bootstrap.py
	@$(BIN)/concilia demo --serve

serve: ## serve your own installation, web and worker (`concilia serve --help` tells more)
	@$(PYTHON) tools/bootstrap.py
	@$(BIN)/concilia serve --with-worker

test: ## run the tests (ARGS="-k word" chooses some)
	@$(PYTHON) tools/bootstrap.py --dev
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: ## format, lint, types, imports, migrations, translations: what a change must pass besides tests
	@$(PYTHON) tools/bootstrap.py --dev
	$(BIN)/ruff format --check --output-format=concise
	$(BIN)/ruff check --output-format=concise
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python tools/schema.py check
	$(BIN)/python tools/translations.py check

fmt: ## format and put right what can be put right by itself
	@$(PYTHON) tools/bootstrap.py --dev
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format

static: ## make the pages' files, the icons and the translations again
	@rm -rf $(PAGES)
	@find src/concilia/locale -name '*.mo' -delete 2>/dev/null || true
	@$(PYTHON) tools/bootstrap.py

texts: ## collect the texts of templates and code into the translation files
	@$(PYTHON) tools/bootstrap.py --dev
	@$(BIN)/python tools/translations.py collect

lock: ## pin the newest versions that pyproject.toml and package.json allow
	@$(PYTHON) tools/bootstrap.py --dev
	@$(BIN)/python tools/lock.py

bench: ## measure speed and memory with large numbers of records (takes long)
	@$(PYTHON) tools/bootstrap.py --dev
	@$(BIN)/python -m pytest tests/bench -s $(ARGS)

evaluate: ## read the evaluation set and print the accuracy (ARGS="--jsonl FILE" for every document)
	@$(PYTHON) tools/bootstrap.py --dev
	@$(BIN)/python -m tests.evaluation $(ARGS)

reader: ## train the classifier of documents anew from training/ (ARGS="--judge" only measures)
	@$(PYTHON) tools/bootstrap.py --dev
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python tools/train_reader.py $(ARGS)
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python tools/fit_kinds.py $(ARGS)
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python tools/train_picker.py $(ARGS)
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python tools/fit_trust.py $(ARGS)

install: ## only make the environment, for developers
	@$(PYTHON) tools/bootstrap.py --dev
