// Reads bills of materials strictly, each package URL and each licence in them: node validate.mjs FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { Spec, Validation } = require("@cyclonedx/cyclonedx-library");
const { PackageURL } = require("packageurl-js");
const parseLicence = require("spdx-expression-parse");

const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
const problems = [];

function look(file, node) {
  if (node === null || typeof node !== "object") return;
  for (const [key, value] of Object.entries(node)) {
    try {
      if (key === "purl") PackageURL.fromString(value);
      if (key === "expression") parseLicence(value);
    } catch (problem) {
      problems.push(`${file}: ${key} ${value}: ${problem.message}`);
    }
    look(file, value);
  }
}

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const error = await validator.validate(text);
  if (error) problems.push(`${file}: ${JSON.stringify(error)}`);
  look(file, JSON.parse(text));
}

console.error(problems.join("\n"));
process.exit(problems.length === 0 ? 0 : 1);
