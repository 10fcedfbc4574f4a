"""Is this container well? Exit status 0 is yes. Only the standard library, so it starts quickly.

python scripts/healthcheck.py web PORT        the site is ready, asked under its own host name
python scripts/healthcheck.py beat SCHEDULE   the planner wrote its schedule a short while ago
"""

from __future__ import annotations

import http.client
import os
import sys
import time
from pathlib import Path

# The planner writes its schedule every three minutes.
OLDEST_SECONDS = 600.0


def web_is_ready(port: int) -> bool:
    """Whether /readyz answers 200; the host name has to be one that the site answers to."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
    try:
        connection.request("GET", "/readyz", headers={"Host": host.strip("*") or "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def beat_is_alive(schedule: Path) -> bool:
    """Whether a file of the schedule (its ending differs per system) was written recently."""
    written = [path.stat().st_mtime for path in schedule.parent.glob(f"{schedule.name}*")]
    return bool(written) and time.time() - max(written) < OLDEST_SECONDS


def main(arguments: list[str]) -> int:
    match arguments:
        case ["web", port] if port.isdecimal():
            well = web_is_ready(int(port))
        case ["beat", schedule]:
            well = beat_is_alive(Path(schedule))
        case _:
            print(__doc__, file=sys.stderr)  # noqa: T201 - a command line script
            return 2
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
