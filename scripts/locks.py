"""Both locks hold one exact version and at least one SHA-256 of everything: ``-m scripts.locks``.

So that what is installed is what was read, wherever it comes from. Needs no network.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)(?:\[[a-z0-9,-]+\])?==(?P<version>[\w.!+-]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Pin:
    """One package of a lock, with the SHA-256 of each file that may be installed for it."""

    name: str
    version: str
    hashes: tuple[str, ...]


def read_lock(text: str) -> tuple[list[Pin], list[str]]:
    """The packages in a lock, and what is wrong with its lines."""
    pins, problems = [], []
    for line in re.sub(r"\\\n", " ", text).splitlines():
        words = line.split("#", 1)[0].split()
        if not words:
            continue
        pin = PIN.fullmatch(words[0])
        hashes = tuple(found[1] for word in words[1:] if (found := HASH.fullmatch(word)))
        if pin is None:
            problems.append(f"no exact version: {words[0]}")
        elif not hashes:
            problems.append(f"no hash: {words[0]}")
        elif len(hashes) != len(words) - 1:
            problems.append(f"more than a version and its hashes: {words[0]}")
        else:
            pins.append(Pin(pin["name"], pin["version"], hashes))
    names = [pin.name for pin in pins]
    problems += [f"twice: {name}" for name in sorted({n for n in names if names.count(n) > 1})]
    return pins, problems


def main() -> int:
    """Say what is wrong with the locks; 1 when anything is."""
    wrong = 0
    for name in LOCKS:
        for problem in read_lock((ROOT / name).read_text())[1]:
            sys.stderr.write(f"{name}: {problem}\n")
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
