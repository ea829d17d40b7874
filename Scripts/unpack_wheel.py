"""Takes LibTorch out of wheels.

    unpack_wheel.py FOLDER WHEEL...                 unpacks libraries and headers, checked
    unpack_wheel.py --requirements cpu|cuda WHEEL   prints the further wheels that it needs

Of torch only lib/ and include/ are taken, of CUDA's wheels only the libraries. Each file is
compared with the SHA-256 that the wheel's own RECORD names.
"""

import base64
import csv
import hashlib
import io
import os
import re
import sys
import zipfile

PLACES = [
    (re.compile(r"torch/(include/.+)"), r"\1"),
    # Python's own bindings and PyTorch's test libraries are of no use without Python.
    (re.compile(r"torch/(lib/(?!libtorch_python|.*_test|libbackend_with_compiler|libaoti_).+)"), r"\1"),
    (re.compile(r"torch\.libs/([^/]+)"), r"lib/\1"),
    (re.compile(r"nvidia/(?:.+/)?lib/([^/]+\.so[^/]*)"), r"lib/\1"),
]


def destination(name):
    for pattern, place in PLACES:
        found = pattern.fullmatch(name)
        if found and ".." not in name.split("/"):
            return found.expand(place)
    return None


def single(wheel, suffix):
    names = [name for name in wheel.namelist() if re.fullmatch(r"[^/]+\.dist-info/" + suffix, name)]
    if len(names) != 1:
        sys.exit(f"{os.path.basename(wheel.filename)} is not a wheel: it has no {suffix}")
    return wheel.read(names[0]).decode("utf-8")


def unpack(folder, path):
    with zipfile.ZipFile(path) as wheel:
        rows = csv.reader(io.StringIO(single(wheel, "RECORD")))
        recorded = {row[0]: row[1] for row in rows if len(row) == 3}
        for entry in wheel.infolist():
            place = destination(entry.filename)
            if place is None or entry.is_dir():
                continue
            target = os.path.join(folder, place)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            digest = hashlib.sha256()
            with wheel.open(entry) as source, open(target, "wb") as copy:
                while block := source.read(1 << 20):
                    digest.update(block)
                    copy.write(block)
            found = "sha256=" + base64.urlsafe_b64encode(digest.digest()).rstrip(b"=").decode()
            if recorded.get(entry.filename) != found:
                sys.exit(f"{entry.filename} in {os.path.basename(path)} is damaged: its SHA-256 "
                         "is not the recorded one; run 'make setup' again")


def requirements(flavour, path):
    with zipfile.ZipFile(path) as wheel:
        lines = re.findall(r"^Requires-Dist: ([^;\s]+)", single(wheel, "METADATA"), re.MULTILINE)
    if flavour == "cuda":
        return [line for line in lines if re.match(r"(cuda-toolkit|nvidia-)", line)]
    toolkits = [line for line in lines if line.startswith("cuda-toolkit")]
    return [re.sub(r"\[.*\]", "[cudart,cupti]", line) for line in toolkits]


def main(arguments):
    try:
        if arguments[0] == "--requirements":
            print("\n".join(requirements(arguments[1], arguments[2])))
        else:
            for path in arguments[1:]:
                if os.path.exists(path):  # a pattern of the shell that met no file
                    unpack(arguments[0], path)
    except (zipfile.BadZipFile, zipfile.zlib.error, EOFError) as error:
        sys.exit(f"a downloaded wheel is damaged ({error}); run 'make setup' again")
    except OSError as error:
        sys.exit(f"cannot unpack: {error}")


main(sys.argv[1:])
