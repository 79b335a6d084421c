import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../command-line.ts";

const folder = join(repository, "src", "integrations");
const entryPoints = readdirSync(folder)
  .filter((name) => existsSync(join(folder, name, "index.ts")))
  .sort();
const readJson = (path: string) => JSON.parse(readFileSync(join(repository, path), "utf8"));

test("every integration is an entry point of the package, and no other folder is", () => {
  const { exports } = readJson("package.json");
  const listed = Object.keys(exports).filter((path) =>
    JSON.stringify(exports[path]).includes("./dist/integrations/"),
  );
  expect(listed.sort()).toEqual(entryPoints.map((name) => `./${name}`));
  for (const name of entryPoints)
    expect(exports[`./${name}`]).toMatchObject({
      types: `./dist/integrations/${name}/index.d.ts`,
      default: `./dist/integrations/${name}/index.js`,
    });
});

test("every integration can be copied by its name", () => {
  const { emit } = readJson("schema/project.schema.json").properties;
  expect(emit.properties.integrations.items.enum).toEqual(entryPoints);
});

/** What the warehouse imports, and no integration. */
const WAREHOUSE = "@clickhouse/client";

test("what integrations import from others is an optional peer, so that nobody installs what is not used", () => {
  const { dependencies, peerDependencies, peerDependenciesMeta } = readJson("package.json");
  const imported = readdirSync(folder, { encoding: "utf8", recursive: true })
    .filter((path) => path.endsWith(".ts"))
    .flatMap((path) => [...readFileSync(join(folder, path), "utf8").matchAll(/ from "([^".][^"]*)"/g)])
    .map(([, module]) => module!)
    .filter((module) => !module.startsWith("node:"));
  const packages = [...new Set(imported)].map((module) => /^(?:@[^/]+\/)?[^/]+/.exec(module)![0]).sort();
  expect(packages).toEqual(
    Object.keys(peerDependencies)
      .filter((name) => name !== WAREHOUSE)
      .sort(),
  );
  for (const name of packages) {
    expect(peerDependenciesMeta[name]).toEqual({ optional: true });
    expect(dependencies).not.toHaveProperty([name]);
  }
});
