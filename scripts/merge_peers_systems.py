"""The programs that are compared: how each is called, and how what it reports is mapped to lines of the base.

A report is {"lines": numbers of lines of the base, "words": all that is proposed there, "kind": its own name for it}. `list` asks for the
conflicts, `merge` for the merged file.
"""

import base64, glob, json, os, shutil, subprocess

import docx_scalpel
from docx_scalpel._host_locator import find_host

OURS = os.environ["RAPPORTEUR"]


def contributions(case, n, end):
    return sorted(glob.glob(f"{case}/C*.{end}"))[:n]


def text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


class Ours:
    """A conflict is of the clause that its `place` names, where it has words of the base; else it is about additions. Kind `overlapping` is
    a list to look at and no conflict, and is left out."""

    def __init__(self, end):
        self.name, self.end = f"Rapporteur, .{end}", end

    def command(self, case, n, task, work):
        files = [f"{case}/base.{self.end}", *contributions(case, n, self.end)]
        return ([OURS, "merge", "conflicts", *files, "--json"] if task == "list" else [OURS, "merge", *files, "-o", f"{work}/merged.docx"]), None

    def reports(self, case, work, out):
        places = json.loads(text(f"{case}/truth.json"))["places"]
        for own in json.loads(text(out)):
            if own["kind"] != "overlapping":
                lines = [places.index(own["place"]) + 1] if own["base"] is not None and own["place"] in places else []
                yield {"lines": lines, "words": " ".join(way["text"] or "" for way in own["alternatives"]), "kind": own["kind"]}

    def version(self):
        return subprocess.run([OURS, "--version"], capture_output=True, text=True).stdout.split()[-1]


class Docxodus:
    """A conflict is of the paragraph of the base that its `baseAnchor` names."""

    name, end = "Docxodus, .docx", "docx"

    def command(self, case, n, task, work):
        def packed(path):
            with open(path, "rb") as file:
                return base64.b64encode(file.read()).decode()
        reviewers = [{"author": os.path.basename(path)[:-5], "docB64": packed(path)} for path in contributions(case, n, "docx")]
        operation = {"list": "docx_diff_get_conflicts", "merge": "docx_diff_consolidate"}[task]
        # The host itself is measured, and not its client in Python: it reads requests, a line each.
        with open(f"{work}/requests", "w") as file:
            for request in ({"id": 1, "op": operation, "args": {"baseB64": packed(f"{case}/base.docx"), "reviewers": reviewers}}, {"id": 2, "op": "shutdown", "args": {}}):
                file.write(json.dumps(request) + "\n")
        return [str(find_host())], f"{work}/requests"

    def anchors(self, case):
        """Paragraphs of the body in their order: the lines of the base."""
        lines = text(f"{case}/base.txt").splitlines()
        with open(f"{case}/base.docx", "rb") as file, docx_scalpel.open_session(file.read()) as session:
            found = [own for own in session.project().anchor_index.values() if own.scope == "body" and own.kind == "p"]
        for line, own in zip(lines, found):
            preview = "".join((own.text_preview or "").rstrip("…").split())
            assert "".join(line.split()).startswith(preview[:40]), (line, own.text_preview)
        return {own.id: at for at, own in enumerate(found[: len(lines)], 1)}

    def reports(self, case, work, out):
        line_of = self.anchors(case)
        for own in json.loads(text(out).splitlines()[0])["result"]["conflicts"]:
            lines = [line_of[own["baseAnchor"]]] if own.get("baseAnchor") in line_of else []
            yield {"lines": lines, "words": " ".join(way["resultText"] for way in own["competitors"]), "kind": "conflict"}

    def fates(self, case, line):
        """What each contribution does with a line in the eyes of Docxodus, compared one by one."""
        line_of, told = self.anchors(case), []
        for path in contributions(case, None, "docx"):
            with open(f"{case}/base.docx", "rb") as base, open(path, "rb") as other:
                script = json.loads(docx_scalpel.docx_diff_get_edit_script(base.read(), other.read()))
            kinds = [own["kind"] for own in script["operations"] if line_of.get(own.get("leftAnchor")) == line]
            told.append(f"`{' '.join(kinds)}` by {os.path.basename(path)[:-5]}")
        return ", ".join(told)

    def version(self):
        return f"docx-scalpel {docx_scalpel.__version__}"


class Git:
    """Contributions are merged one after the other. Every step has markers of its own length, so that conflicts within conflicts can be
    told apart. A conflict is of all lines in its part of the base; without any it is about additions."""

    name, end = "git merge-file, .txt", "txt"

    def command(self, case, n, task, work):
        for old in glob.glob(f"{work}/step*"):
            os.remove(old)
        first, *others = contributions(case, n, "txt")
        shutil.copy(first, f"{work}/step00")
        steps = [f"git merge-file -q -p --diff3 --marker-size={7 + at} {work}/step{at - 1:02} {case}/base.txt {other} > {work}/step{at:02}" for at, other in enumerate(others, 1)]
        return ["sh", "-c", "\n".join(steps) + "\ntrue"], None

    def reports(self, case, work, out):
        base = text(f"{case}/base.txt").splitlines()
        for at, path in enumerate(sorted(glob.glob(f"{work}/step*"))[1:], 1):
            start, part, held = 0, None, {}
            for line in text(path).splitlines():
                sign = next((sign for sign in "<|=>" if line.startswith(sign * (7 + at)) and line[7 + at : 8 + at] in ("", " ")), None)
                if sign == "<":
                    part, held = "<", {"<": [], "|": [], "=": []}
                elif sign == ">" and part:
                    own, part = held["|"], None
                    found = next((place for place in range(start, len(base)) if base[place : place + len(own)] == own), start)
                    start = found + len(own)
                    yield {"lines": list(range(found + 1, start + 1)), "words": " ".join(held["<"] + held["="]), "kind": "hunk"}
                elif sign and part:
                    part = sign
                elif part:
                    held[part].append(line)

    def version(self):
        return subprocess.run(["git", "--version"], capture_output=True, text=True).stdout.split()[-1]


SYSTEMS = [Ours("docx"), Ours("txt"), Docxodus(), Git()]
