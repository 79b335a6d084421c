import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Loopback {
  readonly url: string;
  readonly received: readonly Received[];
}

/** How a request is answered: a status, or whatever a test does with the response. */
type Reply = number | ((response: ServerResponse, body: string) => void);

/** A server of this machine that keeps what it gets; replies in turn, the last one for all that come later. */
export async function loopback(...replies: readonly Reply[]): Promise<Loopback> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      received.push({ path: request.url ?? "", headers: request.headers, body });
      const reply = replies[Math.min(received.length, replies.length) - 1] ?? 200;
      if (typeof reply === "function") reply(response, body);
      else response.writeHead(reply).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}
