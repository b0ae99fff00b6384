PYTHON ?= python3
BIN := .venv/bin
APP := .venv/requirements.txt
DEV := .venv/requirements-dev.txt

# uv where it is on the PATH, pip otherwise. Neither takes away what another file installed, and
# neither compiles what may never be imported.
ifneq ($(shell command -v uv 2>/dev/null),)
ENVIRONMENT := uv venv --quiet --allow-existing --python $(PYTHON) .venv
INSTALL := uv pip install --quiet --python $(BIN)/python
else
ENVIRONMENT := $(PYTHON) -m venv .venv
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
endif

.PHONY: run test test-slow check

run: $(APP)  ## the app, on the sample data
	$(BIN)/python -m streamlit run app.py

test: $(DEV)  ## tests, ARGS for pytest; those of the browser skip where there is no Chromium
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow" $(ARGS)

test-slow: $(DEV)  ## the few tests that take long by nature
	$(BIN)/python -m pytest -n auto --dist worksteal -m slow $(ARGS)

check: $(DEV)  ## style, types, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(APP): requirements.txt
	$(ENVIRONMENT)
	$(INSTALL) -r requirements.txt
	cp requirements.txt $(APP)

$(DEV): requirements-dev.txt requirements.txt
	$(ENVIRONMENT)
	$(INSTALL) -r requirements-dev.txt
	cp requirements-dev.txt $(DEV)
	cp requirements.txt $(APP)
