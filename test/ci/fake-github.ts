import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  body: string;
}

/** What GitHub holds: the open pull requests, and the comments of each. */
export interface GithubState {
  pulls: readonly unknown[];
  readonly comments: Map<number, Comment[]>;
}

export interface FakeGithub {
  readonly url: string;
  readonly state: GithubState;
  /** Method and path of every request, with its query. */
  readonly requests: string[];
  /** The `authorization` headers that came. */
  readonly tokens: Set<string>;
  close(): Promise<void>;
}

/** The part of GitHub's REST API that comments need, for the repository `acme/shop`. Anything else is a 404. */
export async function openFakeGithub(): Promise<FakeGithub> {
  const state: GithubState = { pulls: [], comments: new Map() };
  const requests: string[] = [];
  const tokens = new Set<string>();
  let lastId = 100;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://github");
    const route = `${request.method} ${url.pathname}`;
    requests.push(`${route}${url.search}`);
    tokens.add(request.headers.authorization ?? "");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent =
      chunks.length > 0 ? (JSON.parse(Buffer.concat(chunks).toString()) as { body: string }) : null;
    const answer = answerTo(route, url.searchParams, sent);
    response.writeHead(answer === null ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { message: "Not Found" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    requests,
    tokens,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };

  function answerTo(route: string, query: URLSearchParams, sent: { body: string } | null): unknown {
    if (route === "GET /repos/acme/shop/pulls") return state.pulls;
    const listed = /^(GET|POST) \/repos\/acme\/shop\/issues\/(\d+)\/comments$/.exec(route);
    if (listed) {
      const comments = state.comments.get(Number(listed[2])) ?? [];
      if (!sent) {
        const [page, size] = [Number(query.get("page")), Number(query.get("per_page"))];
        return comments.slice((page - 1) * size, page * size);
      }
      lastId += 1;
      const comment = { id: lastId, user: { login: "github-actions[bot]" }, body: sent.body };
      state.comments.set(Number(listed[2]), [...comments, comment]);
      return comment;
    }
    const edited = /^PATCH \/repos\/acme\/shop\/issues\/comments\/(\d+)$/.exec(route);
    const comment = [...state.comments.values()].flat().find(({ id }) => id === Number(edited?.[1]));
    if (!comment || !sent) return null;
    comment.body = sent.body;
    return comment;
  }
}
