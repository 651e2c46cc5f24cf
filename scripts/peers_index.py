#!/usr/bin/env python3
"""The composite engine and peers on the same data, one table. Run by `make bench-index`.

usage: peers_index.py FOLDER, which holds what `cargo bench -p measure --bench composite -- FOLDER` wrote. The draws (the
engine's own, so that checksums agree) are handed to numpy for nothing, while ours includes drawing. The fastest of five runs
counts, as with ours. COINr is run where Rscript has it, on few replicates.
"""

import json, os, shutil, subprocess, sys, time
import numpy as np

from peers_numpy import Study, drawn, once, replicates

COINR = """suppressMessages(library(COINr)); coin <- build_example_coin(quietly = TRUE)
norms <- list(list(f_n = "n_minmax", f_n_para = list(c(1, 100))), list(f_n = "n_zscore", f_n_para = list(c(10, 2))))
noise <- get_noisy_weights(coin$Meta$Weights$Original, data.frame(Level = c(2, 3), NoiseFactor = c(.25, .25)), Nrep = 100)
one <- function(address, from) list(Address = address, Distribution = from, Type = "discrete")
specs <- list(W = one("$Log$Treat$global_specs$f1_para$winmax", 1:5), N = one("$Log$Normalise$global_specs", norms),
  S = one("$Log$Aggregate$w", noise), A = one("$Log$Aggregate$f_ag", c("a_amean", "a_gmean")))
cat("\\nseconds", system.time(get_sensitivity(coin, SA_specs = specs, N = 20, SA_type = "UA", dset = "Aggregated",
  iCode = "Index", quietly = TRUE))[["elapsed"]])"""


def fastest(run):
    times = []
    for _ in range(5):
        start = time.perf_counter()
        told = run()
        times.append((time.perf_counter() - start) * 1e3)
    return min(times), told


def main():
    folder = sys.argv[1]
    asem, large = Study(folder, "asem"), Study(folder, "large")
    draws = {"asem": drawn(asem, 100_000), "large": drawn(large, 1000)}
    with open(f"{folder}/ours.json") as file:
        ours = {own["task"]: own for own in json.load(file)}
    print(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; numpy {np.__version__}; ms\n")
    print("| task | target | ours | ours, one thread | numpy | numpy / ours | checksums differ by |\n|---|---|---|---|---|---|---|")
    tasks = [("asem", "ASEM, 100,000 replicates with ranks and quantiles", 1000, lambda: replicates(asem, *draws["asem"])),
             ("large_once", "10,000 x 60 treated, normalised, aggregated", 100, lambda: once(large)),
             ("large", "10,000 x 60, 1,000 replicates with ranks and quantiles", 2000, lambda: replicates(large, *draws["large"])),
             ("laboratory", "1,000 x 60 under other weights, with ranks", 50, None)]
    for key, label, target, run in tasks:
        own, peer = ours[key], "| - | - | - |"
        if run:
            ms, told = fastest(run)
            peer = f"| {ms:.0f} | {ms / own['all_threads_ms']:.1f} | {abs(told / own['checksum'] - 1):.0e} |"
        print(f"| {label} | {target} | {own['all_threads_ms']:.1f} | {own['one_thread_ms']:.1f} {peer}", flush=True)
    told = subprocess.run(["Rscript", "-e", COINR], capture_output=True, text=True) if shutil.which("Rscript") else None
    if told and "seconds" in told.stdout:
        ms = float(told.stdout.split()[-1]) * 1e3 / 20
        print(f"\nCOINr: {ms:.0f} ms a replicate of ASEM (of 20), {ms * 1e5 / ours['asem']['all_threads_ms']:.0f} times ours")
    else:
        print("\nCOINr is not here, and was not measured.")


if __name__ == "__main__":
    main()
