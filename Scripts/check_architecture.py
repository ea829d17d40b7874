"""check_architecture.py MANIFEST: compares the package with the floors of ARCHITECTURE.md.

MANIFEST is what `swift package dump-package` printed. Every broken rule is one line; the exit
status is 1 when there is one.
"""

import json
import pathlib
import re
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# What the toolchain and the system bring; everything else is declared in the manifest.
SYSTEM_MODULES = {
    "Swift", "Foundation", "FoundationEssentials", "FoundationXML", "Glibc", "Musl", "Darwin",
    "Dispatch", "Synchronization", "Testing",
}
# The one arrow that stays on its floor: the kernels' C header is part of the shim.
ARROWS_WITHIN_A_FLOOR = {("CTorch", "CRondoKernels")}
LIBTORCH_HEADERS = ("ATen/", "c10/", "torch/")
FORBIDDEN_NAMES = {
    "Utils", "Utilities", "Helpers", "Helper", "Common", "Core", "Misc", "Shared", "Extensions",
    "Manager",
}
# Written in halves, so that this file passes its own check.
FORBIDDEN_WORDS = re.compile(
    r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b|(?<![\w./$}-])/(ro" r"ot|wo" r"rk|home/\w+|Users/\w+)/")
MOST_LINES, MEDIAN_LINES, NINETIETH_LINES = 400, 120, 300
GENERATED = re.compile(r"^// .*[Mm]ade by Scripts/", re.MULTILINE)
SWIFT_IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+"
    r"(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)", re.MULTILINE)
INCLUDE = re.compile(r'^\s*#\s*(?:include|import)\s*([<"])([^>"]+)[>"]', re.MULTILINE)

problems = []


def complain(sentence):
    problems.append(sentence)


def relative(path):
    return path.relative_to(ROOT).as_posix()


def read_architecture():
    """Returns each target's floor and each target's imports, as ARCHITECTURE.md states them."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    floors = {}
    for number, names in re.findall(r"^floor (\d+)\s+(.+)$", text, re.MULTILINE):
        for name in re.findall(r"\bC?Rondo\w*|\bCTorch", re.sub(r"\(.*?\)|:.*", "", names)):
            floors[name] = int(number)
    imports = {}
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|$", text, re.MULTILINE)
    for name, cells in rows:
        imports[name] = set(re.findall(r"`(\w+)`", cells.split("|")[-1]))
    return floors, imports


def read_manifest(path):
    """Returns each target's kind, folder, and declared dependencies."""
    targets = {}
    for target in json.loads(pathlib.Path(path).read_text(encoding="utf-8"))["targets"]:
        names = set()
        for dependency in target["dependencies"]:
            (value,) = dependency.values()
            names.add(value[0])
        parent = "Tests" if target["type"] == "test" else "Sources"
        folder = ROOT / (target.get("path") or f"{parent}/{target['name']}")
        targets[target["name"]] = (target["type"], folder, names)
    return targets


def check_floors(targets, floors, imports):
    ours = {name for name, (kind, _, _) in targets.items() if kind != "test"}
    for name in sorted(ours - set(imports)):
        complain(f"ARCHITECTURE.md has no row for the target {name}")
    for name in sorted(ours - set(floors)):
        complain(f"ARCHITECTURE.md puts the target {name} on no floor")
    for name in sorted((set(imports) | set(floors)) - ours):
        complain(f"ARCHITECTURE.md names {name}, which is no target of Package.swift")
    for name in sorted(ours & set(imports)):
        declared = targets[name][2]
        if extra := declared - imports[name]:
            complain(f"{name} depends on {', '.join(sorted(extra))}, which ARCHITECTURE.md does not allow")
        if unused := imports[name] - declared:
            complain(f"ARCHITECTURE.md lets {name} import {', '.join(sorted(unused))}, "
                     "which Package.swift does not declare")
        for other in sorted(declared & set(floors)):
            if (name, other) in ARROWS_WITHIN_A_FLOOR or name not in floors:
                continue
            if floors[other] >= floors[name]:
                complain(f"{name} on floor {floors[name]} depends on {other} on floor {floors[other]}; "
                         "a target imports only from floors below its own")


def without_comments(text):
    return re.sub(r"//[^\n]*", "", text)


def check_imports(targets):
    for name, (_, folder, declared) in sorted(targets.items()):
        for path in sorted(folder.rglob("*.swift")):
            for module in SWIFT_IMPORT.findall(without_comments(path.read_text(encoding="utf-8"))):
                if module not in declared | SYSTEM_MODULES:
                    complain(f"{relative(path)} imports {module}, which {name} does not declare")


def check_includes(targets):
    for name, (_, folder, declared) in sorted(targets.items()):
        sources = [path for path in folder.rglob("*") if path.suffix in {".c", ".cpp", ".h", ".hpp"}]
        neighbours = [ROOT / "Sources" / other / "include" for other in declared]
        for path in sorted(sources):
            for kind, header in INCLUDE.findall(without_comments(path.read_text(encoding="utf-8"))):
                if kind == '"':
                    places = [path.parent, folder, folder / "include", *neighbours]
                    if not any((place / header).is_file() for place in places):
                        complain(f'{relative(path)} includes "{header}", which is neither in {name} '
                                 "nor in the headers of a declared dependency")
                elif header.startswith(LIBTORCH_HEADERS):
                    if name != "CTorch":
                        complain(f"{relative(path)} includes <{header}>; only CTorch knows LibTorch")
                elif "/" in header and not header.startswith("sys/"):
                    complain(f"{relative(path)} includes <{header}>, which is no system header")


def check_files():
    folders = ("Sources", "Tests", "Benchmarks", "Scripts", "Documentation")
    lengths = []
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            parts = path.relative_to(ROOT).parts
            if any(part.startswith(".") or part == "__pycache__" for part in parts):
                continue
            for part in parts:
                words = re.split(r"[+_.\- ]", part) + re.findall(r"[A-Z][a-z]+$", part.split(".")[0])
                if found := FORBIDDEN_NAMES & {word[:1].upper() + word[1:] for word in words}:
                    complain(f"{relative(path)} is named {', '.join(found)}; a thing has a name of its own "
                             "or lives with its only user")
            if not path.is_file() or path.suffix not in {
                ".swift", ".c", ".cpp", ".h", ".hpp", ".md", ".sh", ".py"
            }:
                continue
            text = path.read_text(encoding="utf-8")
            for number, line in enumerate(text.split("\n"), 1):
                if FORBIDDEN_WORDS.search(line):
                    complain(f"{relative(path)}:{number}: a reminder or a machine's path: {line.strip()}")
            is_measured = path.suffix in {".swift", ".c", ".cpp", ".h", ".hpp"} and folder != "Tests"
            if is_measured and "Tests" not in parts and not GENERATED.search(text[:400]):
                lengths.append((text.count("\n"), relative(path)))
    check_lengths(sorted(lengths))


def check_lengths(lengths):
    if not lengths:
        return
    counts = [count for count, _ in lengths]
    median = statistics.median(counts)
    ninetieth = counts[min(len(counts) - 1, len(counts) * 9 // 10)]
    longest = lengths[-1]
    print(f"{len(lengths)} source files: median {median:.0f} lines, 90th percentile {ninetieth}, "
          f"longest {longest[0]} ({longest[1]})")
    for count, path in lengths:
        if count > MOST_LINES:
            complain(f"{path} has {count} lines; at most {MOST_LINES} are allowed")
    if median > MEDIAN_LINES:
        complain(f"the median file has {median:.0f} lines; at most {MEDIAN_LINES} are allowed")
    if ninetieth > NINETIETH_LINES:
        complain(f"the 90th percentile file has {ninetieth} lines; at most {NINETIETH_LINES} are allowed")


def main():
    floors, imports = read_architecture()
    targets = read_manifest(sys.argv[1])
    check_floors(targets, floors, imports)
    check_imports(targets)
    check_includes(targets)
    check_files()
    for problem in problems:
        print(f"check-architecture: {problem}", file=sys.stderr)
    sys.exit(1 if problems else 0)


main()
