"""Peers for resolving names of organisations: each takes names and gives the cluster of each. Used by peers_names.py.

usage: peers_systems.py SYSTEM TRUTH.csv
Prints what `resolve score --json` prints. Packages and versions: see scripts/peers_names.
"""

import collections, csv, json, re, sys, tempfile, time, unicodedata

PEERS = ["exact", "cleanco+exact", "fingerprint", "token_set>=90", "splink"]


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [(row[0], row[1]) for row in list(csv.reader(file))[1:]]


def folded(name):
    return " ".join(re.findall(r"\w+", name.casefold())) or name


def fingerprint(name):
    """OpenRefine's documented keying: trim, lower case, no signs, no accents, words sorted and once each."""
    plain = "".join(char for char in unicodedata.normalize("NFD", name.strip().lower()) if not unicodedata.combining(char))
    return " ".join(sorted(set(re.sub(r"[^\w\s]", "", plain).split()))) or name


def cleaned(name):
    from cleanco import basename
    return folded(basename(basename(name)) or name)


def joined(n, pairs):
    """Connected components."""
    root = list(range(n))
    def find(at):
        while root[at] != at:
            root[at] = at = root[root[at]]
        return at
    for one, other in pairs:
        root[find(one)] = find(other)
    return [find(at) for at in range(n)]


def token_set(names):
    from rapidfuzz import fuzz, process, utils
    texts = [utils.default_process(name) for name in names]
    def pairs(step=500):
        for start in range(0, len(texts), step):
            table = process.cdist(texts[start:start + step], texts[start:], scorer=fuzz.token_set_ratio, score_cutoff=90, dtype="uint8")
            yield from ((start + int(one), start + int(other)) for one, other in zip(*table.nonzero()))
    return joined(len(names), pairs())


def splink(names):
    """Splink 5: Jaro-Winkler on the name and the first word, both with term frequencies, words contained, acronym; four blocks."""
    import duckdb, pandas, splink.comparison_library as library, splink.comparison_level_library as level
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    parts = [folded(name).split() for name in names]
    letters = ["".join(word[0] for word in held) if len(held) > 1 else held[0] for held in parts]
    table = pandas.DataFrame({"unique_id": range(len(names)), "name": [" ".join(held) for held in parts], "words": parts,
                              "first": [held[0] for held in parts], "acronym": letters})
    blocks = {"block_first": list(table["first"]), "block_letters": ["".join(held)[:8] for held in parts],
              "block_acronym": letters, "block_rare": rarest(parts)}
    for block, values in blocks.items():
        table[block] = capped(values)
    contained = "list_has_all(words_l, words_r) or list_has_all(words_r, words_l)"
    settings = SettingsCreator("dedupe_only", [
        library.JaroWinklerAtThresholds("name", [.95, .9, .8]).configure(term_frequency_adjustments=True),
        library.ExactMatch("first").configure(term_frequency_adjustments=True),
        library.CustomComparison([level.NullLevel("words"), level.CustomLevel(contained, "contained"), level.ElseLevel()], "words"),
        library.ExactMatch("acronym"),
    ], [block_on(block) for block in blocks], retain_matching_columns=False)
    with tempfile.TemporaryDirectory() as folder:
        connection = duckdb.connect(f"{folder}/splink.duckdb", config={"memory_limit": "8GB", "threads": 2})
        linker = Linker(DuckDBAPI(connection).register(table), settings, log_level="ERROR")
        linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=.1)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=7)
        for block in ("block_first", "block_letters"):
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(block))
        predicted = linker.inference.predict(threshold_match_probability=.9)
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, .9).as_pandas_dataframe()
        return list(found.sort_values("unique_id")["cluster_id"])


def capped(values, most=200):
    """Values that stand in at most so many names; the others block nothing, for their pairs grow with the square."""
    counts = collections.Counter(values)
    return [value if counts[value] <= most else None for value in values]


def rarest(parts):
    counts = collections.Counter(word for held in parts for word in set(held))
    return [min(held, key=lambda word: (counts[word], word)) for held in parts]


def keyed(key):
    return lambda names: [key(name) for name in names]


CLUSTER = dict(zip(PEERS, [keyed(folded), keyed(cleaned), keyed(fingerprint), token_set, splink]))


def agreement(found, truth):
    """Pairs and B-cubed over the names of the truth; `mixed`: clusters of the truth that hold a name of the background."""
    background = {own for own, cluster in zip(found, truth) if not cluster}
    told = [(own, cluster) for own, cluster in zip(found, truth) if cluster]
    both, ours, theirs = (collections.Counter(side) for side in (told, [one for one, _ in told], [other for _, other in told]))
    n_both, n_ours, n_theirs = (sum(n * (n - 1) // 2 for n in side.values()) for side in (both, ours, theirs))
    share = lambda one, other: one / other if other else 0.0
    mean = lambda one, other: share(2 * one * other, one + other)
    b_precision = sum(n * n / ours[own] for (own, _), n in both.items()) / len(told)
    b_recall = sum(n * n / theirs[cluster] for (_, cluster), n in both.items()) / len(told)
    precision, recall = share(n_both, n_ours), share(n_both, n_theirs)
    return {"precision": precision, "recall": recall, "f1": mean(precision, recall), "b_cubed_precision": b_precision,
            "b_cubed_recall": b_recall, "b_cubed_f1": mean(b_precision, b_recall), "names": len(told),
            "mixed": len({cluster for own, cluster in told if own in background})}


def one(system, path):
    names, truth = zip(*rows(path))
    start = time.time()
    distinct = list(dict.fromkeys(names))
    cluster = dict(zip(distinct, CLUSTER[system](distinct)))
    print(json.dumps({**agreement([cluster[name] for name in names], truth), "seconds": time.time() - start, "distinct": len(distinct)}))


if __name__ == "__main__":
    one(*sys.argv[1:])
