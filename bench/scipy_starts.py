"""The peers' procedure on the same data: scipy's L-BFGS-B from the paper's 4500 starts, summed Huber, analytic gradient.

usage: python3 bench/scipy_starts.py RUNS.csv [EVERY]     columns N, D, loss; EVERY 10 takes every tenth start
Prints seconds per 4500 starts and how many end within 1e-4 and within 1 % of the best.
"""
import csv
import itertools
import sys
import time

import numpy as np
from scipy.optimize import minimize

rows = [(float(r["N"]), float(r["D"]), float(r["loss"])) for r in csv.DictReader(open(sys.argv[1]))]
every = int(sys.argv[2]) if len(sys.argv) > 2 else 10
log_n, log_d, log_l = np.log(np.array(rows)).T
DELTA = 1e-3


def objective(x):
    a, b, e, alpha, beta = x
    u = np.stack([a - alpha * log_n, b - beta * log_d, np.full_like(log_n, e)])
    top = u.max(axis=0)
    w = np.exp(u - top)
    total = w.sum(axis=0)
    residual = top + np.log(total) - log_l
    size = np.abs(residual)
    value = np.where(size <= DELTA, 0.5 * residual**2, DELTA * (size - 0.5 * DELTA)).sum()
    slope = np.clip(residual, -DELTA, DELTA)
    share = w / total * slope
    s0, s1, s2 = share.sum(axis=1)
    return value, np.array([s0, s1, s2, -(share[0] * log_n).sum(), -(share[1] * log_d).sum()])


half = np.arange(0, 2.5, 0.5)
five = np.arange(0, 30, 5)
grid = list(itertools.product(five, five, np.arange(-1, 1.5, 0.5), half, half))[:: every]
since = time.perf_counter()
ends = np.array([minimize(objective, x, jac=True, method="L-BFGS-B").fun for x in grid])
seconds = (time.perf_counter() - since) * 4500 / len(grid)
best = np.nanmin(ends)
print(f"scipy L-BFGS-B, {len(grid)} of 4500 starts: {seconds:.1f} s for all; best {best:.10g}; "
      f"within 1e-4 {np.mean(ends <= best * 1.0001):.1%}, within 1 % {np.mean(ends <= best * 1.01):.1%}")
