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
CONSOLE := console/dist/index.html
CONSOLE_TOOLS := console/node_modules/.package-lock.json
CONSOLE_FROM := schema.graphql console/package-lock.json $(shell find console/src console/build console/*.ts console/*.html -type f 2>/dev/null | grep -v '/made/')
FONT := web/documents/font/dist/NotoSerifSC_400Regular.ttf
SIGN_ON := demo/sign_on/node_modules/.package-lock.json
NODE_TOOLS := $(patsubst %,tests/%/node_modules/.package-lock.json,federation http subscriptions) $(SIGN_ON)

.PHONY: help set-up fonts font-if-possible run demo-two-bases test test-deep test-keycloak test-production-flows test-browser test-browser-all screenshots guides check format doctor
help: ## this list
	@grep -hE '^[a-z%-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

set-up: $(READY) $(GRAPHIQL) $(FONT) $(CONSOLE) ## the environment in .venv

# several makes may come here at once: one works, the others wait and find it done
$(READY):
	@flock Makefile bash .ci/set-up "$(PYTHON)" "$(READY)"

# GraphiQL is served from this folder, so that no page loads anything from another host
$(GRAPHIQL): web/graphiql/package-lock.json web/graphiql/build.mjs
	@flock web/graphiql/build.mjs bash .ci/set-up-graphiql "$@"

# the console, from its sources and the committed schema; a document that the schema does not fit fails here
# the scripts of /api count in its budgets
$(CONSOLE): $(CONSOLE_FROM) $(CONSOLE_TOOLS) | $(GRAPHIQL)
	@flock console/package.json bash .ci/set-up-console "$@"

# its tools bring a Node.js of their own, as a package
$(CONSOLE_TOOLS): console/package-lock.json
	@flock console/package.json bash .ci/set-up-node console

# certificates carry it; it is set up beside the code, so that every machine draws the same
$(FONT): web/documents/font/package-lock.json
	@flock web/documents/font/package.json bash .ci/set-up-font "$@"

fonts: $(FONT) ## the Chinese font of certificates

# the hub runs without it, and says at /certificates what is missing
font-if-possible:
	@$(MAKE) --no-print-directory $(FONT) || echo "Certificates cannot be drawn yet; set up their font with: make fonts" >&2

# other people's tools that tests run: graphql-http and codegen, composers and a gateway, clients of subscriptions
tests/%/node_modules/.package-lock.json: tests/%/package-lock.json
	@flock tests/$*/package.json bash .ci/set-up-node tests/$*

# the demonstration's OpenID provider
$(SIGN_ON): demo/sign_on/package-lock.json
	@flock demo/sign_on/package.json bash .ci/set-up-node demo/sign_on

run: $(READY) $(GRAPHIQL) $(CONSOLE) $(SIGN_ON) font-if-possible ## the whole hub with demonstration data at http://127.0.0.1:8000
	@exec $(BIN)/bashu serve --demo

demo-two-bases: $(READY) $(GRAPHIQL) $(CONSOLE) $(SIGN_ON) font-if-possible ## two hubs, two Neo4j, two agencies, one sign-on
	@exec $(BIN)/bashu demo two-bases

test: $(READY) $(GRAPHIQL) $(CONSOLE) $(FONT) $(NODE_TOOLS) ## the tests, on a Neo4j of their own
	@$(BIN)/python -m pytest -n 2 --dist loadfile

test-deep: $(READY) $(GRAPHIQL) $(CONSOLE) $(FONT) $(NODE_TOOLS) ## crash matrices and large generated cases too
	@$(BIN)/python -m pytest -m 'not keycloak and not production' --hypothesis-profile=deep

test-keycloak: $(READY) $(GRAPHIQL) $(CONSOLE) ## signing on at a real Keycloak, which Maven fetches once
	@$(BIN)/python -m pytest tests/keycloak -m keycloak

test-production-flows: $(READY) $(GRAPHIQL) $(CONSOLE) ## flows on a Prefect with real PostgreSQL and Redis, by two workers
	@$(BIN)/python -m pytest tests/production -m production

test-browser: $(READY) $(CONSOLE_TOOLS) $(GRAPHIQL) $(SIGN_ON) $(CONSOLE) ## the console in a real browser: journeys, each page in two of eight looks
	@bash .ci/set-up-browser
	@npm --prefix console run --silent test-browser

test-browser-all: $(READY) $(CONSOLE_TOOLS) $(GRAPHIQL) $(SIGN_ON) $(CONSOLE) ## the same with each page in all eight looks
	@bash .ci/set-up-browser
	@BASHU_ALL_LOOKS=1 npm --prefix console run --silent test-browser

screenshots: $(READY) $(CONSOLE_TOOLS) $(GRAPHIQL) $(SIGN_ON) $(CONSOLE) ## each page in all looks, into .data/screenshots
	@bash .ci/set-up-browser
	@BASHU_ALL_LOOKS=1 npm --prefix console run --silent screenshots

guides: screenshots ## the guides as pages with pictures of the console, into .data/guides
	@$(BIN)/python docs/pages.py .data/screenshots .data/guides

check: $(READY) $(CONSOLE_TOOLS) $(CONSOLE) ## format, lint, types, import contracts; no tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	npm --prefix console run --silent check

format: $(READY) ## what the formatter and linter can mend by themselves
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	npm --prefix console run --silent format

# the whole hub in a browser: all that `make run` needs, and the browser's tools
bench-console: $(CONSOLE_TOOLS) $(GRAPHIQL) $(SIGN_ON) $(CONSOLE)

bench-%: $(READY) ## one benchmark of bench/, at most ten minutes
	@timeout --foreground --kill-after=10 600 $(BIN)/python -m bench.$*

doctor: $(READY) ## what this machine lacks, and what mends it
	@$(BIN)/bashu doctor
