"""Whether a pdf only shows something: no program, no files in it, no password."""

from __future__ import annotations

import io
import re
import zipfile
from typing import IO

import pikepdf

from core.uploads.refusals import Refused

MOST_VALUES = 1_000_000  # names, numbers and texts in one object
_KEYS = {
    "/JS": "script",
    "/JavaScript": "script",
    "/XFA": "script",  # a form that brings its own program
    "/RichMedia": "script",
    "/RichMediaContent": "script",
    "/EmbeddedFiles": "embedded",
    "/EF": "embedded",
    "/Collection": "embedded",
    "/AA": "launch",  # acts when a page opens or a field is left
}
_ACTIONS = {
    "/JavaScript": "script",
    "/Rendition": "script",
    "/Launch": "launch",
    "/ImportData": "launch",
    "/SubmitForm": "launch",
    "/GoToR": "launch",
    "/GoToE": "embedded",
}
_SUBTYPES = {"/RichMedia": "script", "/3D": "script", "/FileAttachment": "embedded"}
# A link that somebody clicks on may lead outside; one that the file follows itself may not.
_OPENING, _OUTSIDE = "/OpenAction", "/URI"
_SUSPECT = re.compile(
    b"|".join(re.escape(name.encode()) for name in {*_KEYS, *_ACTIONS, *_SUBTYPES, _OPENING})
)


def check_pdf(file: IO[bytes]) -> None:
    """Raises ``Refused`` for a pdf that may not come in. The whole file is read in memory."""
    if zipfile.is_zipfile(file):
        raise Refused("nested")  # a pdf for one program, and a zip for another
    file.seek(0)
    try:
        with pikepdf.open(io.BytesIO(file.read())) as pdf:
            if pdf.is_encrypted:
                raise Refused("encrypted")
            if not len(pdf.pages):
                raise Refused("damaged")
            _check_objects(pdf)
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        raise Refused("damaged") from None


def _check_objects(pdf: pikepdf.Pdf) -> None:
    """Look at every object, also at those that nothing on a page leads to."""
    for each in (*pdf.objects, pdf.trailer):
        held = each.stream_dict if isinstance(each, pikepdf.Stream) else each
        # As written, with the names in their one plain form; what is in other objects is not in it.
        if isinstance(held, pikepdf.Object) and _SUSPECT.search(held.unparse(resolved=True)):
            _check_object(held)


def _check_object(held: pikepdf.Object) -> None:
    """Tell a word in a text from a name that does something."""
    left = MOST_VALUES
    stack = [held]
    while stack:
        left -= 1
        if left < 0:
            raise Refused("hard")
        each = stack.pop()
        if isinstance(each, pikepdf.Dictionary):
            values = dict(each.items())
            _check_dictionary(values)
        elif isinstance(each, pikepdf.Array):
            values = {str(place): value for place, value in enumerate(each)}
        else:
            continue
        # An indirect object is in the list of all objects already.
        stack += [
            value
            for value in values.values()
            if isinstance(value, pikepdf.Object)
            and isinstance(value, pikepdf.Dictionary | pikepdf.Array)
            and not value.is_indirect
        ]


def _check_dictionary(values: dict[str, pikepdf.Object]) -> None:
    for key in values:
        if key in _KEYS:
            raise Refused(_KEYS[key])
    opening = values.get(_OPENING)
    if isinstance(opening, pikepdf.Dictionary) and opening.get("/S") == _OUTSIDE:
        raise Refused("launch")
    for key, codes in (("/S", _ACTIONS), ("/Subtype", _SUBTYPES)):
        value = values.get(key)
        if isinstance(value, pikepdf.Name) and str(value) in codes:
            raise Refused(codes[str(value)])
