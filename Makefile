# One command each; every one sets up what it needs first. Only Python 3.11 or newer and make are assumed.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/set-up
# Node's own programs find it by name.
PNPM := PATH="$(CURDIR)/$(BIN):$$PATH" NEXT_TELEMETRY_DISABLED=1 setup/pnpm/node_modules/.bin/pnpm --dir portal
PORTAL := $(shell find portal -type f -not -path '*/node_modules/*' -not -path '*/.next/*' -not -name 'next-env.d.ts' -not -name '*.tsbuildinfo' -not -name tokens.css)
KERNELS := $(wildcard engine/render/kernels/*.c)
# Every command starts in half the time where Python may keep what it compiled; some machines forbid that to all programs.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: up test bench screenshots check check-python check-portal format setup lock portal-client clean FORCE
.DELETE_ON_ERROR:

up: setup ## make the demo studio with its film, and serve the studio until Ctrl-C
	@$(BIN)/bom demo
	@exec $(BIN)/bom serve --portal

test: check ## everything that CI runs
	@$(BIN)/python setup/browser.py
	$(PNPM) test
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder  # on two cores: tests wait as often as they compute

bench: setup ## the targets of the design, as ratios against x264 alone in the same run
	$(BIN)/python -m bench

screenshots: setup ## every page of the app in both themes, languages and sizes, in build/screenshots
	@$(BIN)/python setup/browser.py
	$(BIN)/python -m bench.screenshots

check: setup ## format, lint, types, import rules
	@$(MAKE) --no-print-directory --jobs=2 check-python check-portal  # each of their programs uses one core

check-python:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

check-portal:
	$(PNPM) lint
	$(PNPM) types
	$(BIN)/python -m setup.portal_client --check

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

setup: $(STAMPS)/packages $(STAMPS)/kernels $(STAMPS)/design $(STAMPS)/portal

$(STAMPS)/packages: requirements.lock requirements-uv.lock pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Say which with make PYTHON=/path/to/python3") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-uv.lock
	$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes --python $(BIN)/python -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/kernels: $(KERNELS) hatch_build.py $(STAMPS)/packages
	$(BIN)/python hatch_build.py
	@touch $@

$(STAMPS)/design: design/package.json design/package-lock.json setup/fonts.py setup/upload_client.py $(STAMPS)/packages
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --prefix design
	$(BIN)/python setup/fonts.py
	$(BIN)/python setup/upload_client.py
	@touch $@

$(STAMPS)/portal-packages: setup/pnpm/package-lock.json portal/package.json portal/pnpm-lock.yaml $(STAMPS)/packages
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --prefix setup/pnpm
	$(PNPM) install --frozen-lockfile --silent
	@touch $@

# Pages know the path that they lie under (BOM_PORTAL_URL) from their build: another one builds them anew.
$(STAMPS)/portal-path: FORCE $(STAMPS)/packages
	@$(BIN)/python -m setup.portal_path $@

$(STAMPS)/portal: $(PORTAL) design/tokens.json setup/tokens.py $(STAMPS)/portal-packages $(STAMPS)/portal-path
	$(BIN)/python setup/tokens.py
	BOM_PORTAL_PATH="$$(cat $(STAMPS)/portal-path)" $(PNPM) build
	@touch $@

FORCE:

portal-client: setup ## what the portal knows of the api, after the api has changed
	$(BIN)/python -m setup.portal_client

lock: setup ## resolve again and write names, versions and hashes; no addresses
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --upgrade --quiet --output-file requirements.lock

clean:
	rm -rf .venv build design/node_modules setup/pnpm/node_modules portal/node_modules portal/.next engine/render/fonts engine/ui/fonts engine/ui/scripts .mypy_cache .ruff_cache .pytest_cache
