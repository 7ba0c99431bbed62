"""The same figures by NumPy and scikit-learn, written for speed: python peer.py scores|pairs FOLDER REPLICATES|DIMENSION"""

import json
import os
import resource
import sys
import time
from pathlib import Path

import numpy as np
import sklearn
from sklearn.metrics import roc_auc_score, roc_curve

TARGETS = [0.1, 0.01, 0.001, 0.0001]
KS = [1, 2, 4, 8]
BLOCK = 1024
TIMED = 100  # replicates; each takes as long as the next, and the time of all is theirs in proportion


def resident_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def curve_figures(labels, scores):
    fpr, tpr, _ = roc_curve(labels, scores, drop_intermediate=False)
    fnr = 1 - tpr
    after = np.argmax(fpr >= fnr)
    gap = fnr[after - 1] - fpr[after - 1], fpr[after] - fnr[after]
    eer = fpr[after - 1] + gap[0] / (gap[0] + gap[1]) * (fpr[after] - fpr[after - 1])
    at = np.searchsorted(fpr, TARGETS, side="right") - 1
    return {"eer": eer, "auc": np.trapezoid(tpr, fpr), **{f"fnmr at {t:g}": fnr[i] for t, i in zip(TARGETS, at)}}


class Bootstrap:
    """Subjects drawn with replacement; w_i for mated scores, w_i w_j for non-mated ones. One pass of each kind a replicate."""

    def __init__(self, m, n):
        (mated, subject), (non_mated, first, second) = m, n
        order = np.argsort(mated)
        self.mated, self.subject = mated[order], subject[order]
        order = np.argsort(non_mated)
        self.non_mated, self.first, self.second = non_mated[order], first[order], second[order]
        self.left = np.searchsorted(self.non_mated, self.mated, "left")
        self.right = np.searchsorted(self.non_mated, self.mated, "right")

    def replicate(self, weights):
        wm = weights[self.subject]
        wn = weights[self.first] * weights[self.second]
        below_m = np.concatenate(([0.0], np.cumsum(wm)))
        below_n = np.concatenate(([0.0], np.cumsum(wn)))
        mated_count, non_mated_count = below_m[-1], below_n[-1]
        auc = wm @ (below_n[self.left] + below_n[self.right]) / 2 / mated_count / non_mated_count
        return [self.eer(below_m, below_n), auc, self.d_prime(wm, wn)] + [self.fnmr(below_m, below_n, t) for t in TARGETS]

    def fnmr(self, below_m, below_n, target):
        # The first place where the weight at or above it is at most the target; the threshold lies right above the score before.
        k = np.searchsorted(below_n, below_n[-1] * (1 - target), "left")
        while k < len(self.non_mated) and k > 0 and self.non_mated[k] == self.non_mated[k - 1]:
            k += 1
        above = 0 if k == 0 else np.searchsorted(self.mated, self.non_mated[k - 1], "right")
        return below_m[above] / below_m[-1]

    def eer(self, below_m, below_n):
        fnmr = below_m[:-1] / below_m[-1]  # at the threshold of each mated score
        fmr = 1 - below_n[self.left] / below_n[-1]
        i = min(np.argmax(fmr <= fnmr), len(fmr) - 1)
        return (fmr[i] + fnmr[i]) / 2

    def d_prime(self, wm, wn):
        moments = []
        for weight, score in ((wm, self.mated), (wn, self.non_mated)):
            total = weight.sum()
            mean = weight @ score / total
            moments.append((mean, weight @ (score * score) / total - mean * mean))
        return (moments[0][0] - moments[1][0]) / np.sqrt((moments[0][1] + moments[1][1]) / 2)


def scores(folder, replicates):
    read = lambda name, kind: np.fromfile(folder / name, dtype=kind)
    m = read("mated", np.float64), read("matedSubjects", np.int32)
    n = read("nonMated", np.float64), read("nonMatedFirst", np.int32), read("nonMatedSecond", np.int32)
    input_mb = resident_mb()
    begin = time.perf_counter()
    labels = np.concatenate((np.ones(len(m[0]), np.int8), np.zeros(len(n[0]), np.int8)))
    values = np.concatenate((m[0], n[0]))
    figures = {**curve_figures(labels, values), "auc": roc_auc_score(labels, values)}
    figures["dPrime"] = (m[0].mean() - n[0].mean()) / np.sqrt((m[0].var(ddof=1) + n[0].var(ddof=1)) / 2)
    middle = time.perf_counter()
    del labels, values
    bootstrap = Bootstrap(m, n)
    rng = np.random.default_rng(3)
    subjects = max(m[1].max(), n[1].max(), n[2].max()) + 1
    prepared = time.perf_counter()
    timed = min(TIMED, replicates)
    drawn = [bootstrap.replicate(np.bincount(rng.integers(0, subjects, subjects), minlength=subjects).astype(np.float64)) for _ in range(timed)]
    per_replicate = (time.perf_counter() - prepared) / timed
    limits = np.quantile(np.array(drawn), [0.025, 0.975], axis=0)
    (figures["eerLow"], figures["aucLow"]), (figures["eerHigh"], figures["aucHigh"]) = limits[:, :2]
    seconds = {"metrics": middle - begin, "bootstrap": prepared - middle + per_replicate * replicates}
    return {"seconds": seconds, "timedReplicates": timed, "figures": figures, "inputMb": input_mb}


def pairs(folder, dimension):
    x = np.fromfile(folder / "embeddings", dtype=np.float32).reshape(-1, dimension)
    subjects = np.fromfile(folder / "subjects", dtype=np.int32)
    input_mb = resident_mb()
    begin = time.perf_counter()
    x = x / np.linalg.norm(x, axis=1, keepdims=True)
    count = len(x)
    total = count * (count - 1) // 2
    values, labels = np.empty(total, np.float32), np.empty(total, bool)
    ahead = np.empty(count, np.int64)
    at = 0
    for top in range(0, count, BLOCK):
        similarity = x[top : top + BLOCK] @ x.T
        same = subjects[top : top + BLOCK, None] == subjects[None, :]
        rows = np.arange(len(similarity))
        for row in rows:
            width = count - (top + row + 1)
            values[at : at + width] = similarity[row, top + row + 1 :]
            labels[at : at + width] = same[row, top + row + 1 :]
            at += width
        similarity[rows, top + rows] = -2
        best = np.where(same, similarity, -2).max(axis=1)
        ahead[top : top + BLOCK] = ((similarity >= best[:, None]) & ~same).sum(axis=1)
    figures = curve_figures(labels, values)
    figures |= {f"recall at {k}": (ahead < k).mean() for k in KS}
    return {"seconds": {"ROC and recall": time.perf_counter() - begin}, "figures": figures, "inputMb": input_mb}


def main():
    name, folder, parameter = sys.argv[1:]
    outcome = {"scores": scores, "pairs": pairs}[name](Path(folder), int(parameter))
    outcome["figures"] = {key: float(value) for key, value in outcome["figures"].items()}
    outcome["peakMb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    outcome["versions"] = {"numpy": np.__version__, "scikit-learn": sklearn.__version__, "python": sys.version.split()[0]}
    print(json.dumps(outcome))


main()
