"""What is shipped, as a CycloneDX bill of materials: ``python -m scripts.sbom`` (``make sbom``).

Written to ``var/sbom.json``: every package of ``requirements.txt`` with its hashes and the licence
that it declares, and the style sheet, script and typefaces in ``static/``. Made from the lock and
from what is installed, without a network; the same release gives the same file.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from scripts.locks import ROOT, Pin, read_lock

TARGET = ROOT / "var" / "sbom.json"
# Names of licences in the classifiers of packages, as SPDX writes them.
CLASSIFIED = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-3.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
}
# Packages that offer a choice, which their classifiers do not say.
CHOSEN = {"pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1"}
LONGEST_NAME = 80  # of a licence; some packages put the whole text where its name belongs


@dataclass(frozen=True)
class Asset:
    """What was copied into ``static/`` by scripts/vendor_assets.sh."""

    package: str
    variable: str  # of that script, which holds the version
    licence: str
    files: tuple[str, ...]  # patterns under static/


ASSETS = (
    Asset("bootstrap", "BOOTSTRAP", "MIT", ("vendor/bootstrap.*",)),
    Asset("htmx.org", "HTMX", "0BSD", ("vendor/htmx.*",)),
    Asset("@fontsource/fira-sans", "FIRA_SANS", "OFL-1.1", ("fonts/**/fira-sans-*",)),
    Asset("@fontsource-variable/source-serif-4", "SOURCE_SERIF", "OFL-1.1", ("fonts/*-opsz-*",)),
    Asset(
        "@fontsource/source-serif-4",
        "SOURCE_SERIF",
        "OFL-1.1",
        ("fonts/document/source-serif-4-*",),
    ),
)


def licence_of(package: str) -> dict[str, Any] | None:
    """The licence that an installed package declares, as CycloneDX writes it."""
    try:
        told = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return None
    expressions = [CHOSEN[package]] if package in CHOSEN else told.get_all("License-Expression")
    if expressions:
        return {"expression": expressions[0]}
    for classifier in told.get_all("Classifier") or []:
        name = classifier.rsplit(" :: ", 1)[-1]
        if classifier.startswith("License ::") and name in CLASSIFIED:
            return {"license": {"id": CLASSIFIED[name]}}
    name = (told.get_all("License") or [""])[0].strip()
    if not name or len(name) > LONGEST_NAME:
        return None
    return {"license": {"id" if name in CLASSIFIED.values() else "name": name}}


def python_component(pin: Pin) -> dict[str, Any]:
    purl = f"pkg:pypi/{pin.name}@{pin.version}"
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": purl,
        "name": pin.name,
        "version": pin.version,
        "purl": purl,
        # One for each file that may be installed: which one depends on the machine.
        "properties": [{"name": "lock:sha256", "value": value} for value in pin.hashes],
    }
    if licence := licence_of(pin.name):
        component["licenses"] = [licence]
    return component


def asset_components() -> Iterator[dict[str, Any]]:
    script = (ROOT / "scripts" / "vendor_assets.sh").read_text()
    versions = dict(re.findall(r"^([A-Z_]+)=([\d.]+)$", script, re.MULTILINE))
    for asset in ASSETS:
        version = versions[asset.variable]
        purl = f"pkg:npm/{asset.package.replace('@', '%40')}@{version}"
        files = sorted({path for each in asset.files for path in (ROOT / "static").glob(each)})
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": asset.package,
            "version": version,
            "purl": purl,
            "licenses": [{"license": {"id": asset.licence}}],
            "components": [file_component(path) for path in files],
        }


def file_component(path: Path) -> dict[str, Any]:
    name = str(path.relative_to(ROOT))
    return {
        "type": "file",
        "bom-ref": name,
        "name": name,
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
    }


def bill_of_materials() -> dict[str, Any]:
    """The whole of it. Raises ``ValueError`` when the lock is not one."""
    pins, problems = read_lock((ROOT / "requirements.txt").read_text())
    if problems:
        raise ValueError("; ".join(problems))
    told = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    version = told[1] if told else "0"
    root = f"monitor-sociaal-domein@{version}"
    components = [*map(python_component, pins), *asset_components()]
    content = json.dumps(components, sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, root + content)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": "monitor-sociaal-domein",
                "version": version,
                "licenses": [{"license": {"id": "EUPL-1.2"}}],
            }
        },
        "components": components,
        "dependencies": [
            {"ref": root, "dependsOn": [component["bom-ref"] for component in components]}
        ],
    }


def main() -> None:
    TARGET.parent.mkdir(exist_ok=True)
    bill = bill_of_materials()
    TARGET.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n")
    sys.stdout.write(f"{TARGET.relative_to(ROOT)}: {len(bill['components'])} components\n")


if __name__ == "__main__":
    main()
