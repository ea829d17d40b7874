"""What tokenizers are measured on: python tokenizer_materials.py TEXT OUT

Writes English, code and multilingual text into the folder OUT, each as a .txt file of documents of
about 4 kB with their sizes in an .idx file, and the vocabularies that every side reads: byte-level
BPE with the splits of GPT-2 and cl100k, WordPiece, Unigram, SentencePiece BPE, all trained on that
text by the reference libraries, and a tokenizer.json of 10 MB. What is there already is kept,
unless it was made from another folder.

TEXT is a folder with files whose names begin with english, code and multilingual, plain or .gz, or
one with the layout of the project's shared data, where code is filled up from Python's own library.
"""

import base64
import gzip
import json
import os
import pathlib
import random
import sys
import sysconfig

os.environ["TOKENIZERS_PARALLELISM"] = "false"

LIMIT = 7_000_000
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
CL100K = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
          r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
NAMES = ["english", "code", "multilingual"]


def read(path):
    opened = gzip.open(path) if str(path).endswith(".gz") else open(path, "rb")
    with opened as file:
        text = file.read().decode("utf-8", "ignore")
    if ".jsonl" in str(path):
        lines = [json.loads(line) for line in text.splitlines()]
        text = "\n".join("\n".join(line["source"]) for line in lines)
    return text.replace("\0", " ").replace("\r\n", "\n")


def sources(folder):
    """The files of each kind of text."""
    plain = {name: sorted(folder.glob(f"{name}*")) for name in NAMES}
    if all(plain.values()):
        return plain
    if not (folder / "tokenizer_text").is_dir():
        sys.exit(f"{folder} has no files named english…, code… and multilingual…, and no folder "
                 "tokenizer_text; name a folder of text with --text")
    library = sorted(pathlib.Path(sysconfig.get_paths()["stdlib"]).glob("*.py"))
    text = folder / "tokenizer_text"
    return {
        "english": [text / "botchan_en.txt", text / "pud_en.txt", text / "udhr_eng.txt",
                    folder / "char_lm/tinyshakespeare.txt", folder / "translation/train.en.gz",
                    *sorted((folder / "summarisation").glob("*.jsonl*"))],
        "code": [text / "code_py_c.txt.gz", *library],
        "multilingual": [
            *(path for path in sorted(text.iterdir())
              if path.name.startswith(("docs_", "pud_", "udhr_")) and "_en" not in path.name),
            folder / "translation/train.de.gz", folder / "translation/train.fr.gz"]}


def documents(text):
    """Whole lines, about 4 kB together, without white space at the end."""
    lines, size = [], 0
    for line in text.split("\n"):
        lines.append(line)
        size += len(line.encode()) + 1
        if size >= 4096:
            yield "\n".join(lines).rstrip()
            lines, size = [], 0
    yield "\n".join(lines).rstrip()


def write_texts(folder, out):
    for name, paths in sources(folder).items():
        kept = [d for path in paths if path.exists() for d in documents(read(path)) if d]
        random.Random(name).shuffle(kept)
        size = 0
        with open(out / f"{name}.txt", "wb") as text, open(out / f"{name}.idx", "w") as index:
            for document in kept:
                data = document.encode()
                text.write(data)
                index.write(f"{len(data)}\n")
                size += len(data)
                if size >= LIMIT:
                    break
        print(f"{name}: {size / 1e6:.1f} MB", file=sys.stderr)


def texts(out):
    """All documents, English first."""
    for name in NAMES:
        data = (out / f"{name}.txt").read_bytes()
        position = 0
        for size in map(int, (out / f"{name}.idx").read_text().split()):
            yield data[position:position + size].decode()
            position += size


def byte_alphabet():
    """The characters that stand for bytes in tokenizer.json."""
    kept = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in kept]
    return {chr(b): b for b in kept} | {chr(256 + i): b for i, b in enumerate(others)}


def write_byte_level(out, name, pattern, size):
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = (
        pre_tokenizers.ByteLevel(add_prefix_space=False) if name == "gpt2"
        else pre_tokenizers.Sequence([
            pre_tokenizers.Split(Regex(pattern), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]))
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(texts(out), trainers.BpeTrainer(
        vocab_size=size, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    alphabet = byte_alphabet()
    with open(out / f"{name}.tiktoken", "w") as file:
        for token, rank in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1]):
            data = bytes(alphabet[character] for character in token)
            file.write(f"{base64.b64encode(data).decode()} {rank}\n")
    tokenizer.save(str(out / f"{name}.json"))


def write_word_pieces(out):
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(texts(out), trainers.WordPieceTrainer(
        vocab_size=30_000, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"],
        show_progress=False))
    tokenizer.save(str(out / "word-pieces.json"))


def write_sentencepiece(out, name, **settings):
    import sentencepiece

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=(line for text in texts(out) for line in text.split("\n")),
        model_prefix=str(out / f"{name}.part"), vocab_size=32_000, num_threads=2, minloglevel=2,
        **settings)
    (out / f"{name}.part.vocab").unlink()
    (out / f"{name}.part.model").rename(out / f"{name}.model")


def write_large(out):
    """A byte-level tokenizer.json of 10 MB: tokens of tokens, drawn with a seed."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    draw = random.Random(10)
    tokens = sorted(byte_alphabet())
    short, known, merges = list(tokens), set(tokens), []
    size = 0
    while size < 10_600_000:
        left, right = draw.choice(short), draw.choice(short)
        merged = left + right
        if merged in known:
            continue
        known.add(merged)
        tokens.append(merged)
        if len(merged) <= 6:
            short.append(merged)
        merges.append((left, right))
        size += 2 * len(merged.encode()) + 62
    tokenizer = Tokenizer(models.BPE({t: i for i, t in enumerate(tokens)}, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.save(str(out / "large.part"))
    (out / "large.part").rename(out / "large.json")


def main():
    folder, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    if not folder.is_dir():
        sys.exit(f"there is no text in {folder}; name a folder of text with --text")
    out.mkdir(parents=True, exist_ok=True)
    source = out / "source.txt"
    if source.exists() and source.read_text() != str(folder.resolve()):
        for path in out.iterdir():
            path.unlink()
    source.write_text(str(folder.resolve()))
    steps = [
        ("multilingual.idx", lambda: write_texts(folder, out)),
        ("gpt2.json", lambda: write_byte_level(out, "gpt2", GPT2, 50_000)),
        ("cl100k.json", lambda: write_byte_level(out, "cl100k", CL100K, 60_000)),
        ("word-pieces.json", lambda: write_word_pieces(out)),
        ("unigram.model", lambda: write_sentencepiece(out, "unigram", model_type="unigram")),
        ("sentencepiece-bpe.model", lambda: write_sentencepiece(
            out, "sentencepiece-bpe", model_type="bpe", byte_fallback=True, split_digits=True,
            normalization_rule_name="identity", remove_extra_whitespaces=False)),
        ("large.json", lambda: write_large(out))]
    for name, write in steps:
        if not (out / name).exists():
            print(f"making {name} (once)", file=sys.stderr)
            write()


if __name__ == "__main__":
    main()
