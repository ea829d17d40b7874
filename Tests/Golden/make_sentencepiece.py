"""Writes sentencepiece/*.model and sentencepiece/cases.json: what SentencePiece makes of texts.

Run with sentencepiece 0.2.3 and protobuf: python3 Tests/Golden/make_sentencepiece.py
"""

import json
import pathlib
import random
import tempfile

import sentencepiece
import sentencepiece.sentencepiece_model_pb2 as sentencepiece_model

LINES = """The lower the newer, the widest of the low rivers.
Lowest and newest: low lower lowest, new newer newest!
Slow, slower, slowest; flow, flowing, flown and grown.
Banana bananas 1234 12 123 3.14 1,000 2024-05-17 <tag> </tag> {x: [y]}
Über größere Flüsse fließt das Wasser schneller als über kleine Flüsse.
Der kleine Fluss fließt langsam, und die größeren fließen schneller.
Un café déjà vu, naïve façade, l'été dernier à la plage.
今日は良い天気です。明日も良い天気でしょう。
今天天气很好，明天天气也很好。
def f(x):\n    return x + 1  # adds one
The newest rivers flow slowly; the lowest rivers flow fast.
She sells sea shells by the sea shore, and he sells new shells.""".split("\n")
TEXTS = LINES + [
    "", " ", "  ", "   a   b   ", "\n", "a\n\nb\t c", "▁a ▁▁b", "a▁b", "ﬁne ﬀ Ａｂｃ １２", "e\u0301e\u0301 \u212b",
    "🇸🇪😀👍🏽 und 🤖", "日本語テキスト 한국어", "слово и дело", "newest<tag>newest", "<tag><tag>", "<s> </s> <unk> <0x41>",
    "lowestlowestlowest", "aaaaaaaaaaaaaaaaaaaa", "xxxyyyzzz", " leading", "trailing ", "a\u00a0b\u3000c", "\u200bzero\ufeffwidth",
    "Zürich—Genève", "½ ² ™ …", "１２３４", "the ☃ snowman ☃☃ ☃", "天☃天", "x" * 40, "new" * 100, "\u0000null",
    " ⁇ ", "ab abc abcd", "low er", "q w e r t y",
]
random.seed(11)
WORDS = [word for line in LINES for word in line.split(" ")]
TEXTS += ["".join(random.choice(random.choice(WORDS) + "  ") for _ in range(random.randint(1, 60)))
          for _ in range(80)]
TEXTS += [" ".join(random.choice(WORDS) for _ in range(30)) for _ in range(20)]

RULES = [("ﬁ", "fi"), ("ﬀ", "ff"), ("e\u0301", "é"), ("\u00a0", " "), ("\u3000", " "), ("\t", " "), ("\n", " "),
         ("\u200b", ""), ("\ufeff", ""), ("\u212b", "\u00c5"), ("…", "..."), ("½", "1⁄2"), ("Ａ", "A"), ("™", " TM ")]

MODELS = {
    "unigram": dict(model_type="unigram", vocab_size=240, normalization_rule_tsv="RULES",
                    control_symbols=["<mask>"], user_defined_symbols=["<tag>", "abc"]),
    "unigram-bytes": dict(model_type="unigram", vocab_size=420, byte_fallback=True, normalization_rule_name="identity",
                          remove_extra_whitespaces=False, split_digits=True, character_coverage=0.98),
    "unigram-nmt": dict(model_type="unigram", vocab_size=230),  # with the map of T5 and ALBERT, nmt_nfkc
    "unigram-suffix": dict(model_type="unigram", vocab_size=230, treat_whitespace_as_suffix=True,
                           normalization_rule_name="identity"),
    "unigram-bare": dict(model_type="unigram", vocab_size=230, add_dummy_prefix=False, normalization_rule_tsv="RULES",
                         split_by_whitespace=False, allow_whitespace_only_pieces=True, unk_surface="?"),
    "bpe": dict(model_type="bpe", vocab_size=260, normalization_rule_tsv="RULES",
                user_defined_symbols=["<tag>", "est"], pad_id=3),
    "bpe-bytes": dict(model_type="bpe", vocab_size=460, byte_fallback=True, normalization_rule_name="identity",
                      remove_extra_whitespaces=False, split_digits=True, allow_whitespace_only_pieces=True),
    "bpe-bare": dict(model_type="bpe", vocab_size=240, add_dummy_prefix=False, normalization_rule_name="identity",
                     split_by_whitespace=False, character_coverage=0.98),
}

# Models in which pieces have equal scores, as those have that were put together from two: what is made
# of a model above, and how.
TIED = {
    "bpe-tied": ("bpe", lambda piece, i: 0),
    "bpe-added": ("bpe-bytes", lambda piece, i: 0 if i % 3 == 0 else piece.score // 4),
}


def tied(data, score):
    """A model whose pieces of text have other scores."""
    model = sentencepiece_model.ModelProto.FromString(data)
    for index, piece in enumerate(model.pieces):
        if piece.type == piece.NORMAL:
            piece.score = score(piece, index)
    return model.SerializeToString()


folder = pathlib.Path(__file__).with_name("sentencepiece")
cases, models = {}, {}
with tempfile.TemporaryDirectory() as scratch:
    rules = pathlib.Path(scratch, "rules.tsv")
    point = lambda text: " ".join(f"{ord(c):X}" for c in text)
    rules.write_text("".join(f"{point(a)}\t{point(b)}\n" for a, b in RULES))
    corpus = pathlib.Path(scratch, "corpus.txt")
    corpus.write_text("\n".join(line for line in LINES for _ in range(3)) + "\n")
    for name, settings in MODELS.items():
        settings = {k: str(rules) if v == "RULES" else v for k, v in settings.items()}
        prefix = pathlib.Path(scratch, name)
        sentencepiece.SentencePieceTrainer.train(
            input=str(corpus), model_prefix=str(prefix), num_threads=1, minloglevel=2,
            hard_vocab_limit=False, **settings)
        # The names of files on this machine do not belong into the repository.
        data = pathlib.Path(f"{prefix}.model").read_bytes()
        data = data.replace(str(corpus).encode(), b"c" * len(str(corpus)))
        data = data.replace(str(prefix).encode(), b"m" * len(str(prefix)))
        data = data.replace(str(rules).encode(), b"r" * len(str(rules)))
        models[name] = data
models |= {name: tied(models[base], score) for name, (base, score) in TIED.items()}
for name, data in models.items():
    (folder / f"{name}.model").write_bytes(data)
    processor = sentencepiece.SentencePieceProcessor(model_proto=data)
    cases[name] = []
    for text in TEXTS:
        proto = processor.encode(text, return_type="proto")
        ids = [piece.id for piece in proto.pieces]
        cases[name].append({
            "text": text, "ids": ids,
            "spans": [[piece.begin, piece.end] for piece in proto.pieces],
            "normalized": processor.normalize(text), "decoded": processor.decode(ids)})
path = folder / "cases.json"
path.write_text(json.dumps(cases, ensure_ascii=False, separators=(",", ":")) + "\n")
print(sum(p.stat().st_size for p in folder.iterdir()))
