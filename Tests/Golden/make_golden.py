"""Writes the golden files that the Swift tests compare against: python Tests/Golden/make_golden.py

Every case stores its inputs, its parameters under Rondo's paths, PyTorch's answers, and the
gradients of `sum(answer * coefficients)` under the same paths behind `gradient.`.
Needs torch. The files hold its version and the seed as metadata; the same version writes the same
bytes again.
"""

import json
import pathlib
import struct

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

HERE = pathlib.Path(__file__).parent
CASES = []
TYPES = {
    torch.float32: "F32", torch.float64: "F64", torch.int64: "I64", torch.bool: "BOOL"
}


def save(path, tensors, metadata):
    """Writes a safetensors file; the library's own writer puts metadata in a random order."""
    header, data = {"__metadata__": metadata}, b""
    for key, tensor in tensors.items():
        start, data = len(data), data + tensor.numpy().tobytes()
        header[key] = {
            "dtype": TYPES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [start, len(data)],
        }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def case(seed):
    """Registers a function that returns the tensors of the case that its name names."""

    def register(build):
        def write():
            torch.manual_seed(seed)
            tensors = {k: v.detach().contiguous().clone() for k, v in build().items()}
            name = build.__name__.replace("_", "-")
            metadata = {"torch": torch.__version__, "seed": str(seed)}
            save(HERE / f"{name}.safetensors", tensors, metadata)

        CASES.append(write)
        return build

    return register


def backward(*outputs):
    """Backpropagates a fixed function of the outputs, and returns its coefficients."""
    coefficients = [torch.randn(o.shape, dtype=o.dtype) for o in outputs]
    sum((o * c).sum() for o, c in zip(outputs, coefficients)).backward()
    return {f"coefficients.{i}": c for i, c in enumerate(coefficients)}


def with_gradients(parameters):
    """Returns named parameters together with their gradients."""
    gradients = {f"gradient.{k}": p.grad for k, p in parameters.items()}
    return parameters | gradients


PARTS = [
    ("weight_ih", "inputWeight"),
    ("weight_hh", "hiddenWeight"),
    ("bias_ih", "inputBias"),
    ("bias_hh", "hiddenBias"),
]


def recurrent_parameters(module, prefix=""):
    """Names the parameters of nn.RNN, nn.LSTM or nn.GRU as Rondo does."""
    found = {}
    for layer in range(module.num_layers):
        for suffix, way in [("", "forward."), ("_reverse", "backward.")][: 1 + module.bidirectional]:
            way = way if module.bidirectional else ""
            for torch_name, name in PARTS:
                found[f"{prefix}cells.{layer}.{way}{name}"] = getattr(
                    module, f"{torch_name}_l{layer}{suffix}"
                )
    return found


def cell_parameters(module):
    return {name: getattr(module, torch_name) for torch_name, name in PARTS}


# Basic layers


@case(1)
def linear():
    layer, x = nn.Linear(5, 3), torch.randn(2, 4, 5, requires_grad=True)
    y = layer(x)
    t = {"x": x, "y": y} | backward(y)
    t["gradient.x"] = x.grad
    return t | with_gradients({"weight": layer.weight, "bias": layer.bias})


@case(2)
def embedding():
    layer = nn.Embedding(7, 4, padding_idx=0)
    ids = torch.tensor([[3, 1, 6], [2, 0, 0]])
    y = layer(ids)
    return {"ids": ids, "y": y} | backward(y) | with_gradients({"weight": layer.weight})


@case(3)
def layer_norm():
    layer, x = nn.LayerNorm(6, eps=1e-5), (torch.randn(2, 3, 6) * 2 + 1).requires_grad_()
    with torch.no_grad():
        layer.weight.add_(torch.randn(6) * 0.3)
        layer.bias.add_(torch.randn(6) * 0.3)
    y = layer(x)
    t = {"x": x, "y": y} | backward(y)
    t["gradient.x"] = x.grad
    return t | with_gradients({"weight": layer.weight, "bias": layer.bias})


# Recurrent cells


@case(10)
def rnn_cell():
    cell, x, h = nn.RNNCell(4, 6), torch.randn(3, 4), torch.randn(3, 6)
    y = cell(x, h)
    t = {"x": x, "h": h, "hidden": y} | backward(y)
    return t | with_gradients(cell_parameters(cell))


@case(10)
def rnn_cell_double():
    """In double precision, to be compared within 1e-12."""
    cell, x, h = nn.RNNCell(4, 6).double(), torch.randn(3, 4).double(), torch.randn(3, 6).double()
    y = cell(x, h)
    t = {"x": x, "h": h, "hidden": y} | backward(y)
    return t | with_gradients(cell_parameters(cell))


@case(11)
def lstm_cell():
    cell = nn.LSTMCell(4, 6)
    x, h, c = torch.randn(3, 4), torch.randn(3, 6), torch.randn(3, 6)
    y, d = cell(x, (h, c))
    t = {"x": x, "h": h, "c": c, "hidden": y, "cell": d} | backward(y, d)
    return t | with_gradients(cell_parameters(cell))


@case(12)
def lstm_joined():
    """The form with one matrix over [x; h] and one bias."""
    W, b = nn.Linear(10, 24).weight, torch.randn(24)
    x, h, c = torch.randn(3, 4), torch.randn(3, 6), torch.randn(3, 6)
    i, f, g, o = F.linear(torch.cat([x, h], -1), W, b).chunk(4, -1)
    d = f.sigmoid() * c + i.sigmoid() * g.tanh()
    y = o.sigmoid() * d.tanh()
    return {"x": x, "h": h, "c": c, "weight": W, "bias": b, "hidden": y, "cell": d}


@case(13)
def gru_cell():
    cell, x, h = nn.GRUCell(4, 6), torch.randn(3, 4), torch.randn(3, 6)
    y = cell(x, h)
    t = {"x": x, "h": h, "hidden": y} | backward(y)
    return t | with_gradients(cell_parameters(cell))


def reset_before_product(x, h, W, U, b, d):
    """A step of a GRU with the candidate of Cho et al. (2014): memory is reset before its product."""
    a, c = F.linear(x, W, b).chunk(3, -1), F.linear(h, U, d).chunk(3, -1)
    r, z = (a[0] + c[0]).sigmoid(), (a[1] + c[1]).sigmoid()
    recalled = F.linear(r * h, U[12:], d[12:])
    return (1 - z) * (a[2] + recalled).tanh() + z * h


@case(14)
def gru_cell_before_product():
    cell, x, h = nn.GRUCell(4, 6), torch.randn(3, 4), torch.randn(3, 6)
    y = reset_before_product(x, h, *cell.parameters())
    t = {"x": x, "h": h, "hidden": y, "hidden.afterProduct": cell(x, h)} | backward(y)
    return t | with_gradients(cell_parameters(cell))


# Recurrent stacks


class GRUBeforeProduct(nn.GRU):
    """Reads a sentence at a time, step by step, each layer both ways if it is bidirectional."""

    def forward(self, batch, state):
        lengths = None
        if isinstance(batch, torch.nn.utils.rnn.PackedSequence):
            batch, lengths = pad_packed_sequence(batch, batch_first=True)
        ways = 1 + self.bidirectional
        outputs, ends = [], []
        for row, x in enumerate(batch):
            x = x if lengths is None else x[: lengths[row]]
            end = []
            for layer in range(self.num_layers):
                read = []
                for way, suffix in enumerate(["", "_reverse"][:ways]):
                    names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
                    parts = [getattr(self, f"{name}_l{layer}{suffix}") for name in names]
                    h, hidden = state[layer * ways + way, row], []
                    for step in x.flip(0) if way else x:
                        h = reset_before_product(step, h, *parts)
                        hidden.append(h)
                    read.append(torch.stack(hidden).flip(0) if way else torch.stack(hidden))
                    end.append(h)
                x = torch.cat(read, -1)
            outputs.append(x)
            ends.append(torch.stack(end))
        output = torch.nn.utils.rnn.pad_sequence(outputs, batch_first=True)
        if lengths is not None:
            output = pack_padded_sequence(
                output, lengths, batch_first=True, enforce_sorted=False)
        return output, torch.stack(ends, 1)


def stack(kind, bidirectional, packed):
    module = kind(
        4, 6, num_layers=2, batch_first=True, bidirectional=bidirectional
    )
    rows = 2 * (1 + bidirectional)
    parts = 2 if kind is nn.LSTM else 1
    x = torch.randn(3, 5, 4, requires_grad=True)
    start = [torch.randn(rows, 3, 6, requires_grad=True) for _ in range(parts)]
    lengths = torch.tensor([3, 5, 1])
    state = tuple(start) if parts == 2 else start[0]
    if packed:
        read = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        output, end = module(read, state)
        output, _ = pad_packed_sequence(output, batch_first=True, total_length=5)
    else:
        output, end = module(x, state)
    ends = list(end) if parts == 2 else [end]
    t = {"x": x, "lengths": lengths, "sequence": output} | backward(output, *ends)
    t["gradient.x"] = x.grad
    for index in range(parts):
        t[f"start.{index}"] = start[index]
        t[f"gradient.start.{index}"] = start[index].grad
        t[f"end.{index}"] = ends[index]
    return t | with_gradients(recurrent_parameters(module))


def register_stacks():
    kinds = {
        "rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU, "gru-before-product": GRUBeforeProduct
    }
    for name, kind in kinds.items():
        for bidirectional in (False, True):
            for packed in (False, True):
                def build(kind=kind, bidirectional=bidirectional, packed=packed):
                    return stack(kind, bidirectional, packed)

                build.__name__ = (
                    name
                    + ("-bidirectional" if bidirectional else "")
                    + ("-packed" if packed else "")
                )
                case(20)(build)


register_stacks()


@case(21)
def rnn_steps_first():
    """PyTorch's own order of axes: a batch, states and outputs with their steps first."""
    module = nn.RNN(4, 6, num_layers=2)
    x, start = torch.randn(5, 3, 4), torch.randn(2, 3, 6)
    output, end = module(x, start)
    t = {"x": x, "start": start, "sequence": output, "end": end}
    return t | recurrent_parameters(module)


# Attention


def attended(scores, ids, values):
    weights = scores.masked_fill(ids == 0, float("-inf")).softmax(-1)
    return torch.einsum("bs,bsk->bk", weights, values), weights


def attention_inputs(query_size, key_size):
    q = torch.randn(2, query_size, requires_grad=True)
    keys = torch.randn(2, 4, key_size, requires_grad=True)
    return q, keys, torch.tensor([[5, 6, 7, 8], [5, 6, 0, 0]])


def attention_case(q, keys, ids, scores, parameters):
    context, weights = attended(scores, ids, keys)
    t = {"query": q, "keys": keys, "ids": ids, "context": context, "weights": weights}
    t |= backward(context, weights)
    t |= {"gradient.query": q.grad, "gradient.keys": keys.grad}
    return t | with_gradients(parameters)


@case(30)
def bahdanau_attention():
    W, U, v = (nn.Linear(i, o, bias=False) for i, o in [(5, 7), (3, 7), (7, 1)])
    q, keys, ids = attention_inputs(5, 3)
    scores = v(torch.tanh(W(q)[:, None] + U(keys)))[..., 0]
    names = {"query.weight": W.weight, "key.weight": U.weight, "energy.weight": v.weight}
    return attention_case(q, keys, ids, scores, names)


@case(30)
def bahdanau_attention_energy_bias():
    """With a bias in the energy, which many implementations have and softmax ignores."""
    W, U = nn.Linear(5, 7, bias=False).double(), nn.Linear(3, 7, bias=False).double()
    v = nn.Linear(7, 1).double()
    with torch.no_grad():
        v.bias.fill_(1.75)
    q, keys, ids = attention_inputs(5, 3)
    q, keys = (x.detach().double().requires_grad_() for x in (q, keys))
    scores = v(torch.tanh(W(q)[:, None] + U(keys)))[..., 0]
    names = {"query.weight": W.weight, "key.weight": U.weight, "energy.weight": v.weight}
    return attention_case(q, keys, ids, scores, names | {"energy.bias": v.bias})


@case(31)
def luong_dot():
    q, keys, ids = attention_inputs(4, 4)
    return attention_case(q, keys, ids, torch.einsum("bq,bsq->bs", q, keys), {})


@case(32)
def luong_general():
    W = nn.Linear(3, 5, bias=False)
    q, keys, ids = attention_inputs(5, 3)
    scores = torch.einsum("bq,qk,bsk->bs", q, W.weight, keys)
    return attention_case(q, keys, ids, scores, {"key.weight": W.weight})


@case(33)
def luong_concat():
    """One matrix over [q; k], stored as its two parts."""
    query = torch.randn(7, 5, requires_grad=True)
    key = torch.randn(7, 3, requires_grad=True)
    v = torch.randn(1, 7, requires_grad=True)
    q, keys, ids = attention_inputs(5, 3)
    pairs = torch.cat([q[:, None].expand(2, 4, 5), keys], -1)
    scores = (pairs @ torch.cat([query, key], 1).T).tanh() @ v[0]
    names = {"query.weight": query, "key.weight": key, "energy.weight": v}
    return attention_case(q, keys, ids, scores, names)


@case(34)
def masked_softmax():
    """Two masks together, in a batch whose second row shows nothing to its first two queries."""
    scores = torch.randn(2, 2, 4, 4, requires_grad=True)
    ids = torch.tensor([[5, 6, 7, 0], [0, 0, 7, 8]])
    visible = (ids != 0)[:, None, None] & torch.ones(4, 4).tril().bool()
    weights = scores.masked_fill(~visible, -1e30).softmax(-1) * visible
    t = {"scores": scores, "ids": ids, "visible": visible, "weights": weights} | backward(weights)
    t["gradient.scores"] = scores.grad
    return t


@case(35)
def score_normalizations():
    """Four ways from scores to weights, with padding, the future, and queries that see nothing."""
    scores = torch.randn(2, 3, 4, 4) * 3
    sinks = torch.randn(3, requires_grad=True)
    ids = torch.tensor([[5, 6, 7, 0], [0, 0, 7, 8]])
    visible = (ids != 0)[:, None, None] & torch.ones(4, 4).tril().bool()

    def exponentials(scores):
        """Exponentials of what is visible; small scores need no maximum to be subtracted."""
        return scores.exp() * visible

    def share(parts, rest):
        total = parts.sum(-1, keepdim=True) + rest
        return parts / torch.where(total == 0, 1, total)

    forms = {
        "softmax": lambda s: share(exponentials(s), 0),
        "sink": lambda s: share(exponentials(s), sinks.exp()[:, None, None]),
        "cap": lambda s: share(exponentials(2 * (s / 2).tanh()), 0),
        "sigmoid": lambda s: (s - 1.25).sigmoid() * visible,
    }
    t = {"scores": scores, "sinks": sinks, "ids": ids}
    coefficients = torch.randn(2, 3, 4, 4)
    for name, form in forms.items():
        s = scores.clone().requires_grad_()
        weights = form(s)
        (weights * coefficients).sum().backward()
        t |= {f"weights.{name}": weights, f"gradient.{name}": s.grad}
    return t | {"coefficients": coefficients, "gradient.sinks": sinks.grad}


# Encoder and decoder


class Seq2Seq(nn.Module):
    """A reference that steps through the target one token after another."""

    def __init__(
        self, kind, order, layers, feeding, bidirectional, attends=True, dot=False,
        sums=False, tied=False, additive=False
    ):
        super().__init__()
        E, H, V = 5, 6, 11
        self.order, self.feeding, self.attends, self.kind = order, feeding, attends, kind
        self.directions, self.layers = 1 + bidirectional, layers
        self.dot, self.additive = dot, additive or order == "before"
        joined = H * self.directions
        K = H if dot else joined
        self.source = nn.Embedding(9, E)
        self.encoder = kind(E, H, layers, batch_first=True, bidirectional=bidirectional)
        parts = 2 if kind is nn.LSTM else 1
        self.parts = parts
        self.bridge = nn.ModuleList(
            nn.Linear(joined, H)
            for _ in range(layers * parts if bidirectional and not sums else 0)
        )
        self.target = nn.Embedding(V, E)
        size = E + (K if attends and order == "before" else 0) + (E if feeding else 0)
        self.decoder = kind(size, H, layers, batch_first=True)
        self.query = nn.Linear(H, H, bias=False)
        self.key = nn.Linear(K, H, bias=False)
        self.energy = nn.Linear(H, 1, bias=False)
        self.readout = nn.Linear(H + (K if attends else 0), E)
        self.output = nn.Linear(E, V)
        self.tied = tied
        if tied:
            self.output.weight = self.target.weight

    def attend(self, query, memory, ids):
        if self.additive:
            compared = torch.tanh(self.query(query)[:, None] + self.key(memory))
            scores = self.energy(compared)[..., 0]
        else:
            keys = memory if self.dot else self.key(memory)
            scores = torch.einsum("bq,bsq->bs", query, keys)
        return attended(scores, ids, memory)

    def forward(self, source, lengths, target):
        read = pack_padded_sequence(
            self.source(source), lengths, batch_first=True, enforce_sorted=False
        )
        memory, end = self.encoder(read)
        memory, _ = pad_packed_sequence(memory, batch_first=True, total_length=source.shape[1])
        if self.dot and self.directions == 2:
            memory = memory.unflatten(-1, (2, -1)).sum(-2)
        ends = list(end) if self.parts == 2 else [end]
        if self.directions == 2 and not self.bridge:
            ends = [e.unflatten(0, (self.layers, 2)).sum(1) for e in ends]
        if self.bridge:
            ends = [
                torch.stack([
                    self.bridge[p * self.layers + l](
                        torch.cat([e[2 * l], e[2 * l + 1]], -1)).tanh()
                    for l in range(self.layers)])
                for p, e in enumerate(ends)]
        logits, maps = [], []
        fed = torch.zeros(len(source), self.target.embedding_dim)
        for t in range(target.shape[1]):
            inputs = [self.target(target[:, t])]
            if self.attends and self.order == "before":
                context, weights = self.attend(ends[0][-1], memory, source)
                inputs.append(context)
            if self.feeding:
                inputs.append(fed)
            state = tuple(ends) if self.parts == 2 else ends[0]
            shown, end = self.decoder(torch.cat(inputs, -1)[:, None], state)
            ends = list(end) if self.parts == 2 else [end]
            hidden = shown[:, 0]
            if self.attends and self.order == "after":
                context, weights = self.attend(hidden, memory, source)
            joined = torch.cat([hidden, context], -1) if self.attends else hidden
            fed = self.readout(joined).tanh()
            logits.append(self.output(fed))
            if self.attends:
                maps.append(weights)
        return torch.stack(logits, 1), torch.stack(maps, 1) if maps else None

    def named(self):
        names = {"encoder.embedding.weight": self.source.weight}
        names |= recurrent_parameters(self.encoder, "encoder.network.")
        for index, linear in enumerate(self.bridge):
            names[f"bridge.projections.{index}.weight"] = linear.weight
            names[f"bridge.projections.{index}.bias"] = linear.bias
        names["decoder.embedding.weight"] = self.target.weight
        names |= recurrent_parameters(self.decoder, "decoder.network.")
        if self.attends and not self.dot:
            names["decoder.attention.key.weight"] = self.key.weight
            if self.additive:
                names["decoder.attention.query.weight"] = self.query.weight
                names["decoder.attention.energy.weight"] = self.energy.weight
        for part in ("readout", "output"):
            if part == "readout" or not self.tied:
                names[f"decoder.{part}.weight"] = getattr(self, part).weight
            names[f"decoder.{part}.bias"] = getattr(self, part).bias
        return names


def seq2seq(**options):
    model = Seq2Seq(**options)
    source = torch.tensor([[3, 4, 5, 6], [7, 8, 0, 0], [4, 4, 2, 0]])
    lengths = torch.tensor([4, 2, 3])
    target = torch.tensor([[2, 5, 6, 7, 8], [2, 9, 10, 3, 0], [2, 4, 3, 0, 0]])
    logits, maps = model(source, lengths, target)
    t = {"source": source, "lengths": lengths, "target": target, "logits": logits}
    if maps is not None:
        t["attention"] = maps
    t |= backward(logits)
    return t | with_gradients(model.named())


@case(40)
def seq2seq_gru_bahdanau():
    return seq2seq(kind=nn.GRU, order="before", layers=1, feeding=False, bidirectional=True)


@case(41)
def seq2seq_lstm_bahdanau_feeding():
    return seq2seq(kind=nn.LSTM, order="before", layers=2, feeding=True, bidirectional=True)


@case(42)
def seq2seq_lstm_luong_general():
    return seq2seq(kind=nn.LSTM, order="after", layers=2, feeding=False, bidirectional=True)


@case(43)
def seq2seq_rnn_luong_general_feeding():
    return seq2seq(kind=nn.RNN, order="after", layers=1, feeding=True, bidirectional=False)


@case(44)
def seq2seq_gru_plain():
    return seq2seq(
        kind=nn.GRU, order="after", layers=2, feeding=False, bidirectional=False, attends=False)


@case(45)
def seq2seq_gru_luong_dot():
    """Both directions of the encoder are added, so that queries and keys have one size."""
    return seq2seq(
        kind=nn.GRU, order="after", layers=1, feeding=False, bidirectional=True, dot=True)


@case(46)
def seq2seq_gru_bahdanau_tied():
    """One table reads and scores, and its gradient is the sum of both."""
    return seq2seq(
        kind=nn.GRU, order="before", layers=1, feeding=False, bidirectional=True, tied=True)


@case(47)
def seq2seq_lstm_bahdanau_sum():
    """The decoder begins with the sum of the encoder's directions, in both parts of its state."""
    return seq2seq(
        kind=nn.LSTM, order="before", layers=2, feeding=False, bidirectional=True, sums=True)


@case(48)
def seq2seq_lstm_luong_general_feeding_tied_sum():
    return seq2seq(
        kind=nn.LSTM, order="after", layers=1, feeding=True, bidirectional=True, sums=True,
        tied=True)


@case(49)
def seq2seq_lstm_plain():
    return seq2seq(
        kind=nn.LSTM, order="after", layers=1, feeding=False, bidirectional=True, attends=False)


@case(50)
def seq2seq_gru_luong_concat():
    """Bahdanau's scores, asked with the state after the step."""
    return seq2seq(
        kind=nn.GRU, order="after", layers=1, feeding=False, bidirectional=True, additive=True)


@case(51)
def seq2seq_rnn_bahdanau():
    return seq2seq(kind=nn.RNN, order="before", layers=1, feeding=False, bidirectional=True)


if __name__ == "__main__":
    for write in CASES:
        write()
