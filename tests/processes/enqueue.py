"""Make the throwaway database and ask for one slow job: ``python -m tests.processes.enqueue``."""

from __future__ import annotations

import sys

import django


def main(log: str, pid_file: str) -> None:
    django.setup()
    from django.core.management import call_command

    from core.jobs import enqueue

    call_command("migrate", verbosity=0)
    enqueue("slow_probe", "the-one", {"log": log, "pid_file": pid_file})


if __name__ == "__main__":
    main(*sys.argv[1:])
