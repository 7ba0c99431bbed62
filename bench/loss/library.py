"""The losses of pytorch-metric-learning that are the same functions as ours, with our options."""
import math

import torch
from pytorch_metric_learning import distances, losses, miners, reducers, regularizers


def contrastive(o):
    return losses.ContrastiveLoss(pos_margin=o["positiveMargin"], neg_margin=o["margin"])


def triplet(o):
    distance = {
        "squared-euclidean": distances.LpDistance(power=2), "euclidean": distances.LpDistance(), "cosine": distances.CosineSimilarity(),
    }[o["distance"]]
    reducer = {"sum": reducers.SumReducer(), "mean": reducers.MeanReducer(), "mean-nonzero": reducers.AvgNonZeroReducer()}[o["reduction"]]
    is_soft = o["margin"] == "soft"
    return losses.TripletMarginLoss(margin=0 if is_soft else o["margin"], smooth_loss=is_soft, distance=distance, reducer=reducer)


def n_pair(o):
    return losses.NPairsLoss(distance=distances.DotProductSimilarity(normalize_embeddings=o["normalize"]))


def multi_similarity(o):
    loss = losses.MultiSimilarityLoss(alpha=o["alpha"], beta=o["beta"], base=o["lambda"])
    if o["mining"] == "none":
        return loss
    miner = miners.MultiSimilarityMiner(epsilon=o["epsilon"])
    return lambda embeddings, labels: loss(embeddings, labels, miner(embeddings, labels))


PAIRS = {
    "contrastive": contrastive, "triplet": triplet, "n-pair": n_pair, "multi-similarity": multi_similarity,
    "nca": lambda o: losses.NCALoss(softmax_scale=o["scale"]),
    "nt-xent": lambda o: losses.NTXentLoss(temperature=o["temperature"]),
    "sup-con": lambda o: losses.SupConLoss(temperature=o["temperature"]),
    "circle": lambda o: losses.CircleLoss(m=o["margin"], gamma=o["gamma"]),
}


def soft_triple(o, shape):
    merge = regularizers.SparseCentersRegularizer(shape["num_classes"], o["subProxies"])
    return losses.SoftTripleLoss(
        **shape, centers_per_class=o["subProxies"], la=o["lambda"], gamma=o["gamma"], margin=o["delta"],
        weight_regularizer=merge, weight_reg_weight=o["tau"],
    )


def sub_center_arcface(o, shape):
    return losses.SubCenterArcFaceLoss(**shape, margin=math.degrees(o["margin"]), scale=o["scale"], sub_centers=o["subProxies"])


# Name of the parameter that holds the proxies, and whether it holds them as columns.
PROXIES = {
    "proxy-nca": (lambda o, shape: losses.ProxyNCALoss(**shape, softmax_scale=o["scale"] ** 2), "proxies", False),  # "code" without smoothing
    "proxy-nca-plus-plus": (lambda o, shape: losses.ProxyNCALoss(**shape, softmax_scale=1 / o["temperature"]), "proxies", False),
    "proxy-anchor": (lambda o, shape: losses.ProxyAnchorLoss(**shape, margin=o["delta"], alpha=o["alpha"]), "proxies", False),
    "arcface": (lambda o, shape: losses.ArcFaceLoss(**shape, margin=math.degrees(o["margin"]), scale=o["scale"]), "W", True),
    "cosface": (lambda o, shape: losses.CosFaceLoss(**shape, margin=o["margin"], scale=o["scale"]), "W", True),
    "soft-triple": (soft_triple, "fc", True),
    "sub-center-arcface": (sub_center_arcface, "W", True),
}


def make(options, proxies, classes):
    """The function of embeddings and labels, its parameters, and how to read their gradients as rows."""
    name = options["name"]
    if name in PAIRS:
        return PAIRS[name](options), [], None
    build, attribute, is_columns = PROXIES[name]
    loss = build(options, {"num_classes": classes, "embedding_size": proxies.shape[1]})
    parameter = getattr(loss, attribute)
    with torch.no_grad():
        parameter.copy_(proxies.T if is_columns else proxies)
    return loss, [parameter], (lambda gradient: gradient.T) if is_columns else (lambda gradient: gradient)
