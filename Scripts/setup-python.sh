#!/usr/bin/env bash
# Makes .venv, the Python that `make golden` and `make bench` compare Rondo with.
#
# Rondo itself needs no Python at run time, and its tests never start one.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
packages=(
  torch==2.13.0 numpy safetensors sacrebleu==2.6.0
  tokenizers==0.23.3 tiktoken==0.14.0 sentencepiece==0.2.3 protobuf gigatoken==0.10.0
)
final="$root/.venv"
stamp="$final/rondo-packages"

fail() { echo "setup-python: $*" >&2; exit 1; }

if [[ -f "$stamp" && "$(cat "$stamp")" == "${packages[*]}" ]]; then exit 0; fi
command -v python3 >/dev/null || fail "Python 3 is missing (on Debian: apt-get install python3-venv)"
# The lock on this very file belongs to the open file, which this shell keeps after Python has left.
exec 9<"${BASH_SOURCE[0]}"
python3 -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'
if [[ -f "$stamp" && "$(cat "$stamp")" == "${packages[*]}" ]]; then exit 0; fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "setup-python: installing ${packages[*]} in .venv (once)" >&2
python3 -m venv --clear "$final" >"$log" 2>&1 \
  || fail "cannot make .venv (on Debian: apt-get install python3-venv): $(tail -n 1 "$log")"
"$final/bin/python" -m pip install --quiet --disable-pip-version-check --retries 2 \
  --extra-index-url https://download.pytorch.org/whl/cpu "${packages[@]}" >"$log" 2>&1 \
  || fail "cannot install the packages: $(grep -v '^ *$' "$log" | tail -n 1)"
"$final/bin/python" -c '
import torch, numpy, safetensors, sacrebleu, tokenizers, tiktoken, sentencepiece, gigatoken' \
  >"$log" 2>&1 || fail "the packages do not load: $(tail -n 1 "$log")"
# The stamp comes last: without it, the next run begins again.
printf '%s' "${packages[*]}" >"$stamp"
