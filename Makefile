PYTHON ?= python3
BIN := .venv/bin
READY := .venv/requirements.txt

.PHONY: run test check

run: $(READY)  ## the app, on the sample data
	$(BIN)/python -m streamlit run app.py

test: $(READY)  ## all tests; those of the browser skip where there is no Chromium
	$(BIN)/python -m pytest

check: $(READY)  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(READY): requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	cp requirements.txt $(READY)
