import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { bundledCommandLine } from "../../bundled-command-line.ts";
import { caseProject, fairtrial, type Outcome, temporaryFolder, writeFiles } from "../../command-line.ts";
import { load } from "./observe.ts";
import { type ProxyOptions, type RunningProxy, selfSigned, startProxy } from "./proxy.ts";
import { hasClickhouse, PASSWORD, type Server, startServers } from "./servers.ts";

const TABLES = {
  exposures: ["exposures", "user String, experiment String, variant String, time DateTime64(3, 'UTC')"],
  app: ["events", "user String, event String, amount Nullable(Float64), time DateTime64(3, 'UTC')"],
} as const;

/** A project whose tables are on the server of an address, which is asked by a user. */
function projectAt(url: string, user: string): string {
  const root = caseProject("first-exposure");
  const text = readFileSync(join(root, "experiments/project.yaml"), "utf8")
    .replace("engine: duckdb", `engine: clickhouse\n  clickhouse: { url: "${url}", user: ${user} }`)
    .replace("from: data/exposures.csv", "from: { table: default.exposures }")
    .replace("from: data/events.csv", "from: { table: default.app }");
  writeFiles(root, { "experiments/project.yaml": text });
  return root;
}

describe.skipIf(!hasClickhouse())("a server far away", () => {
  let server!: Server;
  const { main } = bundledCommandLine();
  const proxies: RunningProxy[] = [];
  beforeAll(async () => {
    [server] = (await startServers(1)) as [Server];
    const data = join(caseProject("first-exposure"), "data");
    for (const [name, [file, columns]] of Object.entries(TABLES)) {
      await load([server], { name, columns, path: join(data, `${file}.csv`), format: "CSVWithNames" });
    }
    vi.stubEnv("FAIRTRIAL_CLICKHOUSE_PASSWORD", PASSWORD);
  }, 60_000);
  afterEach(async () => {
    for (const proxy of proxies.splice(0)) await proxy.close();
  });

  async function proxyOf(options: ProxyOptions): Promise<RunningProxy> {
    const proxy = await startProxy(server.url, options);
    proxies.push(proxy);
    return proxy;
  }

  /** Nothing is said of the data, nothing of the password, and the problem is where the YAML names the server. */
  async function expectRefusal({ code, stdout, stderr }: Outcome, words: RegExp): Promise<void> {
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(words);
    expect(stderr).toMatch(/experiments\/project\.yaml:\d+/);
    expect(stderr.match(/^error/gm)).toHaveLength(1);
    expect(stderr).not.toContain(PASSWORD);
    expect(stderr).not.toContain(encodeURIComponent(PASSWORD));
    expect(stderr).not.toContain(Buffer.from(`reader:${PASSWORD}`).toString("base64"));
    expect(stderr).not.toMatch(/\n +at /);
  }

  /** Temporary tables that are on the server. */
  async function expectNothingLeft(): Promise<void> {
    const left =
      "select count() from system.parts where active and database = '_temporary_and_external_tables'";
    expect((await server.ask(left)).trim()).toBe("0");
  }

  test("is asked over TLS whose authority NODE_EXTRA_CA_CERTS names, with the password of the environment", async () => {
    const certificate = selfSigned(temporaryFolder());
    const { url } = await proxyOf({ certificate });
    const root = projectAt(url, "reader");
    const plain = await fairtrial(projectAt(server.url, "reader"), "analyze", "--format", "json");
    const found = await new Promise<Outcome>((resolve) => {
      const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate.cert };
      const args = [main, "analyze", "--format", "json", "--cwd", root];
      execFile(process.execPath, args, { env }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });
    expect([found.code, found.stderr]).toEqual([0, plain.stderr]);
    const metrics = (text: string) => JSON.parse(text)[0].metrics;
    expect(metrics(found.stdout)).toEqual(metrics(plain.stdout));
    expect(metrics(found.stdout).length).toBeGreaterThan(0);
  });

  test("is not trusted with a certificate that nobody signed", async () => {
    const { url, requests } = await proxyOf({ certificate: selfSigned(temporaryFolder()) });
    const refused = await fairtrial(projectAt(url, "reader"), "analyze");
    await expectRefusal(refused, /certificate of https:\/\/127\.0\.0\.1:\d+ .*NODE_EXTRA_CA_CERTS/);
    expect(requests()).toBe(0);
  });

  test("is not asked over TLS where it speaks none", async () => {
    const url = server.url.replace("http:", "https:");
    await expectRefusal(await fairtrial(projectAt(url, "reader"), "analyze"), /speaks no TLS/);
  });

  test("refuses a password", async () => {
    vi.stubEnv("FAIRTRIAL_CLICKHOUSE_PASSWORD", `${PASSWORD}x`);
    const refused = await fairtrial(projectAt(server.url, "reader"), "analyze");
    vi.stubEnv("FAIRTRIAL_CLICKHOUSE_PASSWORD", PASSWORD);
    await expectRefusal(refused, /refuses the user "reader" or the password/);
  });

  test("refuses a user who may only read", async () => {
    const refused = await fairtrial(projectAt(server.url, "locked"), "analyze");
    await expectRefusal(refused, /"locked" is read-only .*readonly = 2/);
    await expectNothingLeft();
  });

  test("reads more rows than the user may", async () => {
    const refused = await fairtrial(projectAt(server.url, "lenient"), "analyze");
    await expectRefusal(refused, /Limit for rows/);
    await expectNothingLeft();
  });

  test.each([1, 2, 5, 12, 20])("dies in the middle of answer %d", async (dying) => {
    const { url, requests } = await proxyOf({ isCut: (answer) => answer === dying });
    const cut = await fairtrial(projectAt(url, "reader"), "analyze");
    await expectRefusal(cut, /connection to ClickHouse at http.* was cut before the answer was there/);
    await expectNothingLeft();
    expect(requests()).toBeGreaterThanOrEqual(dying);
  });

  // The last: where nothing more may be asked, its table cannot be dropped before the session ends.
  test("stops when a quota is used up", async () => {
    const refused = await fairtrial(projectAt(server.url, "metered"), "analyze");
    await expectRefusal(refused, /a quota of ClickHouse at http.* is used up/);
  });
});
