# The commands of the project. `make help` lists them.
SHELL := /bin/sh
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name))))
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1
STAMPS := var/stamps
export DEVELOPMENT ?= yes

.DEFAULT_GOAL := help
.PHONY: help run test check deep bench shots lock site-css

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | sort

run: $(STAMPS)/loaded $(STAMPS)/messages $(STAMPS)/static ## start the site with the demonstration on PORT (8000)
	@HOST=$(HOST) PORT=$(PORT) SITE_ADDRESS=http://$(HOST):$(PORT) sh bin/serve

test: $(STAMPS)/test $(STAMPS)/messages $(STAMPS)/static ## the whole suite, on SQLite and on PostgreSQL
	@$(BIN)/python -m tests.everything

check: $(STAMPS)/test $(STAMPS)/messages static/css/site.css ## format, lint, types, templates, translations, migrations
	sh bin/check

deep: $(STAMPS)/test $(STAMPS)/messages $(STAMPS)/static ## contention with controls, and what else is too heavy for every stop
	$(BIN)/python -m tests.deep

bench: $(STAMPS)/test $(STAMPS)/messages $(STAMPS)/static ## CPU of pages and of a registration, as ratios within one run
	$(BIN)/python -m tests.bench

shots: $(STAMPS)/test $(STAMPS)/messages static/css/site.css ## pictures of every page and state into shots/
	$(BIN)/python -m pytest -q tests/shots.py

lock: ## lock the requirements anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements/run.in -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements/test.in -c requirements/run.txt -o requirements/test.txt

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(STAMPS):
	@mkdir -p $@

$(STAMPS)/run: requirements/run.txt | $(BIN)/python $(STAMPS)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(STAMPS)/test: requirements/test.txt $(STAMPS)/run
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(STAMPS)/messages: $(wildcard locale/*/LC_MESSAGES/*.po) $(STAMPS)/run
	@$(BIN)/pybabel --quiet compile -d locale -D django
	@touch $@

# Adds what is missing and leaves alone what is there: run again when tables change.
$(STAMPS)/loaded: $(wildcard */migrations/*.py) $(STAMPS)/run $(STAMPS)/messages
	@$(BIN)/python manage.py migrate --verbosity 0
	@for step in seed staff_groups demo staff_login; do $(BIN)/python manage.py $$step || exit 1; done
	@touch $@

static/css/site.css: $(wildcard static/css/site/*.css)
	@cat static/css/site/*.css > $@

$(STAMPS)/static: static/css/site.css $(shell find static -type f -not -name site.css 2>/dev/null) $(STAMPS)/run
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@
