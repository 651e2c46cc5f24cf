"""Writes docs/index_bodies.md: the index, its layers, the objectives and the court's verdicts on real bodies.

Usage: index_report.py RAPPORTEUR DATA WORKSPACE > docs/index_bodies.md
DATA is the folder of the shared data; WORKSPACE is made if it is not there. Every figure comes from a command that the page names.
"""

import csv
import io
import subprocess
import sys
from pathlib import Path

rapporteur, data, workspace = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])

BODIES = [
    ("3GPP SA2", "3gpp/sa2", "contributions/3gpp-sa2-tdocs-by-agenda", "index"),
    ("Ecma TC39", "ecma/tc39", "attendance/tc39-notes", "meetings"),
    ("WebAssembly CG and its subgroups", "webassembly", "attendance/webassembly-cg-wg", "meetings"),
    ("IETF CoRE", "core/wg", "attendance/ietf-wg-materials", "meetings"),
]
REPLICATES = "200"
METHOD = ["index"]


def run(*args, check=True):
    done = subprocess.run([rapporteur, "--workspace", workspace, "--profile", METHOD[0], *args], capture_output=True, text=True)
    if check and done.returncode not in (0, 1):
        sys.exit(f"{args}: {done.stderr}")
    return done


def rows(*args):
    done = run("--csv", *args)
    return list(csv.DictReader(io.StringIO(done.stdout))), done.stderr.strip()


def number(text, places=1):
    return f"{float(text):.{places}f}" if text else "–"


def table(header, lines):
    print("| " + " | ".join(header) + " |\n|" + "---|" * len(header))
    for line in lines:
        print("| " + " | ".join(line) + " |")
    print()


def index(body):
    found, said = rows("index", "--body", body, "--top", "10")
    print("\n".join(f"> {line}" for line in said.splitlines() if line.strip()) + "\n")
    rank = lambda row: f"{row['rank_low']}–{row['rank_high']}" if row["rank"] else "not ranked"
    table(["ranks", "organisation", "score", "90 % interval", "coverage"], [
        [rank(row), row["name"], number(row["score"]), f"{number(row['low'])} to {number(row['high'])}", row["grade"]]
        for row in found])


def layers(body):
    found, said = rows("index", "sensitivity", "--body", body)
    known = [row for row in found if row["together"] and float(row["together"]) > 0]
    if not known:
        return
    mean = lambda name: sum(float(row[name]) for row in known) / len(known)
    names = ("meetings", "who_is_who", "method", "together")
    print(f"The three layers, mean of {len(known)} organisations. {said}\n")
    table(["meetings", "who is who", "method", "together"], [[number(mean(name), 2) for name in names]])


def objectives(body):
    found, _ = rows("index", "objectives", "--body", body)
    names = [name for name in found[0] if name not in (
        "organisation", "name", "overall", "low", "high", "envelope_low", "envelope_high", "best_defensible")]
    print("Under three objectives, with the envelope over them:\n")
    table(["organisation", "overall", *names, "envelope", "best defensible view"], [
        [row["name"], f"{number(row['overall'])} ({number(row['low'])} to {number(row['high'])})",
         *[number(row[name]) for name in names],
         f"{number(row['envelope_low'])} to {number(row['envelope_high'])}", number(row["best_defensible"])]
        for row in found[:5]])


def court(body):
    catalogue, _ = rows("measure")
    judged = []
    for name in [row["indicator"] for row in catalogue] + ["index"]:
        done = run("--csv", "metric", "evaluate", name, "--body", body, "--replicates", REPLICATES, check=False)
        if done.returncode == 0:
            judged.append((name, list(csv.DictReader(io.StringIO(done.stdout)))))
    aspects = ["discrimination", "reliability", "stability", "independence", "validity", "pairs", "gaming", "redundancy"]
    def cell(found, aspect):
        own = next((row for row in found if row["aspect"] == aspect and row["value"]), None)
        if own is None:
            return "–"
        return f"{number(own['value'], 2)} ({number(own['low'], 2)} to {number(own['high'], 2)})"
    print(f"The court, {REPLICATES} resamples of the meetings; the first criterion of each aspect that can be found:\n")
    table(["metric", *aspects], [[name, *[cell(found, aspect) for aspect in aspects]] for name, found in judged])
    for name, found in judged:
        failed = [row["criterion"] for row in found if row["aspect"] == "attack" and row["value"] and float(row["value"]) > 0.05]
        if failed:
            print(f"- `{name}` can be played by {', '.join(failed)}.")
    print()
    names = [name for name, _ in judged]
    rival = next((name for name in ("documents_contributed", "attendance_share") if name in names), None)
    if "index" in names and rival:
        done = run("metric", "compare", "index", rival, "--body", body, "--replicates", REPLICATES, "--csv")
        print(f"The index against `{rival}` alone. " + done.stderr.strip().replace("\n", " ") + "\n")
    return len(judged)


def main():
    if not workspace.exists():
        subprocess.run([rapporteur, "init", workspace], check=True, capture_output=True)
        for _, _, folder, _ in BODIES:
            run("add", str(data / folder), check=False)
    print("# The index of four real bodies\n")
    print("Every figure on this page was written by `scripts/index_report.py` from public data; none was typed. Scores of one")
    print("body are not to be compared with those of another: what is observed differs, and each table says what is missing.\n")
    for title, body, folder, method in BODIES:
        METHOD[0] = method
        print(f"## {title}\n\nFrom `{folder}`, body `{body}`, method `{method}`.\n")
        index(body)
        layers(body)
        objectives(body)
        n = court(body)
        print(f"{n} metrics were judged.\n")


main()
