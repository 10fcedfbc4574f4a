"""File names that do no harm, wherever they are shown or saved. Pure Python."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 100  # characters, the extension included
LONGEST_EXTENSION = 10
EDGE = " .-~"  # not at the begin or end of a name: hidden files, options, and what Windows drops
_SPECIAL = re.compile(r'[<>:"|?*]')
# What Windows takes for a device, with any extension behind it.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)


def harmless(name: str) -> str:
    """``name`` without folders, signs that hide or turn text, and what a file system trips over.

    The extension stays; a name of which nothing is left becomes ``bestand``. Twice gives the same
    as once.
    """
    # Categories C: control, format (bidi overrides, zero width), surrogates; Z: every other space.
    plain = "".join(
        " " if sign.isspace() or unicodedata.category(sign)[0] == "Z" else sign
        for sign in unicodedata.normalize("NFC", name)
        if sign in "\t\r\n" or unicodedata.category(sign)[0] != "C"
    )
    plain = re.split(r"[/\\]", plain.strip())[-1]
    plain = re.sub(r" +", " ", _SPECIAL.sub("-", unicodedata.normalize("NFC", plain)))
    stem, dot, extension = plain.rstrip(EDGE).rpartition(".")
    extension = extension.strip(EDGE)
    if not dot or len(extension) > LONGEST_EXTENSION:
        stem, extension = plain, ""
    tail = f".{extension}" if extension else ""
    stem = stem.strip(EDGE)[: LONGEST - len(tail) - len("bestand-")].strip(EDGE) or "bestand"
    if _DEVICE.match(stem):
        stem = f"bestand-{stem}"
    return f"{stem}{tail}"
