# Every verb works from a fresh clone, as root or not, without a terminal or standard input.
# Assumed on the machine: Python 3.11+, JDK 17+, Maven, Node 20+, make, git. `make doctor` says what is missing.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
export PYTHONUNBUFFERED := 1

BIN := .venv/bin
# names the lock that .venv was made from, so that another lock makes it anew
READY := .venv/ready-$(shell cksum < requirements.lock | cut -d' ' -f1)

GRAPHIQL := web/graphiql/dist/graphiql.min.js
HTTP_TOOLS := tests/http/node_modules/.package-lock.json
CLIENTS := tests/subscriptions/node_modules/.package-lock.json
FEDERATION := tests/federation/node_modules/.package-lock.json

.PHONY: help set-up run test test-deep check format doctor
help: ## this list
	@grep -hE '^[a-z%-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

set-up: $(READY) $(GRAPHIQL) ## the environment in .venv

# several makes may come here at once: one works, the others wait and find it done
$(READY):
	@flock Makefile bash .ci/set-up "$(PYTHON)" "$(READY)"

# GraphiQL is served from this folder, so that no page loads anything from another host
$(GRAPHIQL): web/graphiql/package-lock.json web/graphiql/build.mjs
	@flock web/graphiql/build.mjs bash .ci/set-up-graphiql "$@"

# graphql-http and graphql-codegen, which tests of the interface run
$(HTTP_TOOLS): tests/http/package-lock.json
	@flock tests/http/package.json bash .ci/set-up-node tests/http

# the reference clients of subscriptions
$(CLIENTS): tests/subscriptions/package-lock.json
	@flock tests/subscriptions/package.json bash .ci/set-up-node tests/subscriptions

# both composers and the gateway that tests compose the hub with and run it behind
$(FEDERATION): tests/federation/package-lock.json
	@flock tests/federation/package.json bash .ci/set-up-federation "$@"

run: $(READY) $(GRAPHIQL) ## the whole hub with demonstration data at http://127.0.0.1:8000
	@exec $(BIN)/bashu serve --demo

test: $(READY) $(GRAPHIQL) $(FEDERATION) $(HTTP_TOOLS) $(CLIENTS) ## the tests, on a Neo4j of their own
	@$(BIN)/python -m pytest

test-deep: $(READY) $(GRAPHIQL) $(FEDERATION) $(HTTP_TOOLS) $(CLIENTS) ## crash matrices and large generated cases too
	@$(BIN)/python -m pytest -m 'deep or not deep' --hypothesis-profile=deep

check: $(READY) ## format, lint, types, import contracts; no tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports

format: $(READY) ## what the formatter and linter can mend by themselves
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench-%: $(READY) ## one benchmark of bench/, at most ten minutes
	@timeout --foreground --kill-after=10 600 $(BIN)/python -m bench.$*

doctor: $(READY) ## what this machine lacks, and what mends it
	@$(BIN)/bashu doctor
