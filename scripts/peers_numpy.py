"""The composite engine in numpy, for peers_index.py: vectorised over replicates, grouped by combination.

What does not change from replicate to replicate is done once: sums and sorting for all treatments, pillars for all weights. Its checksums are those of the engine.
"""

import json
import numpy as np


class Study:
    def __init__(self, folder, name):
        with open(f"{folder}/{name}.json") as file:
            self.about = json.load(file)
        self.table = np.loadtxt(f"{folder}/{name}.csv", delimiter=",", skiprows=1)
        self.directions, self.levels = np.array(self.about["directions"]), self.about["levels"]
        parents, weights = np.array(self.levels[0]["parents"]), np.array(self.levels[0]["weights"])
        sums = np.bincount(parents, weights)
        self.to_pillars = np.zeros((len(parents), len(sums)))
        self.to_pillars[np.arange(len(parents)), parents] = weights / sums[parents]


def shape(n, sums):
    """Skewness and kurtosis of type 2, of sums of powers about any centre."""
    one, two, three, four = sums
    shift = one / n
    two, three, four = (two - n * shift**2, three - 3 * shift * two + 2 * n * shift**3,
                        four - 4 * shift * three + 6 * shift**2 * two - 3 * n * shift**4)
    skewness = np.sqrt(n) * three / two**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
    return skewness, ((n + 1) * (n * four / two**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))


def tame(skewness, kurtosis):
    return (abs(skewness) < 2) | (kurtosis < 3.5)


def treated(table, mosts):
    """The table treated with each number of values that may be winsorised; sums and sorting are shared."""
    n, centre = len(table), table.mean(axis=0)
    deviations = table - centre
    squares = deviations**2
    sums = np.array([deviations.sum(axis=0), squares.sum(axis=0), (squares * deviations).sum(axis=0), (squares**2).sum(axis=0)])
    outs = [table.copy() for _ in mosts]
    for at in np.flatnonzero(~tame(*shape(n, sums))):
        column, ordered, logarithm = table[:, at], np.sort(table[:, at]), None
        for out, most in zip(outs, mosts):
            powers, low, high = sums[:, at].copy(), 0, n - 1
            own = shape(n, powers)
            while not tame(*own) and low + n - 1 - high < most:
                if own[0] >= 0:
                    before, high = ordered[high], int(np.searchsorted(ordered, ordered[high])) - 1
                    moved, after = n - 1 - high, ordered[high]
                else:
                    before, low = ordered[low], int(np.searchsorted(ordered, ordered[low], "right"))
                    moved, after = low, ordered[low]
                powers += moved * ((after - centre[at]) ** np.arange(1, 5) - (before - centre[at]) ** np.arange(1, 5))
                own = shape(n, powers)
            if tame(*own):
                np.clip(column, ordered[low], ordered[high], out=out[:, at])
            else:
                if logarithm is None:
                    logarithm = np.log(column - ordered[0] + 0.01 * (ordered[-1] - ordered[0]))
                out[:, at] = logarithm
    return outs


def normalised(table, directions, how):
    table = table * directions
    if how["form"] == "min-max":
        low, high = table.min(axis=0), table.max(axis=0)
        return (table - low) * ((how["high"] - how["low"]) / (high - low)) + how["low"]
    return (table - table.mean(axis=0)) * (how["deviation"] / table.std(axis=0, ddof=1)) + how["mean"]


def once(study):
    table = normalised(treated(study.table, [5])[0], study.directions, study.about["alternatives"]["normalisations"][0])
    pillars = np.log(table) @ study.to_pillars
    return np.exp(pillars @ above(study, *(np.array([level["weights"]]) for level in study.levels[1:3]))[0]).mean()


def above(study, pillars, subs):
    """The weight of each pillar in the whole, for some sets of weights."""
    parents = np.array(study.levels[1]["parents"])
    sums = np.stack([pillars[:, parents == sub].sum(axis=1) for sub in range(subs.shape[1])], axis=1)
    return pillars / sums[:, parents] * (subs / subs.sum(axis=1, keepdims=True))[:, parents]


def drawn(study, n):
    """The engine's own choices: Philox4x32-10, addressed by seed, purpose and replicate."""
    owner, mask = 0xCBF29CE484222325, np.uint64(0xFFFFFFFF)
    for byte in b"choices of a composite":
        owner = (owner ^ byte) * 0x100000001B3 % 2**64
    levels = [np.array(level["weights"]) for level in study.levels[1:3]]
    n_blocks = -(-(3 + sum(map(len, levels))) // 4)
    a, b = np.tile(np.arange(n_blocks, dtype=np.uint64), (n, 1)), np.tile(np.arange(n, dtype=np.uint64)[:, None], (1, n_blocks))
    c, d = np.full_like(a, owner % 2**32), np.full_like(a, owner >> 32)
    key = [study.about["alternatives"]["seed"], 0]
    for _ in range(10):
        one, two = a * np.uint64(0xD2511F53), c * np.uint64(0xCD9E8D57)
        a, b, c, d = two >> np.uint64(32) ^ b ^ np.uint64(key[0]), two & mask, one >> np.uint64(32) ^ d ^ np.uint64(key[1]), one & mask
        key = [(key[0] + 0x9E3779B9) % 2**32, (key[1] + 0xBB67AE85) % 2**32]
    uniform = (np.stack([a, b, c, d], axis=2).reshape(n, -1) + 0.5) * 2.0**-32
    noise, n_pillars, n_above = 1 + 0.25 * (2 * uniform[:, 3:] - 1), *map(len, levels)
    return (uniform[:, :3] * [5, 2, 2]).astype(int), levels[0] * noise[:, :n_pillars], levels[1] * noise[:, n_pillars : n_pillars + n_above]


def quantiles(rows, p):
    """Type 7 over each row, by selection."""
    place = np.array(p) * (rows.shape[1] - 1)
    at = np.floor(place).astype(int)
    found = np.partition(rows, sorted({*at, *np.minimum(at + 1, rows.shape[1] - 1)}), axis=1)
    low, high = found[:, at].astype(float), found[:, np.minimum(at + 1, rows.shape[1] - 1)].astype(float)
    return low + (place - at) * (high - low)


def replicates(study, choices, pillars, subs):
    n, n_units = len(choices), len(study.table)
    weights, groups = above(study, pillars, subs), choices @ [4, 2, 1]
    scores, ranks = np.empty((n, n_units)), np.empty((n, n_units), dtype=np.int16)
    for treatment, table in enumerate(treated(study.table, study.about["alternatives"]["most_winsorised"])):
        for form, how in enumerate(study.about["alternatives"]["normalisations"]):
            cell = normalised(table, study.directions, how)
            for mean in (0, 1):
                own = np.flatnonzero(groups == 4 * treatment + 2 * form + mean)
                found = weights[own] @ ((np.log(cell) if mean else cell) @ study.to_pillars).T
                scores[own] = np.exp(found, out=found) if mean else found
    places = np.arange(1, n_units + 1, dtype=np.int16)
    for start in range(0, n, 1000):  # in parts that stay near the processor; ties do not occur
        order = np.argsort(-scores[start : start + 1000], axis=1)
        np.put_along_axis(ranks[start : start + 1000], order, np.broadcast_to(places, order.shape), axis=1)
    interval = quantiles(np.ascontiguousarray(scores.T), [0.05, 0.95])
    of_ranks = quantiles(np.ascontiguousarray(ranks.T), [0.05, 0.5, 0.95])
    nominal = np.array(study.about["nominal"])
    each = ranks.mean(axis=0) + of_ranks.sum(axis=1) + np.minimum(interval[:, 0], nominal) + np.maximum(interval[:, 1], nominal)
    return ((1 + np.arange(n_units) % 7) * each).mean()
