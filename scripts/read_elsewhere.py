"""Reads the tables of a workspace with other tools, and compares their counts with Rapporteur's own.

Usage: read_elsewhere.py RAPPORTEUR WORKSPACE. Needs the PyPI packages deltalake and duckdb.
Both read what the log of each table names as its newest version; no Rapporteur code is involved.
"""

import json
import subprocess
import sys

import duckdb
from deltalake import DeltaTable

rapporteur, workspace = sys.argv[1:3]

report = subprocess.run(
    [rapporteur, "--quiet", "--json", "--workspace", workspace, "verify"], check=True, capture_output=True, text=True
)
own = json.loads(report.stdout)
failed = 0
for name, expected in [("snapshot", own["snapshots"]), ("fact", own["facts"]), ("problem", own["problems"])]:
    table = DeltaTable(f"{workspace}/tables/{name}")
    by_deltalake = table.to_pyarrow_table().num_rows if hasattr(table, "to_pyarrow_table") else None
    files = [uri.removeprefix("file://") for uri in table.file_uris()]
    by_duckdb = duckdb.sql(f"select count(*) from read_parquet({files!r})").fetchall()[0][0]
    agree = by_duckdb == expected and by_deltalake in (None, expected)
    failed += not agree
    verdict = "agree" if agree else "DISAGREE"
    print(f"{name}: rapporteur {expected}, deltalake {by_deltalake}, duckdb {by_duckdb}: {verdict}")
sys.exit(1 if failed else 0)
