#!/usr/bin/env bash
# Puts LibTorch beside the package as .libtorch: once downloaded, a no-op.
#
#   Scripts/setup-libtorch.sh           the CPU build, or what the platform has
#   Scripts/setup-libtorch.sh --cuda    the CUDA build with the libraries it needs (about 3 GB),
#                                       which stays until .libtorch is removed
#
# LIBTORCH   names another copy (a folder with include/ and lib/), which is used as it is
# XDG_CACHE_HOME   where rondo/libtorch-<version> is kept; without it, ~/.cache
#
# Safe when two run at once (a lock, let go by the system when its holder dies) and when killed
# half-way (everything is unpacked beside the final folder, checked, and then renamed).
set -euo pipefail

version=2.13.0
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
here="$root/Scripts"

fail() { echo "setup-libtorch: $*" >&2; exit 1; }
say() { echo "setup-libtorch: $*" >&2; }

flavour=cpu
case "${1:-}" in
  "") ;;
  --cuda) flavour=cuda ;;
  *) fail "the only option is --cuda, not '$1'" ;;
esac

case "$(uname -s)/$(uname -m)" in
  Linux/x86_64 | Linux/aarch64) library=lib/libtorch_cpu.so ;;
  Darwin/arm64) library=lib/libtorch_cpu.dylib ;;
  *) fail "PyTorch has no LibTorch $version for $(uname -s) on $(uname -m);" \
    "set LIBTORCH to a copy that was built for it" ;;
esac

# Prints why the library in folder $1 cannot be loaded; nothing when it can.
load_error() {
  python3 -c 'import ctypes, sys
try: ctypes.CDLL(sys.argv[1])
except OSError as error: print(error)' "$1/$library"
}

command -v python3 >/dev/null || fail "Python 3 is missing and is needed once, to download" \
  "LibTorch; install it (on Debian: apt-get install python3 python3-pip)"

if [[ -n "${LIBTORCH:-}" ]]; then
  [[ -f "$LIBTORCH/$library" ]] || fail "LIBTORCH names $LIBTORCH, which has no $library"
  [[ -f "$LIBTORCH/include/ATen/ATen.h" ]] \
    || fail "LIBTORCH names $LIBTORCH, which has no include/ATen/ATen.h"
  reason=$(load_error "$LIBTORCH")
  [[ -z "$reason" ]] || fail "LIBTORCH names a library that does not load: $reason"
  exit 0
fi

cache="${XDG_CACHE_HOME:-$HOME/.cache}/rondo"
link="$root/.libtorch"
# `make` calls this without an option, also where the CUDA build is in use.
[[ "$(readlink "$link" || true)" != "$cache"/libtorch-*-cuda ]] || flavour=cuda
name="libtorch-$version"
[[ $flavour == cpu ]] || name="$name-$flavour"
final="$cache/$name"

[[ ! -e "$link" || -L "$link" ]] \
  || fail "$link is not a link; remove it, or name it with LIBTORCH to use it as it is"
if [[ "$(readlink "$link" || true)" == "$final" && -f "$link/$library" ]]; then exit 0; fi

mkdir -p "$cache" 2>/dev/null || fail "cannot make the cache folder $cache"
exec 9>"$cache/$name.lock" || fail "cannot write to the cache folder $cache"
# The lock belongs to the open file, which this shell keeps after Python has left.
python3 -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'

# Downloads into folder $1 the wheels that the further arguments ask for.
download() {
  local folder=$1 index=https://download.pytorch.org/whl/cpu
  [[ $flavour == cpu ]] || index=https://download.pytorch.org/whl/cu130
  shift
  # Only the libraries are taken, so any Python's wheel will do where the running one has none.
  local common=(-m pip download --quiet --disable-pip-version-check --retries 2
    --only-binary=:all: --extra-index-url "$index" --dest "$folder")
  python3 "${common[@]}" "$@" >"$folder.log" 2>&1 \
    || python3 "${common[@]}" --python-version 3.12 --implementation cp --abi cp312 "$@" \
      >>"$folder.log" 2>&1
}

# The one sentence for a download that failed, from pip's log $1.
explain() {
  # pip also prints "from versions: none" when it reached no index, so the network is asked first.
  if grep -qiE 'connection|resolve|timed out|network|unreachable|certificate' "$1"; then
    echo "cannot reach the Python package index; is there a network?" \
      "(or set LIBTORCH to a copy of LibTorch)"
  elif grep -qi 'no matching distribution' "$1"; then
    echo "no wheel of torch $version fits this platform ($(uname -s) on $(uname -m), or an old" \
      "C library); set LIBTORCH to a copy that was built for it"
  elif grep -qi 'no space left' "$1"; then
    echo "the disk is full; unpacking needs about 1 GB in $cache"
  else
    echo "pip cannot download torch $version: $(grep -v '^ *$' "$1" | tail -n 1)"
  fi
}

if [[ ! -f "$final/$library" ]]; then
  python3 -m pip --version >/dev/null 2>&1 || fail "pip is missing and is needed once, to" \
    "download LibTorch; install it (on Debian: apt-get install python3-pip)"
  partial="$cache/$name.partial"
  rm -rf "$partial"
  mkdir -p "$partial/torch" "$partial/nvidia" "$partial/unpacked"

  say "downloading torch $version (about 200 MB; once)"
  # '===' means this very string: the build without a local suffix, which is the CUDA one.
  wanted="torch==$version"
  [[ $flavour == cpu ]] || wanted="torch===$version"
  download "$partial/torch" --no-deps "$wanted" || fail "$(explain "$partial/torch.log")"

  # A CUDA build's CPU library needs two small libraries of CUDA; --cuda brings all of them.
  requirements=$(
    python3 "$here/unpack_wheel.py" --requirements $flavour "$partial"/torch/*.whl 2>"$partial/log"
  ) || fail "$(tail -n 1 "$partial/log")"
  if [[ -n "$requirements" ]]; then
    say "adding the CUDA libraries that this build needs"
    # shellcheck disable=SC2086
    download "$partial/nvidia" $requirements || fail "$(explain "$partial/nvidia.log")"
  fi
  python3 "$here/unpack_wheel.py" "$partial/unpacked" "$partial"/{torch,nvidia}/*.whl 2>"$partial/log" \
    || fail "$(tail -n 1 "$partial/log")"
  # Without the rest of CUDA these would be found at start and could not be loaded.
  [[ $flavour == cuda ]] || rm -f "$partial"/unpacked/lib/lib{torch,c10}_cuda*

  reason=$(load_error "$partial/unpacked")
  [[ -z "$reason" ]] || fail "the downloaded library does not load: $reason"
  rm -rf "$final"
  mv "$partial/unpacked" "$final"
  rm -rf "$partial"
fi

ln -sfn "$final" "$link"
say "LibTorch $version is in $final"
