"""What every visited page must be: answered, silent, accessible, as wide as the screen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page

from tests.second_step import SECRET, code_of

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tests/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

#: Runs before any script of the page; what the policy blocks is kept for ``visit``.
LISTEN = """
window.blockedByPolicy = [];
document.addEventListener("securitypolicyviolation", event => {
  window.blockedByPolicy.push(`${event.violatedDirective}: ${event.blockedURI || "inline"}`);
});
"""
RUN_AXE = """
async rules => {
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]});
  return found.violations.map(v => `${v.id} (${v.impact}): ${v.help}\\n` +
    v.nodes.slice(0, 5).map(n => `      ${n.target.join(" ")}: ${n.html.slice(0, 160)}\\n` +
      `        ${n.failureSummary.replace(/\\n\\s*/g, " ")}`).join("\\n"));
}
"""
TOO_WIDE = """
() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")]
    .filter(e => e.getBoundingClientRect().right > root.clientWidth + 1)
    .slice(0, 5).map(e => e.outerHTML.slice(0, 120));
  return [`${root.scrollWidth} px on a screen of ${root.clientWidth}: ${wide.join(" | ")}`];
}
"""


@dataclass
class Visitor:
    """A browser page that checks what it visits; ``page`` is Playwright's, for the journey."""

    page: Page
    address: str
    kept: Path
    noise: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(LISTEN)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.noise.append(f"script error: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.noise.append(f"console: {message.text} ({where})")

    def visit(self, path: str, *, status: int = 200) -> Page:
        """Open ``path`` and check the whole page; fails with all that is wrong with it."""
        self.noise.clear()
        address = path if path.startswith("http") else self.address + path
        response = self.page.goto(address, wait_until="load")
        assert response is not None
        assert response.status == status, f"{path} answers {response.status}, not {status}"
        if status >= 400:
            # Chromium itself reports the answer that was asked for.
            self.noise = [line for line in self.noise if f"({response.url})" not in line]
        self.keep(response.text())
        self.check()
        return self.page

    def check(self) -> None:
        """The page as it stands now, after whatever a test did on it."""
        problems = list(self.noise)
        problems += [f"blocked by the policy: {w}" for w in self.page.evaluate("blockedByPolicy")]
        self.page.evaluate(AXE.read_text())
        problems += [f"axe: {found}" for found in self.page.evaluate(RUN_AXE, RULES)]
        problems += [f"too wide: {found}" for found in self.page.evaluate(TOO_WIDE)]
        lines = "\n".join(f"  - {problem}" for problem in problems)
        assert not problems, f"{self.page.url} at {self.page.viewport_size}:\n{lines}"

    def check_widths(self, *widths: int) -> None:
        """The page that is open fits screens of these widths too; ends at the last one."""
        assert self.page.viewport_size is not None
        height = self.page.viewport_size["height"]
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": height})
            found = self.page.evaluate(TOO_WIDE)
            assert not found, f"{self.page.url}: {found}"

    def keep(self, html: str) -> None:
        """The HTML as the server sent it, once, for the HTML checker at the end."""
        name = hashlib.sha256(html.encode()).hexdigest()[:16]
        (self.kept / f"{name}.html").write_text(html)
        with (self.kept / "addresses.txt").open("a") as addresses:
            addresses.write(f"{name} {self.page.url}\n")

    def sign_in(self, email: str, password: str) -> None:
        """Through the real form, checked as any page."""
        self.visit("/account/login/")
        self.enter(email, password)

    def enter(self, email: str, password: str) -> None:
        """On the sign-in page that is open; ends where it leads to."""
        page = self.page
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(password)
        with page.expect_navigation():
            page.locator("input[name=password]").press("Enter")
        # A code works once: who signs in again takes the next.
        for steps in (-1, 0, 1):
            if "/2fa/authenticate/" not in page.url:
                break
            self.check()
            page.locator("input[name=code]").fill(code_of(SECRET, steps))
            with page.expect_navigation():
                page.locator("input[name=code]").press("Enter")
        assert "/account/" not in page.url, page.locator("main").inner_text()


def messages(report: dict[str, Any], addresses: dict[str, str]) -> tuple[list[str], list[str]]:
    """Errors and warnings of the HTML checker's report, with the address of the page."""
    errors: list[str] = []
    warnings: list[str] = []
    for message in report["messages"]:
        name = Path(message.get("url", "")).stem
        line = (
            f"{addresses.get(name, name)}:{message.get('lastLine', '?')}: {message['message']} "
            f"[{message.get('extract', '').strip()[:120]}]"
        )
        (errors if message["type"] != "info" else warnings).append(line)
    return errors, warnings
