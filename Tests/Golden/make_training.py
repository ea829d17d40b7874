"""Writes the golden files of RondoTraining. Run by `make golden`.

Every case stores its inputs and PyTorch's answers; see make_golden.py for the layers.
"""

import pathlib

import torch
import torch.nn.functional as F
from torch import nn

import make_golden

HERE = pathlib.Path(__file__).parent


def save(name, seed, tensors):
    tensors = {key: value.detach().contiguous().clone() for key, value in tensors.items()}
    metadata = {"torch": torch.__version__, "seed": str(seed)}
    make_golden.save(HERE / f"{name}.safetensors", tensors, metadata)


def optimizers():
    """Five steps on fixed gradients for each optimizer, and where each step ends."""
    kinds = {
        "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
        "sgd-momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01),
        "adam": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.8, 0.95), weight_decay=0.02),
        "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, betas=(0.8, 0.95), weight_decay=0.1),
    }
    torch.manual_seed(11)
    start, gradients = torch.randn(3, 4), torch.randn(5, 3, 4)
    tensors = {"start": start, "gradients": gradients}
    for name, make in kinds.items():
        parameter = nn.Parameter(start.clone())
        optimizer = make([parameter])
        path = []
        for gradient in gradients:
            parameter.grad = gradient.clone()
            optimizer.step()
            path.append(parameter.detach().clone())
        tensors[name] = torch.stack(path)

    # A parameter beside another one, that gets its first gradient in the third step.
    for name in ("adam", "adamw"):
        early, late = nn.Parameter(start.clone()), nn.Parameter(start.clone())
        optimizer = kinds[name]([early, late])
        path = []
        for step, gradient in enumerate(gradients):
            early.grad = gradient.clone()
            late.grad = None if step < 2 else gradient.clone()
            optimizer.step()
            path.append(late.detach().clone())
        tensors[f"{name}-late"] = torch.stack(path)
    save("optimizers", 11, tensors)


def clipping():
    torch.manual_seed(12)
    gradients = [torch.randn(3, 4), torch.randn(5)]
    tensors = {"gradient.0": gradients[0], "gradient.1": gradients[1]}
    for limit in (1.0, 100.0):
        parameters = [nn.Parameter(torch.zeros_like(g)) for g in gradients]
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = gradient.clone()
        norm = nn.utils.clip_grad_norm_(parameters, limit)
        tensors[f"norm-{limit:g}"] = norm
        for index, parameter in enumerate(parameters):
            tensors[f"norm-{limit:g}.{index}"] = parameter.grad
    for index, gradient in enumerate(gradients):
        parameter = nn.Parameter(torch.zeros_like(gradient))
        parameter.grad = gradient.clone()
        nn.utils.clip_grad_value_([parameter], 0.5)
        tensors[f"value.{index}"] = parameter.grad
    save("clipping", 12, tensors)


def cross_entropy():
    torch.manual_seed(13)
    logits = torch.randn(3, 4, 6, requires_grad=True)
    targets = torch.randint(1, 6, (3, 4))
    targets[0, 2:] = 0
    targets[2, 1:] = 0
    tensors = {"logits": logits, "targets": targets}
    for smoothing in (0.0, 0.1):
        loss = F.cross_entropy(
            logits.reshape(-1, 6), targets.reshape(-1), ignore_index=0, label_smoothing=smoothing)
        tensors[f"loss-{smoothing:g}"] = loss
        tensors[f"gradient-{smoothing:g}"] = torch.autograd.grad(loss, logits)[0]
    save("cross-entropy", 13, tensors)


def binary_cross_entropy():
    """Logits beyond what a naive sigmoid survives; some answers do not count."""
    torch.manual_seed(14)
    logits = torch.randn(3, 4) * 3
    logits[0, 0], logits[0, 1], logits[1, 0] = 200.0, -200.0, 0.0
    logits.requires_grad_()
    targets = (torch.rand(3, 4) < 0.4).float()
    targets[2, 3] = 0.25
    counted = torch.tensor([[1, 1, 1, 0], [1, 1, 0, 0], [1, 1, 1, 1]], dtype=torch.bool)
    tensors = {"logits": logits, "targets": targets, "counted": counted}
    for weight in (1.0, 3.0):
        terms = F.binary_cross_entropy_with_logits(
            logits, targets, reduction="none", pos_weight=torch.tensor(weight))
        for name, loss in (("all", terms.mean()), ("counted", terms[counted].mean())):
            tensors[f"loss-{name}-{weight:g}"] = loss
            tensors[f"gradient-{name}-{weight:g}"] = torch.autograd.grad(
                loss, logits, retain_graph=True)[0]
    save("binary-cross-entropy", 14, tensors)


def loss_curve():
    """Ten steps of a small language model: forward, backward and optimizer at once."""
    torch.manual_seed(3)
    embedding, lstm = nn.Embedding(11, 8), nn.LSTM(8, 12, batch_first=True)
    head = nn.Linear(12, 11)
    ids = torch.randint(1, 11, (4, 9))
    ids[0, 6:] = 0
    tensors = {"ids": ids, "embedding.weight": embedding.weight, "head.weight": head.weight,
               "head.bias": head.bias}
    names = {"weight_ih_l0": "inputWeight", "weight_hh_l0": "hiddenWeight",
             "bias_ih_l0": "inputBias", "bias_hh_l0": "hiddenBias"}
    for torch_name, rondo_name in names.items():
        tensors[f"lstm.cells.0.{rondo_name}"] = getattr(lstm, torch_name)
    tensors = {key: value.detach().clone() for key, value in tensors.items()}
    parameters = [*embedding.parameters(), *lstm.parameters(), *head.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=1e-2, weight_decay=0.1)
    losses = []
    for _ in range(10):
        logits = head(lstm(embedding(ids[:, :-1]))[0])
        loss = F.cross_entropy(logits.reshape(-1, 11), ids[:, 1:].reshape(-1), ignore_index=0)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 0.25)
        optimizer.step()
        losses.append(loss.detach())
    tensors["losses"] = torch.stack(losses)
    save("loss-curve", 3, tensors)


if __name__ == "__main__":
    for case in (optimizers, clipping, cross_entropy, binary_cross_entropy, loss_curve):
        case()
