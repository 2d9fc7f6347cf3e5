#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes every screenshot of README.md and docs/ from the real window: tools/screenshots.sh [OUT_DIR]
# PHOTO_MODEL: of the photographs; those in the repository were made with facebook/deit-tiny-patch16-224.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/build.sh release headlens headlens-cli
out=${1:-resources/screenshots}
mkdir -p "$out"
settings=$(mktemp -d)
trap 'rm -rf "$settings"' EXIT
shot() { # NAME ARGUMENTS...
    local name=$1
    shift
    # No model of whoever makes them: the start page lists those below the home folder.
    HOME=$settings build/release/bin/headlens --settings "$settings/$name.ini" --language en --theme light --size 1440x900 \
        --screenshot "$out/$name.png" "$@" 2>/dev/null
    echo "$out/$name.png"
}
photo=${PHOTO_MODEL:-emoji-vit}
shot window --model "$photo" --image resources/images/astronaut.jpg --theme dark --query 0
shot contours --model "$photo" --image resources/images/chelsea.jpg --query 0 --show contours --theme dark
shot explain --model "$photo" --image resources/images/chelsea.jpg --query 0 --show explain,rollout
two=() # classes of ImageNet that stand on the picture: espresso, and the cup
[ "$photo" = emoji-vit ] || two=(--target 967 --second 968)
shot sheet --model "$photo" --image resources/images/coffee.jpg --query 0 --show explain,sheet --size 1600x1000 "${two[@]}"
shot change --model "$photo" --image resources/images/chelsea.jpg --query 0 --show change --change "head 5.1 x0" --change "mlp 4 x0.5"
board=resources/lessons/20-a-picture-enters-a-sentence/board.png
shot ask --model emoji-llava --image "$board" --text "what is left of the dog ?" --write 3 --stream 1 --layer 5 --head 0 --query 48 \
    --show shares
cat >"$settings/figure.json" <<JSON
{"figure": 1, "model": "$photo", "inputs": [{"picture": "$PWD/resources/images/rocket.jpg"}], "subject": {"fusion": "single"},
 "rows": {"what": "layers", "numbers": "3, 7, 11"}, "columns": {"what": "heads"}, "look": {"palette": "inferno"}}
JSON
build/release/bin/headlens-cli figure --spec "$settings/figure.json" --out "$out/figure.png" --dpi 150
shot patch --image resources/images/chelsea.jpg --layer 2 --head 1 --query 66
shot native --image resources/images/coffee.jpg --fit native --layer 4 --head 2 --query 0 --theme dark
shot chinese --image resources/images/rocket.jpg --layer 3 --head 3 --language zh_CN
dog=resources/images/emoji-scene-dog.png
shot swin-window --model emoji-swin --image "$dog" --layer 1 --head 1 --query 300 --show windows
shot swin-mask --model emoji-swin --image "$dog" --layer 3 --head 1 --query 14 --show mask
shot swin-bias --model emoji-swin --image "$dog" --layer 5 --head 4 --query 250 --show bias
shot swin-received --model emoji-swin --image "$dog" --layer 1 --head 0 --show received,stages
shot swin-effective --model emoji-swin --image "$dog" --layer 5 --show effective,stages
shot dino --image "$dog" --show dino
shot components --image "$dog" --layer 5 --show pca,stages
numbers=(--model number-words --text "twelve thousand three hundred and five" --write 8 --stream 1)
shot text-cross "${numbers[@]}" --layer 5 --head 1 --query 2 --show lines,generation
shot text-positions "${numbers[@]}" --layer 2 --head 1 --query 3 --show lines,positions
shot text-three "${numbers[@]}" --layer 3 --head 2 --query 2 --show three
shot clip --model emoji-clip --image "$dog" --show relevance,contrast
shot start --show start
shot formula --model dates --text "saturday 9 may 2018" --write 10 --stream 1 --layer 5 --head 2 --query 6 --show mechanisms,three,formula
shot memory --model bindings --layer 1 --head 1 --query 40 --show memory,mechanisms
shot routing --model glyph-depths --layer 1 --head 1 --query 0 --show routing,mechanisms
shot sums --model sum-depths --layer 3 --head 0 --query 37 --show routing,mechanisms
shot flamingo --model flamingo --layer 11 --head 1 --stream 3 --query 7 --show mechanisms,training
shot cost --model glyph-window --layer 1 --head 0 --query 37 --show cost,mechanisms
shot training --model things-dino --layer 3 --head 0 --query 0 --show training
shot fill-in --model things-mae --layer 3 --head 0 --show training
shot life --model lives --layer 1 --head 2 --query 46 --show life,mechanisms
shot tiles --model table-palm-e --text "given red@a4 green@b1 blue^a4 q : where is blue ? a : blue" --layer 1 --head 0 --query 12 --show tiles,mechanisms
shot lesson --lesson resources/lessons/07-encoder-decoder --step 5
tools/install_minilm.sh
minilm=build/models/all-MiniLM-L6-v2
shot text-pair --model "$minilm" --layer 2 --head 3 --query 9 --show lines,pair
build/release/bin/headlens-cli export --model emoji-vit --image resources/images/emoji-scene-dog.png --what grid --format png \
    --out "$settings/grid" >/dev/null
cp "$settings"/grid/*.png "$out/head-grid.png"
