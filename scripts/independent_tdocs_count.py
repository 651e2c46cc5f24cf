#!/usr/bin/env python3
"""Counts 3GPP document lists without Rapporteur, to check its reading against.

Usage: independent_tdocs_count.py FILE...   (prints one JSON object; standard library only)

A document row is a table row with a cell that is nothing but a document number. Types stand in the cell after the
number, results in the column whose header is `Result`. Nothing is corrected: words are counted as written, white space
folded.
"""

import json
import re
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

NUMBER = re.compile(r"[A-Z][A-Z0-9]-[0-9]{6,7}")
REVISED = re.compile(r"Revised[^.]*?(?:[0-9]\.[0-9][^.]*?)?\b(?:to|in)\b[^.]*?[A-Z][A-Z0-9]-[0-9]{6,7}")
TOTAL = re.compile(r"Total documents:\s*([0-9]+)")


class Rows(HTMLParser):
    """Collects the rows of all tables as lists of texts, and the text of the page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.rows, self.text, self.in_cell = [], [], False

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
            self.in_cell = False
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append([])
            self.in_cell = True

    def handle_endtag(self, tag):
        if tag in ("td", "th", "tr", "table"):
            self.in_cell = False

    def handle_data(self, data):
        (self.rows[-1][-1] if self.in_cell else self.text).append(data)


def fold(pieces):
    return " ".join("".join(pieces).split())


def count(path):
    page = Rows()
    page.feed(Path(path).read_bytes().decode("windows-1252"))
    page.close()
    header, documents = [], []
    for row in page.rows:
        cells = [fold(cell) for cell in row]
        at = next((at for at, cell in enumerate(cells) if NUMBER.fullmatch(cell)), None)
        if any(cell.upper() == "TD#" for cell in cells):
            header = [cell.lower() for cell in cells]
        elif at is not None:
            named = dict(zip(header, cells))
            comment = named.get("comments", named.get("comment", ""))
            documents.append((cells[at], cells[at + 1], named.get("result", ""), comment))
    total = TOTAL.search(fold(page.text))
    types = Counter(kind for _, kind, _, _ in documents)
    return {
        "rows": len(documents),
        "numbers": sorted({number for number, _, _, _ in documents}),
        "types": dict(sorted(types.items())),
        "results": dict(sorted(Counter(result for _, _, result, _ in documents).items())),
        "ls_in": types["LS In"],
        "ls_out": types["LS OUT"],
        "revised_with_number": sum(
            result.lower() == "revised" and bool(REVISED.search(comment)) for _, _, result, comment in documents
        ),
        "stated_total": int(total.group(1)) if total else None,
    }


def main(paths):
    lists = {Path(path).name: count(path) for path in paths}
    numbers = {number for found in lists.values() for number in found["numbers"]}
    for found in lists.values():
        found["distinct"] = len(found.pop("numbers"))
    total = {"rows": sum(found["rows"] for found in lists.values()), "distinct": len(numbers)}
    json.dump({"total": total, "lists": lists}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main(sys.argv[1:])
