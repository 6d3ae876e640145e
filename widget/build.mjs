/**
 * Bundles the element into one file and its source map: `make widget`, or `node widget/build.mjs [folder]`.
 * The same sources must always become the same bytes: paths in the map are the project's own, wherever it is written to.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const LICENCES = "/*! Ask First, Apache-2.0. With the socket.io client, MIT: see vendor/LICENSE.txt beside this folder. */";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = process.argv[2] ?? join(root, "widget", "dist");

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ["widget/ask-first-chat.js"],
  outfile: "widget/dist/ask-first-chat.min.js",
  bundle: true,
  minify: true,
  sourcemap: true,
  sourcesContent: false, // the sources are served beside it
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: { js: LICENCES },
  logLevel: "warning",
  write: false,
});

mkdirSync(folder, { recursive: true });
for (const { path, contents } of outputFiles) writeFileSync(join(folder, basename(path)), contents);
