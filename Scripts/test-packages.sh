#!/usr/bin/env bash
# Builds packages that depend on this one, as its users do, and the nested package of benchmarks.
#
# 1. Without LibTorch, one that depends on RondoText builds and runs.
# 2. Without LibTorch, CTorch fails with one error, which names the command to run.
# 3. The shim builds alone, with g++ and without Swift.
# 4. With LIBTORCH alone, a program that depends on Rondo builds and runs.
# 5. With the shim it does so too, and needs no LibTorch by name.
# 6. The benchmarks compile.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
torch=$(cd "${LIBTORCH:-$root/.libtorch}" && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "test-packages: $*" >&2; exit 1; }

# Makes a package $1 whose program depends on product $2 and holds the Swift text $3.
package() {
  mkdir -p "$work/$1/Sources/$1"
  cat >"$work/$1/Package.swift" <<MANIFEST
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "$1", platforms: [.macOS(.v15)],
  dependencies: [.package(name: "rondo", path: "$root")],
  targets: [
    .executableTarget(name: "$1", dependencies: [.product(name: "$2", package: "rondo")])
  ])
MANIFEST
  echo "$3" >"$work/$1/Sources/$1/main.swift"
}

echo "RondoText without LibTorch"
package reader RondoText 'import RondoText
print(Tokenizer.words(from: ["to be or not to be"]).encode("to be").count)'
found=$(LIBTORCH=/nowhere swift run --quiet --package-path "$work/reader") || fail "RondoText needs LibTorch"
[[ "$found" == 2 ]] || fail "a program with RondoText printed '$found' and not 2"

echo "CTorch without LibTorch"
if LIBTORCH=/nowhere swift build --package-path "$root" --scratch-path "$work/none" --target CTorch \
  >"$work/log" 2>&1; then
  fail "CTorch builds without LibTorch"
fi
errors=$(grep ' error: ' "$work/log" | sort -u)
[[ $(wc -l <<<"$errors") == 1 && "$errors" == *"run 'make setup', or set LIBTORCH"* ]] \
  || fail "without LibTorch, CTorch fails with: $errors"

echo "the shim alone"
LIBTORCH="$torch" "$root/Scripts/build-shim.sh" "$work/shim" 2>"$work/log" || fail "$(tail -n 20 "$work/log")"

package trainer Rondo 'import Rondo
let square = Tensor([3.0], shape: []).recordingGradient()
(square * square).backward()
print(square.gradient?.item ?? 0)'

# Expects that program to run with the shim named by LIBTORCH_SHIM, or to compile its own without one.
expect_trainer() {
  local found
  found=$(LIBTORCH="$torch" swift run --quiet --package-path "$work/trainer") \
    || fail "a program that depends on Rondo does not build $1"
  [[ "$found" == 6.0 ]] || fail "a program with Rondo printed '$found' and not 6.0 $1"
}

echo "Rondo with LibTorch alone"
expect_trainer "with LIBTORCH"

echo "Rondo with the shim"
export LIBTORCH_SHIM="$work/shim"
expect_trainer "with LIBTORCH_SHIM"
if [[ $(uname -s) == Linux ]]; then
  program=$(LIBTORCH="$torch" swift build --quiet --package-path "$work/trainer" --show-bin-path)/trainer
  if objdump -p "$program" | grep -E 'NEEDED.*lib(torch|c10)'; then
    fail "a program that was linked with a shim depends on LibTorch itself"
  fi
fi
unset LIBTORCH_SHIM

echo "the benchmarks"
swift build --package-path "$root/Benchmarks" || fail "the benchmarks do not compile"
