"""How reports of conflicts are counted against what is true of a case, and why a report is right, left aside or spurious."""

import collections, difflib, json, re


class Truth:
    def __init__(self, case):
        with open(f"{case}/truth.json", encoding="utf-8") as file:
            self.told = json.load(file)
        self.case, self.places = case, self.told["places"]
        self.real = {line: own["id"] for own in self.told["conflicts"] for line in own["lines"]}
        self.meetings = {own["line"]: own["kind"] for own in self.told["meetings"]}
        self.doubtful = {line for line, kind in self.meetings.items() if kind == "doubtful"}
        self.is_made_up = "one_sided" in self.told
        self.texts = {} if self.is_made_up else {name: self.lines(name) for name in ["base", *self.told["contributions"]]}

    def lines(self, name):
        with open(f"{self.case}/{name}.txt", encoding="utf-8") as file:
            return [bare(line) for line in file.read().splitlines()]

    def verdict(self, report):
        """`right`, `aside` or `spurious`; of several lines the best counts."""
        lines = set(report["lines"])
        if lines & set(self.real):
            return "right"
        is_known = any(all(words in report["words"] for words in pair) for pair in self.told.get("also", []))
        return "aside" if lines & self.doubtful or is_known else "spurious"

    def reason(self, report):
        """Why a report is spurious."""
        if not report["lines"]:
            return "two additions in one place"
        if not self.is_made_up:
            return "; ".join(dict.fromkeys(self.fate(line) for line in report["lines"]))
        kinds = {self.meetings.get(line) or ("one" if line in self.told["one_sided"] else "none") for line in report["lines"]}
        for kind, why in REASONS.items():
            if kind in kinds:
                return why

    def fate(self, line):
        """What contributions did with a line of the base, judged by their words alone."""
        words, changed = self.texts["base"][line - 1], {}
        for name in self.told["contributions"]:
            best = max(self.texts[name], key=lambda own: likeness(words, own))
            if best != words:
                changed[name] = best if likeness(words, best) >= 0.5 else None
        if not changed:
            is_elsewhere = all(self.after(name, words) != self.after("base", words) for name in self.told["contributions"])
            return "nobody changes its words" + (", but all put other clauses below it" if is_elsewhere else "")
        if len(changed) < len(self.told["contributions"]):
            return f"only {' and '.join(changed)} changes it"
        return "all make the same change" if len(set(changed.values())) == 1 else "both change it"

    def after(self, name, words):
        return self.texts[name][self.texts[name].index(words) + 1]

    def lost(self, missed):
        """How many conflicts were missed, and how much the strongest rewording in each left of the clause, in percent."""
        left = [own["left"] for own in self.told["conflicts"] if own["id"] in missed and "left" in own]
        return f"{len(missed)} ({', '.join(f'{share} %' for share in sorted(left))})" if left else len(missed)

    def score(self, reports):
        # Several reports about the same lines count once.
        once = {(tuple(own["lines"]) or at): own for at, own in enumerate(reports)}
        verdicts = collections.Counter(self.verdict(own) for own in once.values())
        spurious = collections.Counter(self.reason(own) for own in once.values() if self.verdict(own) == "spurious")
        flagged = {line for own in once.values() for line in own["lines"]}
        found = {self.real[line] for line in flagged if line in self.real}
        counted = flagged - self.doubtful
        return {
            "reported": len(once), "right": verdicts["right"], "aside": verdicts["aside"], "spurious": spurious,
            "found": found, "missed": [own["id"] for own in self.told["conflicts"] if own["id"] not in found],
            "recall": share(len(found), len(self.told["conflicts"])),
            "precision": share(verdicts["right"], verdicts["right"] + verdicts["spurious"]),
            "flagged": len(flagged), "by_clause": share(len(counted & set(self.real)), len(counted)),
            "once": list(once.values()),
        }


# The first that is true of any line of a report.
REASONS = {
    "agreed": "the same change by all who touch it",
    "apart": "changes of different words",
    "one": "one contribution alone touches it",
    "none": "nobody touches it",
}


def bare(line):
    """The words of a line without label and end marks."""
    return re.sub(r"^\S{1,4}\s*\t", "", line).rstrip(" ;,.").strip()


def likeness(one, other):
    return difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def share(part, whole):
    return f"{part / whole:.3f}" if whole else "-"
