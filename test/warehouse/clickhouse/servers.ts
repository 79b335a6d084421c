import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A ClickHouse server on loopback. */
export interface Server {
  readonly url: string;
  readonly tcpPort: number;
  /** The text of the answer; throws the server's words where it refuses. */
  ask(text: string): Promise<string>;
  /** As a power cut would. */
  kill(): Promise<void>;
}

/** Name of the cluster of all servers that were started together. */
export const CLUSTER = "shards";

export const LIBRARY = join(import.meta.dirname, "node_modules/@chdb/lib-linux-x64-gnu/libchdb.so");

/** Whether servers can be started. Where they must be and cannot, that is an error; where they need not, it is said. */
export function hasClickhouse(): boolean {
  const problem = missing();
  if (problem === null) return true;
  if (process.env.FAIRTRIAL_REQUIRE_CLICKHOUSE) throw new Error(problem);
  console.warn(`Skipped all tests on ClickHouse: ${problem}`);
  return false;
}

function missing(): string | null {
  if (!existsSync(LIBRARY)) return "no engine; npm ci --prefix test/warehouse/clickhouse brings it";
  try {
    execFileSync("python3", ["-c", "import ctypes"], { stdio: "ignore" });
    return null;
  } catch {
    return "no python3, which starts it";
  }
}

const servers: RunningServer[] = [];
const folders: string[] = [];
afterAll(async () => {
  await Promise.all(servers.splice(0).map((server) => server.kill()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/**
 * Starts servers that know one another as the shards of `CLUSTER`, and removes them after the tests of the file. A
 * test run that dies takes its servers along; the next one removes their folders.
 */
export async function startServers(count: number): Promise<readonly Server[]> {
  removeFoldersOfTheDead();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  folders.push(folder);
  for (let attempt = 1; ; attempt++) {
    const ports = await freePorts(2 * count);
    const tcpPorts = ports.slice(count);
    const started = tcpPorts.map((tcpPort, index) =>
      startServer(join(folder, `${attempt}-${index}`), ports[index]!, tcpPort, tcpPorts),
    );
    servers.push(...started);
    const problems = await Promise.all(started.map((server) => server.ready()));
    const problem = problems.find((each) => each !== null);
    if (problem === undefined) return started;
    await Promise.all(started.map((server) => server.kill()));
    // Somebody else may have taken a port in the meantime.
    if (attempt === 3) throw new Error(`ClickHouse did not start: ${problem}`);
  }
}

const PREFIX = "fairtrial-clickhouse-";

function removeFoldersOfTheDead(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, owner] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? [];
    if (owner !== undefined && !existsSync(`/proc/${owner}`))
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

interface RunningServer extends Server {
  /** Null once it answers, or why it never will. */
  ready(): Promise<string | null>;
}

function startServer(
  folder: string,
  httpPort: number,
  tcpPort: number,
  shards: readonly number[],
): RunningServer {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "users.xml"), USERS);
  writeFileSync(join(folder, "config.xml"), configuration(join(folder, "users.xml"), shards));
  const log = join(folder, "log");
  const child = spawn(
    "python3",
    [
      join(import.meta.dirname, "launch.py"),
      LIBRARY,
      `--config-file=${join(folder, "config.xml")}`,
      `--path=${join(folder, "data")}`,
      `--http_port=${httpPort}`,
      `--tcp_port=${tcpPort}`,
      "--listen_host=127.0.0.1",
      "--query",
      LISTEN,
    ],
    { stdio: ["ignore", "ignore", openSync(log, "w")] },
  );
  const url = `http://127.0.0.1:${httpPort}`;
  return {
    url,
    tcpPort,
    async ask(text) {
      const answer = await fetch(url, { method: "POST", body: text });
      const body = await answer.text();
      if (!answer.ok) throw new Error(body);
      return body;
    },
    kill: () => ended(child, () => child.kill("SIGKILL")),
    async ready() {
      for (let tries = 0; tries < 400; tries++) {
        if (child.exitCode !== null || child.signalCode !== null) return readFileSync(log, "utf8");
        const answer = await fetch(`${url}/ping`).catch(() => null);
        if (answer?.ok) return null;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return `no answer at ${url}`;
    },
  };
}

/** Listens for as long as anybody needs it: the library has no server of its own, only a query that lasts. */
const LISTEN = [
  "system start listen http",
  "system start listen tcp",
  "select sleepEachRow(3) from numbers(100000) settings max_block_size = 1, function_sleep_max_microseconds_per_block = 10000000 format Null",
].join("; ");

function ended(child: ChildProcess, end: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    end();
  });
}

/** The password is part of the tests: it holds what a shell, XML and an address would trip over. */
export const PASSWORD = `s3 cret'&"<%`;

/** `default` is the launcher's own and has none. */
const USERS = `<clickhouse>
  <profiles>
    <default/>
    <reader><readonly>2</readonly></reader>
    <locked><readonly>1</readonly></locked>
    <lenient>
      <skip_unavailable_shards>1</skip_unavailable_shards>
      <max_rows_to_read>10</max_rows_to_read>
      <read_overflow_mode>break</read_overflow_mode>
      <transform_null_in>1</transform_null_in>
      <aggregate_functions_null_for_empty>1</aggregate_functions_null_for_empty>
    </lenient>
  </profiles>
  <quotas>
    <default/>
    <metered><interval><duration>3600</duration><queries>8</queries></interval></metered>
  </quotas>
  <users>
    ${user("default", "", "default")}
    ${user("reader", PASSWORD, "reader")}
    ${user("locked", PASSWORD, "locked")}
    ${user("lenient", PASSWORD, "lenient")}
    ${user("metered", PASSWORD, "reader", "metered")}
  </users>
</clickhouse>
`;

function user(name: string, password: string, profile: string, quota = "default"): string {
  return `<${name}>
      <password>${password.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</password>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>${profile}</profile><quota>${quota}</quota>
    </${name}>`;
}

function configuration(users: string, shards: readonly number[]): string {
  const replicas = shards.map(
    (port) => `<shard><replica><host>127.0.0.1</host><port>${port}</port></replica></shard>`,
  );
  return `<clickhouse>
  <users_config>${users}</users_config>
  <remote_servers><${CLUSTER}>${replicas.join("")}</${CLUSTER}></remote_servers>
</clickhouse>
`;
}

/** All at once, so that they differ. */
async function freePorts(count: number): Promise<readonly number[]> {
  const listeners = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const listener = createServer();
          listener.once("error", reject).listen(0, "127.0.0.1", () => resolve(listener));
        }),
    ),
  );
  const ports = listeners.map((listener) => (listener.address() as { readonly port: number }).port);
  await Promise.all(listeners.map((listener) => new Promise((resolve) => listener.close(resolve))));
  return ports;
}
