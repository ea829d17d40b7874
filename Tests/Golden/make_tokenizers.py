#!/usr/bin/env python3
"""Writes Tests/Golden/tokenizers: what Hugging Face's tokenizers and tiktoken return, case by case.

    pip install tokenizers==0.23.3 tiktoken==0.14.0 sentencepiece==0.2.3 protobuf
    python Tests/Golden/make_tokenizers.py [FOLDER]

components.jsonl has a component a line, as text, with what it makes of each text; models.jsonl
has small tokenizers, trained here on the sentences below, with identifiers, offsets and decoded
text, pairs, and encodings that are shortened and padded; word-pieces.json has what a training
results in; published.json, made only if FOLDER holds gpt2/encoder.json.gz, gpt2/vocab.bpe.gz and
bert-base-uncased/vocab.txt.gz as published, has the few tokens of GPT-2 and BERT that some texts
need, under their own identifiers; nmt-nfkc.json has every character and every decomposed letter that
SentencePiece's usual map changes, and what they become; tiktoken.json has ranks with identifiers of texts and of bytes, with special tokens and
with the places of decoded tokens. Texts use only scalars that Unicode 14 and later know alike.
"""

import base64
import collections
import contextlib
import gzip
import itertools
import json
import os
import pathlib
import random
import sys
import unicodedata

import sentencepiece
import sentencepiece.sentencepiece_model_pb2 as sentencepiece_model
import tiktoken
from tokenizers import (AddedToken, Regex, Tokenizer, decoders, models, normalizers,
                        pre_tokenizers, processors, trainers)

OUT = pathlib.Path(__file__).resolve().parent / "tokenizers"
O200K = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
GPT2 = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"
CL100K = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}%s"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
# cl100k_base as tiktoken spells it; here the last white space may be more than one scalar.
TIKTOKEN = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+"
    r"| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
)
QWEN35 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}"
    r"| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
# o200k without contractions, and with one number a piece.
TEKKEN = O200K.replace("(?i:'s|'t|'re|'ve|'m|'ll|'d)?", "").replace("{1,3}", "")
DEEPSEEK = (
    r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"""
    r"| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
DEEPSEEK_V3 = ["\\p{N}{1,3}", "[一-龥\u3040-ゟ゠-ヿ]+", DEEPSEEK]
# The line ends are in the expression itself, as the model's own file has them.
DEEPSEEK_CODER = ["[\r\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", "[一-龥\u0800-一가-\ud7ff]+"]
BLOOM = r" ?[^(\s|[.,!?…。，、।۔،])]+"
CLIP = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
SENTENCES = [
    "The quick brown fox jumps over the lazy dog, doesn't it?",
    "A man in a blue t-shirt is standing on a ladder cleaning a window.",
    "Ein Mann in einem blauen T-Shirt steht auf einer Leiter und putzt ein Fenster.",
    "Zwei junge weiße Männer sind im Freien in der Nähe vieler Büsche.",
    "Two young, white males are outside near many bushes; it's 1,234.5 degrees!",
    "L'élève a mangé une crème brûlée à l'œuf — c'était délicieux…",
    "def f(x):\n    if x > 10:\n        return x ** 2  # square\n",
    "我喜欢机器学习。東京タワーは高い。 안녕하세요 세계",
    "Привет, мир! Γειά σου Κόσμε. שלום עולם مرحبا بالعالم",
    "unaffable unhappiness relearning learner learned lower lowest newer newest wider",
    "🙂🙃 👩‍👩‍👧 🇩🇪 👍🏽 e\u0301 A\u030a ﬁ ﬂ ½ ² ① Ａｂ",
]
ODD = ["", " ", "  ", "\n", "\r\n", "\t", "a", " a", "a ", "  a  b  ", "\u00a0x\u3000y", "'s", "'S",
       "'ſ", "it'S 'll 'Re", "x\n\n  y", "x  \n  ", "HTTPServer iPhone XMLHttp", "ÀÉî Ǆǅǆ İI ıi ẞß",
       "a\u0301\u0327b \u0301x", "Ω K Å", "１２３ ٣٤٥ Ⅷ 1234567", "<s>[CLS]</s>", "▁▁x ▁y",
       "\u200b\u200d\ufeff", "a/b//c\n/", "!!??..,,--", "$1^2~3`4|5", "日本語テキスト", "한국어 각",
       "ﷺ ﬁ ⑩ ㍿ ℌ", "x\u0000y\ufffdz", "q\u0323\u0307 q\u0307\u0323", "\u1100\u1161\u11a8 가\u11a8"]
# What pre-tokenizers of single models tell apart.
MARKED = ["a।b ۔c، d、e，f (g) | h…", "1a\u200b \u00851b\u0085 '!!x'é $é -Aé ~~\r\n\n",
          "\u3000、x \u3000!  \n\t \n", "e\u0301ab\u0301 \u0301 9\u0301\u20dd", "カタ1カナ12かな一\u200b"]
CLUSTERS = ["क्षि नि क्‍ष", "ᄀᄀ가각ᆨᇂ각각ᅡ", "🇩🇪🇫🇷🇪 e🇩\u0301🇪", "\u0600अ \u0600🇩🇪\u0301",
            "👩\u200d👧\u0301\u200d👦 ❤\u200d\u0301❤ ❤\u200d\u200d❤ ❤\u200da", "\r\n\r\u0301\n\u0301\u200d\u200b\u0301",
            "\u0e33ก\u0e33", "a" + "👍🏽" * 300, "aa" + "e\u0301\u0301\u0301\u0301" * 150]
LETTERS = list("aAbZ09 ß éÉ'’-_.,/ \n\t中語カ가и\u0301\u0327\u0323½²Ⅳ٣🙂\u200d▁$(")


def texts():
    rng = random.Random(20)
    fuzz = ["".join(rng.choice(LETTERS) for _ in range(rng.randint(1, 24))) for _ in range(40)]
    return ODD + SENTENCES + fuzz


def component(part):
    """The JSON of a component, which only whole tokenizers write."""
    tokenizer = Tokenizer(models.WordLevel({"x": 0}, unk_token="x"))
    kind = {normalizers.Normalizer: "normalizer", pre_tokenizers.PreTokenizer: "pre_tokenizer",
            decoders.Decoder: "decoder"}[next(k for k in type(part).__mro__ if k in (
                normalizers.Normalizer, pre_tokenizers.PreTokenizer, decoders.Decoder))]
    setattr(tokenizer, kind, part)
    return kind, json.dumps(json.loads(tokenizer.to_str())[kind], ensure_ascii=False)


def component_lines():
    n, p, d = normalizers, pre_tokenizers, decoders
    for part in [
        n.NFC(), n.NFD(), n.NFKC(), n.NFKD(), n.Lowercase(), n.StripAccents(), n.Strip(),
        n.Strip(left=False), n.Strip(right=False), n.Strip(left=False, right=False),
        n.BertNormalizer(), n.BertNormalizer(lowercase=False),
        n.BertNormalizer(clean_text=False, strip_accents=False),
        n.BertNormalizer(handle_chinese_chars=False),
        n.BertNormalizer(lowercase=False, strip_accents=True), n.Prepend("▁"),
        n.Replace("a", "<a>"), n.Replace(Regex(" {2,}"), "▁"), n.Replace(Regex("\\s+"), " "),
        n.Replace(Regex("\\d+"), "0"), n.Replace(Regex("\\n"), "↵"),
        n.Sequence([n.NFD(), n.StripAccents(), n.Lowercase(), n.NFC()]),
    ]:
        kind, name = component(part)
        yield kind, name, [[t, part.normalize_str(t)] for t in texts()]
    splits = [p.Split(Regex(x), "isolated") for x in (
        O200K, CL100K % "{1,3}", CL100K % "", "\\p{N}", "\\d", "\\s", "\\s+", "[\\s\\S]",
        "\\d+", "\\p{N}{1,3}", "\\n", "\\X", TEKKEN, QWEN35, DEEPSEEK, BLOOM, *DEEPSEEK_CODER,
        TIKTOKEN.replace("{1,3}+", "{1,3}"), "\\s+$", "\\s?[!-/:-~！-／：-～‘-‟\u3000-。]+")]
    splits += [p.Sequence([p.Split(Regex(x), "isolated") for x in DEEPSEEK_V3])]
    splits += [p.Split("a", b) for b in ("removed", "isolated", "merged_with_previous",
                                         "merged_with_next", "contiguous")]
    splits += [p.Split(Regex(CLIP), "removed", invert=True)]
    splits += [p.Split(" ", "removed", invert=True), p.Split(" ", "merged_with_next", invert=True)]
    for part in splits + [
        p.ByteLevel(add_prefix_space=False), p.Whitespace(), p.WhitespaceSplit(),
        p.ByteLevel(add_prefix_space=True), p.ByteLevel(add_prefix_space=False, use_regex=False),
        p.ByteLevel(add_prefix_space=True, use_regex=False), p.CharDelimiterSplit("a"),
        p.CharDelimiterSplit("中"), p.BertPreTokenizer(), p.Punctuation(),
        p.Punctuation("contiguous"), p.Punctuation("merged_with_previous"),
        p.Punctuation("merged_with_next"), p.Punctuation("removed"), p.Digits(),
        p.Digits(individual_digits=True), p.Metaspace(), p.Metaspace(prepend_scheme="never"),
        p.Metaspace(prepend_scheme="first"), p.Metaspace(split=False),
        p.Sequence([p.WhitespaceSplit(), p.Punctuation(), p.Digits(individual_digits=True)]),
    ]:
        kind, name = component(part)
        own = MARKED + CLUSTERS * ('"\\\\X"' in name)
        yield kind, name, [
            [t, [list(o) for _, o in part.pre_tokenize_str(t)]] for t in texts() + own]
    words = [["Hello", "world", "##s", "!", "do", "n't", "it", "'s"], ["▁Hey", "▁fri", "end", "▁▁", "!"],
             ["<0xE2>", "<0x96>", "<0x81>", "a", "<0xFF>", "b", "<0x41>"], ["low</w>", "er</w>"], [],
             ["  a ", " b  "], ["##a", " .", "a ."]]
    for part in [
        d.WordPiece(), d.WordPiece(prefix="##", cleanup=False), d.Metaspace(),
        d.Metaspace(prepend_scheme="never"), d.Metaspace(prepend_scheme="first"), d.ByteFallback(), d.Fuse(), d.BPEDecoder(),
        d.Strip(" ", 1, 0), d.Strip(" ", 1, 1), d.Replace("▁", " "),
        d.Sequence([d.Replace("▁", " "), d.ByteFallback(), d.Fuse(), d.Strip(" ", 1, 0)]),
    ]:
        kind, name = component(part)
        yield kind, name, [[w, part.decode(w)] for w in words]


def whole(model, tokens, **parts):
    tokenizer = Tokenizer(model)
    for name, part in parts.items():
        setattr(tokenizer, name, part)
    tokenizer.add_tokens(tokens)
    return tokenizer


def trained(model, trainer, tokens, **parts):
    tokenizer = whole(model, [], **parts)
    tokenizer.train_from_iterator(SENTENCES * 2, trainer)
    tokenizer.add_tokens(tokens)
    return tokenizer


def symbols(words, prefix="", suffix=""):
    """Every symbol that the words can start from; numbered first, so that the trainer, which numbers
    them in the order of a hash table, gives the same vocabulary every time."""
    found = {character for word in words for character in word}
    later = {prefix + c for word in words for c in word[1:]}
    later |= {c + suffix for word in words for c in word[:1]} if suffix else set()
    later |= {prefix + word[-1] + suffix for word in words if len(word) > 1}
    return sorted(found) + sorted(later - found)


def learned(trainer, words, **settings):
    """The vocabulary, in order, and the merges that a trainer makes of words."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.train_from_iterator(words, trainer(show_progress=False, **settings))
    model = json.loads(tokenizer.to_str())["model"]
    return sorted(model["vocab"], key=model["vocab"].get), [tuple(m) for m in model["merges"]]


def bert_words(lines):
    normalizer, splitter = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    return [w for line in lines for w, _ in splitter.pre_tokenize_str(normalizer.normalize_str(line))]


def model_lines():
    common = {"show_progress": False}
    special = [AddedToken("<|end|>", special=True)]
    yield "words", trained(
        models.WordLevel(unk_token="[UNK]"),
        trainers.WordLevelTrainer(vocab_size=90, special_tokens=["[UNK]", "[PAD]"], **common),
        special, normalizer=normalizers.NFKC(), pre_tokenizer=pre_tokenizers.Whitespace())
    words = bert_words(SENTENCES)
    vocabulary, _ = learned(
        trainers.BpeTrainer, words, vocab_size=420, continuing_subword_prefix="##",
        special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + symbols(words, "##"))
    word_piece = whole(
        models.WordPiece({t: i for i, t in enumerate(vocabulary)}, unk_token="[UNK]"),
        [AddedToken(t, special=True) for t in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")] + special,
        normalizer=normalizers.BertNormalizer(), pre_tokenizer=pre_tokenizers.BertPreTokenizer(),
        decoder=decoders.WordPiece())
    word_piece.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    yield "word pieces", word_piece
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    tokens = [AddedToken("<mask>", lstrip=True), AddedToken("man", single_word=True),
              AddedToken("<r>", rstrip=True), AddedToken("Fenster", normalized=False)]
    yield "gpt2", trained(
        models.BPE(),
        trainers.BpeTrainer(
            vocab_size=400, initial_alphabet=alphabet, special_tokens=["<|endoftext|>"], **common),
        special, decoder=decoders.ByteLevel(),
        pre_tokenizer=pre_tokenizers.ByteLevel(add_prefix_space=False))
    patterns = [
        ("o200k", [O200K]), ("qwen", [CL100K % ""]), ("cl100k", [CL100K % "{1,3}"]),
        ("tekken", [TEKKEN]), ("qwen 3.5", [QWEN35]), ("deepseek v3", DEEPSEEK_V3),
        ("deepseek coder", DEEPSEEK_CODER), ("bloom", [BLOOM])]
    for name, expressions in patterns:
        yield name, trained(
            models.BPE(),
            trainers.BpeTrainer(vocab_size=400, initial_alphabet=alphabet, **common),
            special + tokens, decoder=decoders.ByteLevel(),
            pre_tokenizer=pre_tokenizers.Sequence([
                *(pre_tokenizers.Split(Regex(x), "isolated") for x in expressions),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]))
    roberta = trained(
        models.BPE(), trainers.BpeTrainer(
            vocab_size=380, initial_alphabet=alphabet, special_tokens=["<s>", "</s>"], **common),
        special + [AddedToken("<mask>", lstrip=True, special=True), tokens[2]],
        decoder=decoders.ByteLevel(),
        pre_tokenizer=pre_tokenizers.ByteLevel(add_prefix_space=True))
    roberta.post_processor = processors.RobertaProcessing(("</s>", 1), ("<s>", 0))
    yield "roberta", roberta
    small = trainers.BpeTrainer(vocab_size=290, initial_alphabet=alphabet, **common)
    trimmed = trained(
        models.BPE(), small, special, decoder=decoders.ByteLevel(),
        pre_tokenizer=pre_tokenizers.ByteLevel(add_prefix_space=True))
    trimmed.post_processor = processors.ByteLevel(trim_offsets=True)
    yield "trimmed", trimmed
    framed = trained(
        models.BPE(), small, special, decoder=decoders.ByteLevel(),
        pre_tokenizer=pre_tokenizers.Sequence([
            pre_tokenizers.Digits(), pre_tokenizers.ByteLevel(add_prefix_space=False)]))
    framed.post_processor = processors.Sequence([
        processors.ByteLevel(trim_offsets=True, add_prefix_space=False),
        processors.TemplateProcessing(
            single="<|end|> $A", pair="<|end|> $A:0 <|end|>:1 $B:1",
            special_tokens=[("<|end|>", framed.token_to_id("<|end|>"))])])
    yield "framed", framed
    pieces = sentencepiece_pieces()
    unigram = whole(
        models.Unigram(pieces.pieces, unk_id=0), [AddedToken("</s>", special=True)] + special,
        normalizer=normalizers.Sequence([
            normalizers.Precompiled(pieces.map), normalizers.Replace(Regex(" {2,}"), " ")]),
        pre_tokenizer=pre_tokenizers.Metaspace(), decoder=decoders.Metaspace())
    unigram.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A </s> $B:1 </s>:1", special_tokens=[("</s>", 2)])
    yield "unigram", unigram
    words = [word for line in SENTENCES for word in line.lower().split() if word.isascii()]
    vocabulary, merges = learned(
        trainers.BpeTrainer, words, vocab_size=330, end_of_word_suffix="</w>",
        special_tokens=["<unk>"] + symbols(words, suffix="</w>"))
    yield "suffix", whole(
        models.BPE({t: i for i, t in enumerate(vocabulary)}, merges, unk_token="<unk>",
                   end_of_word_suffix="</w>", fuse_unk=True),
        special, normalizer=normalizers.Lowercase(), decoder=decoders.BPEDecoder(),
        pre_tokenizer=pre_tokenizers.WhitespaceSplit())
    yield "clip", clip(special)
    tokens = ["<unk>", "a", "n", "b", "l", "Ã", "an", "man", "m"]
    yield "few bytes", whole(
        models.BPE({t: i for i, t in enumerate(tokens)}, [("a", "n"), ("m", "an")],
                   unk_token="<unk>", fuse_unk=True),
        special, decoder=decoders.ByteLevel(),
        pre_tokenizer=pre_tokenizers.ByteLevel(add_prefix_space=False))
    yield "byte fallback", byte_fallback()
    yield "characters", trained(
        models.WordLevel(unk_token="[UNK]"),
        trainers.WordLevelTrainer(vocab_size=90, special_tokens=["[UNK]"], **common),
        special, pre_tokenizer=pre_tokenizers.Split(Regex("[\\s\\S]"), "isolated"))
    yield "folded unigram", whole(
        models.Unigram(pieces.pieces, unk_id=0), special,
        normalizer=normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()]),
        pre_tokenizer=pre_tokenizers.Metaspace(), decoder=decoders.Metaspace())
    yield "added", trained(
        models.BPE(), small,
        special + [AddedToken("<lr>", lstrip=True, rstrip=True), AddedToken("<r>", rstrip=True),
                   AddedToken("<mask>", lstrip=True), "ab", "abc", "😀", "👩‍👩‍👧",
                   AddedToken("man", single_word=True), AddedToken("Ab c", normalized=False)],
        normalizer=normalizers.Lowercase(), decoder=decoders.ByteLevel(),
        pre_tokenizer=pre_tokenizers.ByteLevel(add_prefix_space=False))
    yield "added space", whole(
        models.WordLevel({"[UNK]": 0, "x": 1, "xy": 2}, unk_token="[UNK]"),
        [AddedToken("<a>", rstrip=True, normalized=False), AddedToken(" ", normalized=False),
         AddedToken("   ", lstrip=True, normalized=False), AddedToken("<b>", rstrip=True),
         AddedToken("\n"), AddedToken("\t\t", single_word=True),
         AddedToken("<m>", lstrip=True, rstrip=True, special=True)],
        normalizer=normalizers.Lowercase())


def clip(special):
    """The shape of CLIP's tokenizer: byte level, with a suffix at the end of words."""
    n, p = normalizers, pre_tokenizers
    normalizer = n.Sequence([n.NFC(), n.Replace(Regex("\\s+"), " "), n.Lowercase()])
    splitter = p.Sequence([p.Split(Regex(CLIP), "removed", invert=True),
                           p.ByteLevel(add_prefix_space=False)])
    words = [word for line in SENTENCES
             for word, _ in splitter.pre_tokenize_str(normalizer.normalize_str(line))]
    vocabulary, merges = learned(
        trainers.BpeTrainer, words, vocab_size=640, end_of_word_suffix="</w>",
        special_tokens=["<|endoftext|>"] + sorted(
            {*pre_tokenizers.ByteLevel.alphabet(), *symbols(words, suffix="</w>")}))
    tokenizer = whole(
        models.BPE({t: i for i, t in enumerate(vocabulary)}, merges, unk_token="<|endoftext|>",
                   continuing_subword_prefix="", end_of_word_suffix="</w>"),
        [AddedToken("<|endoftext|>", special=True)] + special, normalizer=normalizer,
        pre_tokenizer=splitter, decoder=decoders.ByteLevel())
    tokenizer.post_processor = processors.RobertaProcessing(
        ("<|endoftext|>", 0), ("<|endoftext|>", 0), trim_offsets=False, add_prefix_space=False)
    return tokenizer


def byte_fallback():
    """A tokenizer as Llama 2 has it: characters, and bytes for those that the vocabulary lacks."""
    lines = ["▁" + line.replace(" ", "▁") for line in SENTENCES[:5]]
    special = ["<unk>", "<s>", "</s>"]
    _, merges = learned(
        trainers.BpeTrainer, [w for line in lines for w in line.replace("▁", " ▁").split()],
        vocab_size=170, special_tokens=symbols(lines))
    tokens = special + [f"<0x{byte:02X}>" for byte in range(256)]
    tokens += ["".join(m) for m in merges]
    tokens += [c for c in symbols(lines) if c not in tokens]
    tokenizer = whole(
        models.BPE({t: i for i, t in enumerate(tokens)}, merges, unk_token="<unk>", fuse_unk=True,
                   byte_fallback=True),
        [AddedToken(t, special=True, normalized=False) for t in special],
        normalizer=normalizers.Sequence([
            normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]),
        decoder=decoders.Sequence([
            decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
            decoders.Strip(" ", 1, 0)]))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s>:1 $B:1", special_tokens=[("<s>", 1)])
    return tokenizer


Pieces = collections.namedtuple("Pieces", "pieces map")


def sentencepiece_pieces():
    """The pieces of make_sentencepiece.py, and its compiled map, which drops U+200B and U+FEFF."""
    model = sentencepiece_model.ModelProto()
    model.ParseFromString((OUT.parent / "sentencepiece" / "unigram.model").read_bytes())
    return Pieces([(piece.piece, piece.score) for piece in model.pieces],
                  model.normalizer_spec.precompiled_charsmap)


TRUNCATIONS = [None] + [
    dict(max_length=length, stride=stride, strategy=strategy, direction=direction)
    for length, stride in [(2, 0), (3, 0), (4, 0), (6, 1), (9, 4), (12, 0)]
    for strategy in ("longest_first", "only_first", "only_second") for direction in ("right", "left")]
PADDINGS = [None] + [
    dict(direction=direction, length=length, multiple=multiple, id=0, token="[PAD]")
    for direction in ("right", "left") for length, multiple in [(None, None), (14, None), (None, 8)]]
FITTED = [("learned lower", None), ("Two young, white males are outside near many bushes", None),
          ("lower", "newer newest wider unaffable"), ("newer newest wider unaffable", "a man"),
          ("", "x"), ("", None)]


@contextlib.contextmanager
def silence():
    """Keeps back what the library says on its way out of a panic."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    yield
    os.dup2(kept, 2)


def fitted(tokenizer):
    """Encodings shortened and padded in every 17th way, which takes turns over all of them."""
    ways = list(itertools.product(TRUNCATIONS, PADDINGS, FITTED))
    for truncation, padding, (a, b) in ways[::17]:
        # Where the special tokens do not fit, a subtraction wraps around and nothing is shortened.
        if truncation and truncation["max_length"] < tokenizer.num_special_tokens_to_add(b is not None):
            continue
        tokenizer.no_truncation(), tokenizer.no_padding()
        case = {"a": a, "b": b, "trunc": truncation, "pad": padding}
        try:
            if truncation:
                tokenizer.enable_truncation(**truncation)
            if padding:
                tokenizer.enable_padding(
                    direction=padding["direction"], length=padding["length"], pad_id=padding["id"],
                    pad_to_multiple_of=padding["multiple"], pad_token=padding["token"])
            file = json.loads(tokenizer.to_str())
            case["file"] = {name: file[name] for name in ("truncation", "padding")}
            found = tokenizer.encode(a, b)
        except BaseException as error:  # Where a stride leaves no room, the library panics.
            yield case | {"error": str(error).split(" (")[0]}
            continue
        yield case | {
            "ids": found.ids, "types": found.type_ids, "mask": found.attention_mask,
            "special": found.special_tokens_mask, "words": found.word_ids,
            "off": [i for o in found.offsets for i in o], "overflow": [o.ids for o in found.overflowing]}
    tokenizer.no_truncation(), tokenizer.no_padding()


def nmt_nfkc():
    """All that the map of unigram-nmt.model changes, in lines with an x between two, as SentencePiece
    and Hugging Face's library normalize them; of Hangul in parts only a little."""
    path = OUT.parent / "sentencepiece" / "unigram-nmt.model"
    model = sentencepiece_model.ModelProto()
    model.ParseFromString(path.read_bytes())
    compiled = normalizers.Precompiled(model.normalizer_spec.precompiled_charsmap)
    processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
    scalars = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]
    parts = [unicodedata.normalize("NFD", c) for c in scalars if not "각" < c < "힣"]
    plain = [t for t in scalars + parts if processor.normalize(f"x{t}x") != f"▁x{t}x"]
    changed = list(dict.fromkeys(plain))
    lines = ["x" + "x".join(changed[i:i + 64]) + "x" for i in range(0, len(changed), 64)]
    return [[t, processor.normalize(t), compiled.normalize_str(t)] for t in lines]


def word_piece_training():
    """What training results in, with every first symbol numbered."""
    words = bert_words(SENTENCES * 2)
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    special = ["[UNK]"] + symbols(words, "##")
    tokenizer.train_from_iterator(words, trainers.WordPieceTrainer(
        vocab_size=len(special) + 150, special_tokens=special, show_progress=False))
    vocabulary = tokenizer.get_vocab()
    return {"lines": SENTENCES * 2, "special": special, "size": len(special) + 150,
            "vocabulary": sorted(vocabulary, key=vocabulary.get)}


def ranks():
    """A small vocabulary of bytes, merged as Hugging Face's trainer merges, in order."""
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False)
    printable = {byte_level.pre_tokenize_str(chr(b))[0][0]: b for b in range(0x21, 0x7F)}
    rest = sorted(c for c in pre_tokenizers.ByteLevel.alphabet() if ord(c) >= 0x100)
    others = [b for b in range(256) if not (0x21 <= b <= 0x7E or 0xA1 <= b <= 0xAC or b >= 0xAE)]
    printable |= {chr(b): b for b in range(0xA1, 0x100) if b != 0xAD} | dict(zip(rest, others))
    tokenizer = trained(
        models.BPE(), trainers.BpeTrainer(
            vocab_size=420, initial_alphabet=list(printable), show_progress=False),
        [], pre_tokenizer=byte_level)
    vocabulary = tokenizer.get_vocab()
    return {bytes(printable[c] for c in token): id for token, id in vocabulary.items()}


def tiktoken_cases():
    mergeable, special = ranks(), {"<|endoftext|>": 420, "<|fim|>": 425}
    patterns = {"gpt2": GPT2, "cl100k": TIKTOKEN, "o200k": O200K, "llama3": CL100K % "{1,3}",
                "qwen": CL100K % ""}
    encodings = {
        name: tiktoken.Encoding(
            name, pat_str=pattern, mergeable_ranks=mergeable, special_tokens=special)
        for name, pattern in patterns.items()}
    encoding, rng = encodings["cl100k"], random.Random(5)
    broken = [b"\xff", b"a\xc3", b"\xe4\xb8 \n\n x", b"abc \xf0\x9f\x98", b"  \n\t\x80  \n"]
    broken += [b"x\n   \xff", b"x\n       \x80y"]
    broken += [bytes(rng.choice(b"a \n1'\xe4\xb8\xad\xff\xc3\xa9") for _ in range(rng.randint(1, 20)))
               for _ in range(60)]
    specials = ["a<|endoftext|>b", "<|fim|>", "<|fim|>xy <|endoftext|>", "<|fim", "plain"]
    starts = []
    for text in texts():
        ids = encoding.encode_ordinary(text)
        starts.append([ids, encoding.decode_with_offsets(ids)[1]])
    cases = []
    for text in specials:
        for allowed, refused in [([], []), (["<|endoftext|>"], []), ("all", []), ([], "all"),
                                 (["<|fim|>"], "all"), ([], ["<|fim|>"])]:
            case = {"t": text, "allowed": allowed, "refused": refused}
            try:
                ids = encoding.encode(
                    text, allowed_special=allowed if allowed == "all" else set(allowed),
                    disallowed_special=refused if refused == "all" else set(refused))
                cases.append(case | {"ids": ids})
            except ValueError:
                cases.append(case)
    return {
        "ranks": "".join(
            f"{base64.b64encode(token).decode()} {rank}\n"
            for token, rank in sorted(mergeable.items(), key=lambda item: item[1])),
        "specialTokens": special,
        "texts": {name: [[t, e.encode_ordinary(t)] for t in texts()] for name, e in encodings.items()},
        "bytes": {n: [[list(b), e._encode_bytes(b)] for b in broken] for n, e in encodings.items()},
        "special": cases, "starts": starts}


def published(folder):
    """The part of GPT-2's and BERT's vocabularies that some texts need, with their identifiers.

    A merge that is missing can apply to no word of the texts, because it makes none of their parts.
    """
    texts = ["Hello, world!", "I love AI", "Hello world, it's lower, isn't it? 1234", " \n  x",
             "a robot 🤖🤖!", "two spaces  "]
    encoder = json.loads(gzip.decompress((folder / "gpt2/encoder.json.gz").read_bytes()))
    merges = gzip.decompress((folder / "gpt2/vocab.bpe.gz").read_bytes()).decode().split("\n")[1:]
    merges = [tuple(line.split(" ")) for line in merges if line]
    splitter = pre_tokenizers.ByteLevel(add_prefix_space=False)
    words = {word for text in texts for word, _ in splitter.pre_tokenize_str(text)}
    used = [m for m in merges if any("".join(m) in word for word in words)]
    tokens = set(splitter.alphabet()) | {"<|endoftext|>"} | {"".join(m) for m in used}
    small = {token: id for token, id in encoder.items() if token in tokens}
    whole_gpt2 = Tokenizer(models.BPE(encoder, merges))
    whole_gpt2.pre_tokenizer = splitter

    lines = gzip.decompress((folder / "bert-base-uncased/vocab.txt.gz").read_bytes()).decode()
    vocabulary = {token: id for id, token in enumerate(lines.splitlines())}
    names = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
    words = bert_words(texts)
    few = {t: i for t, i in vocabulary.items()
           if t in names or any(t.removeprefix("##") in word for word in words)}
    whole_bert = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    whole_bert.normalizer = normalizers.BertNormalizer()
    whole_bert.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    whole_bert.post_processor = processors.BertProcessing(
        ("[SEP]", vocabulary["[SEP]"]), ("[CLS]", vocabulary["[CLS]"]))
    return {
        "gpt2": {"vocabulary": small, "merges": used,
                 "cases": [[t, whole_gpt2.encode(t).ids] for t in texts]},
        "bert": {"vocabulary": few, "cases": [[t, whole_bert.encode(t).ids] for t in texts]}}


def model_texts():
    return texts() + ["x <mask> y", "  <mask>", "x   <mask>  <r>  ", "man human man's", "<r>   z", "Fenster<|end|> fenster <|end|>",
                      "x  <lr>  y", "<lr>", " <lr><lr> ", "<lr> \n<mask> <r> <lr>", "ab abc abcd ababc xabcx",
                      "ABC Ab c ab c", "a😀b 😀😀", " 👩‍👩‍👧 👩‍👩‍👧‍👦"]


# What is added to the texts of the tokenizer whose added tokens are white space.
SPACED = ["<a>  x", "<a>   x", "<a> x <a>", "<a>\n\t\tx", "x<a> \n \nxy", "<b>\n \t\t\t x",
          "<B>\t\t\n", "x   x    x", "<m>\t<m> <a>", "<a> \t <m>x", "<b>\t\n\t<b>\n\nxy"]


def main():
    OUT.mkdir(exist_ok=True)
    with open(OUT / "components.jsonl", "w", encoding="utf-8") as file:
        for kind, name, cases in component_lines():
            line = {"kind": kind, "component": name, "cases": cases}
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    with open(OUT / "models.jsonl", "w", encoding="utf-8") as file:
        for name, tokenizer in model_lines():
            cases = []
            for text in model_texts() + (SPACED if name == "added space" else []):
                found = tokenizer.encode(text)
                cases.append({
                    "t": text, "ids": found.ids, "pieces": found.tokens, "off": [i for o in found.offsets for i in o],
                    "words": found.word_ids, "dec": tokenizer.decode(found.ids, False)})
            pairs = []
            for a, b in zip(SENTENCES, SENTENCES[1:]):
                found = tokenizer.encode(a, b)
                pairs.append({"a": a, "b": b, "ids": found.ids, "types": found.type_ids})
            line = {"name": name, "tokenizer": tokenizer.to_str(), "cases": cases, "pairs": pairs}
            if name in ("word pieces", "roberta", "unigram"):
                with silence():
                    line["fitted"] = list(fitted(tokenizer))
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    contents = {
        "word-pieces": word_piece_training(), "tiktoken": tiktoken_cases(), "nmt-nfkc": nmt_nfkc()}
    if len(sys.argv) > 1:
        contents["published"] = published(pathlib.Path(sys.argv[1]))
    for name, content in contents.items():
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        (OUT / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    for path in sorted(OUT.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
