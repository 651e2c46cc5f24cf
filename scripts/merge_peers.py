#!/usr/bin/env python3
"""Merging and its peers on the same texts: conflicts found, processor time, memory, as docs/merge_figures.md. Run by `make merge-peers`.

usage: merge_peers.py CASES [--reps N] [--limit SECONDS]

CASES holds what the example `merge_cases` of the crate `drafting` wrote, and what its benchmark printed as library.txt. Every program is
a process of its own; processor time is that of the process and those that it waited for, memory that of the largest of them.
"""

import argparse, datetime, os, signal, subprocess, sys, tempfile, threading, time

from merge_peers_systems import SYSTEMS, text
from merge_peers_truth import Truth
from merge_peers_words import CASES, END, HEAD, RESOLUTION, SCALE, SPURIOUS, TARGETS

GROWTH = [5, 10, 20]


def run(system, case, n, task, work, limit):
    """Processor seconds, wall seconds and megabytes of one run; None where it does not finish within the limit."""
    command, requests = system.command(case, n, task, work)
    out = f"{work}/out"
    start = time.time()
    with open(requests or os.devnull) as told, open(out, "w") as file, open(f"{work}/errors", "w") as errors:
        child = subprocess.Popen(command, stdin=told, stdout=file, stderr=errors, start_new_session=True)
        timer = threading.Timer(limit, lambda: os.killpg(child.pid, signal.SIGKILL))
        timer.start()
        _, status, usage = os.wait4(child.pid, 0)
        timer.cancel()
    wall = time.time() - start
    if status and wall < limit:
        sys.exit(f"{system.name} on {case}: ended with {os.waitstatus_to_exitcode(status)}: {text(f'{work}/errors')[-300:]}")
    return None if status else (usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def cheapest(system, case, n, task, work, said):
    """The run that took the least processor time; short ones are run more often."""
    runs = []
    while len(runs) < said.reps or (len(runs) < 10 and runs[0][0] < 0.5):
        runs.append(run(system, case, n, task, work, said.limit))
        if runs[-1] is None:
            return None
    return min(runs)


def seconds(cost, at=0):
    return "not finished" if cost is None else f"{cost[at]:.3f}" if cost[at] < 1 else f"{cost[at]:.1f}"


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
        told = f"{own['reported']} | {len(own['found'])} | {own['recall']} | {own['precision']} | {own['by_clause']}" if cost else "- | - | - | - | -"
        print(f"| {system.name} | {seconds(cost)} | {other} | {seconds(cost, 1)} | {memory:.0f} | {told} |", flush=True)
    return scores


def resolution(case, truth, scores):
    """Why each report on Resolution 68 is right or not, and what happened to what was missed."""
    for system in SYSTEMS:
        own = scores[system.name]
        print(f"\n**{system.name}** reports {own['reported']}:\n")
        for report in own["once"]:
            verdict, lines = truth.verdict(report), report["lines"]
            places = [short(truth.places[line - 1]) for line in lines if truth.places[line - 1]]
            where = "additions" if not lines else places[0] if len(lines) == 1 else f"{len(lines)} lines from {places[0]} to {places[-1]}"
            found = ", ".join(sorted({truth.real[line] for line in lines if line in truth.real}))
            why = {"right": f"right: {found}", "aside": "true, though nobody commented on it"}.get(verdict) or f"spurious: {truth.reason(report)}"
            print(f"- {where} ({report['kind']}): {why}")
        for conflict in truth.told["conflicts"]:
            if conflict["id"] in own["missed"]:
                line = conflict["lines"][0]
                seen = f"; it sees {system.fates(case, line)}" if hasattr(system, "fates") else ""
                print(f"- missed: {conflict['id']}, {short(truth.places[line - 1])}, where {truth.fate(line)}{seen}")


def short(place):
    return place.replace("resolves to instruct the Director of the Telecommunication Standardization Bureau", "Director").replace("encourages Sector Members from developed and developing countries", "encourages")


def growth(case, work, said):
    print(SCALE)
    systems = [system for system in SYSTEMS if system.name != "Rapporteur, .txt"]
    print("| contributions | " + " | ".join(f"{system.name}: CPU s | MB" for system in systems) + " |\n|--:" + "|--:|--:" * len(systems) + "|")
    for n in GROWTH:
        print(f"growth: {n}", file=sys.stderr)
        costs = [cheapest(system, case, n, "list", work, said) for system in systems]
        print(f"| {n} | " + " | ".join(f"{seconds(cost)} | {cost[2]:.0f}" if cost else "not finished | -" for cost in costs) + " |", flush=True)


def targets(scores, library):
    """Ours against what was to be reached."""
    first = SYSTEMS[0].name
    tasks = ("list of conflicts", "merged .docx")
    for task, cost in zip(tasks, scores["big"][first]["costs"]):
        print(f"| 70 resolutions x 50, {task} | 3 s, 400 MB | {seconds(cost)} s CPU, {seconds(cost, 1)} s wall, {cost[2]:.0f} MB |")
    if "resolution-68" in scores:
        for task, cost, start in zip(tasks, scores["resolution-68"][first]["costs"], scores["tiny"][first]["costs"]):
            print(f"| Resolution 68, {task} | 20 ms | {cost[0] * 1000:.0f} ms CPU, {(cost[0] - start[0]) * 1000:.0f} ms of them more than for one clause |")
    for line in library.splitlines():
        if line.startswith("Resolution 68"):
            print(f"| {line.split(':')[0]} in the library, without a process | 20 ms | {line.split(': ')[1]} |")


def main():
    words = argparse.ArgumentParser(usage=__doc__)
    words.add_argument("cases")
    words.add_argument("--reps", type=int, default=3)
    words.add_argument("--limit", type=int, default=300)
    said, start = words.parse_args(), os.getloadavg()[0]
    versions = {system.name.split(",")[0]: system.version() for system in SYSTEMS}
    names = [name for name in CASES if os.path.isdir(f"{said.cases}/{name}")]
    print(HEAD.format(day=datetime.date.today(), cores=os.cpu_count(), versions=", ".join(f"{name} {told}" for name, told in versions.items()), **vars(said)))
    all_scores = {}
    with tempfile.TemporaryDirectory() as work:
        for name in names:
            case = f"{said.cases}/{name}"
            truth = Truth(case)
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
            for system, own in all_scores[name].items():
                why = "; ".join(f"{n} {reason}" for reason, n in own["spurious"].most_common()) or "none"
                print(f"| {name} | {system} | {own['right']} | {own['aside']} | {sum(own['spurious'].values())} | {why} | {len(own['missed'])} |")
        growth(f"{said.cases}/big", work, said)
    print(TARGETS)
    targets(all_scores, text(f"{said.cases}/library.txt"))
    print(END.format(start=start, end=os.getloadavg()[0]))


if __name__ == "__main__":
    main()
