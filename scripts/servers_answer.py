"""Says which of the two test servers does not answer; prints nothing when both do.

Usage: servers_answer.py POSTGRES_URL REDIS_URL
"""

from __future__ import annotations

import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg2  # type: ignore[import-untyped]  # it ships no types
import redis


def silent_servers(database_url: str, broker_url: str) -> list[str]:
    problems = []
    # The database in the URL is made by the tests; ask for one that always exists.
    address = urlunsplit(urlsplit(database_url)._replace(path="/postgres"))
    try:
        psycopg2.connect(address, connect_timeout=3).close()
    except psycopg2.Error as error:
        problems.append(f"PostgreSQL does not answer: {str(error).strip().splitlines()[0]}")
    try:
        redis.Redis.from_url(broker_url, socket_connect_timeout=3).ping()
    except redis.RedisError as error:
        problems.append(f"Redis does not answer: {error}")
    return problems


if __name__ == "__main__":
    for problem in silent_servers(sys.argv[1], sys.argv[2]):
        print(problem)  # noqa: T201 - the answer of this script
