#!/usr/bin/env python3
"""Writes tokenizers/published-pipelines.jsonl: the pipelines of published models around toy models.

    pip install tokenizers==0.23.3
    python Tests/Golden/make_published_pipelines.py

Each line has a model's name and a tokenizer.json: normalizer, pre-tokenizer, post-processor and
decoder as the model's own file has them, or as Hugging Face's converter writes them where a model
has none; the vocabulary is a toy one, and SentencePiece's map of characters is that of
sentencepiece/unigram.model. With it goes what Hugging Face's library makes of a few texts, or, where
Rondo refuses the file, the part that it names.
"""

import base64
import json
import pathlib

from tokenizers import Tokenizer, pre_tokenizers

from make_tokenizers import BLOOM, CL100K, CLIP, DEEPSEEK_CODER, DEEPSEEK_V3, O200K, QWEN35, TEKKEN
from make_tokenizers import sentencepiece_pieces

FOLDER = pathlib.Path(__file__).resolve().parent / "tokenizers"
TEXTS = [
    "", " ", "Hello, world! It's 2024.", "  two  spaces\t\r\n x ", "Déjà vu — naïve cafe\u0301 ½",
    "def f(x):\n    return x**2  # 12345\n", "我喜欢机器学习。カタカナ12かな", "हिन्दी है। 🙂👩‍👧 ﬁ``x''",
    "(a|b) HTTPServer iPhone don't DON'T $100", "two  <mask> x<mask>\n <mask>",
]


def byte_level(prefix=False, trims=True, regex=True):
    return {"type": "ByteLevel", "add_prefix_space": prefix, "trim_offsets": trims, "use_regex": regex}


def split(pattern, behavior="Isolated", invert=False, kind="Regex"):
    return {"type": "Split", "pattern": {kind: pattern}, "behavior": behavior, "invert": invert}


def replace(pattern, content, kind="String"):
    return {"type": "Replace", "pattern": {kind: pattern}, "content": content}


def metaspace(scheme="always", splits=True):
    return {"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": splits}


def sequence(key, *parts):
    return {"type": "Sequence", key: list(parts)}


def splits(*patterns, regex=False, trims=True):
    return sequence("pretokenizers", *map(split, patterns), byte_level(trims=trims, regex=regex))


def template(single, pair, tokens):
    """A template; `single` and `pair` have a token or A or B, and its type after a colon."""
    def parts(text):
        for part in text.split():
            name, _, type_id = part.partition(":")
            kind = "Sequence" if name in ("A", "B") else "SpecialToken"
            yield {kind: {"id": name, "type_id": int(type_id or 0)}}
    special = {t: {"id": t, "ids": [i], "tokens": [t]} for i, t in enumerate(tokens)
               if t in single or t in pair}
    return {"type": "TemplateProcessing", "single": list(parts(single)), "pair": list(parts(pair)),
            "special_tokens": special}


def vocabulary(tokens):
    return {token: id for id, token in enumerate(dict.fromkeys(tokens))}


def byte_pairs(tokens, merges=(), **settings):
    return {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
            "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False,
            "ignore_merges": False} | settings | {
                "vocab": vocabulary([*tokens, *(a + b for a, b in merges)]),
                "merges": [list(m) for m in merges]}


ALPHABET = sorted(pre_tokenizers.ByteLevel.alphabet())
CHARACTERS = sorted({c for text in TEXTS for c in text.replace(" ", "▁")} | {"▁"})
PIECES = [("▁", "t"), ("▁t", "w"), ("o", "▁"), ("i", "s"), ("l", "l"), ("▁", "▁")]


def byte_model(*specials, **settings):
    merges = [("Ġ", "t"), ("Ġ", "Ġ"), ("t", "w"), ("i", "f")]
    return list(specials), byte_pairs([*specials, *ALPHABET], merges, **settings)


def piece_model(*specials, **settings):
    letters = [c for c in CHARACTERS if c.isascii() or c == "▁"]
    tokens = [*specials, *(f"<0x{byte:02X}>" for byte in range(256)), *letters]
    return list(specials), byte_pairs(
        tokens, PIECES, unk_token="<unk>", fuse_unk=True, byte_fallback=True, **settings)


def unigram(*specials, unknown):
    scores = [[t, 0.0] for t in specials]
    scores += [[c, -4.0] for c in CHARACTERS if ord(c) < 0x3000] + [["▁tw", -3.0], ["▁x", -3.5]]
    model = {"type": "Unigram", "unk_id": specials.index(unknown), "vocab": scores,
             "byte_fallback": False}
    return list(specials), model


def models():
    compiled = {"type": "Precompiled", "precompiled_charsmap":
                base64.b64encode(sentencepiece_pieces().map).decode()}
    spaces = replace(" {2,}", " ", "Regex")
    words = sequence("pretokenizers", {"type": "WhitespaceSplit"}, metaspace())
    pieces = sequence("decoders", replace("▁", " "), {"type": "ByteFallback"}, {"type": "Fuse"})
    stripped = sequence("decoders", *pieces["decoders"],
                        {"type": "Strip", "content": " ", "start": 1, "stop": 0})
    llama = sequence("normalizers", {"type": "Prepend", "prepend": "▁"}, replace(" ", "▁"))
    qwen = byte_level(trims=False, regex=False)
    llama_tokens = ["<unk>", "<s>", "</s>"]

    def started(tokens, start):
        return template(f"{start} A", f"{start} A {start}:1 B:1", tokens)

    model = byte_model("<|endoftext|>", continuing_subword_prefix="", end_of_word_suffix="")
    gpt2 = dict(pre=byte_level(), post=byte_level(True, False), decoder=byte_level(True))
    yield "GPT-2", model, gpt2
    yield "GPT-NeoX", byte_model("<|endoftext|>", "<|padding|>"), gpt2 | dict(
        normalizer={"type": "NFC"})
    yield "Phi-2", byte_model("<|endoftext|>"), gpt2
    tokens, model = byte_model("<s>", "<pad>", "</s>", "<unk>", "<mask>")
    yield "RoBERTa", (tokens, model), dict(
        pre=byte_level(), decoder=byte_level(True), post={
            "type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0],
            "trim_offsets": True, "add_prefix_space": False})
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    letters = sorted({c for c in "".join(TEXTS).lower() if c.isalnum()})
    yield "BERT", (tokens, {
        "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100, "vocab": vocabulary(
            [*tokens, *letters, *("##" + c for c in letters), *",.!'()|$"])}), dict(
        normalizer={"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                    "strip_accents": None, "lowercase": True},
        pre={"type": "BertPreTokenizer"},
        post=template("[CLS] A [SEP]", "[CLS] A [SEP] B:1 [SEP]:1", tokens),
        decoder={"type": "WordPiece", "prefix": "##", "cleanup": True})
    yield "Llama 2", piece_model(*llama_tokens), dict(
        normalizer=llama, post=started(llama_tokens, "<s>"), decoder=stripped)
    yield "Mistral 7B", piece_model(*llama_tokens), dict(
        pre=metaspace("first", False), post=started(llama_tokens, "<s>"), decoder=stripped)
    gemma = ["<pad>", "<eos>", "<bos>", "<unk>"]
    yield "Gemma", piece_model(*gemma), dict(
        normalizer=replace(" ", "▁"), pre=split(" ", "MergedWithPrevious", kind="String"),
        post=started(gemma, "<bos>"), decoder=pieces)
    llama3 = ["<|begin_of_text|>", "<|end_of_text|>"]
    yield "Llama 3", byte_model(*llama3, ignore_merges=True), dict(
        pre=splits(CL100K % "{1,3}"), decoder=byte_level(True),
        post=sequence("processors", byte_level(True, False), started(llama3, llama3[0])))
    yield "gpt-oss", byte_model("<|endoftext|>", ignore_merges=True), dict(
        pre=splits(O200K), post=byte_level(True, False), decoder=byte_level(True))
    tekken = ["<unk>", "<s>", "</s>"]
    yield "Mistral NeMo", byte_model(*tekken, ignore_merges=True), dict(
        pre=splits(TEKKEN), post=started(tekken, "<s>"), decoder=byte_level(True))
    yield "Qwen 2", byte_model("<|endoftext|>"), dict(
        normalizer={"type": "NFC"}, pre=splits(CL100K % "", trims=False), post=qwen, decoder=qwen)
    yield "Qwen 3.5", byte_model("<|endoftext|>"), dict(
        normalizer={"type": "NFC"}, pre=splits(QWEN35, trims=False), post=qwen, decoder=qwen)
    deepseek = dict(post=byte_level(True, False), decoder=byte_level(True, False))
    yield "DeepSeek V3", byte_model("<｜begin▁of▁sentence｜>"), deepseek | dict(
        normalizer=sequence("normalizers"), pre=splits(*(
            x.replace("\\r", "\r").replace("\\n", "\n") for x in DEEPSEEK_V3)))
    coder = splits(*DEEPSEEK_CODER)
    coder["pretokenizers"].insert(-1, {"type": "Digits", "individual_digits": True})
    yield "DeepSeek Coder", byte_model("<｜begin▁of▁sentence｜>"), deepseek | dict(
        normalizer=sequence("normalizers"), pre=coder)
    yield "BLOOM", byte_model("<unk>", "<s>", "</s>", "<pad>", unk_token="<unk>"), dict(
        pre=splits(BLOOM), post=byte_level(True, False, False), decoder=byte_level(True, regex=False))
    digits = {"type": "Digits", "individual_digits": True}
    yield "StarCoder", byte_model("<|endoftext|>"), dict(
        pre=sequence("pretokenizers", digits, byte_level()), decoder=byte_level(True))
    tokens, model = byte_model("<|endoftext|>", "<|startoftranscript|>", "<|notimestamps|>")
    frame = f"{tokens[1]} {tokens[2]} A"
    yield "Whisper", (tokens, model), dict(
        pre=byte_level(), decoder=byte_level(True),
        post=template(f"{frame} {tokens[0]}", f"{frame} B:1 {tokens[0]}:1", tokens))
    tokens = ["<|endoftext|>", "<|startoftext|>"]
    clip = byte_pairs([*tokens, *ALPHABET, *(c + "</w>" for c in ALPHABET)], [("i", "t</w>")],
                      unk_token=tokens[0], continuing_subword_prefix="", end_of_word_suffix="</w>")
    yield "CLIP", (tokens, clip), dict(
        normalizer=sequence("normalizers", {"type": "NFC"}, replace("\\s+", " ", "Regex"),
                            {"type": "Lowercase"}),
        pre=sequence("pretokenizers", split(CLIP, "Removed", True), byte_level()),
        post={"type": "RobertaProcessing", "sep": [tokens[0], 0], "cls": [tokens[1], 1],
              "trim_offsets": False, "add_prefix_space": False}, decoder=byte_level(True))
    tokens, model = unigram("<pad>", "</s>", "<unk>", unknown="<unk>")
    yield "T5", (tokens, model), dict(
        normalizer=compiled, pre=words, decoder=metaspace(),
        post=template("A </s>", "A </s> B </s>", tokens))
    roberta = ["<s>", "<pad>", "</s>", "<unk>"]
    yield "XLM-R", unigram(*roberta, unknown="<unk>"), dict(
        normalizer=compiled, pre=words, decoder=metaspace(),
        post=template("<s> A </s>", "<s> A </s> </s> B </s>", roberta))
    tokens = [*roberta, "eng_Latn"]
    yield "NLLB", (tokens, byte_pairs([*tokens, *CHARACTERS], PIECES, unk_token="<unk>", fuse_unk=True)), dict(
        normalizer=sequence("normalizers", compiled, spaces), pre=metaspace(), decoder=metaspace(),
        post=template("eng_Latn A </s>", "eng_Latn A B </s>", tokens))
    tokens, model = unigram("<pad>", "<unk>", "[CLS]", "[SEP]", unknown="<unk>")
    framed = dict(
        decoder=metaspace(), post=template("[CLS] A [SEP]", "[CLS] A [SEP] B:1 [SEP]:1", tokens))
    yield "ALBERT", (tokens, model), framed | dict(
        normalizer=sequence(
            "normalizers", replace("``", '"'), replace("''", '"'), {"type": "NFKD"},
            {"type": "StripAccents"}, {"type": "Lowercase"}, compiled), pre=words)
    yield "DeBERTa v3", (tokens, model), framed | dict(
        normalizer=sequence(
            "normalizers", {"type": "Strip", "strip_left": True, "strip_right": True}, compiled,
            spaces), pre=sequence("pretokenizers", metaspace()))
    yield "Falcon", byte_model("<|endoftext|>"), dict(
        pre=sequence(
            "pretokenizers", {"type": "Punctuation", "behavior": "Contiguous"}, byte_level(),
            {"type": "Digits", "individual_digits": False}, split("[0-9][0-9][0-9]")),
        post=byte_level(), decoder=byte_level(),
        refused="the pre-tokenizer Digits after ByteLevel")


def main():
    lines = []
    for name, (tokens, model), parts in models():
        added = [{"id": model["vocab"][t] if isinstance(model["vocab"], dict) else i, "content": t,
                  "single_word": False, "lstrip": t == "<mask>", "rstrip": False, "normalized": False,
                  "special": True} for i, t in enumerate(tokens)]
        file = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added,
                "normalizer": parts.get("normalizer"), "pre_tokenizer": parts.get("pre"),
                "post_processor": parts.get("post"), "decoder": parts["decoder"], "model": model}
        line = {"name": name, "tokenizer": json.dumps(file, ensure_ascii=False)}
        tokenizer = Tokenizer.from_str(line["tokenizer"])
        if "refused" in parts:
            line["refused"] = parts["refused"]
        else:
            line["cases"] = [{
                "t": text, "ids": (found := tokenizer.encode(text)).ids, "pieces": found.tokens,
                "off": [i for o in found.offsets for i in o], "words": found.word_ids,
                "dec": tokenizer.decode(found.ids, False)} for text in TEXTS]
            pair = tokenizer.encode(TEXTS[2], TEXTS[4])
            line["pairs"] = [{"a": TEXTS[2], "b": TEXTS[4], "ids": pair.ids, "types": pair.type_ids}]
        lines.append(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    path = FOLDER / "published-pipelines.jsonl"
    path.write_text("".join(lines), encoding="utf-8")
    print(path.name, len(lines), path.stat().st_size)


if __name__ == "__main__":
    main()
