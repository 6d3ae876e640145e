/**
 * Copies the socket.io client and the licences of all that is in it from node_modules to this folder.
 * Run it with `npm run vendor`. It must never change a byte of what it copies: SHA256SUMS shows that it did not.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const LIBRARY = "socket.io-client";
const BUNDLED = [LIBRARY, "socket.io-parser", "engine.io-client", "engine.io-parser", "@socket.io/component-emitter"];

const here = (name) => new URL(name, import.meta.url);
const installed = (name) => new URL(`../../node_modules/${name}`, import.meta.url);
const manifest = (name) => JSON.parse(readFileSync(installed(`${name}/package.json`), "utf8"));

function licence(name) {
  const { version, license } = manifest(name);
  return `${name} ${version} (${license})\n\n${readFileSync(installed(`${name}/LICENSE`), "utf8").trim()}\n`;
}

const source = readFileSync(installed(`${LIBRARY}/dist/socket.io.esm.min.js`));
writeFileSync(here("socket.io.esm.min.js"), source);
writeFileSync(here("LICENSE.txt"), BUNDLED.map(licence).join("\n---\n\n"));
writeFileSync(here("SHA256SUMS"), `${createHash("sha256").update(source).digest("hex")}  socket.io.esm.min.js\n`);
