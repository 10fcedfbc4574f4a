"""``make bench``: measure pages, document and export on a data set of the peer's size.

Prints a table and writes ``var/bench.json``. Everything runs on a throwaway data folder; nothing of
an installation is touched. Times are medians of repeated runs on this machine; what they are
compared with stands in ``AIMS``.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="monitor-bench-") as folder:
        os.environ["DATA_DIR"] = folder
        os.environ["MODE"] = "demo"
        os.environ["LOG_LEVEL"] = "ERROR"
        os.environ.pop("DATABASE_URL", None)
        os.environ.pop("CELERY_BROKER_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        from bench import measure

        results = measure.all_of_it()
    print(measure.table(results))
    out = ROOT / "var" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(
        json.dumps(
            {
                "python": platform.python_version(),
                "machine": platform.machine(),
                "cores": os.cpu_count(),
                "results": [result.to_json() for result in results],
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )
    print(f"\nOok in {out.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
