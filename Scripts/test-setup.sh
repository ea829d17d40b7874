#!/usr/bin/env bash
# Runs Scripts/setup-libtorch.sh in a folder of its own, with a pip that brings a tiny wheel.
#
# 1. Two at once download once; the next one does nothing.
# 2. Killed half-way, it leaves nothing behind that counts, and the next one finishes.
# 3. A damaged download is refused; without a network one sentence says so.
# 4. Another version renews the link, and a CUDA build stays one.
# 5. LIBTORCH is used as it is; a wrong one gets one sentence.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "test-setup: $*" >&2; exit 1; }

version=$(sed -n 's/^version=//p' "$root/Scripts/setup-libtorch.sh")
library=libtorch_cpu.so
[[ $(uname -s) != Darwin ]] || library=libtorch_cpu.dylib
REAL_PYTHON=$(python3 -c 'import sys; print(sys.executable)')
export REAL_PYTHON STAGE="$work/stage"
mkdir "$STAGE" "$work/bin"

# A wheel that is whole, one with a changed byte and one that is cut off.
echo 'int torch;' | cc -shared -fPIC -x c - -o "$work/$library"
"$REAL_PYTHON" - "$work" "$library" "$version" <<'PYTHON'
import base64, hashlib, pathlib, sys, zipfile
work, library, version = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
info = f"torch-{version}.dist-info"
files = {
    f"torch/lib/{library}": (work / library).read_bytes(),
    "torch/include/ATen/ATen.h": b"// everything\n",
    "torch/__init__.py": b"# of no use without Python\n",
    f"{info}/METADATA": b"Name: torch\n",
}
def digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
record = "".join(f"{name},sha256={digest(data)},{len(data)}\n" for name, data in files.items())
for name, header in [("whole", b"// everything\n"), ("changed", b"// everythinG\n")]:
    with zipfile.ZipFile(work / name, "w") as wheel:
        for path, data in (files | {"torch/include/ATen/ATen.h": header}).items():
            wheel.writestr(path, data)
        wheel.writestr(f"{info}/RECORD", record)
whole = (work / "whole").read_bytes()
(work / "cut").write_bytes(whole[: len(whole) // 2])
PYTHON

# A python3 whose pip brings the file named by WHEEL, and which stops where HANG says.
cat >"$work/bin/python3" <<'PROGRAM'
#!/usr/bin/env bash
hang() { echo "$1" >>"$STAGE/reached"; [[ "${HANG:-}" != "$1" ]] || sleep 100; }
case "$*" in
  "-m pip download "*)
    for argument; do [[ "${last:-}" != --dest ]] || folder=$argument; last=$argument; done
    if [[ -z "${WHEEL:-}" ]]; then echo "Connection refused" >&2; exit 1; fi
    head -c 100 "$WHEEL" >"$folder/torch.whl"
    hang download
    sleep "${DELAY:-0}"
    cp "$WHEEL" "$folder/torch.whl" ;;
  "-m pip "*) ;;
  *unpack_wheel.py\ --requirements*) exec "$REAL_PYTHON" "$@" ;;
  *unpack_wheel.py*) "$REAL_PYTHON" "$@" && hang unpack ;;
  *) exec "$REAL_PYTHON" "$@" ;;
esac
PROGRAM
chmod +x "$work/bin/python3"
export PATH="$work/bin:$PATH" WHEEL="$work/whole"
unset LIBTORCH

# Begins in a new project with an empty cache.
begin() {
  echo "$1"
  project=$(mktemp -d "$work/project.XXXX")
  export XDG_CACHE_HOME="$project/cache"
  cache="$project/cache/rondo"
  mkdir "$project/Scripts"
  cp "$root"/Scripts/{setup-libtorch.sh,unpack_wheel.py} "$project/Scripts"
  : >"$STAGE/reached"
}

setup() { "$project/Scripts/setup-libtorch.sh" "$@" 2>>"$project/errors"; }

expect_linked() {
  [[ "$(readlink "$project/.libtorch")" == "$cache/libtorch-$1" ]] || fail "the link is not to $1"
  cmp -s "$work/$library" "$project/.libtorch/lib/$library" || fail "the library is not the wheel's"
  [[ "$(cat "$project/.libtorch/include/ATen/ATen.h")" == "// everything" ]] || fail "no header"
  [[ -z "$(find "$cache" -name '*.partial*')" ]] || fail "something half-made is left"
}

expect_downloads() {
  local count
  count=$(grep -c download "$STAGE/reached" || true)
  [[ $count == "$1" ]] || fail "$count downloads in place of $1"
}

# Expects the arguments after $1 to fail with a last line that contains $1, and no link.
expect_refused() {
  local words=$1
  shift
  : >"$project/errors"
  if "$@"; then fail "no refusal where '$words' was expected"; fi
  [[ "$(tail -n 1 "$project/errors")" == "setup-libtorch: "*"$words"* ]] \
    || fail "in place of '$words' it says: $(cat "$project/errors")"
  ! grep -q Traceback "$project/errors" || fail "Python's own words: $(cat "$project/errors")"
  [[ ! -e "$project/.libtorch" ]] || fail "a refused copy is linked"
}

begin "two at once"
export DELAY=0.3
setup & first=$!
setup & second=$!
wait $first || fail "the first of two failed: $(cat "$project/errors")"
wait $second || fail "the second of two failed: $(cat "$project/errors")"
unset DELAY
expect_linked "$version"
expect_downloads 1
: >"$project/errors"
setup || fail "the next one failed"
[[ ! -s "$project/errors" ]] || fail "with nothing to do it says: $(cat "$project/errors")"
expect_downloads 1

for stage in download unpack; do
  begin "killed while it ${stage}s"
  set -m
  HANG=$stage setup & writer=$!
  set +m
  for _ in {1..100}; do
    if grep -q $stage "$STAGE/reached"; then break; fi
    sleep 0.1
  done
  kill -9 -- -$writer
  wait $writer 2>/dev/null || true
  [[ ! -e "$project/.libtorch" && ! -e "$cache/libtorch-$version" ]] || fail "half a copy is in use"
  setup || fail "after a kill: $(cat "$project/errors")"
  expect_linked "$version"
done

begin "damaged and missing downloads"
WHEEL="$work/changed" expect_refused "ATen.h in torch.whl is damaged" setup
WHEEL="$work/cut" expect_refused "damaged" setup
WHEEL="" expect_refused "cannot reach the Python package index" setup
setup || fail "after a damaged download: $(cat "$project/errors")"
expect_linked "$version"

begin "another version, another build"
setup
sed -i.old 's/^version=.*/version=99.0.0/' "$project/Scripts/setup-libtorch.sh"
setup
expect_linked 99.0.0
setup --cuda
expect_linked 99.0.0-cuda
setup
expect_linked 99.0.0-cuda
mv "$project/Scripts/setup-libtorch.sh.old" "$project/Scripts/setup-libtorch.sh"
setup
expect_linked "$version-cuda"
expect_downloads 4

begin "LIBTORCH as it is"
mkdir -p "$project/own/lib" "$project/own/include/ATen"
touch "$project/own/include/ATen/ATen.h"
LIBTORCH="$project/own" expect_refused "which has no lib/$library" setup
[[ $(wc -l <"$project/errors") == 1 ]] || fail "more than one sentence: $(cat "$project/errors")"
echo "no library" >"$project/own/lib/$library"
LIBTORCH="$project/own" expect_refused "names a library that does not load" setup
[[ $(wc -l <"$project/errors") == 1 ]] || fail "more than one sentence: $(cat "$project/errors")"
cp "$work/$library" "$project/own/lib"
LIBTORCH="$project/own" setup || fail "a good LIBTORCH is refused: $(cat "$project/errors")"
[[ ! -e "$project/.libtorch" && ! -e "$cache" ]] || fail "LIBTORCH was not used as it is"
expect_downloads 0
