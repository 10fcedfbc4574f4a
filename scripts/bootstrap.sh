#!/usr/bin/env bash
# Installs what the project needs on a Debian 12 that has nothing: `bootstrap.sh run` for the
# application, `bootstrap.sh test` for the tests as well. Safe to repeat; what stands is left alone.
set -euo pipefail

purpose="${1:-run}"
case "$purpose" in
  run) lock=requirements.txt ;;
  test) lock=requirements-dev.txt ;;
  *) echo "Usage: scripts/bootstrap.sh run|test" >&2; exit 2 ;;
esac

root="$(cd "$(dirname "$0")/.." && pwd -P)"
cd "$root"
if [ -z "${BOOTSTRAP_HOME:-}" ]; then
  BOOTSTRAP_HOME=1 exec scripts/with-home.sh scripts/bootstrap.sh "$purpose"
fi

# Two starts at once would install over each other.
mkdir -p var
if command -v flock >/dev/null; then
  exec 9>var/bootstrap.lock
  flock 9
fi

# --- System packages -------------------------------------------------------------------------------
has_package() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
has_library() { has_package "$1" || ldconfig -p 2>/dev/null | grep -q "$2"; }

missing=()
python="$(command -v python3.12 || command -v python3.11 || command -v python3 || true)"
if [ -z "$python" ] || ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  missing+=(python3 python3-venv)
  python=""
fi
# WeasyPrint loads these when it writes a document.
has_library libpango-1.0-0 'libpango-1\.0\.so\.0' || missing+=(libpango-1.0-0)
has_library libpangoft2-1.0-0 'libpangoft2-1\.0\.so\.0' || missing+=(libpangoft2-1.0-0)
has_library libharfbuzz-subset0 'libharfbuzz-subset\.so\.0' || missing+=(libharfbuzz-subset0)
if [ "$purpose" = test ]; then
  command -v git >/dev/null || missing+=(git)
  command -v chromium >/dev/null || missing+=(chromium)
  command -v java >/dev/null || missing+=(default-jre-headless)
  command -v node >/dev/null || missing+=(nodejs)
  command -v npm >/dev/null || missing+=(npm)
  command -v pdftotext >/dev/null || missing+=(poppler-utils)
  # The driver of the browser tests brings a node of its own, which loads this.
  has_library libatomic1 'libatomic\.so\.1' || missing+=(libatomic1)
fi
if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    log=var/apt.log
    if ! { apt-get update -qq && apt-get install -qq -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
      cat "$log" >&2
      echo "The packages above could not be installed." >&2
      exit 1
    fi
  else
    echo "These packages are missing. Install them first, then run the same command again:" >&2
    echo "  sudo apt install ${missing[*]}" >&2
    exit 1
  fi
fi
[ -n "$python" ] || python="$(command -v python3)"
if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))'; then
  echo "Python 3.11 or 3.12 is needed; $("$python" --version) was found." >&2
  exit 1
fi

# --- Python packages, as locked --------------------------------------------------------------------
# A virtual environment does not survive a move: its scripts name its path, so they are asked.
# A .venv that is a link belongs to somebody else: it is used and filled, never cleared.
stamp_of() { printf '%s %s\n' "$(sha256sum <"$1" | cut -d' ' -f1)" "$(cd .venv && pwd -P)"; }
if [ ! -L .venv ]; then
  if ! grep -qF "$root/.venv/bin/python" .venv/bin/pip 2>/dev/null || ! .venv/bin/python -c '' 2>/dev/null; then
    echo "Making the virtual environment in .venv"
    "$python" -m venv --clear .venv
  fi
fi
if [ "$(cat ".venv/.installed-$lock" 2>/dev/null)" != "$(stamp_of "$lock")" ]; then
  echo "Installing the Python packages of $lock"
  # Another lock may disagree about a version: only the last one installed is known to hold.
  rm -f .venv/.installed-*
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --no-deps --require-hashes -r "$lock"
  stamp_of "$lock" >".venv/.installed-$lock"
  if [ "$purpose" = test ]; then
    # scripts/lock.sh makes the test lock contain the other one, so that it is installed too.
    stamp_of requirements.txt >.venv/.installed-requirements.txt
  fi
fi

# --- Test tools of npm, as locked ------------------------------------------------------------------
if [ "$purpose" = test ]; then
  wanted="$(sha256sum <tests/package-lock.json)"
  if [ "$(cat tests/node_modules/.installed 2>/dev/null)" != "$wanted" ]; then
    echo "Installing the test tools of tests/package-lock.json"
    (cd tests && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --ignore-scripts --no-fund --no-audit --loglevel=error >/dev/null)
    printf '%s\n' "$wanted" >tests/node_modules/.installed
  fi
fi
