#!/usr/bin/env bash
# Holds the arrows of ARCHITECTURE.md: floors, imports, includes, file lengths, names.
#
#   Scripts/check-architecture.sh            reads the manifest and the sources (a second or two)
#   Scripts/check-architecture.sh --build    then builds everything for debugging, tests included,
#                                            and lets the compiler refuse undeclared imports
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
manifest=$(mktemp)
trap 'rm -f "$manifest"' EXIT
swift package dump-package >"$manifest"
python3 Scripts/check_architecture.py "$manifest"

if [[ "${1:-}" == --build ]]; then
  # Judged by its exit status; alone it misses what a dependency's dependency brings in.
  swift build --build-tests --explicit-target-dependency-import-check error
fi
