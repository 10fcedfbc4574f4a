"""The site as it runs for real, on a throwaway data folder: gunicorn, a Celery worker, and the
provider at which staff signs in."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.sign_on.running import BACK, Provider

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 60.0


class Site:
    """``start`` returns when the site says that it is ready; ``stop`` leaves no process behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = ""
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.provider = Provider()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        # The data folder decides: SQLite and the file-system broker within it.
        self.environment = {
            **kept,
            "DATA_DIR": str(folder / "data"),
            "LOG_LEVEL": "WARNING",
            # Longer than these tests take: their people sign in once.
            "SESSION_MINUTES_PARTNER": "60",
            "SESSION_MINUTES_STAFF": "240",
            "PYTHONPATH": str(ROOT),
        }

    def start(self) -> None:
        with socket.socket() as listener:
            self._start(listener)

    def _start(self, listener: socket.socket) -> None:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        port = listener.getsockname()[1]
        self.address = f"http://localhost:{port}"
        self.environment["BASE_URL"] = self.address
        self.provider.start(f"{self.address}{BACK}")
        self.environment |= self.provider.settings()
        self.manage("migrate", "--verbosity=0")
        self.manage("collectstatic", "--noinput", "--verbosity=0")
        if "load_demo" in self.manage("help", "--commands").split():
            self.manage("load_demo")
        self.run("-m", "tests.browser.cast")
        # The server takes over a socket that already listens: no port is lost in between, and the
        # first request waits in its queue until the server is there, so nothing polls.
        listener.set_inheritable(True)
        self._spawn(
            "web",
            [
                *("-m", "gunicorn", "config.wsgi:application", "--threads", "4"),
                *("--config", "python:config.gunicorn"),
                *("--bind", f"fd://{listener.fileno()}", "--log-level", "warning"),
            ],
            pass_fds=(listener.fileno(),),
        )
        listener.close()
        self._spawn("worker", ["-m", "celery", "-A", "config.celery", "worker", "-c", "1"])
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=DEADLINE) as answer:
                assert answer.status == 200
        except (URLError, OSError) as error:
            logs = self.logs()
            self.stop()
            raise AssertionError(f"The site is not ready: {error}\n{logs}") from error

    def manage(self, *command: str) -> str:
        return self.run("manage.py", *command)

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=10 * DEADLINE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _spawn(self, name: str, arguments: list[str], pass_fds: tuple[int, ...] = ()) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=pass_fds,
            )

    def logs(self) -> str:
        return "\n".join(
            f"--- {name}\n{(self.folder / f'{name}.log').read_text(errors='replace')}"
            for name in self.processes
        )

    def stop(self) -> None:
        self.provider.stop()
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
