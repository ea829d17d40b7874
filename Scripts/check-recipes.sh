#!/usr/bin/env bash
# Trains recipes in full, and fails where a result misses what README states. Takes hours.
#
#   Scripts/check-recipes.sh RECIPE...
#
# MULTI30K   names the folder with train.de, train.en, val.de and val.en, gzipped or not
# RONDO      names the program; without it, .build/release/rondo
#
# The runs stay in runs/recipes-<n>, to be looked at.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
rondo=${RONDO:-.build/release/rondo}
multi30k=${MULTI30K:-../shared/data/translation}
number=1
while [[ -e runs/recipes-$number ]]; do ((number += 1)); done
runs=runs/recipes-$number
mkdir -p "$runs"
failed=0

fail() { echo "check-recipes: $*" >&2; exit 1; }

# Trains recipe $2 into the run $1, with the arguments that follow.
train() {
  local run=$1
  shift
  "$rondo" train "$@" --run "$runs/$run" || fail "$run was not trained"
}

# Prints the figure $2 of the run $1.
figure() {
  "$rondo" evaluate "$runs/$1" --json \
    | python3 -c 'import json, sys; print(json.load(sys.stdin)["figures"][sys.argv[1]])' "$2"
}

# Expects of the result $1 that the number $2 is at least $3.
expect() {
  if awk -v found="$2" -v bound="$3" 'BEGIN { exit !(found + 0 >= bound + 0) }'; then
    echo "check-recipes: $1: $2, at least $3 expected"
  else
    echo "check-recipes: $1: $2 MISSES $3"
    failed=1
  fi
}

# Learns German to English with attention and without, on plain copies of the data.
check_translation() {
  local file files=() name with without
  for name in train.de train.en val.de val.en; do
    file=$runs/$name
    if [[ -f $multi30k/$name ]]; then cp "$multi30k/$name" "$file"
    elif [[ -f $multi30k/$name.gz ]]; then gunzip -c "$multi30k/$name.gz" >"$file"
    else fail "$multi30k has no $name; name the folder of Multi30k: MULTI30K=FOLDER make recipes"
    fi
    files+=("$file")
  done
  files=(--train "${files[@]:0:2}" --validation "${files[@]:2}")
  train attention translation "${files[@]}"
  train no-attention translation "${files[@]}" --set attention=none
  with=$(figure attention bleu)
  without=$(figure no-attention bleu)
  expect "translation, BLEU with attention" "$with" 31
  expect "translation, BLEU that attention adds to $without" \
    "$(awk -v with="$with" -v without="$without" 'BEGIN { print with - without }')" 4
}

# Learns a task whose right answers are known, and expects the share $2 of exact matches of $1.
check_task() {
  train "$1" "$1"
  expect "$1, exact matches" "$(figure "$1" exact)" "$2"
}

for recipe in "$@"; do
  case $recipe in
    number-words | dates) check_task "$recipe" 0.99 ;;
    symbols) check_task "$recipe" 0.97 ;;
    translation) check_translation ;;
    *) fail "no quality is stated for $recipe" ;;
  esac
done
exit "$failed"
