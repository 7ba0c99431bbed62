"""Every loss and regulariser read once more from its paper, in float64, with gradients by autograd. Slow on purpose."""
from literal import pairs, proxies
from literal.regularizers import REGULARIZERS
from literal.sums import ZERO

DIRECTED = {"triplet": pairs.triplet, "multi-similarity": pairs.multi_similarity, "proxy-nca": proxies.proxy_nca}

LOSSES = {
    "contrastive": pairs.contrastive, "n-pair": pairs.n_pair, "nca": pairs.nca, "nt-xent": pairs.nt_xent,
    "sup-con": pairs.sup_con, "circle": pairs.circle, "proxy-nca-plus-plus": proxies.proxy_nca_plus_plus,
    "proxy-anchor": proxies.proxy_anchor, "proxy-gml": proxies.proxy_gml, "arcface": proxies.arcface,
    "cosface": proxies.cosface, "soft-triple": proxies.soft_triple, "sub-center-arcface": proxies.sub_center_arcface,
}


def compute(batch, loss, regularizers):
    """The sum of a loss (or None) and its weighted regularisers: a scalar on the tape."""
    direction = sum(each["weight"] for each in regularizers if each["name"] == "direction")
    beside = sum((each["weight"] * REGULARIZERS[each["name"]](batch, each) for each in regularizers if each["name"] != "direction"), ZERO)
    if loss is None:
        return beside
    name = loss["name"]
    return beside + (DIRECTED[name](batch, loss, direction) if name in DIRECTED else LOSSES[name](batch, loss))
