"""The networks of src/learning/backbones in PyTorch, and their training step.

Reads one JSON request a line on stdin and answers each with one JSON line on stdout. Layers as ours, one by one: convolutions
without bias, batch normalisation (epsilon 1e-5, momentum 0.1), ReLU or PReLU with a slope a channel, one linear layer with bias.
Strided windows are padded on both sides as PyTorch programs do; TensorFlow's 'same' pads the far side first. The sizes are equal.
"""
import json
import sys
import time

import torch
from torch import nn
import torch.nn.functional as F


def convolution(inputs, outputs, size, stride=1, groups=1, padding=None):
    return nn.Conv2d(inputs, outputs, size, stride, size // 2 if padding is None else padding, groups=groups, bias=False)


class Residual(nn.Module):
    """src/learning/backbones/residual-block.ts"""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1, self.norm1 = convolution(inputs, outputs, 3, stride), nn.BatchNorm2d(outputs)
        self.conv2, self.norm2 = convolution(outputs, outputs, 3), nn.BatchNorm2d(outputs)
        same = stride == 1 and inputs == outputs
        self.shortcut = None if same else nn.Sequential(convolution(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.norm1(self.conv1(x)), inplace=True)
        y = self.norm2(self.conv2(y))
        y += x if self.shortcut is None else self.shortcut(x)
        return F.relu(y, inplace=True)


class Inverted(nn.Module):
    """The bottleneck of src/learning/backbones/mobilefacenet.ts"""

    def __init__(self, inputs, inner, outputs, stride):
        super().__init__()
        self.body = nn.Sequential(
            *pointwise(inputs, inner, 1, 1), *depthwise(inner, stride), convolution(inner, outputs, 1), nn.BatchNorm2d(outputs)
        )
        self.adds = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.body(x) if self.adds else self.body(x)


def pointwise(inputs, outputs, size, stride):
    return convolution(inputs, outputs, size, stride), nn.BatchNorm2d(outputs), nn.PReLU(outputs)


def depthwise(channels, stride):
    return convolution(channels, channels, 3, stride, groups=channels), nn.BatchNorm2d(channels), nn.PReLU(channels)


def small(channels):
    stem = [convolution(channels, 16, 3, 2), nn.BatchNorm2d(16), nn.ReLU(inplace=True)]
    return nn.Sequential(*stem, Residual(16, 16, 1), Residual(16, 32, 2), Residual(32, 32, 2), nn.Flatten())


def resnet18(channels):
    layers = [convolution(channels, 64, 7, 2), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
    inputs = 64
    for stage, outputs in enumerate((64, 128, 256, 512)):
        layers += [Residual(inputs, outputs, 2 if stage else 1), Residual(outputs, outputs, 1)]
        inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())


def mobilefacenet(channels):
    layers = [*pointwise(channels, 64, 3, 2), *depthwise(64, 1)]
    inputs = 64
    for expansion, outputs, repeats, stride in ((2, 64, 5, 2), (4, 128, 1, 2), (2, 128, 6, 1), (4, 128, 1, 2), (2, 128, 2, 1)):
        for repeat in range(repeats):
            layers.append(Inverted(inputs, inputs * expansion, outputs, 1 if repeat else stride))
            inputs = outputs
    layers += [*pointwise(128, 512, 1, 1), convolution(512, 512, 7, groups=512, padding=0), nn.BatchNorm2d(512)]
    return nn.Sequential(*layers, nn.Flatten())


BACKBONES = {"small": small, "resnet-18": resnet18, "mobilefacenet": mobilefacenet}


class Network(nn.Module):
    def __init__(self, backbone, images, size):
        super().__init__()
        self.backbone = BACKBONES[backbone](images.shape[1])
        with torch.no_grad():
            width = self.backbone(images[:2]).shape[1]
        self.head = nn.Linear(width, size)

    def forward(self, images):
        return self.head(self.backbone(images))


def multi_similarity(embeddings, labels, alpha=2.0, beta=40.0, base=0.5, epsilon=0.1):
    """Wang et al., CVPR 2019, constants and mining of the official code; an anchor with one side only is skipped."""
    unit = F.normalize(embeddings)
    similarity = unit @ unit.T
    same = labels[:, None] == labels[None, :]
    positive = same & ~torch.eye(len(labels), dtype=torch.bool)
    with torch.no_grad():
        hardest_negative = similarity.masked_fill(same, -torch.inf).amax(1, keepdim=True)
        hardest_positive = similarity.masked_fill(~positive, torch.inf).amin(1, keepdim=True)
        pulled = positive & (similarity - epsilon < hardest_negative)
        pushed = ~same & (similarity + epsilon > hardest_positive)
        kept = pulled.any(1) & pushed.any(1)
    zero = torch.zeros(len(labels), 1)
    pull = torch.cat([zero, (-alpha * (similarity - base)).masked_fill(~pulled, -torch.inf)], 1).logsumexp(1) / alpha
    push = torch.cat([zero, (beta * (similarity - base)).masked_fill(~pushed, -torch.inf)], 1).logsumexp(1) / beta
    return torch.where(kept, pull + push, 0.0).sum() / len(labels)


class Trainer:
    def __init__(self, request):
        torch.manual_seed(1)
        layout = torch.channels_last if request["layout"] == "channels_last" else torch.contiguous_format
        shape = (request["batch"], request["channels"], request["height"], request["width"])
        self.images = torch.randn(shape).contiguous(memory_format=layout)
        self.labels = torch.tensor(request["labels"])
        self.network = Network(request["backbone"], self.images, request["embeddingSize"]).to(memory_format=layout).train()
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=request["learningRate"], fused=True)

    def count(self):
        return sum(parameter.numel() for parameter in self.network.parameters())

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = multi_similarity(self.network(self.images), self.labels)
        loss.backward()
        self.optimizer.step()
        return loss.item()


TRAINERS = {}


def answer(request):
    what = request["do"]
    if what == "begin":
        torch.set_num_threads(request["threads"])
        return {"torch": torch.__version__, "python": sys.version.split()[0], "threads": torch.get_num_threads()}
    if what == "loss":
        embeddings = torch.tensor(request["embeddings"], requires_grad=True)
        loss = multi_similarity(embeddings, torch.tensor(request["labels"]))
        loss.backward()
        return {"loss": loss.item(), "gradient": embeddings.grad.flatten().tolist()}
    if what == "create":
        trainer = TRAINERS[request["layout"]] = Trainer(request)
        return {"parameters": trainer.count()}
    if what == "run":
        trainer = TRAINERS[request["layout"]]
        begun = time.perf_counter()
        for _ in range(request["steps"]):
            loss = trainer.step()
        return {"seconds": time.perf_counter() - begun, "loss": loss}
    if what == "time":
        return {"seconds": time.process_time()}
    raise ValueError(f"unknown request {what}")


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
