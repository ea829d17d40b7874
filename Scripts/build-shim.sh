#!/usr/bin/env bash
# Builds the shim (CTorch and CRondoKernels together) without Swift.
#
#   Scripts/build-shim.sh FOLDER    writes FOLDER/libCTorch.so (.dylib on macOS)
#
# LIBTORCH   names LibTorch; without it, .libtorch is used
# CXX        names the compiler; without it, g++ (12 or newer) on Linux, clang++ on macOS
#
# A program that was linked with LIBTORCH_SHIM=FOLDER needs only this library, so another
# LibTorch asks for another shim and not for another program.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
torch=${LIBTORCH:-$root/.libtorch}

fail() { echo "build-shim: $*" >&2; exit 1; }

[[ $# == 1 ]] || fail "give the folder to write to: Scripts/build-shim.sh FOLDER"
[[ -f "$torch/include/ATen/ATen.h" ]] || fail "LibTorch is missing: run 'make setup', or set LIBTORCH"
mkdir -p "$1" && folder=$(cd "$1" && pwd) || fail "cannot make the folder $1"

if [[ $(uname -s) == Darwin ]]; then
  compiler=${CXX:-clang++} library=libCTorch.dylib
  shared=(-dynamiclib -install_name "@rpath/$library" -Wl,-rpath,@loader_path)
  libraries=(-ltorch_cpu -lc10)
else
  compiler=${CXX:-g++} library=libCTorch.so
  shared=(-shared -Wl,-soname,"$library" -Wl,-z,defs -Wl,-rpath,"\$ORIGIN")
  libraries=(-ltorch_cpu -lc10 -l:libgomp.so.1 -lpthread)
fi
command -v "$compiler" >/dev/null || fail "the compiler $compiler is missing (on Debian: apt-get install g++)"
if ! "$compiler" --version | grep -qi clang; then
  major=$("$compiler" -dumpversion | cut -d. -f1)
  ((major >= 12)) || fail "g++ 12 or newer is needed, and $compiler is version $major"
fi

objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
printf '"%s"\n' -std=c++20 -O3 -fPIC -DNDEBUG -Wall \
  -isystem "$torch/include" -isystem "$torch/include/torch/csrc/api/include" \
  -I "$root/Sources/CTorch/include" -I "$root/Sources/CRondoKernels/include" >"$objects/flags"

find "$root/Sources/CTorch" "$root/Sources/CRondoKernels" -name '*.cpp' -print0 \
  | xargs -0 -P "$(getconf _NPROCESSORS_ONLN)" -I '{}' sh -c \
    '"$0" "@$1/flags" -c "$2" -o "$1/$(basename "$(dirname "$2")")-$(basename "$2").o"' \
    "$compiler" "$objects" '{}' || fail "compilation failed"

# Beside, then renamed: a program that runs keeps the library that it has opened.
"$compiler" "${shared[@]}" -o "$folder/$library.partial" "$objects"/*.o \
  -L"$torch/lib" -Wl,-rpath,"$(cd "$torch/lib" && pwd -P)" "${libraries[@]}" \
  || fail "linking failed"
mv "$folder/$library.partial" "$folder/$library"
echo "build-shim: wrote $folder/$library" >&2
