"""What is measured, written as an experienced user of eager PyTorch writes it.

Parameters carry Rondo's paths. A call leaves its results behind until the next one.
"""

import torch
import torch.nn.functional as F
from torch import nn


class Layer:
    """A layer applied to features, and in training its gradients and that of the features."""

    def __init__(self, module, x, mode):
        self.module, self.x, self.mode = module, x.requires_grad_(mode == "training"), mode
        with torch.no_grad():
            self.gradient = torch.randn_like(self.apply())

    def apply(self):
        output = self.module(self.x)
        return output[0] if isinstance(output, tuple) else output

    def parameters(self):
        return named(self.module)

    def inputs(self):
        return {"x": self.x, "gradient": self.gradient}

    def call(self):
        if self.mode == "inference":
            with torch.inference_mode():
                self.output = self.apply()
            return
        self.x.grad = None
        self.module.zero_grad(set_to_none=True)
        self.output = self.apply()
        self.output.backward(self.gradient)

    def results(self):
        results = {"output": self.output}
        if self.mode == "training":
            results |= {"gradient.x": self.x.grad} | gradients(self.parameters())
        return results


class Translator(nn.Module):
    """A bidirectional GRU encoder and a GRU decoder with Bahdanau attention."""

    def __init__(self, size, vocabulary):
        super().__init__()
        self.source = nn.Embedding(vocabulary, size)
        self.encoder = nn.GRU(size, size, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * size, size)
        self.target = nn.Embedding(vocabulary, size)
        self.cell = nn.GRUCell(3 * size, size)
        self.query = nn.Linear(size, size, bias=False)
        self.key = nn.Linear(2 * size, size, bias=False)
        self.energy = nn.Linear(size, 1, bias=False)
        self.readout = nn.Linear(3 * size, size)
        self.output = nn.Linear(size, vocabulary)

    def forward(self, source, target):
        memory, end = self.encoder(self.source(source))
        hidden = torch.tanh(self.bridge(torch.cat([end[0], end[1]], -1)))
        keys, padding = self.key(memory), source == 0
        states = []
        for vector in self.target(target).unbind(1):
            compared = torch.tanh(self.query(hidden).unsqueeze(1) + keys)
            energies = self.energy(compared).squeeze(-1).masked_fill(padding, float("-inf"))
            context = torch.bmm(energies.softmax(-1).unsqueeze(1), memory).squeeze(1)
            hidden = self.cell(torch.cat([vector, context], -1), hidden)
            states.append(torch.cat([hidden, context], -1))
        return self.output(torch.tanh(self.readout(torch.stack(states, 1))))

    def named(self):
        parts = {
            "encoder.embedding": self.source,
            "encoder.network": self.encoder,
            "bridge.projections.0": self.bridge,
            "decoder.embedding": self.target,
            "decoder.network.cells.0": self.cell,
            "decoder.attention.query": self.query,
            "decoder.attention.key": self.key,
            "decoder.attention.energy": self.energy,
            "decoder.readout": self.readout,
            "decoder.output": self.output,
        }
        return {
            f"{path}.{name}": parameter
            for path, module in parts.items()
            for name, parameter in named(module).items()
        }


class TranslatorStep:
    """The loss of a batch, every gradient, and in mode "step" a step of fused AdamW."""

    def __init__(self, sizes, mode):
        batch, source_length, target_length, size, vocabulary = sizes
        self.model = Translator(size, vocabulary)
        self.source = torch.randint(4, vocabulary, (batch, source_length))
        self.target = torch.randint(4, vocabulary, (batch, target_length + 1))
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(), lr=1e-3, weight_decay=0.01, fused=True
        )
        self.is_step = mode == "step"

    def parameters(self):
        return self.model.named()

    def inputs(self):
        return {"source": self.source, "target": self.target}

    def call(self):
        self.optimizer.zero_grad(set_to_none=True)
        logits = self.model(self.source, self.target[:, :-1])
        self.loss = F.cross_entropy(
            logits.flatten(0, 1), self.target[:, 1:].flatten(), ignore_index=0
        )
        self.loss.backward()
        if self.is_step:
            self.optimizer.step()

    def results(self):
        return {"loss": self.loss} | ({} if self.is_step else gradients(self.parameters()))


PARTS = {
    "weight_ih": "inputWeight",
    "weight_hh": "hiddenWeight",
    "bias_ih": "inputBias",
    "bias_hh": "hiddenBias",
}


def named(module):
    """The parameters of a module under Rondo's paths."""
    if isinstance(module, nn.GRUCell):
        return {name: getattr(module, part) for part, name in PARTS.items()}
    if not isinstance(module, nn.RNNBase):
        return dict(module.named_parameters())
    ways = {"": "forward.", "_reverse": "backward."} if module.bidirectional else {"": ""}
    return {
        f"cells.{layer}.{way}{name}": getattr(module, f"{part}_l{layer}{suffix}")
        for layer in range(module.num_layers)
        for suffix, way in ways.items()
        for part, name in PARTS.items()
    }


def gradients(parameters):
    return {f"gradient.{path}": parameter.grad for path, parameter in parameters.items()}


def make_workload(work, mode, sizes):
    if work == "linear":
        rows, inputs, outputs = sizes
        return Layer(nn.Linear(inputs, outputs), torch.randn(rows, inputs), mode)
    if work == "seq2seq":
        return TranslatorStep(sizes, mode)
    batch, steps, inputs, hidden = sizes
    kind = {"gru": nn.GRU, "lstm": nn.LSTM}[work]
    layer = kind(inputs, hidden, batch_first=True)
    return Layer(layer, torch.randn(batch, steps, inputs), mode)
