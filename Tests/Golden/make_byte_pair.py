"""Writes byte-pair.json: what Hugging Face's tokenizers make of small byte-pair models.

Run with tokenizers 0.23.3: python3 Tests/Golden/make_byte_pair.py
"""

import json
import pathlib
import random
import tempfile

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

LINES = """the lower the newer, the widest of the low rivers
lowest and newest: low lower lowest, new newer newest
slow slower slowest flow flowing flown
aaa aaaa aaaaa aaaaaaaa banana bananas
über größer, déjà vu — naïve café
今日は良い天気です 天気 今天天气很好
emoji 😀😀 and 🇸🇪 and e\u0301e\u0301
1234 12 123 3.14 1,000 <tag> </tag> {x: [y]}""".split("\n")
WORDS = [word for line in LINES for word in line.split(" ")]
SPECIAL = ["<unk>", "<s>"]


def trained(words, **settings):
    """The vocabulary, merges and tokenizer that the trainer makes of the words."""
    tokenizer = Tokenizer(models.BPE(unk_token=settings.pop("unk_token", None)))
    prefix = settings.get("continuing_subword_prefix", "")
    tokenizer.train_from_iterator(
        words, trainers.BpeTrainer(show_progress=False, **settings))
    model = json.loads(tokenizer.to_str())["model"]
    vocabulary = sorted(model["vocab"], key=model["vocab"].get)
    assert sorted(model["vocab"].values()) == list(range(len(vocabulary))), prefix
    return vocabulary, model["merges"]


def first_symbols(words, prefix, suffix):
    """Every symbol a word can start from, so that identifiers do not depend on hashing."""
    symbols = {character for word in words for character in word}
    for word in words:
        for i, character in enumerate(word):
            symbols.add((prefix if i else "") + character + (suffix if i + 1 == len(word) else ""))
    return sorted(symbols)


def encodings(vocabulary, merges, words, **settings):
    model = models.BPE({t: i for i, t in enumerate(vocabulary)}, [tuple(m) for m in merges], **settings)
    cases = []
    for word in words:
        tokens = model.tokenize(word)
        cases.append({
            "word": word, "ids": [t.id for t in tokens],
            "offsets": [list(t.offsets) for t in tokens]})
    return cases


random.seed(7)
strange = ["", "lowerx", "xlower", "слово", "lo天w", "天天", "a\u0301", "newestnewest", "<s>", "xyzzy",
           "lower" * 60, "a" * 300]
mixed = ["".join(random.choice(random.choice(WORDS)) for _ in range(random.randint(1, 40)))
         for _ in range(120)]
words = sorted(set(WORDS + mixed + strange) - {""})

training, encoding = [], []
for name, settings in {
    "plain": dict(vocab_size=150, special_tokens=SPECIAL),
    "minimum": dict(vocab_size=400, min_frequency=3, special_tokens=SPECIAL),
    "limit": dict(vocab_size=120, limit_alphabet=9, special_tokens=[]),
    "alphabet": dict(vocab_size=140, initial_alphabet=["q", "Z", "ß"], special_tokens=["er"]),
    "length": dict(vocab_size=400, max_token_length=4, special_tokens=[]),
    "special length": dict(vocab_size=400, max_token_length=4, special_tokens=["lo", "es"]),
    "exhausted": dict(vocab_size=5000, special_tokens=SPECIAL),
}.items():
    corpus = WORDS
    if name == "limit":
        # Only letters whose counts differ, for a tie would be broken at random.
        corpus = ["".join("abcdefghijklmnop"[i] * (i + 1) for i in range(16)), "ponm", "pon", "po", "p"]
    vocabulary, merges = trained(corpus, **settings)
    training.append({
        "name": name, "words": corpus, "vocabularySize": settings["vocab_size"],
        "minimumCount": settings.get("min_frequency", 0), "special": settings["special_tokens"],
        "initialAlphabet": settings.get("initial_alphabet", []),
        "alphabetLimit": settings.get("limit_alphabet"),
        "lengthLimit": settings.get("max_token_length"), "prefix": "", "suffix": "",
        "vocabulary": vocabulary, "merges": merges})

for name, prefix, suffix in [("prefix", "##", ""), ("suffix", "", "</w>"), ("both", "##", "</w>")]:
    special = ["<unk>"] + first_symbols(WORDS, prefix, suffix)
    settings = dict(vocab_size=len(special) + 60, special_tokens=special)
    if prefix:
        settings["continuing_subword_prefix"] = prefix
    if suffix:
        settings["end_of_word_suffix"] = suffix
    vocabulary, merges = trained(WORDS, **settings)
    training.append({
        "name": name, "words": WORDS, "vocabularySize": settings["vocab_size"], "minimumCount": 0,
        "special": special, "initialAlphabet": [], "alphabetLimit": None, "lengthLimit": None,
        "prefix": prefix, "suffix": suffix, "vocabulary": vocabulary, "merges": merges})
    options = {k: settings[k] for k in settings if k.endswith("prefix") or k.endswith("suffix")}
    encoding.append({
        "name": name, "training": name, "prefix": prefix, "suffix": suffix, "unknown": "<unk>",
        "mergesUnknown": False, "byteFallback": False, "wholePieceFirst": False,
        "cases": encodings(vocabulary, merges, words, unk_token="<unk>", **options)})

# Where the prefix or the suffix is text as well, one token has several ways to be made, and a pair
# can come up again, before or after nothing was left of it.
for name, prefix, suffix, limit, corpus in [
    ("ambiguous", "##", "", None, "a##a ###a# a#a##a# ##a####a a##aa#a##a# #a#a##a ##a##a## a#a#### ###a###a"),
    ("returning", "##", "", None, "aa#a aa#a aa#a #a ##a# ##a# ##a# ##"),
    ("returning at once", "##", "", None, "#a# ##a## ##a## ##a## ##a## ##a### ###a ###a"),
    ("on both sides", "##", "#", None, "aa#a#a aa#a##"),
    ("on both sides of a run", "#", "#", None, "a### a#######"),
    ("twice in the queue", "##", "", None, "a#a# a#a# ######a ###a###a a######a a######a "
     "### ### ### ### ### a# a## a## a## ###a"),
    ("later in the queue", "#", "</w>", None, "###a#a# ##a# ### a## ###"),
    ("of several lengths", "#", "", 4, "###"),
    ("less than never", "#", "#", 3, "##b#"),
]:
    corpus = corpus.split(" ")
    special = first_symbols(corpus, prefix, suffix)
    settings = dict(
        vocab_size=300, special_tokens=special, continuing_subword_prefix=prefix,
        **({"end_of_word_suffix": suffix} if suffix else {}),
        **({"max_token_length": limit} if limit else {}))
    vocabulary, merges = trained(corpus, **settings)
    assert all(trained(corpus, **settings) == (vocabulary, merges) for _ in range(50)), name
    training.append({
        "name": name, "words": corpus, "vocabularySize": 300, "minimumCount": 0,
        "special": special, "initialAlphabet": [], "alphabetLimit": None, "lengthLimit": limit,
        "prefix": prefix, "suffix": suffix, "vocabulary": vocabulary, "merges": merges})

plain = training[0]
for name, options in {
    "unknown": dict(unk_token="<unk>"),
    "merged unknown": dict(unk_token="<unk>", fuse_unk=True),
    "whole first": dict(unk_token="<unk>", ignore_merges=True),
}.items():
    encoding.append({
        "name": name, "training": "plain", "prefix": "", "suffix": "", "unknown": "<unk>",
        "mergesUnknown": options.get("fuse_unk", False), "byteFallback": False,
        "wholePieceFirst": options.get("ignore_merges", False),
        "cases": encodings(plain["vocabulary"], plain["merges"], words, **options)})

# Byte fallback: all bytes of "天" and of U+0301 are in this vocabulary, those of "с" are not.
fallback = plain["vocabulary"] + [f"<0x{b:02X}>" for b in "天о\u0301😀".encode()[:-1]]
fallback = list(dict.fromkeys(fallback))
encoding.append({
    "name": "fallback", "vocabulary": fallback, "training": "plain", "prefix": "", "suffix": "",
    "unknown": "<unk>", "mergesUnknown": True, "byteFallback": True, "wholePieceFirst": False,
    "cases": encodings(
        fallback, plain["merges"], words, unk_token="<unk>", fuse_unk=True, byte_fallback=True)})

# Byte level: words in the printable alphabet, with the bytes they stand for.
alphabet = pre_tokenizers.ByteLevel.alphabet()
byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
printable = lambda word: byte_level.pre_tokenize_str(word)[0][0]
byte_words = [" " + word for word in WORDS]
vocabulary, merges = trained(
    [printable(w) for w in byte_words], vocab_size=400, special_tokens=["<|end|>"],
    initial_alphabet=alphabet)
bytes_model = models.BPE({t: i for i, t in enumerate(vocabulary)}, [tuple(m) for m in merges])
byte_cases = [
    {"word": w, "ids": [t.id for t in bytes_model.tokenize(printable(w))]}
    for w in byte_words + words]
byte_level_case = {
    "words": byte_words, "vocabulary": vocabulary, "merges": merges, "cases": byte_cases}

# From a file: the library keeps the ends of lines.
CL100K = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
text = "\n".join("  f(x): y.\n\n%s.\r\n\t%s!" % (a, b) for a, b in zip(WORDS, WORDS[::-1]))
with tempfile.TemporaryDirectory() as folder:
    file = pathlib.Path(folder, "text")
    file.write_bytes(text.encode())
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(CL100K), "isolated"), byte_level])
    tokenizer.train([str(file)], trainers.BpeTrainer(
        vocab_size=330, show_progress=False, special_tokens=["<pad>", "<bos>", "<eos>"],
        initial_alphabet=alphabet))
model = json.loads(tokenizer.to_str())["model"]
file_case = {"text": text, "vocabularySize": 330, "merges": model["merges"],
             "vocabulary": sorted(model["vocab"], key=model["vocab"].get)}
assert any("Ċ" in token for merge in model["merges"] for token in merge)

path = pathlib.Path(__file__).with_name("byte-pair.json")
path.write_text(
    json.dumps({"training": training, "encoding": encoding, "byteLevel": byte_level_case,
                "file": file_case}, ensure_ascii=False, separators=(",", ":")) + "\n")
print(path, path.stat().st_size)
