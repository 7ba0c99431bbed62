"""The same losses vectorised in plain PyTorch, as one would write them for speed: nothing of size B x B x B, one product
where one is enough, log-sum-exp from the library. Each takes embeddings and labels, and unit proxies where it has any."""
import math

import torch
import torch.nn.functional as F


def masks(labels):
    same = labels[:, None] == labels[None, :]
    return same & ~torch.eye(len(labels), dtype=torch.bool), ~same


def similarities(x):
    unit = F.normalize(x)
    return unit @ unit.T


def squared_distances(x):
    return (2 - 2 * similarities(x)).clamp(min=0)


def over(values, keep):
    return values.masked_fill(~keep, -torch.inf).logsumexp(1)


def over_with_one(values, keep):
    return F.softplus(over(values, keep))


def mean_nonzero(values):
    return values.sum() / (values > 0).sum().clamp(min=1)


def contrastive(x, labels, o):
    positive, negative = masks(labels)
    distance = (2 - 2 * similarities(x)).clamp(min=1e-12).sqrt()
    return mean_nonzero(F.relu(distance[positive] - o["positiveMargin"])) + mean_nonzero(F.relu(o["margin"] - distance[negative]))


def triplet(x, labels, o):
    positive, negative = masks(labels)
    squared = squared_distances(x)
    anchor, partner = positive.nonzero(as_tuple=True)
    gap = squared[anchor, partner][:, None] - squared[anchor] + o["margin"]  # [positive pairs, batch]
    return mean_nonzero(F.relu(gap).masked_fill(~negative[anchor], 0))


def n_pair(x, labels, o):
    _, first = labels.unique(return_inverse=True)
    order = first.argsort(stable=True)
    starts = torch.cat([torch.zeros(1, dtype=torch.long), torch.bincount(first).cumsum(0)[:-1]])
    anchors, positives = x[order[starts]], x[order[starts + 1]]
    return F.cross_entropy(anchors @ positives.T, torch.arange(len(anchors)))


def multi_similarity(x, labels, o):
    positive, negative = masks(labels)
    s = similarities(x)
    with torch.no_grad():
        pulled = positive & (s < s.masked_fill(~negative, -torch.inf).amax(1, keepdim=True) + o["epsilon"])
        pushed = negative & (s > s.masked_fill(~positive, torch.inf).amin(1, keepdim=True) - o["epsilon"])
    centred = s - o["lambda"]
    pull = over_with_one(-o["alpha"] * centred, pulled) / o["alpha"]
    return (pull + over_with_one(o["beta"] * centred, pushed) / o["beta"]).mean()


def nca(x, labels, o):
    positive, negative = masks(labels)
    logits = -o["scale"] * squared_distances(x)
    return (over(logits, positive | negative) - over(logits, positive)).mean()


def nt_xent(x, labels, o):
    positive, negative = masks(labels)
    logits = similarities(x) / o["temperature"]
    anchor, partner = positive.nonzero(as_tuple=True)
    return F.softplus(over(logits, negative)[anchor] - logits[anchor, partner]).mean()


def sup_con(x, labels, o):
    positive, negative = masks(labels)
    logits = similarities(x) / o["temperature"]
    matching = (logits * positive).sum(1) / positive.sum(1)
    return (over(logits, positive | negative) - matching).mean()


def circle(x, labels, o):
    positive, negative = masks(labels)
    s, m, gamma = similarities(x), o["margin"], o["gamma"]
    fixed = s.detach()
    pull = -gamma * F.relu(1 + m - fixed) * (s - 1 + m)
    push = gamma * F.relu(fixed + m) * (s - m)
    return F.softplus(over(pull, positive) + over(push, negative)).mean()


PAIRS = {
    "contrastive": contrastive, "triplet": triplet, "n-pair": n_pair, "multi-similarity": multi_similarity, "nca": nca,
    "nt-xent": nt_xent, "sup-con": sup_con, "circle": circle,
}


def own_entries(matrix, labels):
    return matrix.gather(1, labels[:, None])


def proxy_nca(f, p, labels, o):
    logits = 2 * o["scale"] ** 2 * (f @ p.T)
    others = logits.scatter(1, labels[:, None], -torch.inf)
    return (others.logsumexp(1) - own_entries(logits, labels)[:, 0]).mean()


def proxy_nca_plus_plus(f, p, labels, o):
    return F.cross_entropy(2 / o["temperature"] * (f @ p.T), labels)


def proxy_anchor(f, p, labels, o):
    s, alpha, delta = f @ p.T, o["alpha"], o["delta"]
    present, place = labels.unique(return_inverse=True)
    pull = torch.full((len(labels), len(present)), -torch.inf).scatter(1, place[:, None], -alpha * (own_entries(s, labels) - delta))
    push = (alpha * (s + delta)).scatter(1, labels[:, None], -torch.inf)
    return F.softplus(pull.logsumexp(0)).mean() + F.softplus(push.logsumexp(0)).mean()


def proxy_gml(f, q, labels, o):
    per_class = o["subProxies"]
    s = f @ q.T
    columns = s.shape[1]
    seen = o["topK"] or min(columns, max(math.ceil(o["ratio"] * columns), per_class + 1))
    with torch.no_grad():
        own = labels[:, None] * per_class + torch.arange(per_class)
        nearest = s.scatter(1, own, torch.inf).topk(seen, sorted=False).indices
        is_seen = torch.zeros_like(s, dtype=torch.bool).scatter_(1, nearest, True)
    shape = (len(f), -1, per_class)
    z = (s * is_seen).view(shape).sum(2).masked_fill(~is_seen.view(shape).any(2), -torch.inf)
    loss = F.cross_entropy(z, labels)
    if o["lambda"] == 0:
        return loss
    # q_j times the sum of the sub-proxies of a class: no matrix of all pairs of sub-proxies.
    to_classes = q @ q.view(-1, per_class, q.shape[1]).sum(1).T
    return loss + o["lambda"] * F.cross_entropy(to_classes, torch.arange(len(q)) // per_class)


def angular(cosine, labels, o):
    own = own_entries(cosine, labels).clamp(-1 + 1e-7, 1 - 1e-7)
    angle = own.acos()
    margin = o["margin"]
    moved = torch.where(angle + margin <= math.pi, (angle + margin).cos(), own - margin * math.sin(margin))
    return F.cross_entropy(o["scale"] * cosine.scatter(1, labels[:, None], moved), labels)


def arcface(f, p, labels, o):
    return angular(f @ p.T, labels, o)


def cosface(f, p, labels, o):
    s = f @ p.T
    return F.cross_entropy(o["scale"] * s.scatter(1, labels[:, None], own_entries(s, labels) - o["margin"]), labels)


def sub_center_arcface(f, p, labels, o):
    return angular((f @ p.T).view(len(f), -1, o["subProxies"]).amax(2), labels, o)


def soft_triple(f, w, labels, o):
    centres = o["subProxies"]
    s = (f @ w.T).view(len(f), -1, centres)
    to_classes = (torch.softmax(s / o["gamma"], 2) * s).sum(2)
    margin = F.one_hot(labels, to_classes.shape[1]) * o["delta"]
    loss = F.cross_entropy(o["lambda"] * (to_classes - margin), labels)
    if o["tau"] == 0 or centres == 1:
        return loss
    grouped = w.view(-1, centres, w.shape[1])
    k, l = torch.triu_indices(centres, centres, 1)
    distance = (2 - 2 * (grouped @ grouped.transpose(1, 2))[:, k, l]).clamp(min=1e-12).sqrt()
    return loss + o["tau"] * distance.sum() / (len(w) * (centres - 1))


PROXIES = {
    "proxy-nca": proxy_nca, "proxy-nca-plus-plus": proxy_nca_plus_plus, "proxy-anchor": proxy_anchor, "proxy-gml": proxy_gml,
    "arcface": arcface, "cosface": cosface, "soft-triple": soft_triple, "sub-center-arcface": sub_center_arcface,
}


def make(options, proxies, _classes):
    """The function of embeddings and labels, its parameters, and how to read their gradients as rows."""
    name = options["name"]
    if name in PAIRS:
        return lambda x, labels: PAIRS[name](x, labels, options), [], None
    learnt = proxies.requires_grad_()
    compute = PROXIES[name]
    return lambda x, labels: compute(F.normalize(x), F.normalize(learnt), labels, options), [learnt], lambda gradient: gradient
