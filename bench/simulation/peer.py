"""The same model in numpy: chunks that fit the cache, two threads, the same figures asked for."""
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

draws = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
chunk = 4096


def block(index):
    random = np.random.Generator(np.random.Philox(key=index + 1))
    n = min(chunk, draws - index * chunk)
    p = []
    for i in range(30):
        if i % 3 == 0:
            p.append(random.normal(100 + i, 10, n))
        elif i % 3 == 1:
            p.append(random.triangular(50, 100, 150 + i, n))
        else:
            p.append(100 * np.exp(0.2 * random.standard_normal(n)))
    f = []
    for k in range(160):
        value = p[k % 30] * ((k + 1) / 100) + p[(k * 7 + 3) % 30] - p[(k * 11 + 5) % 30] / 2
        f.append(value + f[k - 30] / 10 if k >= 30 else value)
    met = []
    for j in range(40):
        cost = p[j % 30] * 10_000.0
        x = 50 + 10 * 0.8 * np.tanh((500 + 10 * j) * 1e6 / (cost * 1000 * 0.8))
        met.append(np.count_nonzero(np.round(x, 3) >= 54 + j % 5))
    for n_ in range(10):
        met.append(np.count_nonzero(f[140 + n_] > 120))
    return [f[150 + m] for m in range(10)], met


with ThreadPoolExecutor(2) as pool:
    blocks = list(pool.map(block, range((draws + chunk - 1) // chunk)))
for m in range(10):
    print(np.percentile(np.concatenate([b[0][m] for b in blocks]), [10, 50, 90]))
met = np.sum([b[1] for b in blocks], axis=0) / draws
for share in [*met[40:], *met[:40]]:
    print(f"chance {share:.6f}")
