"""The real settings, for worker and beat processes under test, with a job of the tests' own."""

from config.settings import *  # noqa: F403

JOB_HANDLERS = {"slow_probe": "tests.processes.handlers.slow_probe"}
