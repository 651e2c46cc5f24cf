#!/usr/bin/env python3
"""Organisation names: our rules and peers on the same truth, one table. Run by `make bench-names`.

usage: peers_names.py TRUTH.csv [--ours LABEL=COMMAND]... [--halves] [--background DEBIAN [--sizes N,N]] [--only A,B] [--limit SECONDS]
       peers_names.py --one SYSTEM TRUTH.csv
A COMMAND is given the file and prints one JSON object with precision, recall, f1, b_cubed_f1, seconds; `mixed` and `levels`
where it has them. The second form prints the same for a peer. TRUTH.csv begins with the columns name and cluster_id; rows
with an empty cluster_id are background: they take part, but are not counted. DEBIAN holds ieee-data and hwdata, unpacked.
"""

import argparse, collections, csv, glob, json, os, random, re, shlex, subprocess, sys, tempfile, threading, time, unicodedata, zlib

PEERS = ["exact", "cleanco+exact", "fingerprint", "token_set>=90", "splink"]


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [(row[0], row[1]) for row in list(csv.reader(file))[1:]]


def folded(name):
    return " ".join(re.findall(r"\w+", name.casefold()))


def fingerprint(name):
    """OpenRefine's documented keying: trim, lower case, no signs, ASCII letters, words sorted and once each."""
    ascii_only = unicodedata.normalize("NFD", name.strip().lower()).encode("ascii", "ignore").decode()
    return " ".join(sorted(set(re.sub(r"[^\w\s]", "", ascii_only).split())))


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
    parts = [folded(name).split() or [name] for name in names]
    letters = ["".join(word[0] for word in held) if len(held) > 1 else held[0] for held in parts]
    table = pandas.DataFrame({"unique_id": range(len(names)), "name": [" ".join(held) for held in parts], "words": parts,
                              "first": [held[0] for held in parts], "squash": ["".join(held)[:8] for held in parts], "acronym": letters,
                              "rare": rarest(parts)})
    contained = "list_has_all(words_l, words_r) or list_has_all(words_r, words_l)"
    settings = SettingsCreator("dedupe_only", [
        library.JaroWinklerAtThresholds("name", [.95, .9, .8]).configure(term_frequency_adjustments=True),
        library.ExactMatch("first").configure(term_frequency_adjustments=True),
        library.CustomComparison([level.NullLevel("words"), level.CustomLevel(contained, "contained"), level.ElseLevel()], "words"),
        library.ExactMatch("acronym"),
    ], [block_on("first"), block_on("squash"), block_on("acronym"), block_on("rare")], retain_matching_columns=False)
    connection = duckdb.connect(os.path.join(tempfile.mkdtemp(), "splink.duckdb"))
    linker = Linker(DuckDBAPI(connection).register(table), settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=.1)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=7)
    for rule in (block_on("first"), block_on("squash")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(linker.inference.predict(threshold_match_probability=.9), .9)
    clusters = found.as_pandas_dataframe().set_index("unique_id")["cluster_id"]
    return [clusters[at] for at in range(len(names))]


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


def run(command, path, limit):
    """What a command prints, its CPU seconds and peak memory; `error` if it fails or takes too long."""
    start = time.time()
    child = subprocess.Popen([*command, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    timer = threading.Timer(limit, child.kill)
    timer.start()
    errors = []
    reader = threading.Thread(target=lambda: errors.append(child.stderr.read()))
    reader.start()
    text = child.stdout.read()
    reader.join()
    _, status, usage = os.wait4(child.pid, 0)
    timer.cancel()
    cost = {"cpu": usage.ru_utime + usage.ru_stime, "megabytes": usage.ru_maxrss / 1024}
    if status:
        why = (errors[0].decode().strip().splitlines() or [f"signal {status}"])[-1][:60]
        return {"error": f"stopped after {limit} s" if time.time() - start >= limit else why, "seconds": time.time() - start, **cost}
    return {**json.loads(text.splitlines()[-1]), **cost}


def table(title, systems, path, limit):
    print(f"\n### {title}\n\n| system | P | R | F1 | B-cubed F | mixed | seconds | CPU s | MB |\n|---|---|---|---|---|---|---|---|---|", flush=True)
    precision = {}
    for name, command in systems:
        told = run(command, path, limit)
        cost = f"{told['seconds']:.2f} | {told['cpu']:.1f} | {told['megabytes']:.0f} |"
        levels = {f"{name}, {level}": of for level, of in told.get("levels", {}).items()} if len(told.get("levels", {})) > 2 else {name: told}
        for label, of in levels.items():
            figures = " | ".join(f"{of.get(key) or 0:.3f}" for key in ("precision", "recall", "f1", "b_cubed_f1"))
            precision[label] = of.get("precision")
            print(f"| {label} | {figures} | {of.get('mixed', '')} | {cost}" if "error" not in told else f"| {label} | {told['error']} |||| | {cost}", flush=True)
    return precision


def write(folder, name, held):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("name", "cluster_id"), *held])
    return path


def background(debian, truth, n):
    """Names of the registries of Debian, and made-up institutions of real cities up to `n`; none of the truth."""
    names = {}
    for path in sorted(glob.glob(f"{debian}/**/ieee-data/*.csv", recursive=True)):
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            names |= dict.fromkeys(row["Organization Name"] for row in csv.DictReader(file))
    for path in glob.glob(f"{debian}/**/pnp.ids", recursive=True):
        with open(path, encoding="utf-8", errors="replace") as file:
            names |= dict.fromkeys(line.rstrip("\n").split("\t")[1] for line in file if "\t" in line)
    with open(os.path.join(os.path.dirname(__file__), "../crates/resolve/data/places.tsv"), encoding="utf-8") as file:
        cities = [line.split("\t")[0].title() for line in file if "\t" in line][1:]
    fields = "Technology Science Medicine Physics Economics Transport Health Education Energy Agriculture Telecommunications Defence Culture".split()
    frames = ["University of {c}", "{c} University"] + [f"{{c}} Institute of {field}" for field in fields] + [f"Ministry of {field} of {{c}}" for field in fields]
    made = [frame.format(c=city) for frame in frames for city in cities]
    random.Random(7).shuffle(made)
    seen, kept = {folded(name) for name, _ in truth}, []
    for name in [*sorted(names), *made]:
        name = " ".join(name.split())
        if folded(name) and folded(name) not in seen:
            seen.add(folded(name))
            kept.append((name, ""))
    n_real = sum(name in names for name, _ in kept)
    kept = random.Random(7).sample(kept, n) if n < n_real else kept[:n]
    print(f"\nbackground: {len(kept)} names, {sum(name in names for name, _ in kept)} of them from registries")
    return kept


def main():
    words = argparse.ArgumentParser(usage=__doc__)
    words.add_argument("truth")
    words.add_argument("--one")
    words.add_argument("--ours", action="append", default=[])
    words.add_argument("--halves", action="store_true")
    words.add_argument("--background")
    words.add_argument("--sizes", default="70000")
    words.add_argument("--only", default=",".join(PEERS))
    words.add_argument("--limit", type=int, default=1200)
    said = words.parse_args()
    if said.one:
        return one(said.one, said.truth)
    systems = [(label, shlex.split(command)) for label, command in (ours.split("=", 1) for ours in said.ours)]
    systems += [(peer, [sys.executable, __file__, "--one", peer]) for peer in said.only.split(",") if peer]
    whole = table("the whole truth", systems, said.truth, said.limit)
    columns = {}
    with tempfile.TemporaryDirectory() as folder:
        truth = rows(said.truth) if said.halves or said.background else []
        for half in (0, 1) if said.halves else ():
            path = write(folder, f"half{half}.csv", [row for row in truth if zlib.crc32(row[1].encode()) % 2 == half])
            columns[f"half {half + 1}"] = table(f"half {half + 1} of the clusters", systems, path, said.limit)
        for n in map(int, said.sizes.split(",")) if said.background else ():
            path = write(folder, f"with{n}.csv", truth + background(said.background, truth, n))
            columns[f"with {n}"] = table(f"with {n} names of the background", systems, path, said.limit)
    if columns:
        print(f"\n### precision at every size\n\n| system | whole | {' | '.join(columns)} |\n|---|---|{'---|' * len(columns)}")
        for label, own in whole.items():
            cells = [column.get(label) for column in [whole, *columns.values()]]
            print(f"| {label} | {' | '.join('-' if cell is None else f'{cell:.3f}' for cell in cells)} |")


if __name__ == "__main__":
    main()
