"""Writes the safetensors golden files with Hugging Face's own library.

every-type.safetensors    a tensor of every type, with names and text that need escapes
accepted-flips.json       which files with one bit of the header turned over that library still reads
"""

import json
import pathlib

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save

FOLDER = pathlib.Path(__file__).resolve().parent / "safetensors"


def every_type():
    return {
        "layer.weight": torch.arange(6, dtype=torch.float32).reshape(2, 3) / 4,
        "layer.bias": torch.tensor([-1.5, 0.0, 3.25]),
        "double": torch.tensor([[1 / 3]], dtype=torch.float64),
        "half": torch.tensor([0.5, -2.0, 65504.0], dtype=torch.float16),
        "brain": torch.tensor([1.0, -3.0], dtype=torch.bfloat16),
        "ids": torch.tensor([0, -1, 2**62], dtype=torch.int64),
        "counts": torch.tensor([7, -(2**31)], dtype=torch.int32),
        "short": torch.tensor([-300], dtype=torch.int16),
        "small": torch.tensor([-5, 100], dtype=torch.int8),
        "bytes": torch.tensor([0, 128, 255], dtype=torch.uint8),
        "truth": torch.tensor([[True], [False]]),
        "number": torch.tensor(42, dtype=torch.int64),
        "nothing": torch.zeros(0, 5),
        'naïve "quoted"\\\n\x01/': torch.tensor([2.5]),
    }


def accepted_flips(whole):
    accepted = []
    for bit in range(8 * (8 + int.from_bytes(whole[:8], "little"))):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        try:
            load(bytes(damaged))
            accepted.append(bit)
        except (SafetensorError, UnicodeDecodeError, KeyError, AttributeError):
            pass
    return accepted


def main():
    FOLDER.mkdir(exist_ok=True)
    whole = save(every_type(), {"made by": "Python\t<é>"})
    (FOLDER / "every-type.safetensors").write_bytes(whole)
    small = save({"a": torch.ones(2, 3), "b": torch.tensor([1, 2])}, {"k": "v"})
    (FOLDER / "small.safetensors").write_bytes(small)
    text = json.dumps(accepted_flips(small))
    (FOLDER / "accepted-flips.json").write_text(text + "\n", encoding="utf-8")


main()
