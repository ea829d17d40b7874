#!/usr/bin/env bash
# Everything that must hold before a change lands, in order of cost, and the time of each part.
#
# Debug and release tests are built in scratch folders of their own: a testable release build and a
# plain one recompile each other. Tests run one after another, because LibTorch has one generator of
# random numbers and one pool of threads for the process. Beside them, which leave a core idle, builds what
# comes next: the release build beside the debug tests, and what depends on this package beside the release
# tests. The last line says how many tests passed and failed.
set -uo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
for tool in g++ objdump; do
  command -v "$tool" >/dev/null \
    || { echo "make test needs $tool (on Debian: apt-get install binutils g++)" >&2; exit 1; }
done
log=$(mktemp) aside=$(mktemp) running=
trap '[[ -z $running ]] || kill "$running" 2>/dev/null; rm -f "$log" "$aside"' EXIT
failed=0
times=()

# Runs the named part; a part that fails is remembered, and the next ones still run.
part() {
  local name=$1 begin=$SECONDS status
  shift
  echo "== $name"
  "$@" 2>&1 | tee -a "$log"
  status=${PIPESTATUS[0]}
  ((status == 0)) || failed=1
  times+=("$(printf '%5d s  %s%s' $((SECONDS - begin)) "$name" "$( ((status == 0)) || echo '  FAILED')")")
  return "$status"
}

release=(-c release --scratch-path .build-release -Xswiftc -enable-testing
  -Xswiftc -DRONDO_COUNT_STEPS)

# Starts a command beside the parts that follow.
begin() {
  "$@" >"$aside" 2>&1 &
  running=$!
}

# The rest of what was begun, as a part of this name.
finish() {
  local status
  wait "$running"; status=$? running=
  part "$1" report "$status"
}

report() {
  cat "$aside"
  return "$1"
}

part "floors, lengths, names" Scripts/check-architecture.sh
part "lint" make --no-print-directory lint
part "setup" Scripts/test-setup.sh
part "debug build" Scripts/check-architecture.sh --build; debugged=$?
begin swift build "${release[@]}" --build-tests
((debugged == 0)) && part "debug tests" swift test --skip-build --disable-xctest --no-parallel
finish "rest of the release build"; released=$?
begin Scripts/test-packages.sh
((released == 0)) \
  && part "release tests" swift test "${release[@]}" --skip-build --disable-xctest --no-parallel
finish "rest of the packages that depend on this one"

echo "== time by part"
printf '%s\n' "${times[@]}"
printf '%5d s  in all; a clean clone takes at most 1500 on two idle cores\n' "$SECONDS"

# Swift Testing closes with "Test run with 12 tests in 3 suites passed after 0.1 seconds."
run=$(sed -nE 's/.*Test run with ([0-9]+) tests?.*/\1/p' "$log" | awk '{ sum += $1 } END { print sum + 0 }')
broken=$(grep -cE '^✘ Test .* failed after' <(grep -v 'Test run with' "$log"))
echo "$((run - broken)) passed, $broken failed"
exit "$failed"
