"""The losses against proxies, one loop for each sum. `o` are the options, as `likeness loss` reads them."""
import math

import torch
import torch.nn.functional as F

from literal.sums import ZERO, cosine_of_direction, log_sum_exp, mean, total


def unit(batch):
    return F.normalize(batch["embeddings"]), F.normalize(batch["proxies"]), batch["labels"]


def cross_entropy(logits, y):
    """-log of the share of y; without overflow, as scales reach 64."""
    return log_sum_exp(logits) - logits[y]


def proxy_nca(batch, o, gamma):
    f, p, labels = unit(batch)
    terms = []
    for x, y in zip(f, labels):
        exponent = [-o["scale"] ** 2 * (x - c).square().sum() for c in p]
        if o["variant"] == "paper":
            turn = lambda c: gamma * cosine_of_direction(x, p[y], p[c]) if gamma else 0
            terms.append(log_sum_exp([e - turn(c) for c, e in enumerate(exponent) if c != y]) - exponent[y])
            continue
        others = [c for c in range(len(p)) if c != y]
        wrong = mean([cross_entropy(exponent, c) for c in others])
        terms.append((1 - o["smoothing"]) * cross_entropy(exponent, y) + o["smoothing"] * wrong)
    return mean(terms)


def proxy_nca_plus_plus(batch, o):
    f, p, labels = unit(batch)
    return mean([cross_entropy([-(x - c).square().sum() / o["temperature"] for c in p], y) for x, y in zip(f, labels)])


def proxy_anchor(batch, o):
    f, p, labels = unit(batch)
    alpha, delta = o["alpha"], o["delta"]
    pulls, pushes = [], []
    for c, proxy in enumerate(p):
        own = [-alpha * (x @ proxy - delta) for x, y in zip(f, labels) if y == c]
        others = [alpha * (x @ proxy + delta) for x, y in zip(f, labels) if y != c]
        if own:
            pulls.append(log_sum_exp([ZERO, *own]))
        pushes.append(log_sum_exp([ZERO, *others]))
    return mean(pulls) + mean(pushes)


def proxy_gml(batch, o):
    f, q, labels = unit(batch)
    per_class = o["subProxies"]
    class_of = [j // per_class for j in range(len(q))]
    seen_by_each = min(len(q), o["topK"] or max(math.ceil(o["ratio"] * len(q)), per_class + 1))

    def over_classes(similarities, columns, y):
        classes = sorted({class_of[j] for j in columns})
        return cross_entropy([total([similarities[j] for j in columns if class_of[j] == c]) for c in classes], classes.index(y))

    terms = []
    for x, y in zip(f, labels):
        s = [x @ proxy for proxy in q]
        ranked = sorted(range(len(q)), key=lambda j: s[j].item() + 1000 * (class_of[j] == y), reverse=True)
        terms.append(over_classes(s, ranked[:seen_by_each], y))
    among = [over_classes([proxy @ other for other in q], range(len(q)), class_of[j]) for j, proxy in enumerate(q)]
    return mean(terms) + o["lambda"] * mean(among)


class Straight(torch.autograd.Function):
    """The angle with its margin forward, nothing of it backward: insightface."""

    @staticmethod
    def forward(_, cosine, moved):
        return moved.clone()

    @staticmethod
    def backward(_, gradient):
        return gradient, None


def with_angle(cosine, o):
    angle = torch.arccos(cosine)
    moved = torch.cos(angle + o["margin"]) if angle + o["margin"] <= math.pi else cosine - o["margin"] * math.sin(o["margin"])
    return Straight.apply(cosine, moved) if o.get("gradient") == "identity" else moved


def scaled_entropy(s, y, o, own):
    return cross_entropy([o["scale"] * (own(value) if c == y else value) for c, value in enumerate(s)], y)


def arcface(batch, o):
    f, p, labels = unit(batch)
    return mean([scaled_entropy([x @ c for c in p], y, o, lambda s: with_angle(s, o)) for x, y in zip(f, labels)])


def cosface(batch, o):
    f, p, labels = unit(batch)
    return mean([scaled_entropy([x @ c for c in p], y, o, lambda s: s - o["margin"]) for x, y in zip(f, labels)])


def centres(p, o):
    return p.view(-1, o["subProxies"], p.shape[1])


def sub_center_arcface(batch, o):
    f, p, labels = unit(batch)
    terms = []
    for x, y in zip(f, labels):
        nearest = [max(x @ centre for centre in own) for own in centres(p, o)]
        terms.append(scaled_entropy(nearest, y, o, lambda s: with_angle(s, o)))
    return mean(terms)


def soft_triple(batch, o):
    f, p, labels = unit(batch)
    terms = []
    for x, y in zip(f, labels):
        relaxed = []
        for own in centres(p, o):
            s = own @ x
            relaxed.append(total(s * torch.softmax(s / o["gamma"], 0)))
        terms.append(cross_entropy([o["lambda"] * (s - (o["delta"] if c == y else 0)) for c, s in enumerate(relaxed)], y))
    count = o["subProxies"]
    if o["tau"] == 0 or count == 1:
        return mean(terms)
    spread = total([(own[k] - own[l]).norm() for own in centres(p, o) for k in range(count) for l in range(k + 1, count)])
    return mean(terms) + o["tau"] * spread / (len(p) * (count - 1))
