"""Writes a network of torch.nn under its own names, and what it answers.

checkpoints/recurrent.safetensors   the state dict, as PyTorch names it
checkpoints/answers.safetensors     token identifiers, and the output for them
"""

import pathlib

import torch
from safetensors.torch import save_file
from torch import nn

import make_golden

FOLDER = pathlib.Path(__file__).resolve().parent / "checkpoints"


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(7, 3)
        self.lstm = nn.LSTM(3, 4, num_layers=2, bidirectional=True, batch_first=True)
        self.gru = nn.GRU(8, 5, batch_first=True)
        self.output = nn.Linear(5, 6)

    def forward(self, ids):
        return self.output(self.gru(self.lstm(self.embedding(ids))[0])[0])


def main():
    torch.manual_seed(9)
    FOLDER.mkdir(exist_ok=True)
    network = Network()
    save_file(network.state_dict(), FOLDER / "recurrent.safetensors", {"torch": torch.__version__})
    ids = torch.randint(0, 7, (2, 5))
    with torch.no_grad():
        answers = {"ids": ids, "output": network(ids)}
    metadata = {"torch": torch.__version__, "seed": "9"}
    make_golden.save(FOLDER / "answers.safetensors", answers, metadata)


main()
