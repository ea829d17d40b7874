#!/usr/bin/env python3
"""Writes Sources/RondoText/Unicode/UnicodeData+Generated.swift.

Unicode 16.0.0, which is what tokenizers 0.23 and tiktoken 0.14 use. Needs

    pip install unicodedata2==16.0.0 regex tokenizers==0.23.3

unicodedata2 has categories, combining classes and decompositions; Python's own str.lower has the
lower-case mappings of Unicode 14, to which this script adds the pairs that 15 and 16 brought.
BERT's components ask an older library, whose tables are those of Unicode 8; the script asks
tokenizers itself, scalar by scalar, what it removes, strips and splits. It also asks which scalars
its pattern \\X joins, and with what.

Every table is text whose bytes hold six bits each, from "0" on, so that it lies in the program as
it is.
"""

import pathlib
import unicodedata

import regex
import unicodedata2
from tokenizers import Regex
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer, Split

VERSION = "16.0.0"
assert unicodedata2.unidata_version == VERSION, unicodedata2.unidata_version

CATEGORIES = [
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps",
    "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
]
WHITE_SPACE = {*range(9, 14), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029,
               0x202F, 0x205F, 0x3000}
OTHER_ALPHABETIC = {*range(0x24B6, 0x24EA), *range(0x1F130, 0x1F14A), *range(0x1F150, 0x1F16A),
                    *range(0x1F170, 0x1F18A)}
NEW_LOWER = {0x1C89: 0x1C8A, 0xA7CB: 0x264, 0xA7CC: 0xA7CD, 0xA7DA: 0xA7DB, 0xA7DC: 0x19B,
             **{c: c + 0x20 for c in range(0x10D50, 0x10D66)}}
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def properties(c):
    """Category in five bits, then White_Space, then the word characters of UTS 18."""
    if 0xD800 <= c < 0xE000:
        return CATEGORIES.index("Cs")
    category = unicodedata2.category(chr(c))
    word = category[0] in "LM" or category in ("Nd", "Nl", "Pc") or c in OTHER_ALPHABETIC
    word = word or c in (0x200C, 0x200D)
    return CATEGORIES.index(category) | (c in WHITE_SPACE) << 5 | word << 6


def two_stage(values, size=128):
    """Equal blocks are kept once; then the blocks hold ranks of values, and the values follow."""
    ranks = sorted({values(c) for c in range(0x110000)})
    blocks, pages = {}, []
    for start in range(0, 0x110000, size):
        block = tuple(ranks.index(values(c)) for c in range(start, start + size))
        pages.append(blocks.setdefault(block, len(blocks)))
    assert len(ranks) <= 64 and len(blocks) <= 4096
    pages = [part for page in pages for part in (page & 63, page >> 6)]
    return pages, [rank for block in blocks for rank in block], numbers(ranks)


def lower(c):
    if c in NEW_LOWER:
        return chr(NEW_LOWER[c])
    return chr(c).lower()


def check_case():
    """The pairs above are all that Python's own tables lack."""
    for c in SCALARS:
        if unicodedata.category(chr(c)) == "Cn" and unicodedata2.category(chr(c)) in ("Lu", "Lt"):
            assert c in NEW_LOWER, hex(c)
            assert unicodedata2.category(chr(NEW_LOWER[c])) == "Ll", hex(c)


def check_words():
    """The list of alphabetic symbols agrees with another library on what both know."""
    pattern = regex.compile(r"[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]")
    for c in SCALARS:
        if unicodedata.category(chr(c)) != "Cn":
            assert bool(pattern.match(chr(c))) == bool(properties(c) >> 6), hex(c)


def numbers(values):
    """Five bits a byte, lowest first, bit 5 set on all but the last."""
    out = []
    for value in values:
        while value >= 32:
            out.append(32 | value & 31)
            value >>= 5
        out.append(value)
    return out


def mapping(pairs):
    """Sorted by scalar: distance from the last, length, scalars."""
    out, last = [], 0
    for c, text in sorted(pairs):
        out += numbers([c - last, len(text), *map(ord, text)])
        last = c
    return out


def is_hangul(c):
    return 0xAC00 <= c < 0xD7A4


def decompositions(form):
    for c in SCALARS:
        text = unicodedata2.normalize(form, chr(c))
        if text != chr(c) and not is_hangul(c):
            yield c, text


def compositions():
    for c in SCALARS:
        parts = unicodedata2.decomposition(chr(c))
        if not parts or parts.startswith("<"):
            continue
        parts = [int(p, 16) for p in parts.split()]
        if len(parts) == 2 and unicodedata2.normalize("NFC", chr(c)) == chr(c):
            yield c, "".join(map(chr, parts))


def bert_classes():
    """1 for what BERT's cleaning removes, 2 for accents that it strips, 3 for punctuation."""
    off = {"clean_text": False, "handle_chinese_chars": False, "strip_accents": False,
           "lowercase": False}
    clean = BertNormalizer(**{**off, "clean_text": True})
    strip = BertNormalizer(**{**off, "strip_accents": True})
    split = BertPreTokenizer()
    classes = [0] * 0x110000
    for c in SCALARS:
        text = f"a{chr(c)}a"
        if clean.normalize_str(text) == "aa":
            classes[c] = 1
        elif strip.normalize_str(text) == "aa":
            classes[c] = 2
        elif len(split.pre_tokenize_str(text)) == 3:
            classes[c] = 3
    return classes


def grapheme_classes():
    """The classes of GraphemeClass, by what joins what in tokenizers' pattern \\X."""
    pattern = Split(Regex("\\X"), "isolated")

    def joins(text):
        return len(pattern.pre_tokenize_str(text)) == 1

    def grapheme_class(c):
        text = chr(c)
        if c in (0xD, 0xA, 0x200D):
            return {0xD: 1, 0xA: 2, 0x200D: 5}[c]
        if not joins(text + "\u0301"):
            return 3  # Control.
        if joins("a" + text):
            # Of what joins anything before it, only Extend may stand between two pictographs.
            return 4 if joins("\u2764" + text + "\u200d\u2764") else 6
        if joins(text + "a"):
            return 7  # Prepend.
        if joins("\U0001F1E9" + text):
            return 8  # Regional_Indicator.
        if joins("\u2764\u200d" + text):
            return 9  # Extended_Pictographic.
        if joins("\uac01" + text):
            return 12  # Hangul T.
        if joins("\uac00" + text):
            return 11  # Hangul V.
        if joins("\u1100" + text):
            # Hangul L, LV and LVT.
            return 10 if joins(text + "\u1100") else 13 if joins(text + "\u1161") else 14
        return 0

    classes = [0] * 0x110000
    for c in SCALARS:
        classes[c] = grapheme_class(c)
    return classes


def literal(data):
    """A multi-line Swift string whose lines are joined by a backslash."""
    lines, line = [], ""
    for value in data:
        line += chr(48 + value).replace("\\", "\\\\")
        if len(line) > 92:
            lines.append(line)
            line = ""
    lines.append(line)
    return '"""\n' + "\\\n".join("    " + text for text in lines) + '\n    """'


def main():
    check_case()
    check_words()
    classes = {c: unicodedata2.combining(chr(c)) for c in SCALARS}
    pages, blocks, values = two_stage([properties(c) for c in range(0x110000)].__getitem__)
    class_pages, class_blocks, class_values = two_stage(lambda c: classes.get(c, 0))
    bert_pages, bert_blocks, bert_values = two_stage(bert_classes().__getitem__)
    grapheme_pages, grapheme_blocks, grapheme_values = two_stage(grapheme_classes().__getitem__)
    tables = [
        ("pages", "Which block each 128 scalars use, two bytes each.", pages),
        ("blocks", "The rank of each scalar's properties.", blocks),
        ("values", "The properties: category, White_Space, word character.", values),
        ("classPages", "Which class block each 128 scalars use, two bytes each.", class_pages),
        ("classBlocks", "The rank of each scalar's canonical combining class.", class_blocks),
        ("classValues", "The combining classes.", class_values),
        ("bertPages", "Which BERT block each 128 scalars use, two bytes each.", bert_pages),
        ("bertBlocks", "The rank of each scalar's BERT class.", bert_blocks),
        ("bertValues", "The BERT classes: removed, accent, punctuation.", bert_values),
        ("graphemePages", "Which grapheme block each 128 scalars use, two bytes each.",
         grapheme_pages),
        ("graphemeBlocks", "The rank of each scalar's grapheme class.", grapheme_blocks),
        ("graphemeValues", "The grapheme classes, as in GraphemeClass.", grapheme_values),
        ("canonical", "Full canonical decompositions, without Hangul.",
         mapping(decompositions("NFD"))),
        ("compatibility", "Full compatibility decompositions, without Hangul.",
         mapping(decompositions("NFKD"))),
        ("compositions", "Primary composites, without Hangul.", mapping(compositions())),
        ("lowerCase", "Lower-case mappings.",
         mapping((c, lower(c)) for c in SCALARS if lower(c) != chr(c))),
    ]
    out = ["// swift-format-ignore-file",
           f"// Unicode {VERSION}. Made by Scripts/make-unicode-tables.py.", "",
           "extension UnicodeData {"]
    for name, comment, data in tables:
        out += [f"  /// {comment}", f"  static let {name}: StaticString = {literal(data)}", ""]
    out[-1] = "}"
    root = pathlib.Path(__file__).resolve().parent.parent
    target = root / "Sources/RondoText/Unicode/UnicodeData+Generated.swift"
    target.write_text("\n".join(out) + "\n", encoding="ascii")
    print(target.relative_to(root), target.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
