// Every page, light and dark, wide and narrow, with and without scripts; and the way from a number to its source.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launch, serve } from "./browser.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const draft = "/drafting/made-resolution-12";
let site, browser, pages, member, preview, conflict;

before(async () => {
  site = await serve();
  browser = await launch();
  const rows = (await (await fetch(`${site.address}/engagement.json`)).json()).rows;
  assert.ok(rows.length > 100, `expected more than 100 organisations, found ${rows.length}`);
  member = encodeURIComponent(rows[0].organisation);
  const table = await (await fetch(`${site.address}/explain/documents_contributed/${member}.json`)).json();
  const row = table.rows.find((row) => row.snapshot);
  const pair = (await (await fetch(`${site.address}/review/names.json`)).json()).rows[0];
  preview = `/review/names?op=same-as&a=${encodeURIComponent(pair.a)}&b=${encodeURIComponent(pair.b)}`;
  conflict = /id="c-([0-9a-f]+)"/.exec(await (await fetch(site.address + draft)).text())[1];
  pages = [
    "/",
    "/engagement",
    `/members/${member}`,
    "/evidence",
    "/methods",
    "/methods?body=made",
    "/laboratory",
    "/laboratory?w-outcome=0&who=" + member + "&what=roles_held&more=2",
    "/court",
    "/court/index",
    "/court/index/documents_contributed",
    "/review",
    "/review/names",
    preview,
    "/corrections",
    "/drafting",
    draft,
    `${draft}/preview?conflict=${conflict}&choice=base`,
    "/credit",
    "/credit/made-resolution-12",
    `/who/${member}`,
    `/explain/index/${member}`,
    `/explain/documents_contributed/${member}`,
    `/source/${row.snapshot}?from=${row.start_byte}&to=${row.end_byte}`,
    `/check/${row.snapshot}`,
    `/read/${await documentOf(site.address)}`,
    "/nowhere",
  ];
});

after(async () => {
  await browser?.close();
  site?.stop();
});

/** The id of a snapshot that is a document with something read from it. */
async function documentOf(address) {
  const html = await (await fetch(`${address}/evidence`)).text();
  const ids = new Set([...html.matchAll(/\/source\/([0-9a-f]+)/g)].map((match) => match[1]));
  for (const id of ids) {
    const answer = await fetch(`${address}/read/${id}.json`);
    if (answer.ok && (await answer.json()).organisations?.length > 0) return id;
  }
  assert.fail("no snapshot is a document that names an organisation");
}

/** Runs `look` on a new page of the given kind. */
async function visit(options, address, look) {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const foreign = [];
    page.on("request", (request) => request.url().startsWith(site.address) || foreign.push(request.url()));
    await page.goto(site.address + address);
    await look(page);
    assert.deepEqual(foreign, [], `${address} asks third parties`);
  } finally {
    await context.close();
  }
}

function themed(address, theme) {
  return `${address}${address.includes("?") ? "&" : "?"}theme=${theme}`;
}

for (const theme of ["light", "dark"]) {
  for (const width of [320, 1280]) {
    test(`no page has an accessibility violation, ${theme}, ${width} px`, async () => {
      for (const address of pages) {
        // The checker has to be injected, which the pages' own policy rightly forbids to anybody else.
        await visit({ viewport: { width, height: 900 }, bypassCSP: true }, themed(address, theme), async (page) => {
          await page.addScriptTag({ content: axe });
          const result = await page.evaluate(() => globalThis.axe.run());
          const found = result.violations.map((violation) => `${violation.id}: ${violation.nodes[0].html.slice(0, 200)}`);
          assert.deepEqual(found, [], `${address} ${theme} ${width}`);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(overflow <= 0, `${address} scrolls sideways by ${overflow} px at ${width} px`);
        });
      }
    });
  }
}

test("without scripts every page answers its question", async () => {
  for (const address of pages.filter((page) => page !== "/nowhere")) {
    await visit({ javaScriptEnabled: false }, address, async (page) => {
      const answer = await page.locator("p.answer").innerText();
      assert.ok(answer.length > 20, `${address} answers "${answer}"`);
      assert.ok((await page.locator("footer.truth dd").count()) > 0, `${address} says what stands behind it`);
    });
  }
});

test("two clicks lead from a number on the member page to the highlighted row of the source", async () => {
  await visit({ javaScriptEnabled: false }, `/members/${member}`, async (page) => {
    const number = page.locator("table", { hasText: "The parts of the score" }).locator("td.num a").first();
    assert.match(await number.innerText(), /\d/);
    await number.click();
    const place = page.locator("table", { hasText: "every place leads to the source" }).locator("tbody td a").first();
    const document = await place.innerText();
    await place.click();
    const marked = page.locator("#place mark").first();
    assert.ok(await marked.isVisible(), "the row is marked");
    const row = await page.locator("#place").innerText();
    assert.ok(row.includes(document), `the marked row "${row}" holds ${document}`);
    assert.ok(page.url().endsWith("#place"));
  });
});

test("a source stands side by side with what was read from it", async () => {
  const source = pages.find((page) => page.startsWith("/source/"));
  await visit({ javaScriptEnabled: false }, source, async (page) => {
    await page.locator("p.answer a", { hasText: "What was read from where" }).click();
    const read = page.locator("table.check tbody tr", { hasText: "submitted" }).first();
    assert.match(await read.locator("td").nth(0).innerText(), /^\d+$/);
    assert.ok((await page.locator("table.check tbody tr").count()) > 10, "the whole source is shown");
  });
});

test("a document shows what was read from it, and every row leads to its words", async () => {
  const address = pages.find((page) => page.startsWith("/read/"));
  await visit({ javaScriptEnabled: false }, address, async (page) => {
    assert.ok((await page.locator("ul.legend li").count()) > 0, "a legend tells the kinds apart");
    assert.ok((await page.locator(".document .m .what").first().innerText()).length > 2, "every mark is labelled");
    const words = page.locator("#found-organisation tbody td a").first();
    const said = await words.innerText();
    await words.click();
    const mark = page.locator(new URL(page.url()).hash);
    assert.ok((await mark.innerText()).replace(/\s+/g, " ").includes(said), `the mark holds "${said}"`);
  });
  const answer = await (await fetch(`${site.address}${address}.json`)).json();
  assert.equal(answer.schema, "sdo-gold/1");
});

test("a document on the member page leads to its row with one click", async () => {
  await visit({}, `/members/${member}`, async (page) => {
    const link = page.locator("table", { hasText: "Documents after their revisions" }).locator("tbody td a").first();
    const document = await link.innerText();
    await link.click();
    assert.ok((await page.locator("#place").innerText()).includes(document));
  });
});

test("every picture has a name, a description and a table with the same links", async () => {
  for (const address of pages.slice(0, 4)) {
    await visit({}, address, async (page) => {
      const pictures = page.locator("figure.main svg.chart");
      assert.ok((await pictures.count()) >= 1, `${address} has a picture`);
      for (const part of ["title", "desc"]) {
        const text = await pictures.first().locator(part).first().textContent();
        assert.ok(text.length > 5, `${address}: ${part} "${text}"`);
      }
      assert.ok((await page.locator("figure.main details.twin table tbody tr").count()) > 0, `${address} has a table twin`);
    });
  }
});

test("filters are a form and stay in the address", async () => {
  await visit({ javaScriptEnabled: false }, "/engagement", async (page) => {
    await page.locator("form.filters summary").click();
    const choices = await page.locator("select[name=period] option").allInnerTexts();
    await page.locator("select[name=period]").selectOption({ index: choices.length - 1 });
    await page.locator("form.filters button").click();
    assert.match(page.url(), new RegExp(`period=${choices.at(-1)}`));
    assert.match(await page.locator("p.answer").innerText(), new RegExp(choices.at(-1)));
    await page.locator("a.chip", { hasText: "Period" }).click();
    assert.doesNotMatch(page.url(), /period=\d/);
  });
});

/** How many readings wait. */
async function waiting(page) {
  return Number(await page.locator("#waiting").innerText());
}

test("a slider moves the ranking, the address holds it, and without scripts a button does the same", async () => {
  const told = /With these choices (\d+) of (\d+) organisations/;
  await visit({}, "/laboratory", async (page) => {
    assert.equal((await page.locator("p.answer").innerText()).match(told)[1], "0", "the published weights change nothing");
    const slider = page.getByLabel("whole dimension").first();
    await slider.focus();
    await Promise.all([page.waitForURL(/w-engagement=0/), slider.press("Home")]);
    assert.notEqual((await page.locator("p.answer").innerText()).match(told)[1], "0");
    assert.equal(await page.locator('output[for="w-engagement"]').innerText(), "0");
  });
  await visit({ javaScriptEnabled: false }, "/laboratory?w-engagement=0", async (page) => {
    await page.locator("#who").fill(decodeURIComponent(member));
    await page.locator("#what").selectOption("roles_held");
    await page.locator("#more").fill("3");
    await page.getByRole("button", { name: "Compute" }).click();
    const answer = await page.locator("p.answer").innerText();
    const [, now, before] = answer.match(/would have ([\d.]+) instead of ([\d.]+)/);
    assert.notEqual(now, before);
    assert.match(page.url(), /w-engagement=0/, "the weights stay");
  });
});

test("the court leads from all metrics to one, and from a pair to a verdict", async () => {
  await visit({ javaScriptEnabled: false }, "/court", async (page) => {
    assert.ok((await page.locator("table tbody tr").count()) >= 8, "at least eight metrics are judged");
    await page.getByRole("link", { name: "documents contributed", exact: true }).click();
    const gaming = page.locator("table", { hasText: "Simulated attacks" });
    assert.ok((await gaming.locator("tbody tr").count()) >= 7, "seven attacks are tried");
    await page.goBack();
    await page.getByRole("link", { name: "the index with documents contributed" }).click();
    assert.match(await page.locator("p.answer").innerText(), /dominates|Undecided/);
  });
});

test("one accepts a reading with a key, the count falls, and another key takes it back", async () => {
  await visit({}, "/review", async (page) => {
    const before = await waiting(page);
    assert.ok(before > 0, "the made-up body has readings that wait");
    const first = await page.locator("article.candidate h2").first().innerText();
    await page.keyboard.press("j");
    await Promise.all([page.waitForURL(/#next$/), page.keyboard.press("a")]);
    assert.equal(await waiting(page), before - 1);
    assert.match(await page.locator("ul.log li").first().innerText(), /a visitor of the demonstration: accept/);
    assert.ok(await page.evaluate(() => document.activeElement.matches("article.candidate")), "the next one has the focus");
    await Promise.all([page.waitForResponse((answer) => answer.request().method() === "GET"), page.keyboard.press("u")]);
    await page.waitForLoadState();
    assert.equal(await waiting(page), before);
    assert.equal(await page.locator("article.candidate h2").first().innerText(), first);
  });
});

test("without scripts a reading is corrected and rejected by its forms, with a reason", async () => {
  await visit({ javaScriptEnabled: false }, "/review", async (page) => {
    const before = await waiting(page);
    const card = page.locator("article.candidate").first();
    await card.locator("details summary").click();
    await card.locator("input[name=status]").fill("as corrected");
    await card.locator("details form button").click();
    assert.equal(await waiting(page), before - 1);
    const next = page.locator("article.candidate").first();
    await next.locator("input[name=reason]").fill("only announced");
    await next.locator("form", { hasText: "Why not" }).locator("button").click();
    assert.equal(await waiting(page), before - 2);
    assert.match(await page.locator("ul.log li").first().innerText(), /because only announced/);
    for (const _ of [1, 2]) await page.locator("ul.log form.undo button").first().click();
    assert.equal(await waiting(page), before);
  });
});

test("keys are left alone while one types, and open what needs words", async () => {
  await visit({}, "/review", async (page) => {
    const before = await waiting(page);
    await page.keyboard.press("r");
    await page.keyboard.type("aka");
    const reason = page.locator("article.candidate input[name=reason]").first();
    assert.equal(await reason.inputValue(), "aka");
    await page.keyboard.press("Escape");
    await page.keyboard.press("c");
    assert.ok(await page.locator("article.candidate details").first().evaluate((details) => details.open));
    assert.equal(await waiting(page), before);
  });
});

test("a pair of names is made one with two keys, after a look at what moves, and taken back with a third", async () => {
  await visit({}, "/review/names", async (page) => {
    const before = await waiting(page);
    assert.ok(before > 0, "the made-up body has names that are alike");
    const first = await page.locator("article.candidate h2").first().innerText();
    await Promise.all([page.waitForURL(/op=same-as/), page.keyboard.press("a")]);
    assert.match(await page.locator("p.answer").innerText(), /names? stands? for another organisation/);
    assert.ok((await page.locator("table", { hasText: "What would change" }).locator("tbody tr").count()) > 0);
    await Promise.all([page.waitForURL(/names#next$/), page.keyboard.press("a")]);
    assert.ok((await waiting(page)) < before, "the pair is settled");
    await Promise.all([page.waitForResponse((answer) => answer.request().method() === "GET"), page.keyboard.press("u")]);
    await page.waitForLoadState();
    assert.equal(await waiting(page), before);
    assert.equal(await page.locator("article.candidate h2").first().innerText(), first);
  });
});

test("without scripts two names are parted, and everybody can read what was corrected and what it moved", async () => {
  await visit({ javaScriptEnabled: false }, "/review/names", async (page) => {
    const before = await waiting(page);
    await page.locator("article.candidate").first().getByRole("button", { name: "Two organisations" }).click();
    assert.equal(await waiting(page), before - 1);
    assert.match(await page.locator("ul.log li").first().innerText(), / is not /);
    await page.goto(`${site.address}/corrections`);
    const line = page.locator("ul.changes li").first();
    assert.match(await line.innerText(), / is not .*, by a reviewer holds/, "persons are not named unless the settings say so");
    await line.locator("a", { hasText: "what it moved" }).click();
    assert.match(await page.locator("p.answer").innerText(), /Because of it 0 names/);
    await page.goto(`${site.address}/review/names`);
    await page.locator("ul.log form.undo button").first().click();
    assert.equal(await waiting(page), before);
  });
});

test("one click on the page of an organisation leads to every claim about it", async () => {
  await visit({ javaScriptEnabled: false }, `/members/${member}`, async (page) => {
    await page.locator("a", { hasText: "Every claim" }).click();
    const spelt = page.locator("table", { hasText: "Every way in which sources write it" }).locator("tbody tr");
    assert.ok((await spelt.count()) > 0);
    await page.locator("table", { hasText: "Sources that name it" }).locator("tbody a").first().click();
    assert.ok(await page.locator("#place").isVisible(), "the place in the source is shown");
  });
  const data = await (await fetch(`${site.address}/who/${member}.json`)).json();
  assert.ok(!Object.keys(data.rows[0]).includes("person"), "no names of persons");
});

test("a decision from another site is refused", async () => {
  const send = (headers) =>
    fetch(`${site.address}/review`, { method: "POST", headers, body: "verdict=accept&fact=0", redirect: "manual" });
  const form = { "content-type": "application/x-www-form-urlencoded" };
  assert.equal((await send(form)).status, 403);
  const name = { method: "POST", headers: form, body: "op=reject&a=Acme", redirect: "manual" };
  assert.equal((await fetch(`${site.address}/review/names`, name)).status, 403);
  assert.equal((await send({ ...form, origin: "http://evil.example" })).status, 403);
  assert.equal((await send({ ...form, origin: site.address })).status, 400, "ours, but with a wrong id");
  const other = await fetch(`${site.address}/evidence`, { method: "POST", headers: { origin: site.address } });
  assert.equal(other.status, 405);
});

describe("the same address gives the data", () => {
  test(".json and .csv hold the same rows, .svg is a picture", async () => {
    for (const address of pages.slice(0, 4)) {
      const stem = address === "/" ? "/pulse" : address;
      const json = await (await fetch(`${site.address}${stem}.json`)).json();
      const csv = await (await fetch(`${site.address}${stem}.csv`)).text();
      assert.ok(json.rows.length > 0, `${address} has rows`);
      assert.equal(csv.trimEnd().split(/\r?\n/)[0].split(",").length, Object.keys(json.rows[0]).length);
      const svg = await fetch(`${site.address}${stem}.svg`);
      assert.equal(svg.headers.get("content-type"), "image/svg+xml");
      assert.match(await svg.text(), /^<svg[^>]*role="(img|group)"[^>]*aria-labelledby/);
    }
  });

  test("a misspelt parameter is refused, an unknown organisation is not found", async () => {
    assert.equal((await fetch(`${site.address}/engagement?boddy=x`)).status, 400);
    const answer = await fetch(`${site.address}/members/no-such-organisation.json`);
    assert.equal(answer.status, 404);
    assert.equal((await answer.json()).code, 4);
  });
});

test("made-up data is called made-up on every page that shows it", async () => {
  for (const address of pages.filter((page) => !["/methods", "/nowhere"].includes(page))) {
    await visit({}, address, async (page) => {
      assert.match(await page.locator(".made-up-band").innerText(), /made-up data/i, address);
    });
  }
});
