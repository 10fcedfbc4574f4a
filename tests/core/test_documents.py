"""Documents are accessible, closed off, and the same every time."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import json
import os
import socket
import subprocess
import sys
import urllib.request
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from core.child import ChildFailed
from core.constants import JobState
from core.documents import (
    STATIC_BASE,
    ClosedFetcher,
    DocumentFault,
    RefusedResource,
    asset_name,
    render_pdf,
)
from core.jobs import JobCancelled, JobFailed, JobRun
from core.models import Job
from core.rendering import render_in_child

SECRET = b"geheim"


def _document(body: str = "<p>Tekst.</p>", head: str = "") -> str:
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Proef</title>'
        f"<style>@page {{ size: A4 }}</style>{head}</head><body><h1>Proef</h1>{body}</body></html>"
    )


def _table(rows: int) -> str:
    lines = "".join(
        f'<tr><th scope="row">Kern {n}</th><td>{n}</td><td>{n * 2}</td></tr>' for n in range(rows)
    )
    return (
        "<table><caption>Aantallen</caption><thead><tr>"
        '<th scope="col">Kern</th><th scope="col">2017</th><th>2018</th></tr></thead>'
        f"<tbody>{lines}</tbody></table>"
    )


def _png() -> bytes:
    """A picture of one grey point."""

    def part(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + kind + body + check

    header = b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", header)
        + part(b"IDAT", zlib.compress(b"\x00\x80"))
        + part(b"IEND", b"")
    )


@pytest.fixture
def static(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    (folder / "css").mkdir(parents=True)
    (folder / "css" / "document.css").write_text("h1 { color: #204060 }")
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path)
    return folder


# -- closed off ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "/etc/passwd",
        "http://127.0.0.1:8000/",
        "https://example.org/logo.png",
        "ftp://example.org/x",
        "data:text/plain,hallo",
        "javascript:alert(1)",
        "https://static.invalid@example.org/css/document.css",
        "https://static.invalid.example.org/css/document.css",
        "static:../secret.txt",
        "static:css/../../secret.txt",
        "static:%2e%2e/secret.txt",
        "static:%2e%2e%2fsecret.txt",
        "static:////etc/passwd",
        "static:///etc/passwd",
        f"{STATIC_BASE}../secret.txt",
        f"{STATIC_BASE}/etc/passwd",
        "static:link.txt",
        "static:up/secret.txt",
        "static:css",
        "static:",
        "static:css/document.css%00",
        "static:nothing.css",
        f"asset:{'0' * 64}",
        "asset:../secret.txt",
    ],
)
def test_the_fetcher_refuses_what_is_not_the_documents_own(url: str, static: Path) -> None:
    with pytest.raises(RefusedResource):
        ClosedFetcher([static], {}).read(url)


@pytest.mark.parametrize(
    "url",
    [
        "static:css/document.css",
        "static:/css/document.css",
        "static:css/document.css?v=1#x",
        f"{STATIC_BASE}css/document.css",
    ],
)
def test_the_fetcher_gives_static_files(url: str, static: Path) -> None:
    assert ClosedFetcher([static], {}).read(url) == (b"h1 { color: #204060 }", "text/css")


def test_the_fetcher_gives_the_pictures_that_were_handed_in(static: Path) -> None:
    digest = hashlib.sha256(_png()).hexdigest()
    assert asset_name(_png()) == f"asset:{digest}"
    assert ClosedFetcher([static], {digest: _png()}).read(f"asset:{digest}") == (
        _png(),
        "image/png",
    )


@examples(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(["static:", "static:/", STATIC_BASE, "asset:", "file:", "file://", ""]),
    st.lists(
        st.sampled_from(
            [
                "..",
                ".",
                "/",
                "//",
                "%2e%2e",
                "%2f",
                "css",
                "up",
                "link.txt",
                "secret.txt",
                "\\",
                "%",
                "etc/passwd",
                "document.css",
                "static",
                "%00",
                "?",
                "#",
                "@",
                ":",
                "~",
            ]
        ),
        max_size=8,
    ),
)
def test_no_path_leads_out_of_the_static_files(static: Path, scheme: str, parts: list[str]) -> None:
    try:
        body, _ = ClosedFetcher([static], {}).read(scheme + "".join(parts))
    except RefusedResource:
        return
    assert body == b"h1 { color: #204060 }"


@pytest.mark.parametrize(
    "html",
    [
        _document('<img alt="x" src="file:///etc/passwd">'),
        _document('<img alt="x" src="http://127.0.0.1:1/x.png">'),
        _document('<img alt="x" src="data:image/png;base64,AAAA">'),
        _document('<img alt="x" src="../secret.txt">'),
        _document(head='<link rel="stylesheet" href="https://example.org/x.css">'),
        _document(head='<style>@import url("file:///etc/passwd");</style>'),
        _document(head="<style>h1 { background: url(//example.org/x.png) }</style>"),
        _document(head='<base href="file:///etc/"><link rel="stylesheet" href="passwd">'),
        _document(
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title>'
            '<image href="file:///etc/passwd" width="9" height="9"/></svg>'
        ),
        _document(head='<link rel="attachment" href="file:///etc/passwd">'),
        _document('<img alt="x" src="data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;">'),
        _document('<object data="data:text/html;base64,PGI+"></object>'),
        _document('<embed src="file:///etc/passwd">'),
        _document(head='<style>@import "http://127.0.0.1:1/x.css";</style>'),
        _document(
            head="<style>@font-face { font-family: X; src: url(http://127.0.0.1:1/x) }</style>"
        ),
        _document(
            head="<style>ul { list-style-image: url('file:///etc/passwd') }</style><ul><li>x"
        ),
        _document(head="<style>h1::before { content: url(file:///etc/passwd) }</style>"),
        _document(
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title>'
            '<image href="http://127.0.0.1:1/x.svg" width="9" height="9"/></svg>'
        ),
    ],
)
def test_a_document_that_asks_for_more_is_not_rendered(html: str, static: Path) -> None:
    with pytest.raises(RefusedResource):
        render_pdf(html, folders=[static])


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
OUTSIDE = (
    '<image href="file:///etc/passwd" width="9" height="9"/>',
    '<image href="http://127.0.0.1:1/x.png" width="9" height="9"/>',
)


@pytest.mark.parametrize("part", OUTSIDE)
def test_a_picture_that_asks_for_more_is_not_rendered(part: str, static: Path) -> None:
    picture = SVG.format(part).encode()
    with pytest.raises(RefusedResource):
        render_pdf(
            _document(f'<img alt="x" src="{asset_name(picture)}">'),
            assets=[picture],
            folders=[static],
        )


@pytest.mark.parametrize(
    "part",
    [
        "<text>&x;</text>",
        '<use href="{secret}#a"/>',
        '<style>@import url("{secret}");</style><text>a</text>',
        '<foreignObject><iframe src="{secret}"/></foreignObject>',
        '<script href="{secret}"/>',
    ],
)
def test_what_a_picture_points_at_is_not_in_the_document(part: str, static: Path) -> None:
    """WeasyPrint passes over these; should it ever follow them, they are refused or not there."""
    address = f"file://{static.parent}/secret.txt"
    picture = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{address}">]>' + SVG.format(
        part.format(secret=address)
    )
    html = _document(f'<img alt="x" src="{asset_name(picture.encode())}">')
    opened_paths: list[str] = []
    read = ClosedFetcher.read

    def noted(self: ClosedFetcher, url: str) -> tuple[bytes, str]:
        opened_paths.append(url)
        return read(self, url)

    with pytest.MonkeyPatch.context() as patch, contextlib.suppress(DocumentFault):
        patch.setattr(ClosedFetcher, "read", noted)
        pdf = render_pdf(html, assets=[picture.encode()], folders=[static])
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            streams = [each for each in opened.objects if isinstance(each, pikepdf.Stream)]
            assert not [each for each in streams if SECRET in each.read_bytes()]
    assert opened_paths == [asset_name(picture.encode())]


def test_nothing_leads_the_fetcher_on_to_another_address(static: Path) -> None:
    """A redirect needs an answer from a server, and no server is ever asked."""
    asked: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urllib.request.OpenerDirector, "open", lambda *args, **_: asked.append(args))
        patch.setattr(socket, "create_connection", lambda *args, **_: asked.append(args))
        with pytest.raises(RefusedResource):
            render_pdf(_document('<img alt="x" src="http://127.0.0.1:1/a">'), folders=[static])
        (static / "moved.svg").write_text(SVG.format(OUTSIDE[1]))
        with pytest.raises(RefusedResource):
            render_pdf(_document('<img alt="x" src="moved.svg">'), folders=[static])
    assert asked == []


# -- accessible ------------------------------------------------------------------------------------
def test_a_document_with_a_table_over_pages_is_valid_pdf_ua(static: Path, tmp_path: Path) -> None:
    pdf = render_pdf(
        _document(
            f'<p>Zie <a href="https://example.org/">de bron</a>.</p>{_table(120)}'
            f'<img alt="Een grijs vlak" src="{asset_name(_png())}">'
        ),
        stylesheets=["css/document.css"],
        assets=[_png()],
        folders=[static],
    )
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) > 2
        assert opened.Root.Lang == "nl"
        assert opened.docinfo.Title == "Proef"
        headings = [
            item
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"
        ]
        scopes = Counter(str(heading.A.Scope) for heading in headings)
        assert scopes["/Row"] == 120
        assert scopes["/Column"] == 3 * len(opened.pages)
        names = pikepdf.NameTree(opened.Root.StructTreeRoot.IDTree)
        for heading in headings:
            assert names[str(heading.ID)].objgen == heading.objgen
        assert len(names) == len(headings)


@pytest.mark.parametrize(
    "html",
    [
        "<!doctype html><html><head><title>x</title></head><body><p>Tekst.</p></body></html>",
        '<!doctype html><html lang="nl"><head></head><body><p>Tekst.</p></body></html>',
        '<!doctype html><html lang="nl"><head><title> </title></head><body>x</body></html>',
        _document(f'<img src="{asset_name(_png())}">'),
        _document(f'<img alt="kapot" src="{asset_name(b"kapot")}">'),
        _document(
            head="<style>@font-face { font-family: X; src: url(css/document.css) }</style>"
            "<style>h1 { font-family: X }</style>"
        ),
    ],
)
def test_a_document_that_lacks_what_it_needs_is_refused(html: str, static: Path) -> None:
    with pytest.raises(DocumentFault):
        render_pdf(html, assets=[_png(), b"kapot"], folders=[static])


# -- the same every time ---------------------------------------------------------------------------
PROGRAM = """
import os, sys
from core.documents import render_pdf
html = sys.stdin.read()
sys.stdout.buffer.write(render_pdf(html))
"""


def test_two_processes_give_the_same_bytes() -> None:
    html = _document(_table(60) + "<ul><li>een</li><li>twee</li></ul><h2>Deel</h2><p>€ ▲ ●</p>")
    files = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            input=html.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert files[0] == files[1]
    assert files[0].startswith(b"%PDF-1.7")


def test_the_date_in_the_file_is_that_of_the_contents() -> None:
    pdf = render_pdf(_document(head='<meta name="dcterms.created" content="2019-04-30">'))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.docinfo.CreationDate == "D:20190430"


def test_a_document_without_a_date_holds_none() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(_document()))) as opened:
        assert "/CreationDate" not in opened.docinfo
        assert "/ModDate" not in opened.docinfo


def test_progress_goes_up_to_a_hundred_and_garbage_collection_comes_back() -> None:
    steps: list[tuple[int, str]] = []
    collecting: list[bool] = []

    def progress(percent: int, text: str) -> None:
        steps.append((percent, text))
        collecting.append(gc.isenabled())

    render_pdf(_document(_table(120)), progress=progress)
    percents = [percent for percent, _ in steps]
    assert percents == sorted(percents)
    assert steps[-1] == (100, "Document klaar")
    assert "Pagina 2 opgemaakt" in [text for _, text in steps]
    assert not any(collecting[:-1])
    assert gc.isenabled()


# -- in a child ------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_child_renders_the_same_bytes_and_shows_progress_on_the_job(static: Path) -> None:
    job = Job.objects.create(kind="probe", key="a")
    run = JobRun(job, job.claim())
    arguments: dict[str, Any] = {
        "stylesheets": ["css/document.css"],
        "assets": [_png()],
        "folders": [static],
    }
    html = _document(f'<img alt="Een grijs vlak" src="{asset_name(_png())}">')
    pdf = render_in_child(html, run=run, first=10, last=90, **arguments)
    assert pdf == render_pdf(html, **arguments)
    job.refresh_from_db()
    assert (job.progress, job.progress_text) == (90, "Document klaar")


@pytest.mark.django_db
def test_a_cancelled_job_stops_its_child() -> None:
    job = Job.objects.create(kind="probe", key="a")
    run = JobRun(job, job.claim())
    job.ask_to_stop()
    with pytest.raises(JobCancelled):
        render_in_child(_document(), run=run)
    assert Job.objects.get().state == JobState.RUNNING


def test_a_document_that_takes_too_long_fails_in_plain_dutch() -> None:
    with pytest.raises(JobFailed, match="duurde te lang"):
        render_in_child(_document(), timeout=0.01)


def test_a_child_says_why_it_could_not_render() -> None:
    with pytest.raises(ChildFailed, match="mag niet in een document"):
        render_in_child(_document('<img alt="x" src="file:///etc/passwd">'))


def test_the_web_process_does_not_load_the_renderer() -> None:
    program = (
        "import json, sys, django; django.setup(); import core.tasks, core.rendering;"
        "print(json.dumps([name for name in sys.modules if name.startswith('weasyprint')]))"
    )
    output = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
    ).stdout
    assert json.loads(output) == []
