"""Value and gradients of one loss after another in float64: by the literal loops of bench/loss/literal, and by
pytorch-metric-learning where it has the same function.

Reads one JSON request a line on stdin and answers each with one JSON line on stdout.
"""
import json
import sys

import pytorch_metric_learning
import torch
from pytorch_metric_learning.utils import loss_and_miner_utils as lmu

import library
from literal import plan

torch.set_default_dtype(torch.float64)


def read(batch):
    tensors = {name: torch.tensor(batch[name]) for name in ("embeddings", "proxies", "memory") if name in batch}
    for name in ("embeddings", "proxies"):
        if name in tensors:
            tensors[name].requires_grad_()
    return {**batch, **tensors}


def literally(request):
    batch = read(request["batch"])
    value = plan.compute(batch, request["loss"], request["regularizers"])
    value.backward()
    return value, batch["embeddings"].grad, batch["proxies"].grad if "proxies" in batch else None


def by_library(request):
    batch = read(request["batch"])
    x, labels, proxies = batch["embeddings"], torch.tensor(batch["labels"]), batch.get("proxies")
    compute, learnt, to_rows = library.make(request["loss"], proxies, request["classes"])
    if "memory" in batch:
        everyone = torch.cat([x, batch["memory"]])
        all_labels = torch.cat([labels, torch.tensor(batch["memoryLabels"])])
        chosen = lmu.get_all_pairs_indices(labels, all_labels)
        chosen = lmu.remove_self_comparisons(chosen, torch.arange(len(x)), len(everyone))
        value = compute(x, labels, chosen, ref_emb=everyone, ref_labels=all_labels)
    else:
        value = compute(x, labels)
    value.backward()
    return value, x.grad, to_rows(learnt[0].grad) if learnt else None


def distance(ours, theirs):
    """The largest difference of value and gradients, relative to the largest entry."""
    pairs = [(a, b) for a, b in zip(ours, theirs) if a is not None]
    return max(((a - b).abs().max() / a.abs().max().clamp(min=1e-3)).item() for a, b in pairs)


def answer(request):
    if request["do"] == "begin":
        return {"torch": torch.__version__, "library": pytorch_metric_learning.__version__, "python": sys.version.split()[0]}
    literal = literally(request)
    gap = distance(literal, by_library(request)) if request["isInLibrary"] else None
    value, embeddings, proxies = literal
    return {"value": value.item(), "embeddings": embeddings.tolist(), "proxies": None if proxies is None else proxies.tolist(), "gap": gap}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
