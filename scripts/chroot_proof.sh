#!/bin/sh
# Proves that the README tells the truth: `make demo` and `make test` from a bare clone on a bare
# Debian 12, as root with an empty home folder, with nothing installed but what the README names.
#
#   sudo scripts/chroot_proof.sh [FOLDER] [demo|test|all]
#
# FOLDER (default /var/tmp/chroot-proof) is made and must not exist yet; it is kept afterwards, so
# that a failure can be looked into. Only committed work is tried: the clone is made from HEAD.
# The mirror, certificates and proxies of this machine are copied at run time and written nowhere.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
chroot=${1:-/var/tmp/chroot-proof}
what=${2:-all}
port=${PORT:-18765}
# The packages of the README, read from the README itself.
packages=$(sed -n 's/^sudo apt-get install //p' "$root/README.md" | head -n 1)

[ "$(id -u)" -eq 0 ] || { echo "Run this as root: debootstrap and chroot ask for it." >&2; exit 1; }
[ ! -e "$chroot" ] || { echo "$chroot exists; remove it or name another folder." >&2; exit 1; }
[ -n "$packages" ] || { echo "The README names no packages." >&2; exit 1; }
case $what in demo | test | all) ;; *) echo "Choose demo, test or all, not $what." >&2; exit 1 ;; esac
command -v debootstrap >/dev/null || { echo "debootstrap is not installed." >&2; exit 1; }

mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Codename: bookworm' | sort -u | head -n 1)
[ -n "$mirror" ] || { echo "apt on this machine knows no mirror for bookworm." >&2; exit 1; }

step() { printf '\n== %s (%ss)\n' "$1" "$(($(date +%s) - started))"; }
started=$(date +%s)

mounted=
clean() {
    for place in $mounted; do umount -l "$place" || true; done
}
trap clean EXIT
trap 'exit 130' INT TERM

step "Debian 12 in $chroot"
debootstrap --variant=minbase bookworm "$chroot" "$mirror" >"$chroot.debootstrap.log" 2>&1 || {
    tail -n 20 "$chroot.debootstrap.log" >&2
    exit 1
}
for folder in proc dev; do
    mount --bind "/$folder" "$chroot/$folder"
    mounted="$chroot/$folder $mounted"
done
rm -rf "$chroot/etc/apt/sources.list" "$chroot/etc/apt/sources.list.d"
for part in sources.list sources.list.d auth.conf.d keyrings; do
    [ ! -e "/etc/apt/$part" ] || cp -aL "/etc/apt/$part" "$chroot/etc/apt/"
done
mkdir -p "$chroot/etc/apt/apt.conf.d"
for part in /etc/apt/apt.conf.d/*; do
    # Only how to reach the mirror; habits of this machine would change what is installed.
    if grep -qE '^[[:space:]]*Acquire' "$part" && ! grep -qE 'DPkg|APT::Install|Update::' "$part"; then
        cp -L "$part" "$chroot/etc/apt/apt.conf.d/"
    fi
done
cp -L /etc/resolv.conf /etc/hosts "$chroot/etc/"

inside() { # a command as root inside, with a clean environment
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8 \
        chroot "$chroot" "$@"
}

step "apt-get install $packages"
inside apt-get update -qq
# shellcheck disable=SC2086 # the list of packages is meant to be split
inside apt-get install -y -qq $packages >"$chroot.apt.log" 2>&1 || {
    tail -n 20 "$chroot.apt.log" >&2
    exit 1
}
mkdir -p "$chroot/etc/ssl/certs"
cp -L /etc/ssl/certs/ca-certificates.crt "$chroot/etc/ssl/certs/" 2>/dev/null || true
find "$chroot/root" -mindepth 1 -delete

step "bare clone"
git clone --quiet --bare "$root" "$chroot/srv/monitor.git"

# How this machine reaches a package registry (proxy, certificate) is the machine's, not ours.
settings=
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY PIP_CERT PIP_INDEX_URL \
    SSL_CERT_FILE REQUESTS_CA_BUNDLE NODE_EXTRA_CA_CERTS; do
    eval "value=\${$name:-}"
    [ -z "$value" ] || settings="$settings $name=$value"
done

visitor() { # a shell line of somebody who just signed in
    # shellcheck disable=SC2086 # the list of settings is meant to be split
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 $settings \
        chroot "$chroot" sh -c "cd /root && $1"
}

visitor "git -c advice.detachedHead=false clone --quiet /srv/monitor.git monitor"

wait_until_ready() { # seconds that make demo may take
    visitor "python3 - <<'PYTHON'
import sys, time, urllib.request
until = time.monotonic() + $1
while time.monotonic() < until:
    try:
        with urllib.request.urlopen('http://127.0.0.1:$port/readyz', timeout=5) as answer:
            if answer.status == 200:
                sys.exit(0)
    except OSError:
        time.sleep(0.2)
sys.exit('The demonstration was not ready within $1 seconds.')
PYTHON"
}

try_demo() { # seconds that the start may take
    visitor "cd monitor && exec make demo PORT=$port" >>"$chroot.demo.log" 2>&1 &
    demo=$!
    before=$(date +%s)
    wait_until_ready "$1" || { tail -n 40 "$chroot.demo.log" >&2; kill "$demo"; exit 1; }
    echo "Ready after $(($(date +%s) - before)) s."
    visitor "python3 -c \"import urllib.request as u; print(u.urlopen('http://127.0.0.1:$port/').status)\""
    # make passes a signal on to nobody: stop the demonstration by the pid that it wrote down.
    kill -TERM "$(cat "$chroot/root/monitor/var/run/demo.pid")"
    wait "$demo" || true
    if visitor "ls monitor/var/run" | grep -q '\.pid$'; then
        echo "The demonstration left processes behind." >&2
        exit 1
    fi
}

if [ "$what" != test ]; then
    step "make demo, first start"
    try_demo 900
    step "make demo, second start (within 10 s, with its data)"
    try_demo 10
fi
if [ "$what" != demo ]; then
    step "make test"
    visitor "cd monitor && make test" >"$chroot.test.log" 2>&1 || {
        tail -n 60 "$chroot.test.log" >&2
        exit 1
    }
    tail -n 5 "$chroot.test.log"
fi
step "proven"
