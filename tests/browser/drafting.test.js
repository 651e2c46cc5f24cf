// Drafting in a browser: deciding with keys, seeing what a decision would make, taking it back, and without scripts; statements of credit.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, serve } from "./browser.js";

const draft = "/drafting/made-resolution-12";
let site, browser;

before(async () => {
  site = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  site?.stop();
});

/** Opens an address in a context of its own; the page must not complain. */
async function open(address, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(site.address + address);
  return { page, close: () => context.close().then(() => assert.deepEqual(complaints, [])) };
}

const nBracketed = async (page) => (await page.locator("table.drafting").last().innerText()).split("[M1-250605: ").length;
const nOpen = async (page) => Number(await page.locator("#open").innerText());

test("conflicts are decided with keys, shown before they are decided, and taken back", async () => {
  const { page, close } = await open(draft);
  const [before, bracketed] = [await nOpen(page), await nBracketed(page)];
  assert.ok(before >= 3, `the draft has conflicts: ${before}`);
  await page.keyboard.press("j");
  const card = page.locator("article.candidate").first();
  const take = card.locator("button.take").last();
  await take.focus();
  const preview = card.locator(".preview table");
  await preview.waitFor();
  assert.ok((await preview.innerText()).includes("M1-250605"), "the preview names who proposed it");
  assert.equal(await nOpen(page), before, "nothing is decided by looking");

  const id = await card.getAttribute("id");
  await Promise.all([page.waitForURL(/#next$/), page.keyboard.press("2")]);
  await page.waitForLoadState();
  assert.equal(await nOpen(page), before - 1);
  assert.equal(await page.locator(`#${id}`).count(), 0, "what is decided does not wait");
  assert.equal(await nBracketed(page), bracketed - 1, "no brackets are left where it was decided");
  assert.ok((await page.getByRole("heading", { name: "Decided" }).count()) === 1);

  await Promise.all([page.waitForResponse((answer) => answer.request().method() === "GET"), page.keyboard.press("u")]);
  await page.waitForLoadState();
  assert.equal(await nOpen(page), before, "the last decision is taken back");
  await close();
});

test("own words are shown in place while they are typed", async () => {
  const { page, close } = await open(draft);
  await page.keyboard.press("j");
  await page.keyboard.press("e");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("to publish the outcome of a yearly session with industry");
  const preview = page.locator("article.candidate").first().locator(".preview");
  await preview.locator("ins", { hasText: "yearly" }).first().waitFor();
  await close();
});

test("without scripts a decision is a button, and so is taking it back", async () => {
  const { page, close } = await open(draft, { javaScriptEnabled: false });
  const before = await nOpen(page);
  const card = page.locator("article.candidate").last();
  await card.getByLabel("Why").fill("both are wanted");
  await card.getByRole("button", { name: "Keep both" }).click();
  assert.equal(await nOpen(page), before - 1);
  assert.match(await page.locator("x-drafting").innerText(), /because both are wanted/);
  await page.getByRole("button", { name: "Undo the last decision" }).click();
  assert.equal(await nOpen(page), before);
  await close();
});

test("every file of a draft can be downloaded", async () => {
  const html = await (await fetch(site.address + draft)).text();
  const links = [...html.matchAll(/href="([^"]+\/file\/[a-z]+)"/g)].map((match) => match[1]);
  assert.equal(links.length, 6);
  for (const link of links) {
    const answer = await fetch(site.address + link);
    assert.equal(answer.status, 200, link);
    assert.ok((await answer.arrayBuffer()).byteLength > 300, link);
  }
});

test("a share of words leads to a statement with its own look, and that to its clauses", async () => {
  const { page, close } = await open("/credit/made-resolution-12");
  await page.getByRole("link", { name: "M1-250605" }).last().click();
  await page.waitForURL(/statement/);
  assert.match(await page.locator("h1").innerText(), /M1-250605/);
  assert.match(await page.locator("table").last().innerText(), /resolves|record|registries/);
  const font = await page.evaluate(() => getComputedStyle(document.body).fontFamily);
  assert.equal(font, "serif", "the style of the statement is not forbidden by the policy of the site");
  await close();
});
