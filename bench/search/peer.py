"""The templates of the benchmark, and faiss on them. Answers each JSON line of stdin with one of stdout."""
import json
import resource
import sys
import time

import faiss
import numpy as np

SEED = 7


def spectrum(size: int, spread: float) -> np.ndarray:
    """Deviations of the numbers of a template: falling, so that the cosines of non-mates deviate by `spread` and not by 1 / sqrt(size)."""
    low, high = 0.0, 3.0
    places = np.arange(1, size + 1)
    for _ in range(60):
        slope = (low + high) / 2
        variances = places ** (-2 * slope)
        if np.sqrt((variances**2).sum()) / variances.sum() < spread:
            low = slope
        else:
            high = slope
    return np.sqrt(variances).astype(np.float32)


def generate(folder: str, count: int, size: int, probes: int, spread: float, mean: float, deviation: float) -> dict:
    """Templates of unit length, and probes of which each has a cosine with its mate as they were measured to be distributed."""
    random = np.random.default_rng(SEED)
    deviations = spectrum(size, spread)
    templates = np.lib.format.open_memmap(f"{folder}/templates.npy", mode="w+", dtype=np.float32, shape=(count, size))
    for start in range(0, count, 50_000):
        rows = random.standard_normal((min(50_000, count - start), size), dtype=np.float32) * deviations
        templates[start : start + len(rows)] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    templates.flush()
    # Mates are among the first rows, so that every smaller gallery holds them too.
    mates = random.choice(10_000, probes, replace=False)
    cosines = np.clip(random.normal(mean, deviation, probes), 0.05, 0.99).astype(np.float32)[:, None]
    mated = np.asarray(templates[mates])
    away = random.standard_normal((probes, size), dtype=np.float32) * deviations
    away -= (away * mated).sum(axis=1, keepdims=True) * mated
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    (cosines * mated + np.sqrt(1 - cosines**2) * away).astype(np.float32).tofile(f"{folder}/probes.f32")
    return {"mates": mates.tolist(), "offset": templates.offset}


def build(folder: str, count: int, size: int, kind: str) -> dict:
    global index
    templates = np.load(f"{folder}/templates.npy", mmap_mode="r")[:count]
    index = faiss.IndexFlatIP(size) if kind == "flat" else faiss.IndexScalarQuantizer(size, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
    if kind != "flat":
        index.train(np.asarray(templates[: min(count, 100_000)]))
    for start in range(0, count, 50_000):
        index.add(np.asarray(templates[start : start + 50_000]))
    return {}


def search(folder: str, first: int, probes: int, batch: int, limit: int, size: int) -> dict:
    """Milliseconds of each search of `batch` probes, and the rows found."""
    values = np.fromfile(f"{folder}/probes.f32", dtype=np.float32).reshape(-1, size)[first : first + probes]
    times, rows = [], []
    for start in range(0, len(values), batch):
        some = values[start : start + batch]
        begun = time.perf_counter()
        _, found = index.search(some, limit)
        times.append(1000 * (time.perf_counter() - begun))
        rows.extend(found[:, 0].tolist())
    return {"times": times, "first": rows}


def release() -> dict:
    global index
    index = None
    return {}


def usage() -> dict:
    times = resource.getrusage(resource.RUSAGE_SELF)
    return {"seconds": times.ru_utime + times.ru_stime}


index = None
faiss.omp_set_num_threads(int(sys.argv[1]))
for line in sys.stdin:
    request = json.loads(line)
    work = {"generate": generate, "build": build, "search": search, "release": release, "usage": usage}.get(request.pop("do"))
    answer = work(**request) if work else {"versions": {"faiss-cpu": faiss.__version__, "NumPy": np.__version__, "compiled for": faiss.get_compile_options().strip()}}
    print(json.dumps(answer), flush=True)
