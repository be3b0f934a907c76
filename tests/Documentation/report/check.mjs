// Looks at reports in a browser, as people do: node check.mjs CHROMIUM PICTURES PAGE...
// Each page is opened wide and narrow, light and dark, and without JavaScript. Nothing may be loaded from elsewhere, no script may run, axe
// may find no violation of WCAG 2.2 AA, no page may have to be scrolled sideways, and the Nu HTML checker may have nothing to say.
// PICTURES is a folder for screenshots, or a hyphen for none.

import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [program, pictures, ...pages] = process.argv.slice(2);
if (pages.length === 0) throw new Error("usage: node check.mjs CHROMIUM PICTURES|- PAGE...");

const load = createRequire(import.meta.url);
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");
const widths = [1280, 390];
const schemes = ["light", "dark"];
const mostBytes = 300_000;
const mostMilliseconds = 200;
const problems = [];

const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-dev-shm-usage"] });

// the policy of the page forbids scripts: the one that looks for violations comes in beside it
const open = async (file, javaScriptEnabled) => {
  const context = await browser.newContext({ viewport: { width: widths[0], height: 900 }, javaScriptEnabled, bypassCSP: javaScriptEnabled });
  const page = await context.newPage();
  const say = (what) => problems.push(`${file}: ${what}`);
  const own = pathToFileURL(file).href;
  page.on("request", (request) => request.url() !== own && say(`it asks for ${request.url()}`));
  page.on("console", (message) => message.type() === "error" && say(message.text()));
  page.on("pageerror", (error) => say(error.message));
  page.on("dialog", (dialog) => { say(`it opens a dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(own);
  return { context, page, say };
};

const text = (page) => page.locator("body").innerText();

for (const file of pages) {
  const bytes = statSync(file).size;
  if (bytes >= mostBytes) problems.push(`${file}: it has ${bytes} bytes, more than ${mostBytes}`);

  const { context, page, say } = await open(file, true);
  const drawn = await page.evaluate(() => Math.round(performance.getEntriesByType("navigation")[0].domComplete));
  const { scripts, handlers, title, lang } = await page.evaluate(() => ({
    scripts: document.scripts.length,
    handlers: [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some(({ name }) => name.startsWith("on"))).length,
    title: document.title,
    lang: document.documentElement.lang,
  }));
  if (scripts + handlers > 0) say(`${scripts} scripts and ${handlers} elements with handlers are in it`);
  if (!title || lang !== "en") say(`title "${title}", language "${lang}"`);

  await page.evaluate(axe);
  for (const isOpen of [false, true]) {
    if (isOpen) await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        if (wide > width) say(`at ${width} pixels it is ${wide} wide`);
        const { violations } = await page.evaluate(
          (tags) => axe.run({ runOnly: tags, resultTypes: ["violations"], preload: false }),
          ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
        for (const { id, help, nodes } of violations) {
          say(`${colorScheme}, ${width} pixels: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
        }

        if (!isOpen && pictures !== "-") {
          await page.screenshot({ path: join(pictures, `${basename(file, ".html")}-${width}-${colorScheme}.png`), fullPage: true });
        }
      }
    }
  }

  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = false; }));
  const withScripts = await text(page);
  await context.close();

  const without = await open(file, false);
  const plain = await text(without.page);
  await without.context.close();
  const seen = (words) => words.replace(/\s+/g, " ").length;
  if (seen(plain) < seen(withScripts)) problems.push(`${file}: without JavaScript it shows less`);
  console.log(`${basename(file)}: ${bytes} bytes, loaded in ${drawn} ms`);
  if (drawn >= mostMilliseconds) problems.push(`${file}: it takes ${drawn} ms, more than ${mostMilliseconds}`);
}

await browser.close();
try {
  execFileSync("java", ["-jar", load.resolve("vnu-jar/build/dist/vnu.jar"), "--format", "text", ...pages], { stdio: "pipe" });
} catch (error) {
  problems.push(...String(error.stderr).trim().split("\n"));
}

for (const problem of problems) console.log(problem);
console.log(`${pages.length} pages, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
