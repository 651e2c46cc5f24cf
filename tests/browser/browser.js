// Starts the program on the demonstration workspace and a headless browser; both are stopped when the tests end.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const program = process.env.RAPPORTEUR;
if (!program) throw new Error("set RAPPORTEUR to the binary, as `make test-browser` does");

const candidates = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = candidates.find((path) => path && existsSync(path));
if (!executablePath) throw new Error("expected Chromium, found none; install it, or name it in CHROMIUM");

/** Builds the demonstration workspace, serves it, and resolves to its address and a function that stops it. */
export async function serve() {
  const folder = join(mkdtempSync(join(tmpdir(), "rapporteur-browser-")), "demo");
  const built = spawnSync(program, ["--quiet", "demo", "--build-only", folder], { encoding: "utf8" });
  if (built.status !== 0) throw new Error(`demo --build-only ended with ${built.status}: ${built.stderr}`);
  const server = spawn(program, ["--quiet", "--workspace", folder, "serve", "--bind", "127.0.0.1:0"]);
  let errors = "";
  server.stderr.on("data", (part) => (errors += part));
  const address = await new Promise((resolve, reject) => {
    server.stdout.once("data", (line) => resolve(String(line).trim().replace(/\/$/, "")));
    server.once("exit", (code) => reject(new Error(`serve ended with ${code}: ${errors}`)));
  });
  return { address, stop: () => server.kill("SIGINT") };
}

export function launch() {
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}
