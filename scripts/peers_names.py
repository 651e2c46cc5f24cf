#!/usr/bin/env python3
"""Organisation names: our rules and peers on the same truth, one table. Run by `make bench-names`.

usage: peers_names.py TRUTH.csv [--ours LABEL=COMMAND]... [--halves] [--background DEBIAN [--sizes N,N]] [--only A,B] [--limit SECONDS]

A COMMAND is given the file and prints one JSON object with precision, recall, f1, b_cubed_f1 and seconds; `mixed` and
`levels` where it has them. TRUTH.csv begins with the columns name and cluster_id; rows with an empty cluster_id are
background: they take part, but are not counted. DEBIAN holds ieee-data and hwdata, unpacked. Seconds are those of
resolving as the system tells them; CPU seconds and memory are those of the whole process.
"""

import argparse, csv, glob, json, multiprocessing, os, random, shlex, subprocess, sys, tempfile, threading, time, zlib

from peers_systems import PEERS, folded, rows

HERE = os.path.dirname(os.path.abspath(__file__))


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
        why = (errors[0].decode().strip().splitlines() or [f"ended with {os.waitstatus_to_exitcode(status)}"])[-1][:60]
        return {"error": f"stopped after {limit} s" if time.time() - start >= limit else why, "seconds": time.time() - start, **cost}
    return {**json.loads(text), **cost}


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


def write(path, held):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("name", "cluster_id"), *held])


def background(debian, truth, n):
    """Names of the registries of Debian, and made-up institutions of real cities up to `n` (of fewer than
    the registries hold: a sample of both); none of the truth."""
    names = {}
    for path in sorted(filter(os.path.exists, glob.glob(f"{debian}/**/ieee-data/*.csv", recursive=True))):
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            names |= dict.fromkeys(row["Organization Name"] for row in csv.DictReader(file))
    for path in glob.glob(f"{debian}/**/pnp.ids", recursive=True):
        with open(path, encoding="utf-8", errors="replace") as file:
            names |= dict.fromkeys(line.rstrip("\n").split("\t")[1] for line in file if "\t" in line)
    with open(f"{HERE}/../crates/resolve/data/places.tsv", encoding="utf-8") as file:
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
    words.add_argument("--ours", action="append", default=[])
    words.add_argument("--halves", action="store_true")
    words.add_argument("--background")
    words.add_argument("--sizes", default="70000")
    words.add_argument("--only", default=",".join(PEERS))
    words.add_argument("--limit", type=int, default=1200)
    said = words.parse_args()
    systems = [(label, shlex.split(command)) for label, command in (ours.split("=", 1) for ours in said.ours)]
    systems += [(peer, [sys.executable, f"{HERE}/peers_systems.py", peer]) for peer in said.only.split(",") if peer]
    whole = table("the whole truth", systems, said.truth, said.limit)
    columns = {}
    with tempfile.TemporaryDirectory() as folder:
        truth = rows(said.truth) if said.halves or said.background else []
        for half in (0, 1) if said.halves else ():
            path = f"{folder}/half{half}.csv"
            write(path, [row for row in truth if zlib.crc32(row[1].encode()) % 2 == half])
            columns[f"half {half + 1}"] = table(f"half {half + 1} of the clusters", systems, path, said.limit)
        for n in map(int, said.sizes.split(",")) if said.background else ():
            path = f"{folder}/with{n}.csv"
            # In a process of its own: the memory of this one counts as the least that its children take.
            maker = multiprocessing.Process(target=lambda: write(path, truth + background(said.background, truth, n)))
            maker.start()
            maker.join()
            columns[f"with {n}"] = table(f"with {n} names of the background", systems, path, said.limit)
    if columns:
        print(f"\n### precision at every size\n\n| system | whole | {' | '.join(columns)} |\n|---|---|{'---|' * len(columns)}")
        for label, own in whole.items():
            cells = [column.get(label) for column in [whole, *columns.values()]]
            print(f"| {label} | {' | '.join('-' if cell is None else f'{cell:.3f}' for cell in cells)} |")


if __name__ == "__main__":
    main()
