"""The losses of src/learning/losses in PyTorch, timed forward and backward.

Reads one JSON request a line on stdin and answers each with one JSON line on stdout. Matrices pass as files of raw float32.
"""
import json
import os
import sys
import time

import numpy as np
import pytorch_metric_learning
import torch

import library
import plain

LOSSES = {}


class Loss:
    """A function of leaves, and the leaves: embeddings first, proxies [rows, width] second where there are any."""

    def __init__(self, compute, leaves, gradients):
        self.compute, self.leaves, self.gradients = compute, leaves, gradients

    def step(self):
        for leaf in self.leaves:
            leaf.grad = None
        loss = self.compute()
        loss.backward()
        return loss.item()


def matrix(request, name):
    values = np.fromfile(os.path.join(request["folder"], name), dtype=np.float32)
    return torch.from_numpy(values.reshape(-1, request["width"])).clone()


def create(request):
    options, labels = request["loss"], torch.tensor(request["labels"])
    for author in ("plain", "library"):
        LOSSES.pop(author, None)
        if author == "library" and not request["isInLibrary"]:
            continue
        embeddings = matrix(request, "embeddings").requires_grad_()
        proxies = matrix(request, "proxies") if request["perClass"] else None
        make = plain.make if author == "plain" else library.make
        compute, learnt, to_rows = make(options, proxies, request["classes"])
        leaves = [embeddings, *learnt]
        LOSSES[author] = Loss(
            lambda compute=compute, embeddings=embeddings: compute(embeddings, labels),
            leaves,
            lambda leaves=leaves, to_rows=to_rows: [leaves[0].grad, *(to_rows(leaf.grad) for leaf in leaves[1:])],
        )
    return {}


def answer(request):
    what = request["do"]
    if what == "begin":
        torch.set_num_threads(request["threads"])
        return {"torch": torch.__version__, "library": pytorch_metric_learning.__version__,
                "python": sys.version.split()[0], "threads": torch.get_num_threads()}
    if what == "create":
        return create(request)
    if what == "time":
        return {"seconds": time.process_time()}
    loss = LOSSES[request["author"]]
    if what == "run":
        times = []
        for _ in range(request["steps"]):
            begun = time.perf_counter()
            loss.step()
            times.append((time.perf_counter() - begun) * 1000)
        return {"times": times}
    if what == "evaluate":
        value = loss.step()
        gradients = loss.gradients()
        for name, gradient in zip(("embeddings", "proxies"), [*gradients, torch.zeros(0)]):
            gradient.contiguous().numpy().tofile(os.path.join(request["folder"], f"{name}-gradient"))
        return {"loss": value}
    raise ValueError(f"unknown request {what}")


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
