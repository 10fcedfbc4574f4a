#!/usr/bin/env bash
# The static checks. All of them run, so that one round shows everything; any failure fails.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()
run() {
  local name="$1"
  shift
  echo "--- $name"
  "$@" || failed+=("$name")
}
py=.venv/bin/python
run 'ruff' $py -m ruff check .
run 'ruff format' $py -m ruff format --check .
run 'mypy' $py -m mypy .
run 'bandit' $py -m bandit --quiet --recursive --configfile pyproject.toml \
  accounts agenda config contracts core demo monitor reporting scripts manage.py
run 'layers' $py -c 'import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())'
run 'templates: lint' $py -m djlint templates --lint --quiet
run 'locks' $py -m scripts.locks
run 'migrations' env DATABASE_URL=sqlite://:memory: $py manage.py makemigrations --check --dry-run
if [ "${#failed[@]}" -gt 0 ]; then
  printf 'Failed: %s\n' "${failed[*]}" >&2
  exit 1
fi
echo 'All static checks passed.'
