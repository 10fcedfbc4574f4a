"""The council document: the PDF of a frozen edition, as HTML first and as bytes in the background.

``html`` writes the document from the frozen content, ``build`` is the job that makes the bytes, and
``requests`` asks for it, does it over and stops it.
"""

from monitor.documents.build import build_bytes, render_council_document
from monitor.documents.html import document_assets, document_html
from monitor.documents.requests import cancel, file_name, rebuild, request_document

__all__ = [
    "build_bytes",
    "cancel",
    "document_assets",
    "document_html",
    "file_name",
    "rebuild",
    "render_council_document",
    "request_document",
]
