"""The losses over pairs and triplets, one loop for each sum. `o` are the options, as `likeness loss` reads them."""
import torch
import torch.nn.functional as F

from literal.sums import ZERO, cosine_of_direction, hinge, log_sum_exp, mean, mean_nonzero, total


class Rows:
    """The anchors are rows of the batch, the columns the batch and after it the memory, which takes no gradient."""

    def __init__(self, batch, normalize=True):
        rows = batch["embeddings"]
        columns = torch.cat([rows, batch["memory"]]) if "memory" in batch else rows
        self.x, self.column = (F.normalize(rows), F.normalize(columns)) if normalize else (rows, columns)
        self.labels, self.all = batch["labels"], batch["labels"] + batch.get("memoryLabels", [])

    def anchors(self):
        return range(len(self.labels))

    def positives(self, i):
        return [j for j, label in enumerate(self.all) if j != i and label == self.labels[i]]

    def negatives(self, i):
        return [j for j, label in enumerate(self.all) if label != self.labels[i]]

    def dot(self, i, j):
        return self.x[i] @ self.column[j]

    def squared(self, i, j):
        return (self.x[i] - self.column[j]).square().sum()

    def distance(self, i, j):
        return self.squared(i, j).sqrt()


def contrastive(batch, o):
    rows = Rows(batch)
    pull = [(i, j) for i in rows.anchors() for j in rows.positives(i)]
    push = [(i, j) for i in rows.anchors() for j in rows.negatives(i)]
    if o["variant"] == "survey":
        return mean([rows.squared(*p) for p in pull] + [hinge(o["margin"] - rows.squared(*p)) for p in push])
    if o["variant"] == "paper":
        return mean([rows.squared(*p) / 2 for p in pull] + [hinge(o["margin"] - rows.distance(*p)) ** 2 / 2 for p in push])
    near = [hinge(rows.distance(*p) - o["positiveMargin"]) for p in pull]
    return mean_nonzero(near) + mean_nonzero([hinge(o["margin"] - rows.distance(*p)) for p in push])


def triplet(batch, o, gamma):
    rows = Rows(batch)
    d = {"squared-euclidean": rows.squared, "euclidean": rows.distance, "cosine": lambda i, j: 1 - rows.dot(i, j)}[o["distance"]]
    terms = []
    for i in rows.anchors():
        for p in rows.positives(i):
            for n in rows.negatives(i):
                turn = gamma * cosine_of_direction(rows.x[i], rows.column[p], rows.column[n]) if gamma else 0
                gap = d(i, p) - d(i, n) - turn
                terms.append(F.softplus(gap) if o["margin"] == "soft" else hinge(gap + o["margin"]))
    return {"sum": total, "mean": mean, "mean-nonzero": mean_nonzero}[o["reduction"]](terms)


def n_pair(batch, o):
    rows = Rows(batch, o["normalize"])
    batch_rows = len(rows.labels)
    pairs = []
    for i in rows.anchors():
        own = [j for j in range(batch_rows) if rows.labels[j] == rows.labels[i]]
        if own[0] == i and len(own) > 1 and (o["form"] == "batch" or i == 0):
            pairs.append((i, own[1]))
    terms = []
    for a, p in pairs:
        remembered = [n for n in rows.negatives(a) if n >= batch_rows]
        chosen = [q for b, q in pairs if b != a] if o["form"] == "batch" else [n for n in rows.negatives(a) if n < batch_rows]
        terms.append(torch.log(1 + total([torch.exp(rows.dot(a, n) - rows.dot(a, p)) for n in chosen + remembered])))
    lengths = mean([rows.dot(a, a) for a, _ in pairs]) + mean([rows.dot(p, p) for _, p in pairs])
    return mean(terms) + o["normPenalty"] / 4 * lengths


def multi_similarity(batch, o, gamma):
    rows = Rows(batch)
    terms = []
    for i in rows.anchors():
        positives, negatives = rows.positives(i), rows.negatives(i)
        if o["mining"] == "own":
            nearest = max((rows.dot(i, n) for n in negatives), default=-torch.inf)
            farthest = min((rows.dot(i, p) for p in positives), default=torch.inf)
            positives = [p for p in positives if rows.dot(i, p) < nearest + o["epsilon"]]
            negatives = [n for n in negatives if rows.dot(i, n) > farthest - o["epsilon"]]
        if o["oneSided"] == "skip" and not (positives and negatives):
            terms.append(ZERO)
            continue
        hardest = min(positives, key=lambda p: rows.dot(i, p).item(), default=None)
        turn = (lambda n: gamma * cosine_of_direction(rows.x[i], rows.column[hardest], rows.column[n])) if gamma else lambda n: 0
        pull = total([torch.exp(-o["alpha"] * (rows.dot(i, p) - o["lambda"])) for p in positives])
        push = total([torch.exp(o["beta"] * (rows.dot(i, n) - turn(n) - o["lambda"])) for n in negatives])
        terms.append(torch.log(1 + pull) / o["alpha"] + torch.log(1 + push) / o["beta"])
    return mean(terms)


def nca(batch, o):
    rows = Rows(batch)
    terms = []
    for i in rows.anchors():
        weight = lambda columns: total([torch.exp(-o["scale"] * rows.squared(i, j)) for j in columns])
        positives = rows.positives(i)
        if positives:
            terms.append(-torch.log(weight(positives) / weight(positives + rows.negatives(i))))
    return mean(terms)


def nt_xent(batch, o):
    rows = Rows(batch)
    weight = lambda i, j: torch.exp(rows.dot(i, j) / o["temperature"])
    terms = []
    for i in rows.anchors():
        others = total([weight(i, n) for n in rows.negatives(i)])
        terms += [-torch.log(weight(i, p) / (weight(i, p) + others)) for p in rows.positives(i)]
    return mean(terms)


def sup_con(batch, o):
    rows = Rows(batch)
    weight = lambda i, j: torch.exp(rows.dot(i, j) / o["temperature"])
    terms = []
    for i in rows.anchors():
        positives = rows.positives(i)
        if positives:
            everyone = total([weight(i, j) for j in positives + rows.negatives(i)])
            terms.append(-mean([torch.log(weight(i, p) / everyone) for p in positives]))
    return mean(terms)


def circle(batch, o):
    rows = Rows(batch)
    gamma, m = o["gamma"], o["margin"]
    terms = []
    for i in rows.anchors():
        s = [rows.dot(i, j) for j in range(len(rows.all))]
        positives, negatives = rows.positives(i), rows.negatives(i)
        if positives and negatives:
            # The weights of the similarities are constants to the gradient (section 3.2).
            pull = log_sum_exp([-gamma * hinge(1 + m - s[p].detach()) * (s[p] - (1 - m)) for p in positives])
            push = log_sum_exp([gamma * hinge(s[n].detach() + m) * (s[n] - m) for n in negatives])
            terms.append(F.softplus(pull + push))
    return mean(terms)
