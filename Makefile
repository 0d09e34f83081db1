# Every target is one readable line over a command; README shows the same without make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test app check quick coverage bench docs lock clean

demo: .venv/run.stamp  ## the demonstration province: map, tables, summary
	$(BIN)/phusong demo

app: .venv/run.stamp  ## the front end on 127.0.0.1, on the demonstration province
	test -f data/processed/demo_province/manifest.json || $(BIN)/phusong demo
	$(BIN)/phusong app

test: .venv/dev.stamp  ## every test, the browser's included
	sh tests/prepare.sh
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: .venv/dev.stamp  ## format, lint, types, imports
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports

quick: check  ## for daily work: check, and the tests that need neither browser, server, real data nor a whole run
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not (browser or postgres or real or flow or long)"

coverage: .venv/dev.stamp  ## which lines and branches the tests reach; it takes half as long again
	sh tests/prepare.sh
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report=term:skip-covered

bench: .venv/dev.stamp  ## measured figures beside peers
	$(BIN)/phusong bench all

.venv/run.stamp: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-compile --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -m pip check
	touch $@

.venv/dev.stamp: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-compile --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -m pip check
	touch $@ .venv/run.stamp

clean:  ## what make made
	rm -rf .venv data/processed/demo_* .pytest_cache .mypy_cache .ruff_cache htmlcov

docs: .venv/dev.stamp  ## the data dictionary, the parameter list and the messages, from their declarations
	$(BIN)/python -c "from phusong.intake.messages import describe_messages; open('docs/intake.md', 'w').write(describe_messages())"
	$(BIN)/python -c "from phusong.vocabulary.dictionary import *; open('docs/data_dictionary.md', 'w').write(describe_tables()); open('docs/parameters.md', 'w').write(describe_parameters())"

lock: .venv/dev.stamp  ## the lock files, from pyproject.toml (needs uv)
	for extra in "" "--extra dev"; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --extra build $$extra pyproject.toml \
	    -o requirements$${extra:+-dev}.lock; done
