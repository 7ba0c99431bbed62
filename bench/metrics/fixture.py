"""Figures of score files by scikit-learn, NumPy and pyeer, as JSON on stdout. Scores are drawn here and written to the last digit."""

import json
import platform
import sys
from importlib.metadata import version

import numpy as np
from pyeer.eer_info import get_eer_stats
from pyeer.eer_stats import calculate_roc
from sklearn.metrics import roc_auc_score, roc_curve

TARGETS = [0.0001, 0.001, 0.01, 0.05, 0.1, 0.3]


def draw(rng, mated, non_mated, shift, digits=None, scale=1.0, offset=0.0):
    m = offset + scale * rng.normal(shift, 1.0, mated)
    n = offset + scale * rng.normal(0.0, 1.0, non_mated)
    return (m, n) if digits is None else (np.round(m, digits), np.round(n, digits))


def cases():
    rng = np.random.default_rng(20)
    yield "well separated, no ties", draw(rng, 120, 700, 3.0)
    yield "overlapping, no ties", draw(rng, 300, 500, 1.0)
    yield "rounded to one digit: ties within and across", draw(rng, 150, 400, 1.5, digits=1)
    yield "rounded to whole numbers: few distinct scores", draw(rng, 100, 300, 1.5, digits=0)
    yield "perfectly separated", (np.linspace(2, 3, 30), np.linspace(0, 1, 50))
    yield "perfectly separated the wrong way round", (np.linspace(0, 1, 30), np.linspace(2, 3, 50))
    yield "all equal", (np.full(20, 0.5), np.full(30, 0.5))
    yield "one tie of the best non-mated with the worst mated", (np.array([1.0, 2.0, 3.0]), np.array([-1.0, 0.0, 1.0]))
    yield "far from zero", draw(rng, 100, 300, 1.0, digits=3, offset=1000.0)
    yield "small scale", draw(rng, 100, 300, 1.0, scale=1e-7)
    yield "more mated than non-mated", draw(rng, 400, 60, 2.0, digits=2)
    yield "cosine similarities in float32", tuple(np.tanh(x).astype(np.float32).astype(np.float64) for x in draw(rng, 200, 900, 1.8))


def by_scikit_learn(m, n):
    labels = np.r_[np.ones(len(m)), np.zeros(len(n))]
    fpr, tpr, _ = roc_curve(labels, np.r_[m, n], drop_intermediate=False)
    fnr = 1 - tpr
    after = np.argmax(fpr >= fnr)  # thresholds fall, so FPR rises
    before = after - 1
    share = (fnr[before] - fpr[before]) / (fnr[before] - fpr[before] + fpr[after] - fnr[after])
    at = [np.flatnonzero(fpr <= target)[-1] for target in TARGETS]
    spread = np.sqrt((m.var(ddof=1) + n.var(ddof=1)) / 2)
    return {
        "auc": roc_auc_score(labels, np.r_[m, n]),
        "eer": fpr[before] + share * (fpr[after] - fpr[before]),
        "fnmrAtFmr": [{"target": t, "achieved": fpr[i], "fnmr": fnr[i]} for t, i in zip(TARGETS, at)],
        "dPrime": (m.mean() - n.mean()) / spread if spread > 0 else None,
    }


def by_pyeer(m, n):
    """pyeer knows no threshold above all scores, and takes the FMR nearest to a target: null where that lies beyond the target."""
    _, fmr, fnmr = calculate_roc(m.tolist(), n.tolist())
    stats = get_eer_stats(m.tolist(), n.tolist())

    def within(target, value):
        return value if fmr[np.argmin(abs(fmr - target))] <= target else None

    return {
        "fvcEer": stats.eer if (fmr <= fnmr).any() else None,
        "zeroFmr": within(0, stats.fmr0),
        "zeroFnmr": stats.fnmr0,
        "fmr100": within(0.01, stats.fmr100),
        "fmr1000": within(0.001, stats.fmr1000),
    }


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value if value is None or isinstance(value, str) else float(value)


def main():
    rows = []
    for name, (m, n) in cases():
        rows.append({"name": name, "mated": m, "nonMated": n, "sklearn": by_scikit_learn(m, n), "pyeer": by_pyeer(m, n)})
        rows[-1] = plain({**rows[-1], "mated": m.tolist(), "nonMated": n.tolist()})
    versions = {name: version(name) for name in ("scikit-learn", "numpy", "pyeer")}
    json.dump({"versions": {**versions, "python": platform.python_version()}, "cases": rows}, sys.stdout, allow_nan=False)


main()
