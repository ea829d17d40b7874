#!/usr/bin/env python3
"""Writes Tests/Golden/tokenizers: what Hugging Face's tokenizers returns, case by case.

    pip install tokenizers==0.23.3
    python Tests/Golden/make_tokenizers.py

components.jsonl has a component a line, as text, with what it makes of each text; models.jsonl
has small tokenizers, trained here on the sentences below, with identifiers, offsets and decoded
text. Texts use only scalars that Unicode 14 and later know alike.
"""

import json
import pathlib
import random

from tokenizers import (AddedToken, Regex, Tokenizer, decoders, models, normalizers,
                        pre_tokenizers, processors, trainers)

OUT = pathlib.Path(__file__).resolve().parent / "tokenizers"
O200K = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
CL100K = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}%s"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
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
        n.Strip(left=False), n.BertNormalizer(), n.BertNormalizer(lowercase=False),
        n.BertNormalizer(clean_text=False, strip_accents=False), n.Prepend("▁"),
        n.Replace("a", "<a>"), n.Replace(Regex(" {2,}"), "▁"), n.Replace(Regex("\\s+"), " "),
        n.Sequence([n.NFD(), n.StripAccents(), n.Lowercase(), n.NFC()]),
    ]:
        kind, name = component(part)
        yield kind, name, [[t, part.normalize_str(t)] for t in texts()]
    splits = [p.Split(Regex(x), "isolated") for x in (
        O200K, CL100K % "{1,3}", CL100K % "", "\\p{N}", "\\d", "\\s", "\\s+", "[\\s\\S]")]
    splits += [p.Split("a", b) for b in ("removed", "isolated", "merged_with_previous",
                                         "merged_with_next", "contiguous")]
    splits += [p.Split(" ", "removed", invert=True), p.Split(" ", "merged_with_next", invert=True)]
    for part in splits + [
        p.ByteLevel(add_prefix_space=False), p.Whitespace(), p.WhitespaceSplit(),
        p.BertPreTokenizer(), p.Punctuation(), p.Punctuation("contiguous"),
        p.Punctuation("merged_with_previous"), p.Digits(), p.Digits(individual_digits=True),
        p.Metaspace(), p.Metaspace(prepend_scheme="never"), p.Metaspace(split=False),
        p.Sequence([p.WhitespaceSplit(), p.Punctuation(), p.Digits(individual_digits=True)]),
    ]:
        kind, name = component(part)
        yield kind, name, [
            [t, [list(o) for _, o in part.pre_tokenize_str(t)]] for t in texts()]
    words = [["Hello", "world", "##s", "!", "do", "n't", "it", "'s"], ["▁Hey", "▁fri", "end", "▁▁", "!"],
             ["<0xE2>", "<0x96>", "<0x81>", "a", "<0xFF>", "b", "<0x41>"], ["low</w>", "er</w>"], [],
             ["  a ", " b  "], ["##a", " .", "a ."]]
    for part in [
        d.WordPiece(), d.WordPiece(prefix="##", cleanup=False), d.Metaspace(),
        d.Metaspace(prepend_scheme="never"), d.ByteFallback(), d.Fuse(), d.BPEDecoder(),
        d.Strip(" ", 1, 0), d.Strip(" ", 1, 1), d.Replace("▁", " "),
        d.Sequence([d.Replace("▁", " "), d.ByteFallback(), d.Fuse(), d.Strip(" ", 1, 0)]),
    ]:
        kind, name = component(part)
        yield kind, name, [[w, part.decode(w)] for w in words]


def trained(model, trainer, specials, **parts):
    tokenizer = Tokenizer(model)
    for name, part in parts.items():
        setattr(tokenizer, name, part)
    tokenizer.train_from_iterator(SENTENCES * 2, trainer)
    tokenizer.add_tokens(specials)
    return tokenizer


def model_lines():
    common = {"show_progress": False}
    special = [AddedToken("<|end|>", special=True)]
    yield "words", trained(
        models.WordLevel(unk_token="[UNK]"),
        trainers.WordLevelTrainer(vocab_size=90, special_tokens=["[UNK]", "[PAD]"], **common),
        special, normalizer=normalizers.NFKC(), pre_tokenizer=pre_tokenizers.Whitespace())
    word_piece = trained(
        models.WordPiece(unk_token="[UNK]"),
        trainers.WordPieceTrainer(
            vocab_size=330, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]"], **common), special,
        normalizer=normalizers.BertNormalizer(), pre_tokenizer=pre_tokenizers.BertPreTokenizer(),
        decoder=decoders.WordPiece())
    word_piece.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    yield "word pieces", word_piece
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    tokens = [AddedToken("<mask>", lstrip=True), AddedToken("man", single_word=True),
              AddedToken("<r>", rstrip=True), AddedToken("Fenster", normalized=False)]
    for name, pattern in [("o200k", O200K), ("qwen", CL100K % "")]:
        yield name, trained(
            models.BPE(),
            trainers.BpeTrainer(vocab_size=400, initial_alphabet=alphabet, **common),
            special + tokens, decoder=decoders.ByteLevel(),
            pre_tokenizer=pre_tokenizers.Sequence([
                pre_tokenizers.Split(Regex(pattern), "isolated"),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]))
    roberta = trained(
        models.BPE(), trainers.BpeTrainer(
            vocab_size=380, initial_alphabet=alphabet, special_tokens=["<s>", "</s>"], **common),
        special, decoder=decoders.ByteLevel(),
        pre_tokenizer=pre_tokenizers.ByteLevel(add_prefix_space=True))
    roberta.post_processor = processors.RobertaProcessing(("</s>", 1), ("<s>", 0))
    yield "roberta", roberta
    yield "suffix", trained(
        models.BPE(unk_token="<unk>", end_of_word_suffix="</w>", fuse_unk=True),
        trainers.BpeTrainer(vocab_size=300, special_tokens=["<unk>"], end_of_word_suffix="</w>",
                            limit_alphabet=60, **common), special,
        normalizer=normalizers.Lowercase(), pre_tokenizer=pre_tokenizers.WhitespaceSplit(),
        decoder=decoders.BPEDecoder())


def model_texts():
    return texts() + ["x <mask> y", "man human man's", "<r>   z", "Fenster<|end|> fenster <|end|>"]


def main():
    OUT.mkdir(exist_ok=True)
    with open(OUT / "components.jsonl", "w", encoding="utf-8") as file:
        for kind, name, cases in component_lines():
            line = {"kind": kind, "component": name, "cases": cases}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    with open(OUT / "models.jsonl", "w", encoding="utf-8") as file:
        for name, tokenizer in model_lines():
            cases = []
            for text in model_texts():
                found = tokenizer.encode(text)
                cases.append({
                    "t": text, "ids": found.ids, "off": [i for o in found.offsets for i in o],
                    "words": found.word_ids, "dec": tokenizer.decode(found.ids, False)})
            pairs = []
            for a, b in zip(SENTENCES, SENTENCES[1:]):
                found = tokenizer.encode(a, b)
                pairs.append({"a": a, "b": b, "ids": found.ids, "types": found.type_ids})
            line = {"name": name, "tokenizer": tokenizer.to_str(), "cases": cases, "pairs": pairs}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    for path in sorted(OUT.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
