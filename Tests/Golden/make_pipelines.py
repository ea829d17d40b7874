"""Writes tokenizers/pipelines.json: what Hugging Face's library learns with Rondo's pipelines.

Run with tokenizers 0.23.3: python3 Tests/Golden/make_pipelines.py
"""

import json
import pathlib

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

LINES = """The lower the river, the wider the flow: low, lower, lowest.
She was playing; they played, and the player plays a playful play.
Ein größerer Fluss fließt langsamer, sagte der Größte.
Déjà vu — a naïve café, 1,000 cups in 2024.
    if x == 10:\treturn x  # two  spaces
今日は良い天気です。 🙂🙂 👩‍👩‍👧""".split("\n")
TEXTS = LINES + ["Replay the lowest flow!", " leading and trailing ", "unknown: ωж 🤖", "", "<eos>"]
STANDARD = ["<pad>", "<unk>", "<bos>", "<eos>"]
SIZE = 180


def byte_pair(specials, unknown, pre_tokenizer, decoder, normalizer=None, **settings):
    tokenizer = Tokenizer(models.BPE(unk_token=unknown))
    if "end_of_word_suffix" in settings:
        tokenizer.model.end_of_word_suffix = settings["end_of_word_suffix"]
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.decoder = decoder
    size = settings.pop("size", SIZE)
    tokenizer.train_from_iterator(
        LINES, trainers.BpeTrainer(
            vocab_size=size, special_tokens=specials, show_progress=False, **settings))
    start, end = specials.index("<bos>"), specials.index("<eos>")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<bos> $A <eos>", pair="<bos> $A <eos> $B:1 <eos>:1",
        special_tokens=[("<bos>", start), ("<eos>", end)])
    return tokenizer


def case(tokenizer):
    vocabulary = tokenizer.get_vocab()
    return {
        "vocabulary": sorted(vocabulary, key=vocabulary.get),
        "texts": [
            {
                "text": text,
                "ids": (found := tokenizer.encode(text)).ids,
                "decoded": tokenizer.decode(found.ids),
            }
            for text in TEXTS if text != "<eos>"
        ],
        "pair": tokenizer.encode(TEXTS[0], TEXTS[1]).ids,
    }


metaspace = pre_tokenizers.Sequence(
    [pre_tokenizers.Metaspace(), pre_tokenizers.Punctuation()])
folding = normalizers.Sequence(
    [normalizers.NFKC(), normalizers.NFD(), normalizers.StripAccents(), normalizers.Lowercase()])
result = {
    "lines": LINES,
    "size": SIZE,
    "cases": {
        "bpe": case(byte_pair(STANDARD, "<unk>", metaspace, decoders.Metaspace())),
        "folded": case(byte_pair(STANDARD, "<unk>", metaspace, decoders.Metaspace(), folding)),
        "byte-bpe": case(byte_pair(
            ["<pad>", "<bos>", "<eos>"], None, pre_tokenizers.ByteLevel(add_prefix_space=False),
            decoders.ByteLevel(), size=SIZE + 200,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet())),
    },
}
path = pathlib.Path(__file__).parent / "tokenizers" / "pipelines.json"
path.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
