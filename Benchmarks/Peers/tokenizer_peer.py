"""Another library's side of a tokenizer benchmark: python tokenizer_peer.py JOB

JOB is JSON: what to do, with which library, files and text. The process answers that it is ready,
and then does what each line on standard input says; every answer is one line of JSON. Between turns
it is blocked on its input. Times are CPU seconds of the whole process.
"""

import array
import base64
import json
import os
import pathlib
import sys
import time

# One thread: these are read when the libraries are loaded.
os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"

GPT2 = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"
CL100K = (r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+"
          r"| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s")


def answer(**fields):
    print(json.dumps(fields), flush=True)


def read_documents(path):
    data = pathlib.Path(f"{path}.txt").read_bytes()
    documents, position = [], 0
    for size in map(int, pathlib.Path(f"{path}.idx").read_text().split()):
        documents.append(data[position:position + size])
        position += size
    return documents


class HuggingFace:
    def __init__(self, file):
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(file)

    def encode(self, documents):
        found = self.tokenizer.encode_batch_fast(documents, add_special_tokens=False)
        return [encoding.ids for encoding in found]


class Tiktoken:
    def __init__(self, file):
        import tiktoken

        lines = (line.split() for line in open(file, "rb"))
        ranks = {base64.b64decode(token): int(rank) for token, rank in lines}
        pattern = GPT2 if "gpt2" in file else CL100K
        self.encoding = tiktoken.Encoding(
            "text", pat_str=pattern, mergeable_ranks=ranks, special_tokens={})

    def encode(self, documents):
        return [self.encoding.encode_ordinary(document) for document in documents]


class Gigatoken:
    wants_bytes = True

    def __init__(self, file):
        import gigatoken

        if file.endswith(".model"):
            self.tokenizer = gigatoken.Tokenizer.from_sentencepiece(file)
        else:
            self.tokenizer = gigatoken.Tokenizer(file)

    def encode(self, documents):
        return self.tokenizer.encode_batch(documents, parallel=False)


class SentencePiece:
    def __init__(self, file):
        import sentencepiece

        self.processor = sentencepiece.SentencePieceProcessor(model_file=file)

    def encode(self, documents):
        return self.processor.encode(documents, num_threads=1)


LIBRARIES = {"huggingFace": HuggingFace, "tiktoken": Tiktoken, "gigatoken": Gigatoken,
             "sentencePiece": SentencePiece}


def timed(work):
    begin = time.process_time()
    result = work()
    return time.process_time() - begin, result


def encode_in_turns(job):
    library = LIBRARIES[job["peer"]]
    documents = read_documents(job["text"])
    if not getattr(library, "wants_bytes", False):
        documents = [document.decode() for document in documents]
    # Whatever a library prepares once for all is not part of the first turn.
    sample = documents[0][:100]
    tokenizer = library(job["peerFile"])
    tokenizer.encode([sample])
    with open(job["ids"], "wb") as file:
        for ids in tokenizer.encode(documents):
            values = array.array("I", ids.tolist() if hasattr(ids, "tolist") else ids)
            values.append(0xFFFFFFFF)
            values.tofile(file)
    answer(ready=True)
    for line in sys.stdin:
        if line.strip() == "cold":
            tokenizer = library(job["peerFile"])
        seconds, _ = timed(lambda: tokenizer.encode(documents))
        answer(seconds=seconds)


def load_in_turns(job):
    library = LIBRARIES[job["peer"]]
    library(job["peerFile"])
    answer(ready=True)
    for _ in sys.stdin:
        answer(seconds=timed(lambda: library(job["peerFile"]))[0])


def train_in_turns(job):
    documents = [d.decode() for text in job["texts"] for d in read_documents(text)]
    work = {"huggingFace": train_hugging_face, "sentencePiece": train_sentencepiece}[job["peer"]]
    answer(ready=True)
    for _ in sys.stdin:
        seconds, merges = timed(lambda: work(job, documents))
        if merges:
            text = "".join(f"{left} {right}\n" for left, right in merges())
            pathlib.Path(job["ids"]).write_text(text)
        answer(seconds=seconds)


def train_hugging_face(job, documents):
    """Trains; returns what gives the merges, if there are any."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    size = job["vocabularySize"]
    if job["model"] == "bytePair":
        tokenizer = Tokenizer(models.BPE())
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        trainer = trainers.BpeTrainer(
            vocab_size=size, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False)
    elif job["model"] == "unigram":
        tokenizer = Tokenizer(models.Unigram())
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
        trainer = trainers.UnigramTrainer(
            vocab_size=size, unk_token="<unk>", special_tokens=["<unk>"], show_progress=False)
        documents = (line for document in documents for line in document.split("\n"))
    else:
        tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
        tokenizer.normalizer = normalizers.BertNormalizer()
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        trainer = trainers.WordPieceTrainer(
            vocab_size=size, special_tokens=["[UNK]"], show_progress=False)
    tokenizer.train_from_iterator(documents, trainer)
    if job["model"] != "bytePair":
        return None
    return lambda: json.loads(tokenizer.to_str())["model"]["merges"]


def train_sentencepiece(job, documents):
    import io

    import sentencepiece

    kind = {"bytePair": "bpe", "unigram": "unigram"}[job["model"]]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=(line for document in documents for line in document.split("\n")),
        model_writer=io.BytesIO(), model_type=kind, vocab_size=job["vocabularySize"],
        normalization_rule_name="identity", num_threads=1, minloglevel=2)
    return None


def main():
    job = json.loads(sys.argv[1])
    {"encode": encode_in_turns, "load": load_in_turns, "train": train_in_turns}[job["work"]](job)


if __name__ == "__main__":
    main()
