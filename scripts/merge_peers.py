#!/usr/bin/env python3
"""Merging and its peers on the same texts: conflicts found, processor time, memory, as docs/merge_figures.md. Run by `make merge-peers`.

usage: merge_peers.py CASES [--reps N] [--limit SECONDS]

CASES holds what the example `merge_cases` of the crate `drafting` wrote, and what its benchmark printed as library.txt. Every program is
a process of its own; processor time is that of it and those that it waited for, memory that of the largest of them.
"""

import argparse, datetime, os, signal, subprocess, sys, tempfile

from merge_peers_systems import SYSTEMS, text
from merge_peers_told import resolution, seconds, targets
from merge_peers_truth import Truth
from merge_peers_words import CASES, END, HEAD, RESOLUTION, SCALE, SPURIOUS, TARGETS

GROWTH = [5, 10, 20]


# A process counts what started it as the least memory that it takes, so a small one starts the program and tells what it took.
WATCH = """import os, sys, time
start = time.time()
child = os.fork() or os.execvp(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
print(usage.ru_utime + usage.ru_stime, time.time() - start, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status), file=open(sys.argv[1], "w"))"""


def run(system, case, n, task, work, limit):
    """Processor seconds, wall seconds and megabytes of one run; None where it does not finish within the limit."""
    command, requests = system.command(case, n, task, work)
    with open(requests or os.devnull) as told, open(f"{work}/out", "w") as file, open(f"{work}/errors", "w") as errors:
        child = subprocess.Popen([sys.executable, "-I", "-S", "-c", WATCH, f"{work}/cost", *command], stdin=told, stdout=file, stderr=errors, start_new_session=True)
        try:
            child.wait(limit)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            return None
    cpu, wall, megabytes, status = map(float, text(f"{work}/cost").split())
    if status:
        sys.exit(f"{system.name} on {case}: ended with {status:.0f}: {text(f'{work}/errors')[-300:]}")
    return cpu, wall, megabytes


def cheapest(system, case, n, task, work, said):
    """The run that took the least processor time; short ones are run more often."""
    runs = []
    while len(runs) < said.reps or (len(runs) < 10 and runs[0][0] < 0.5):
        runs.append(run(system, case, n, task, work, said.limit))
        if runs[-1] is None:
            return None
    return min(runs)


def measured(case, truth, work, said):
    """A row for each program, and the score of each."""
    n, scores = len(truth.told["contributions"]), {}
    for system in SYSTEMS:
        print(f"{os.path.basename(case)}: {system.name}", file=sys.stderr)
        is_merged = system.end == "docx" and not case.endswith("unlabelled")
        merge = cheapest(system, case, n, "merge", work, said) if is_merged else None
        cost = cheapest(system, case, n, "list", work, said)
        reports = list(system.reports(case, work, f"{work}/out")) if cost else []
        own = scores[system.name] = truth.score(reports)
        own["costs"] = [cost, merge]
        other = seconds(merge) if is_merged else "-"
        memory = max(cost[2] for cost in (cost, merge) if cost) if cost or merge else 0
        told = f"{own['reported']} | {len(own['found'])} of {len(truth.told['conflicts'])} | {own['recall']} | {own['precision']} | {own['by_clause']}" if cost else "- | - | - | - | -"
        print(f"| {system.name} | {seconds(cost)} | {other} | {seconds(cost, 1)} | {memory:.0f} | {told} |", flush=True)
    return scores


def growth(case, work, said):
    print(SCALE)
    systems = [system for system in SYSTEMS if system.name != "Rapporteur, .txt"]
    print("| contributions | " + " | ".join(f"{system.name}: CPU s | MB" for system in systems) + " |\n|--:" + "|--:|--:" * len(systems) + "|")
    for n in GROWTH:
        print(f"growth: {n}", file=sys.stderr)
        costs = [cheapest(system, case, n, "list", work, said) for system in systems]
        print(f"| {n} | " + " | ".join(f"{seconds(cost)} | {cost[2]:.0f}" if cost else "not finished | -" for cost in costs) + " |", flush=True)


def main():
    words = argparse.ArgumentParser(usage=__doc__)
    words.add_argument("cases")
    words.add_argument("--reps", type=int, default=3)
    words.add_argument("--limit", type=int, default=300)
    said, start = words.parse_args(), os.getloadavg()[0]
    versions = {system.name.split(",")[0]: system.version() for system in SYSTEMS}
    names = [name for name in CASES if os.path.isdir(f"{said.cases}/{name}")]
    print(HEAD.format(day=datetime.date.today(), cores=os.cpu_count(), start=start, versions=", ".join(f"{name} {told}" for name, told in versions.items()), **vars(said)))
    all_scores, truth_of = {}, {}
    with tempfile.TemporaryDirectory() as work:
        for name in names:
            case = f"{said.cases}/{name}"
            truth = truth_of[name] = Truth(case)
            told = truth.told
            counts = {kind: list(truth.meetings.values()).count(kind) for kind in ("agreed", "apart", "doubtful")}
            print(CASES[name].format(words=told["n_words"], n=len(told["contributions"]), lines=len(truth.places), real=len(told["conflicts"]), edits=told.get("n_edits"), **counts))
            print("\n| program | CPU s, conflicts | CPU s, merged .docx | wall s, conflicts | MB | reported | found | recall | precision | by clause |")
            print("|---|" + "--:|" * 9)
            all_scores[name] = measured(case, truth, work, said)
            if name == "resolution-68":
                print(RESOLUTION)
                resolution(case, truth, all_scores[name])
        print(SPURIOUS)
        for name in [name for name in names if name != "tiny"]:
            rows = {}
            for system, own in all_scores[name].items():
                why = "; ".join(f"{n} {reason}" for reason, n in own["spurious"].most_common()) or "none"
                rows.setdefault(f"{own['right']} | {own['aside']} | {sum(own['spurious'].values())} | {why} | {truth_of[name].lost(own['missed'])}", []).append(system)
            print("\n".join(f"| {name} | {' and '.join(systems)} | {row} |" for row, systems in rows.items()))
        growth(f"{said.cases}/big", work, said)
    print(TARGETS)
    targets(all_scores, text(f"{said.cases}/library.txt"))
    print(END.format(end=os.getloadavg()[0]))


if __name__ == "__main__":
    main()
