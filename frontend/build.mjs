// Turns the sources in this folder into src/bedside/web/static/build: style sheet, scripts, fonts and the icon sprite.
// Rooms add their own css/pages/ROOM.css and js/rooms/ROOM.js; both are found here by their place alone.
import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const web = join(here, "..", "src", "bedside", "web");
const out = join(web, "static", "build");
const target = ["chrome123", "firefox121", "safari17.5"];

async function filesOf(folder, ending) {
  const names = await readdir(join(here, folder)).catch(() => []);
  return names.filter((name) => name.endsWith(ending)).sort().map((name) => `./${folder}/${name}`);
}

// The licenses of everything that went into the bundles travel with them.
async function notices(bundles) {
  const inputs = bundles.flatMap((bundle) => Object.keys(bundle.metafile.inputs));
  const found = inputs.map((input) => input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]).filter(Boolean);
  const names = [...new Set([...found, "lucide-static"])].sort();
  const texts = await Promise.all(names.map(async (name) => {
    const folder = join(here, "node_modules", name);
    const license = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
    const { version, license: short } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    return `${name} ${version}\n\n${license ? await readFile(join(folder, license), "utf8") : short}`;
  }));
  await writeFile(join(out, "NOTICES.txt"), texts.join(`\n\n${"=".repeat(80)}\n\n`));
}

async function styles() {
  const pages = await filesOf("css/pages", ".css");
  const source = ["./css/app.css"].map((file) => `@import "${file}";`)
    .concat(pages.map((file) => `@import "${file}" layer(pages);`)).join("\n");
  return build({
    metafile: true,
    stdin: { contents: source, resolveDir: here, loader: "css", sourcefile: "app.css" },
    outfile: join(out, "app.css"),
    bundle: true, minify: true, target, logLevel: "warning", legalComments: "none",
    loader: { ".woff2": "file" }, assetNames: "fonts/[name]-[hash]",
  });
}

async function scripts() {
  const rooms = await filesOf("js/rooms", ".js");
  const source = ["./js/app.js", ...rooms].map((file) => `import "${file}";`).join("\n");
  const bundle = await build({
    metafile: true,
    stdin: { contents: source, resolveDir: here, loader: "js", sourcefile: "app.js" },
    outdir: out, entryNames: "app", chunkNames: "part-[name]-[hash]",
    bundle: true, minify: true, splitting: true, format: "esm", target, logLevel: "warning", legalComments: "none",
  });
  await build({
    entryPoints: [join(here, "js", "theme-first.js")], outdir: out,
    bundle: true, minify: true, format: "iife", target, logLevel: "warning",
  });
  return bundle;
}

async function sprite() {
  const names = JSON.parse(await readFile(join(web, "icons.json"), "utf8"));
  const symbols = await Promise.all(Object.entries(names).map(async ([ours, theirs]) => {
    const file = join(here, "node_modules", "lucide-static", "icons", `${theirs}.svg`);
    const svg = await readFile(file, "utf8").catch(() => {
      throw new Error(`icons.json names "${theirs}" for "${ours}", but lucide-static has no such icon.`);
    });
    const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return `<symbol id="${ours}" viewBox="0 0 24 24">${shapes.replace(/\s+/g, " ").trim()}</symbol>`;
  }));
  const note = "<!-- Icons from Lucide (ISC license); see NOTICES.txt beside this file. -->";
  await writeFile(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${note}${symbols.join("")}</svg>\n`);
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const [css, js] = await Promise.all([styles(), scripts(), sprite()]);
await notices([css, js]);
