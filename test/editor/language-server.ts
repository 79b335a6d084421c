import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);

/** Zero-based, as the protocol counts. */
interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Completion {
  readonly label: string;
  readonly documentation: string;
}

export interface Problem {
  readonly message: string;
  readonly line: number;
}

/** A real yaml-language-server, as an editor starts it and talks to it: JSON-RPC over standard input and output. */
export interface LanguageServer {
  /** Opens a text as if it were in `file`, and waits for what the server says is wrong with it. */
  open(file: string, text: string): Promise<readonly Problem[]>;
  complete(file: string, position: Position): Promise<readonly Completion[]>;
  /** Null where there is nothing to say. */
  hover(file: string, position: Position): Promise<string | null>;
  close(): Promise<void>;
}

type Markup = string | { readonly value: string };
interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export async function startLanguageServer(folder: string): Promise<LanguageServer> {
  const manifest = require.resolve("yaml-language-server/package.json");
  const server = spawn(
    process.execPath,
    [join(dirname(manifest), "bin", "yaml-language-server"), "--stdio"],
    {
      cwd: folder,
    },
  );
  const waiting = new Map<number, (message: Message) => void>();
  const published = new Map<string, (problems: readonly Problem[]) => void>();
  let requests = 0;

  readMessages(server, (message) => {
    if (message.method === undefined) waiting.get(Number(message.id))?.(message);
    else if (message.method === "textDocument/publishDiagnostics") publish(message.params as Published);
    else if (message.id !== undefined) send({ id: message.id, result: answer(message) });
  });

  await request("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: {
      textDocument: {
        completion: { completionItem: { documentationFormat: ["markdown"] } },
        hover: { contentFormat: ["markdown"] },
      },
      workspace: { configuration: true },
    },
  });
  send({ method: "initialized", params: {} });

  return {
    open(file, text) {
      const uri = pathToFileURL(file).href;
      const problems = new Promise<readonly Problem[]>((resolve) => {
        published.set(uri, resolve);
      });
      send({
        method: "textDocument/didOpen",
        params: { textDocument: { uri, languageId: "yaml", version: 1, text } },
      });
      return problems;
    },
    async complete(file, position) {
      const result = (await request("textDocument/completion", at(file, position))) as {
        readonly items: readonly { readonly label: string; readonly documentation?: Markup }[];
      };
      return result.items.map(({ label, documentation }) => ({
        label,
        documentation: textOf(documentation),
      }));
    },
    async hover(file, position) {
      const result = (await request("textDocument/hover", at(file, position))) as {
        readonly contents: Markup;
      } | null;
      return result && textOf(result.contents);
    },
    async close() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      await request("shutdown", null);
      send({ method: "exit" });
      server.stdin.end();
      await ended;
    },
  };

  interface Published {
    readonly uri: string;
    readonly diagnostics: readonly {
      readonly message: string;
      readonly range: { readonly start: Position };
    }[];
  }

  function publish({ uri, diagnostics }: Published): void {
    published.get(uri)?.(diagnostics.map(({ message, range }) => ({ message, line: range.start.line })));
  }

  function request(method: string, params: unknown): Promise<unknown> {
    requests += 1;
    const id = requests;
    return new Promise((resolve, reject) => {
      server.once("exit", (code) => reject(new Error(`the language server ended with ${code}`)));
      waiting.set(id, ({ result, error }) =>
        error === undefined ? resolve(result) : reject(new Error(`${method}: ${error.message}`)),
      );
      send({ id, method, params });
    });
  }

  function send(message: object): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }
}

/** What an editor with default settings, and without the schema store, answers to the server's own requests. */
function answer({ method, params }: Message): unknown {
  if (method !== "workspace/configuration") return null;
  const yaml = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };
  return (params as { readonly items: readonly { readonly section: string }[] }).items.map(({ section }) =>
    section === "yaml" ? yaml : {},
  );
}

function readMessages(server: ChildProcessWithoutNullStreams, take: (message: Message) => void): void {
  let buffer = Buffer.alloc(0);
  server.stdout.on("data", (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const headerEnd = buffer.indexOf("\r\n\r\n");
      const length = /Content-Length: (\d+)/i.exec(buffer.toString("latin1", 0, Math.max(headerEnd, 0)))?.[1];
      const bodyStart = headerEnd + 4;
      const bodyEnd = bodyStart + Number(length);
      if (length === undefined || buffer.length < bodyEnd) return;
      const body = buffer.toString("utf8", bodyStart, bodyEnd);
      buffer = buffer.subarray(bodyEnd);
      take(JSON.parse(body));
    }
  });
}

function at(file: string, position: Position): object {
  return { textDocument: { uri: pathToFileURL(file).href }, position };
}

function textOf(markup: Markup | undefined): string {
  return typeof markup === "string" ? markup : (markup?.value ?? "");
}
