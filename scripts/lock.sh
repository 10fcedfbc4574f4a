#!/usr/bin/env bash
# Writes both locks: every version with its hashes, and no address of a package index.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/bootstrap.sh run
uv="$(command -v .venv/bin/uv || command -v uv || true)"
if [ -z "$uv" ]; then
  .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
  uv=.venv/bin/uv
fi
compile=("$uv" pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11)
"${compile[@]}" --upgrade pyproject.toml -o requirements.txt
# The test lock takes the same versions, so that the tests test what is shipped.
"${compile[@]}" --upgrade --extra dev --constraint requirements.txt pyproject.toml -o requirements-dev.txt
if grep -nE '://|--(extra-)?index-url|--find-links' requirements.txt requirements-dev.txt; then
  echo 'A lock holds an address: take it out.' >&2
  exit 1
fi
