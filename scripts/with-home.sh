#!/usr/bin/env bash
# Runs a command with a home folder that can be written: fonts, pip and Chromium all keep a cache
# there, and an empty or missing HOME makes them fail or complain.
set -euo pipefail
if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
  HOME="$(cd "$(dirname "$0")/.." && pwd)/var/home"
  mkdir -p "$HOME"
  export HOME
fi
exec "$@"
