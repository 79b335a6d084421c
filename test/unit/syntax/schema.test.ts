import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const kinds = ["project", "experiment", "metric", "audience"];

type Json = { readonly [key: string]: unknown };

describe.each(kinds)("schema/%s.schema.json", (kind) => {
  const schema = JSON.parse(readFileSync(join(root, `schema/${kind}.schema.json`), "utf8")) as Json;
  const nodes = nodesOf(schema, "#");

  test("describes every node, for whoever hovers over it", () => {
    const definitions = schema.definitions as Record<string, Json>;
    const silent = nodes.filter(([, node]) => {
      const target = definitions[String(node.$ref).replace("#/definitions/", "")];
      return !(node.description ?? target?.description);
    });
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  test("names every key of every mapping, or says how they are spelled", () => {
    const open = nodes.filter(([, node]) => {
      if (node.type !== "object" || node.additionalProperties === false) return false;
      return node.propertyNames === undefined && node.discriminator === undefined;
    });
    expect(open.map(([path]) => path)).toEqual(
      kind === "experiment" ? ["#/definitions/variant/properties/params"] : [],
    );
  });

  test("words what every pattern expects", () => {
    const wordless = nodes.filter(
      ([, node]) => node.pattern !== undefined && !String(node.errorMessage).startsWith("expected "),
    );
    expect(wordless.map(([path]) => path)).toEqual([]);
  });

  test("has at most one form per JSON type where a value has several", () => {
    const definitions = schema.definitions as Record<string, Json>;
    const typesOf = (node: Json): readonly unknown[] =>
      [(definitions[String(node.$ref).replace("#/definitions/", "")] ?? node).type].flat();
    for (const [path, node] of nodes) {
      const types = ((node.anyOf ?? []) as readonly Json[]).flatMap(typesOf);
      expect([path, types]).toEqual([path, [...new Set(types)]]);
      expect(types).not.toContain(undefined);
    }
  });
});

describe("the derived files", () => {
  let copy: string;
  const derive = (folder: string, ...options: string[]) =>
    spawnSync(process.execPath, [join(folder, "scripts/derive-schema.mjs"), ...options], {
      encoding: "utf8",
    });

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "fairtrial-schema-"));
    for (const path of [
      "schema",
      "scripts/derive-schema.mjs",
      "src/syntax/generated",
      "src/verdict/generated",
    ]) {
      cpSync(join(root, path), join(copy, path), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  test("are what the schemas say", () => {
    const { status, stderr } = derive(root, "--check");
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  test("fail the check when a schema has changed, with the command that mends it, which does", () => {
    const path = join(copy, "schema/metric.schema.json");
    writeFileSync(path, readFileSync(path, "utf8").replace('"higher"', '"up"'));
    const failed = derive(copy, "--check");
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain("src/syntax/generated/documents.ts");
    expect(failed.stderr).toContain("npm run schema");
    expect(derive(copy).status).toBe(0);
    expect(derive(copy, "--check").status).toBe(0);
  });
});

/** Every schema within a schema, with its path. */
function nodesOf(schema: Json, path: string): readonly (readonly [string, Json])[] {
  const single = ["items", "additionalProperties", "propertyNames"].flatMap((key) =>
    typeof schema[key] === "object" ? [[key, schema[key] as Json] as const] : [],
  );
  const lists = ["anyOf", "oneOf"].flatMap((key) =>
    ((schema[key] ?? []) as readonly Json[]).map((node, index) => [`${key}/${index}`, node] as const),
  );
  const maps = ["properties", "definitions"].flatMap((key) =>
    Object.entries((schema[key] ?? {}) as Record<string, Json>).map(
      ([name, node]) => [`${key}/${name}`, node] as const,
    ),
  );
  return [
    [path, schema],
    ...[...single, ...lists, ...maps].flatMap(([step, node]) => nodesOf(node, `${path}/${step}`)),
  ];
}
