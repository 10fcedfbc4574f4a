# `make` alone explains the targets.

PORT ?= 8000
PYTHON := .venv/bin/python
export UV_NO_PROGRESS := 1

.DEFAULT_GOAL := help
.PHONY: help demo test check lock sbom bench beelden clean

help: ## Explain the targets (this text).
	@echo 'Monitor Sociaal Domein: what make can do'
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do printf '%-14s%s\n' "$$name" "$$text"; done
	@echo
	@echo '  make demo PORT=8001 takes another port; make test ARGS="-k waarde" runs some tests only.'

demo: ## Install what is needed and start the demonstration on http://localhost:8000.
	@scripts/bootstrap.sh run
	@scripts/with-home.sh $(PYTHON) manage.py run_demo --port $(PORT)

test: ## Run all tests: SQLite, and PostgreSQL with Redis where both answer.
	@scripts/test.sh $(ARGS)

check: ## Run the static checks: style, types, layers, templates, migrations.
	@scripts/bootstrap.sh test
	@scripts/check.sh

lock: ## Pin the newest allowed versions in requirements.txt and requirements-dev.txt.
	@scripts/lock.sh

sbom: ## List what is shipped, with versions and licences, in var/sbom.json (CycloneDX).
	@scripts/bootstrap.sh run
	@$(PYTHON) -m scripts.sbom

bench: ## Measure pages, document and export; print a table and write var/bench.json.
	@scripts/bootstrap.sh test
	@scripts/with-home.sh $(PYTHON) -m bench

beelden: ## Make the pictures of the guides and the README from the demonstration.
	@scripts/bootstrap.sh test
	@scripts/with-home.sh $(PYTHON) scripts/handleiding_beelden.py

clean: ## Remove what was installed and cached here; the data in var/ stays.
	@if [ -L .venv ]; then echo '.venv is a link and stays.'; else rm -rf .venv; fi
	@rm -rf tests/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -not -path './.venv/*' -not -path './var/*' -prune -exec rm -rf {} +
