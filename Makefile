# Two commands do everything on a machine that has Python 3.11 or newer, git and make:
#   make demo    sets up, then answers a question on the real graph and says where each fact stands
#   make test    sets up, then runs linter, types, tests and the check of the generated files
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test test-rest test-browser lint docs derived weights golden bench comunica clean

demo: $(VENV)/.ready
	$(BIN)/oscegraph who UNODC --on thb --unit-only --limit 5 --evidence

# A browser has time to spare, which the other tests take. What measures how processes share the machine runs by itself.
test: lint
	$(MAKE) --no-print-directory -j 2 test-rest test-browser
	$(BIN)/python -m pytest -q tests/test_server.py tests/test_workers.py

test-rest: $(VENV)/.ready
	$(BIN)/python -m pytest -q -n auto --dist worksteal --ignore=tests/test_server.py --ignore=tests/test_workers.py --ignore=tests/browser

# Without a browser none of these is found (5), which continuous integration does not allow.
test-browser: $(VENV)/.ready
	$(BIN)/python -m pytest -q tests/browser || [ "$$?" = 5 -a -z "$$CI" ]

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# After a change of the curated graphs or the rules: derive anew, then read the difference.
derived: $(VENV)/.ready
	$(BIN)/python -c "from oscegraph.derive import write_derived; print(*write_derived(), sep='\n')"
	$(BIN)/python scripts/keep_words.py
	$(BIN)/python scripts/keep_paraphrases.py
	$(BIN)/python scripts/keep_patterns.py

# After a change of what questions may mean: find the weights of `ask` anew, then read the scores. Some 75 minutes on 2 cores, up to 20 GB.
weights: $(VENV)/.ready
	$(BIN)/python scripts/train_questions.py
	$(BIN)/python scripts/score_questions.py

# After a change of terms, queries or commands: write the generated pages anew.
docs: $(VENV)/.ready
	$(BIN)/python scripts/generate_docs.py

# After a change that is meant to change answers: renew the golden files, then read the difference.
golden: $(VENV)/.ready
	$(BIN)/python -m pytest -q tests/test_questions.py --update-golden

bench: $(VENV)/.ready
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/ask.py
	$(BIN)/python benchmarks/maps.py
	$(BIN)/python benchmarks/serve.py

# What is compiled here makes each command quick, also where Python is told not to keep what it compiles.
$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c "import sys; sys.exit('oscegraph needs Python 3.11 or newer; set PYTHON=python3.x') if sys.version_info < (3, 11) else 0"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable . --group dev
	$(BIN)/python -m compileall -q src
	@touch $@

# Comunica as one file for tests/browser/test_comunica.py. Needs npm; what the packages need is taken as it was on a day.
comunica: build/comunica.js

build/comunica.js: Makefile
	npm install --prefix build/comunica --before 2026-11-01 --ignore-scripts --no-save --no-package-lock --no-audit --no-fund \
	  --loglevel error @comunica/query-sparql@5.4.1 esbuild@0.28.2
	cd build/comunica && node_modules/.bin/esbuild @comunica/query-sparql --bundle --minify --format=iife \
	  --global-name=Comunica --define:global=globalThis --log-level=warning --outfile=../comunica.js
	rm -rf build/comunica

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
