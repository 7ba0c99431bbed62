"""The regularisers that stand beside a loss; direction stands inside it, in pairs.py and proxies.py."""
import torch
import torch.nn.functional as F

from literal.sums import mean, total


def embedding_norm(batch, o):
    return mean([x.norm() ** o["power"] for x in batch["embeddings"]])


def divergence(p, q):
    return total(p * torch.log(p / q))


def language_guidance(batch, o):
    """Roth et al., CVPR 2022; the entries of one class are 1 + shift in both matrices where they are masked."""
    f, labels, text = F.normalize(batch["embeddings"]), batch["labels"], torch.tensor(batch["textSimilarity"])
    terms = []
    for i, y in enumerate(labels):
        image, language = [], []
        for j, z in enumerate(labels):
            same = torch.tensor(1.0 + o["shift"])
            is_masked = o["maskSameClass"] and y == z
            image.append(same if is_masked else f[i] @ f[j])
            language.append(same if is_masked else text[y][z] + o["shift"])
        p, q = torch.softmax(torch.stack(image), 0), torch.softmax(torch.stack(language), 0)
        terms.append(divergence(p, q) if o["direction"] == "image-to-text" else divergence(q, p))
    return mean(terms)


REGULARIZERS = {"embedding-norm": embedding_norm, "language-guidance": language_guidance}
