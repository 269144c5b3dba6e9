# Two commands matter: `make run` and `make test`. Both install what they need into .venv, with python3 alone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: install install-dev run test check format soak bench lock clean

install: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	@echo "Installing Tally into $(VENV) (a few minutes the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --no-deps --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

install-dev: $(VENV)/.installed-dev

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

run: install
	$(BIN)/tally serve --host $(HOST) --port $(PORT)

test: install-dev
	$(BIN)/python -m pytest

check: install-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The long counts: thousands of lies, storms and kills.
soak: install-dev
	$(BIN)/python -m pytest -m soak -s tests

bench: install-dev
	$(BIN)/python -m tests.bench

# Needs uv. torch stays out: the embedder's weights run on onnxruntime.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --override lock-overrides.txt --no-emit-package sentence-transformers -q
lock:
	$(LOCK) --all-extras -o requirements.lock
	$(LOCK) --all-extras --group dev -c requirements.lock -o requirements-all.tmp
	$(PYTHON) lock_dev.py requirements-all.tmp requirements.lock > requirements-dev.lock
	rm requirements-all.tmp

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
