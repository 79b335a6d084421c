import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fairtrial, repository, workedExample, writeFiles } from "../command-line.ts";

const PROJECT = "experiments/project.yaml";
const integrations = join(repository, "src", "integrations");
const APP = readFileSync(join(import.meta.dirname, "fixtures", "documents-app.d.ts"), "utf8");

/** Code that a document shows. */
interface Block {
  readonly language: string;
  readonly text: string;
  /** Of its first line. */
  readonly line: number;
}

describe("the code that documents show", () => {
  const pages = readdirSync(join(repository, "docs"))
    .filter((name) => name.endsWith(".md") && codeOf(`docs/${name}`).length > 0)
    .map((name) => `docs/${name}`);

  test("is found", () => {
    expect(pages).toContain("docs/react.md");
    expect(pages.flatMap(codeOf).length).toBeGreaterThan(15);
  });

  test("compiles over the worked example", async () => {
    const app = await appWith(workedExample());
    expect(compile(app, pages)).toBe("");
  });

  test("is told where it is wrong: the check itself can fail", async () => {
    const app = await appWith(workedExample());
    const errors = compile(app, pages, (text) =>
      text.replace(/onePageCheckout|createExperiments|createRequestAssigner/g, "$&Gone"),
    );
    for (const page of pages) expect(errors).toContain(fileOf(page));
  });

  test("compiles over the experiment of the README, where it is the README's", async () => {
    const example = blocksOf("README.md").find(({ language }) => language === "yaml");
    const [, path] = /^# (experiments\/\S+\.yaml)$/m.exec(example!.text)!;
    const folder = workedExample();
    writeFiles(folder, { [path!]: example!.text });
    const app = await appWith(folder);
    expect(compile(app, ["README.md"])).toBe("");
    expect(compile(app, ["README.md"], (text) => text.replace('"US"', '"FR"'))).toContain("README.");
  });
});

function blocksOf(page: string): readonly Block[] {
  const document = readFileSync(join(repository, page), "utf8");
  return [...document.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(({ 1: language, 2: text, index }) => ({
    language: language!,
    text: text!,
    line: document.slice(0, index).split("\n").length + 1,
  }));
}

function codeOf(page: string): readonly Block[] {
  return blocksOf(page).filter(({ language }) => /^tsx?$/.test(language));
}

/** Builds a project with all its integrations copied, beside what the documents leave to the reader. */
async function appWith(folder: string): Promise<string> {
  const project = readFileSync(join(folder, PROJECT), "utf8");
  const copied = readdirSync(integrations).filter((name) =>
    readdirSync(join(integrations, name)).includes("index.ts"),
  );
  writeFiles(folder, { [PROJECT]: `${project}emit:\n  integrations: [${copied.join(", ")}]\n` });
  expect(await fairtrial(folder, "build")).toMatchObject({ code: 0 });
  writeFiles(folder, { "package.json": '{ "type": "module" }', "documents-app.d.ts": APP });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  return folder;
}

function fileOf(page: string): string {
  return page.replace("/", ".").replace(/\.md$/, "");
}

/** What the compiler says of the code of pages, by the lines of the page. */
function compile(folder: string, pages: readonly string[], change = (text: string) => text): string {
  const files = pages.flatMap((page) =>
    codeOf(page).map(({ line, text }) => [
      `${fileOf(page)}.${line}.tsx`,
      `${"\n".repeat(line - 1)}${change(text)}export {};\n`,
    ]),
  );
  writeFiles(folder, {
    ...Object.fromEntries(files),
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        strict: true,
        exactOptionalPropertyTypes: true,
        target: "ES2022",
        lib: ["ES2022", "DOM", "DOM.Iterable"],
        module: "NodeNext",
        jsx: "react-jsx",
        types: ["node"],
        skipLibCheck: true,
        noEmit: true,
        allowImportingTsExtensions: true,
        paths: { "fairtrial/*": [`${integrations}/*/index.ts`] },
      },
      files: ["documents-app.d.ts", ...files.map(([path]) => path)],
    }),
  });
  const tsc = join(repository, "node_modules", "typescript", "bin", "tsc");
  try {
    return execFileSync(process.execPath, [tsc, "-p", folder], {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}
