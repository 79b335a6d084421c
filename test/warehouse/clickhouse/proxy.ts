import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/** What stands between a client and a server. */
export interface RunningProxy {
  readonly url: string;
  /** Requests of sessions so far. */
  readonly requests: () => number;
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** Path of a certificate and its key, for https. */
  readonly certificate?: Certificate;
  /** The answers, counted from 1, of which half is sent before the connection is cut. */
  readonly isCut?: (answer: number) => boolean;
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate that nobody signed but itself, for 127.0.0.1. */
export function selfSigned(folder: string): Certificate {
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...kind, ...subject, "-keyout", key, "-out", cert], {
    stdio: "ignore",
  });
  return { cert, key };
}

/** Passes all on to a server, at a port of its own on loopback. */
export async function startProxy(target: string, options: ProxyOptions = {}): Promise<RunningProxy> {
  const { certificate, isCut = () => false } = options;
  let count = 0;
  const pass = (asked: IncomingMessage, answer: ServerResponse) => {
    const { method, headers, url = "/" } = asked;
    // Beside the session a slow query is asked how far it is, by chance more or less often.
    const isOfSession = url.includes("session_id=");
    if (isOfSession) count += 1;
    const isLost = isOfSession && isCut(count);
    const forwarded = request(new URL(url, target), { method, headers }, (found) => {
      const parts: Buffer[] = [];
      found.on("data", (part: Buffer) => parts.push(part));
      found.on("end", () => {
        const body = Buffer.concat(parts);
        const { "transfer-encoding": _, ...rest } = found.headers;
        answer.writeHead(found.statusCode ?? 500, {
          ...rest,
          "content-length": isLost ? body.length + 1 : body.length,
        });
        if (!isLost) answer.end(body);
        else answer.write(body.subarray(0, body.length / 2 + 1), () => answer.destroy());
      });
    });
    forwarded.on("error", () => answer.destroy());
    asked.pipe(forwarded);
  };
  const server: Server = certificate
    ? createTlsServer({ cert: readFileSync(certificate.cert), key: readFileSync(certificate.key) }, pass)
    : createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${certificate ? "https" : "http"}://127.0.0.1:${port}`,
    requests: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
