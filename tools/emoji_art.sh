#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Prepares the training art of the emoji-vit classifier: freely licensed
# emoji pictures of the concepts in resources/training/emoji_concepts.tsv,
# as OUT_DIR/<style>/<concept>/<codepoint>.png (RGBA, 96 px; google 64 px).
#
# Art and licences: google (Noto Emoji, Apache-2.0), fluent3d and fluentflat
# (Microsoft Fluent Emoji, MIT), fxemoji (Mozilla, Apache-2.0), noto1 (old Noto
# "blobs", Apache-2.0), twemoji (CC-BY-4.0). No proprietary vendor's art.
set -euo pipefail

usage="usage: ${0##*/} OUT_DIR"
[[ $# -eq 1 && -n $1 ]] || { echo "$usage" >&2; exit 2; }
[[ $1 != -h && $1 != --help ]] || { echo "$usage"; exit 0; }

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
script=$here/${BASH_SOURCE[0]##*/}
concepts=$here/../resources/training/emoji_concepts.tsv
cache=${XDG_CACHE_HOME:-$HOME/.cache}/headlens/emoji
styles=(google fluent3d fluentflat fxemoji noto1 twemoji)
# Exact versions: another release may redraw a picture.
packages=(
    emoji-datasource-google@16.0.0
    @lobehub/fluent-emoji-3d@1.1.0
    @iconify-json/fxemoji@1.2.2
    @iconify-json/noto-v1@1.2.5
    @iconify-json/fluent-emoji-flat@1.2.6
    @twemoji/svg@15.0.0
)

[[ -r $concepts ]] || { echo "missing $concepts" >&2; exit 1; }
mkdir -p -- "$1"
out=$(cd -- "$1" && pwd)
stamp=$out/.emoji_art

# Names every picture of the output, so that a deleted one is noticed.
listing() { (cd -- "$1" && find "${styles[@]}" -type f -name '*.png' 2>/dev/null | LC_ALL=C sort) || true; }

report() {
    local style concept n
    local -a missing
    echo "pictures per style:"
    for style in "${styles[@]}"; do
        n=$(find "$out/$style" -type f -name '*.png' 2>/dev/null | wc -l)
        missing=()
        while IFS=$'\t' read -r concept _; do
            [[ -z $concept || $concept == \#* ]] && continue
            compgen -G "$out/$style/$concept/*.png" >/dev/null || missing+=("$concept")
        done <"$concepts"
        printf '  %-11s %5d' "$style" "$n"
        if ((${#missing[@]})); then
            printf '  missing: '
            printf '%s; ' "${missing[@]}"
        fi
        echo
    done
}

# The output stays valid as long as this script, the table and the files do.
inputs=$(cat -- "$script" "$concepts" | sha256sum | cut -d' ' -f1)
if [[ -f $stamp && $(<"$stamp") == "$inputs"$'\n'"$(listing "$out")" ]]; then
    echo "$out is complete already"
    report
    exit 0
fi

# --- tools -------------------------------------------------------------------
need=()
command -v rsvg-convert >/dev/null || need+=(librsvg2-bin)
command -v dwebp >/dev/null || need+=(webp)
command -v node >/dev/null || need+=(nodejs)
command -v npm >/dev/null || need+=(npm)
if ((${#need[@]})); then
    as_root=()
    ((EUID == 0)) || as_root=(sudo)
    "${as_root[@]}" apt-get update -q
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "${need[@]}"
fi

# --- packages ----------------------------------------------------------------
mkdir -p -- "$cache"
# The stamp is written after a whole install only; npm may have been cut off.
if [[ ! -d $cache/node_modules || ! -f $cache/installed || $(<"$cache/installed") != "${packages[*]}" ]]; then
    rm -f -- "$cache/installed"
    printf '{"private": true}\n' >"$cache/package.json" # else npm may pick a parent folder
    npm install --prefix "$cache" --ignore-scripts --no-audit --no-fund --no-package-lock \
        --save-exact --loglevel=error "${packages[@]}"
    printf '%s\n' "${packages[*]}" >"$cache/installed"
fi

# --- pictures ----------------------------------------------------------------
# Built beside the old output and moved in whole, so a broken run leaves no mix.
work=$(mktemp -d -- "$out/.new.XXXXXX")
trap 'rm -rf -- "$work"' EXIT

# Node finds each codepoint's source, copies what is a picture already, and
# writes NUL-separated tool arguments for the rest.
node - "$cache/node_modules" "$concepts" "$work" <<'JS'
'use strict';
const fs = require('fs');
const path = require('path');
const [modules, table, work] = process.argv.slice(2);
const json = (name) => JSON.parse(fs.readFileSync(path.join(modules, name), 'utf8'));

const fluentflat = json('@iconify-json/fluent-emoji-flat/icons.json');
const fxemoji = json('@iconify-json/fxemoji/icons.json');
const noto1 = json('@iconify-json/noto-v1/icons.json');
const squash = (s) => s.toLowerCase().replace(/[^a-z0-9]/g, '');
const bare = (code) => code.toLowerCase().replace(/-fe0f/g, '');

// fxemoji and noto-v1 ship an empty chars.json. noto-v1 uses the same CLDR
// names as fluent-emoji-flat; fxemoji mostly squashes the Unicode names.
const cldrName = new Map();
for (const [code, name] of Object.entries(json('@iconify-json/fluent-emoji-flat/chars.json')))
    if (!cldrName.has(bare(code))) cldrName.set(bare(code), name);
const fxName = new Map();
for (const e of json('emoji-datasource-google/emoji.json'))
    fxName.set(bare(e.unified), squash(e.name || ''));
// Those whose fxemoji name is not the Unicode one; null: not this picture.
for (const [code, name] of Object.entries({
    '1f408': 'catside', '1f431': 'cat', '1f415': 'dogside', '1f436': 'dog',
    '1f416': 'pigside', '1f437': 'pig', '1f407': 'bunnyside', '1f430': 'bunny',
    '1f43b': 'bear', '1f438': 'frog', '1f433': 'spurtingwhale', '1f332': 'evergreen',
    '1f550': 'clock1oclock', '1f557': null, '1f4a1': 'lightbulb',
    '1f4de': 'telephonereceiver2', '1f381': 'present', '1f45f': 'mensrunner',
    '1f45e': 'mensshoe', '1f453': 'glasses', '2764': 'redheart',
    '1f49a': 'heartgreen', '1f49b': 'heartyellow',
    '1f499': null, // heartblue is drawn out of its box
    '2602': null, // umbrella is a closed one there
    '1f576': null, // darksunglasses is a whole face
})) fxName.set(code, name);

// An iconify icon as a whole, square <svg>; aliases may turn or flip a parent.
function iconSvg(set, name) {
    let icon = {};
    for (let depth = 0; name && depth < 6; depth++) {
        const own = Object.hasOwn(set.icons, name);
        const entry = own ? set.icons[name]
            : set.aliases && Object.hasOwn(set.aliases, name) ? set.aliases[name] : null;
        if (!entry) return null;
        icon = { ...entry, ...icon,
                 hFlip: !!entry.hFlip !== !!icon.hFlip, vFlip: !!entry.vFlip !== !!icon.vFlip,
                 rotate: ((entry.rotate || 0) + (icon.rotate || 0)) % 4 };
        if (own) break;
        name = entry.parent;
    }
    if (!icon.body) return null;
    const w = icon.width ?? set.width ?? 16, h = icon.height ?? set.height ?? 16;
    const x = icon.left ?? set.left ?? 0, y = icon.top ?? set.top ?? 0;
    const side = Math.max(w, h), cx = x + w / 2, cy = y + h / 2;
    const turn = `translate(${cx} ${cy}) rotate(${90 * icon.rotate}) ` +
        `scale(${icon.hFlip ? -1 : 1} ${icon.vFlip ? -1 : 1}) translate(${-cx} ${-cy})`;
    return '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ' +
        `width="${side}" height="${side}" viewBox="${cx - side / 2} ${cy - side / 2} ${side} ${side}">` +
        `<g transform="${turn}">${icon.body}</g></svg>`;
}

// A file of the code, which the packages name with or without -fe0f.
function fileOf(dir, code, ext) {
    for (const c of [code, `${code}-fe0f`, bare(code)]) {
        const file = path.join(modules, dir, c + ext);
        if (fs.existsSync(file)) return file;
    }
    return null;
}

const svgs = [], webps = [];
for (const line of fs.readFileSync(table, 'utf8').split(/\r?\n/)) {
    if (!line.trim() || line.startsWith('#')) continue;
    const [concept, , codes] = line.split('\t');
    if (!codes || /[\/\0]/.test(concept)) throw new Error(`bad line in ${table}: ${line}`);
    for (const code of codes.trim().split(/\s+/)) {
        const target = (style) => {
            const dir = path.join(work, style, concept);
            fs.mkdirSync(dir, { recursive: true });
            return path.join(dir, `${code}.png`);
        };
        const google = fileOf('emoji-datasource-google/img/google/64', code, '.png');
        if (google) {
            const png = target('google'), data = fs.readFileSync(google);
            if (data[25] === 6) { // PNG colour type: RGBA
                fs.writeFileSync(png, data);
            } else { // a few are stored as grey + alpha; rsvg always writes RGBA
                const source = png.replace(/png$/, 'svg');
                fs.writeFileSync(source, '<svg xmlns="http://www.w3.org/2000/svg" ' +
                    'xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="64">' +
                    '<image width="64" height="64" xlink:href="data:image/png;base64,' +
                    `${data.toString('base64')}"/></svg>`);
                svgs.push('64', source, png);
            }
        }
        const webp = fileOf('@lobehub/fluent-emoji-3d/assets', code, '.webp');
        if (webp) webps.push(webp, target('fluent3d'));
        const twemoji = fileOf('@twemoji/svg', code, '.svg');
        if (twemoji) svgs.push('96', twemoji, target('twemoji'));
        for (const [style, set, name] of [
            ['fluentflat', fluentflat, cldrName.get(bare(code))],
            ['noto1', noto1, cldrName.get(bare(code))],
            ['fxemoji', fxemoji, fxName.get(bare(code))],
        ]) {
            const svg = name ? iconSvg(set, name) : null;
            if (!svg) continue;
            const png = target(style);
            const source = png.replace(/png$/, 'svg');
            fs.writeFileSync(source, svg);
            svgs.push('96', source, png);
        }
    }
}
const nul = (list) => list.map((s) => s + '\0').join('');
fs.writeFileSync(path.join(work, 'svgs'), nul(svgs));
fs.writeFileSync(path.join(work, 'webps'), nul(webps));
JS

# shellcheck disable=SC2016 # the inner shell expands these
xargs -0 -r -n 3 -P 2 sh -c 'rsvg-convert -w "$1" -h "$1" -o "$3" "$2"' sh <"$work/svgs"
# shellcheck disable=SC2016
xargs -0 -r -n 2 -P 2 sh -c 'dwebp -quiet -resize 96 96 "$1" -o "$2"' sh <"$work/webps"
find "$work" -type f -name '*.svg' -delete
if [[ -n $(find "$work" -type f -name '*.png' -empty -print -quit) ]]; then
    echo "an empty picture came out" >&2
    exit 1
fi

rm -f -- "$stamp"
for style in "${styles[@]}"; do
    rm -rf -- "${out:?}/$style"
    [[ ! -d $work/$style ]] || mv -- "$work/$style" "$out/$style"
done
printf '%s\n%s\n' "$inputs" "$(listing "$out")" >"$stamp"
report
