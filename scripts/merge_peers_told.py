"""What is said of single reports, and of what ours was to reach."""

from merge_peers_systems import SYSTEMS


def seconds(cost, at=0):
    return "not finished" if cost is None else f"{cost[at]:.3f}" if cost[at] < 1 else f"{cost[at]:.1f}"


def resolution(case, truth, scores):
    """Why each report on Resolution 68 is right or not, and what happened to what was missed."""
    for system in SYSTEMS[1:]:
        own = scores[system.name]
        print(f"\n**{system.name}** reports {own['reported']}:\n")
        for report in own["once"]:
            verdict, lines = truth.verdict(report), report["lines"]
            places = [short(truth.places[line - 1]) for line in lines if truth.places[line - 1]]
            where = "additions" if not lines else places[0] if len(lines) == 1 else f"{len(lines)} lines from {places[0]} to {places[-1]}"
            found = ", ".join(sorted({truth.real[line] for line in lines if line in truth.real}))
            why = {"right": f"right: {found}", "aside": "true, though nobody commented on it"}.get(verdict) or f"spurious: {truth.reason(report)}"
            print(f"- {where} ({report['kind']}): {why}{seen(system, case, lines) if verdict == 'spurious' else ''}")
        for conflict in truth.told["conflicts"]:
            if conflict["id"] in own["missed"]:
                line = conflict["lines"][0]
                print(f"- missed: {conflict['id']}, {short(truth.places[line - 1])}, where {truth.fate(line)}{seen(system, case, [line])}")


def seen(system, case, lines):
    return f"; it sees {system.fates(case, lines[0])}" if hasattr(system, "fates") and len(lines) == 1 else ""


def short(place):
    return place.replace("resolves to instruct the Director of the Telecommunication Standardization Bureau", "Director").replace("encourages Sector Members from developed and developing countries", "encourages")


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
