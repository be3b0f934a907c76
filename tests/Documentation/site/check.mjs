// Looks at the documentation's web site in a browser, as its readers do: node check.mjs CHROMIUM SITE
// Each page is opened wide and narrow, light and dark. Nothing may be loaded from elsewhere, no link may lead nowhere, axe may find no
// violation of WCAG 2.2 AA, and no page may have to be scrolled sideways. The search has to find a word, also where the pages are files.

import { readFile } from "node:fs/promises";
import { readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { extname, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [program, site] = process.argv.slice(2);
if (!program) throw new Error("usage: node check.mjs SITE CHROMIUM");

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const base = "/qcw/"; // GitHub serves a project's pages below its name
const widths = [1280, 390];
const schemes = ["light", "dark"];
const word = "volume";
const pageWithWord = "docs/using-podman.html";
const noPage = "docs/adr/no-such-page.html";
const types = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".png": "image/png", ".txt": "text/plain" };

const problems = new Set();
const files = readdirSync(site, { recursive: true }).filter((name) => statSync(join(site, name)).isFile())
  .map((name) => name.split(sep).join("/")).sort();
const pages = files.filter((name) => name.endsWith(".html"));
const anchors = new Map();
const links = [];

const server = createServer(async (request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  let name = path.startsWith(base) ? path.slice(base.length) : "";
  if (name === "" || name.endsWith("/")) name += "index.html";
  const found = path.startsWith(base) && files.includes(name);
  response.writeHead(found ? 200 : 404, { "content-type": types[found ? extname(name) : ".html"] ?? "application/octet-stream" });
  response.end(await readFile(join(site, found ? name : "404.html")));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const root = pathToFileURL(site.endsWith(sep) ? site : site + sep).href;

const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-dev-shm-usage"] });

const open = async (options = {}) => {
  const context = await browser.newContext({ viewport: { width: widths[0], height: 900 }, ...options });
  const page = await context.newPage();
  const say = (what) => problems.add(`${page.url().replace(origin + base, "").replace(root, "file: ")}: ${what}`);
  page.on("request", (request) => {
    const url = request.url();
    if (![origin, root, "data:"].some((own) => url.startsWith(own))) say(`it asks for ${url}`);
  });
  page.on("requestfailed", (request) => say(`${request.url()} cannot be loaded`));
  page.on("response", (response) => {
    if (response.status() >= 400 && !response.url().endsWith(noPage)) say(`${response.url()}: ${response.status()}`);
  });
  page.on("console", (message) => message.type() === "error" && !message.location().url.endsWith(noPage) && say(message.text()));
  page.on("pageerror", (error) => say(error.message));
  return { context, page, say };
};

const look = async ({ page, say }) => {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) say(`at ${width} pixels it is ${wide} wide`);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate(
        (tags) => axe.run({ runOnly: tags, resultTypes: ["violations"], preload: false }),
        ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
      for (const { id, help, nodes } of violations) {
        say(`${colorScheme}, ${width} pixels: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
      }
    }
  }
};

const visit = async (queue) => {
  const one = await open();
  for (let name; (name = queue.shift());) {
    await one.page.goto(origin + base + name);
    const { title, lang, ids, hrefs } = await one.page.evaluate(() => ({
      title: document.title,
      lang: document.documentElement.lang,
      ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
      hrefs: [...document.querySelectorAll("a[href]")].map((element) => element.href),
    }));
    if (!title || lang !== "en") one.say(`title "${title}", language "${lang}"`);
    anchors.set(name, ids);
    links.push(...hrefs.filter((href) => href.startsWith(origin)).map((href) => [name, href.slice(origin.length)]));
    await one.page.evaluate(axe);
    await look(one);
  }
  await one.context.close();
};

const search = async (start) => {
  const one = await open();
  await one.page.goto(start);
  await one.page.fill("input[type=search]", word);
  await one.page.press("input[type=search]", "Enter");
  await one.page.waitForSelector("#search-results a", { timeout: 10_000 }).catch(() => one.say("the search finds nothing"));
  await one.page.waitForFunction(() => /found \d+ page|matching/.test(document.querySelector("#search-results p")?.innerText));
  const hrefs = await one.page.$$eval("#search-results a", (found) => found.map((element) => element.href));
  if (!hrefs.some((href) => href.includes(pageWithWord))) one.say(`${word} is not found in ${pageWithWord}`);
  await one.page.evaluate(axe);
  await look(one);
  await one.context.close();
};

const themeSwitch = async () => {
  const one = await open({ colorScheme: "light" });
  await one.page.goto(origin + base);
  const background = () => one.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await one.page.click(".switch");
  const dark = await background();
  if (light === dark) one.say("the switch between light and dark changes nothing");
  await one.page.goto(origin + base + pageWithWord);
  if ((await background()) !== dark) one.say("what the switch was set to is forgotten on the next page");
  await one.context.close();
};

const missing = async () => {
  const one = await open();
  const answer = await one.page.goto(origin + base + noPage);
  if (answer.status() !== 404 || !(await one.page.title()).startsWith("No such page")) one.say("it is not the page for what is missing");
  await one.context.close();
};

try {
  const queue = [...pages];
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, () => visit(queue)));
  await search(origin + base);
  await search(root + "index.html");
  await themeSwitch();
  await missing();
} finally {
  await browser.close();
  server.close();
}

for (const [from, link] of links) {
  const [path, anchor] = link.slice(base.length).split("#");
  const name = decodeURIComponent(path.split("?")[0]) || "index.html";
  if (!link.startsWith(base) || !files.includes(name)) problems.add(`${from}: the link to ${link} leads nowhere`);
  else if (anchor && !anchors.get(name)?.includes(decodeURIComponent(anchor))) problems.add(`${from}: ${name} has no ${anchor}`);
}

for (const problem of [...problems].sort()) console.log(problem);
console.log(`${pages.length} pages, ${links.length} links, ${problems.size} problems`);
process.exitCode = problems.size > 0 ? 1 : 0;
