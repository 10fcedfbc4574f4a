#!/usr/bin/env bash
# All tests on SQLite. Where PostgreSQL and Redis answer: on SQLite and, at the same time and shown
# afterwards, on PostgreSQL with Redis as the broker. What starts servers of its own (always on
# SQLite) or takes minutes and hardly depends on the database then runs in one of the two (-m below;
# pyproject.toml names the markers). A failing run ends it, so that the last summary on the screen
# is never greener than the whole. Arguments go to pytest.
#
# The whole suite makes its databases with the migrations. A choice of tests (arguments) makes them
# from the models, as pytest alone does (pyproject.toml): that takes seconds instead of a minute.
#
#   TEST_DATABASE_URL  PostgreSQL that may make databases (default postgres://postgres@127.0.0.1:5432/…)
#   TEST_REDIS_URL     Redis (default redis://127.0.0.1:6379/0); keys get a prefix of this run
#   CI                 set: a server that does not answer is an error
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${TEST_HOME:-}" ]; then
  TEST_HOME=1 exec scripts/with-home.sh scripts/test.sh "$@"
fi
scripts/bootstrap.sh test

database="${TEST_DATABASE_URL:-postgres://postgres@127.0.0.1:5432/monitor_$$}"
broker="${TEST_REDIS_URL:-redis://127.0.0.1:6379/0}"
silent="$(.venv/bin/python scripts/servers_answer.py "$database" "$broker")"
if [ -n "$silent" ] && [ -n "${CI:-}" ]; then
  printf '%s\n' "$silent" >&2
  echo 'CI tests on both databases: start these servers.' >&2
  exit 1
fi

if [ $# -eq 0 ]; then
  set -- --migrations
fi

# What the caller happens to have set must not decide what is tested.
unset DATABASE_URL CELERY_BROKER_URL CACHE_URL DATA_DIR TEST_BROKER_URL MODE DEBUG

if [ -n "$silent" ]; then
  echo '=== Tests on SQLite'
  .venv/bin/python -m pytest "$@"
  printf '%s\n' "$silent"
  echo 'Ran on SQLite only.'
  exit 0
fi

# Side by side: each run keeps one processor busy. Job control (-m) lets the other run hear an
# interrupt, at which it removes its database.
other="$(mktemp)"
running=
finish() {
  if [ -n "$running" ] && kill -INT "$running" 2>/dev/null; then
    wait "$running" || true
  fi
  rm -f "$other"
}
trap finish EXIT
set -m
DATABASE_URL="$database" TEST_BROKER_URL="$broker" \
  .venv/bin/python -m pytest -m 'not (browser or processes or rights)' "$@" >"$other" 2>&1 &
running=$!
set +m

echo '=== Tests on SQLite'
.venv/bin/python -m pytest -m 'not crawl' "$@"
echo '=== Tests on PostgreSQL with Redis as the broker, meanwhile'
failed=0
wait "$running" || failed=$?
running=
cat "$other"
exit "$failed"
