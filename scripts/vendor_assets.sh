#!/bin/sh
# Fetches the style sheet, the script and the typefaces that the project ships, by exact version.
# Run it after raising a version below, look at the difference, and commit the result.
set -eu

BOOTSTRAP=5.3.9
HTMX=2.0.11
FIRA_SANS=5.3.0
SOURCE_SERIF=5.3.1

root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# unpack PACKAGE VERSION: leaves the package's files in $work/PACKAGE-NAME/package
unpack() {
    folder="$work/$(echo "$1" | tr -d '@' | tr '/' '-')"
    mkdir -p "$folder"
    (cd "$folder" && npm pack --silent --ignore-scripts "$1@$2" >/dev/null && tar xzf ./*.tgz)
    echo "$folder/package"
}

vendor="$root/static/vendor"
fonts="$root/static/fonts"
mkdir -p "$vendor" "$fonts/document"

# unpacked FILE.woff2: the typeface as the council document takes it. Rendering would decompress a
# woff2 again for every document, which takes half a second.
unpacked() {
    "$root/.venv/bin/python" -c 'import sys; from fontTools.ttLib import woff2; woff2.decompress(*sys.argv[1:])' \
        "$1" "$fonts/document/$(basename "$1" .woff2).ttf"
}

from=$(unpack bootstrap "$BOOTSTRAP")
# The map is not shipped, so the line that points to it goes: the manifest storage would look for it.
sed '/sourceMappingURL/d' "$from/dist/css/bootstrap.min.css" >"$vendor/bootstrap.min.css"
cp "$from/LICENSE" "$vendor/LICENSE-bootstrap.txt"

from=$(unpack htmx.org "$HTMX")
cp "$from/dist/htmx.min.js" "$vendor/htmx.min.js"
cp "$from/LICENSE" "$vendor/LICENSE-htmx.txt"

# Fira Sans: static files, on the web and in the PDF alike.
from=$(unpack @fontsource/fira-sans "$FIRA_SANS")
for subset in latin latin-ext; do
    for style in 400-normal 400-italic 500-normal 600-normal; do
        cp "$from/files/fira-sans-$subset-$style.woff2" "$fonts/"
        case $style in 500-*) ;; *) unpacked "$from/files/fira-sans-$subset-$style.woff2" ;; esac
    done
done
cp "$from/LICENSE" "$fonts/OFL-fira-sans.txt"

# Source Serif 4: variable with optical size on the web. The PDF takes static files, because a
# variable one fails PDF/UA-1 on its glyph widths.
from=$(unpack @fontsource-variable/source-serif-4 "$SOURCE_SERIF")
for subset in latin latin-ext; do
    for style in normal italic; do
        cp "$from/files/source-serif-4-$subset-opsz-$style.woff2" "$fonts/"
    done
done
from=$(unpack @fontsource/source-serif-4 "$SOURCE_SERIF")
for subset in latin latin-ext; do
    for weight in 400 600; do
        unpacked "$from/files/source-serif-4-$subset-$weight-normal.woff2"
    done
done
cp "$from/LICENSE" "$fonts/OFL-source-serif-4.txt"
