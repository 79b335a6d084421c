import type { IncomingMessage, ServerResponse } from "node:http";
import { renderToString } from "react-dom/server";
import { App, type PageData, type Visitor } from "./app.js";
import { createExperiments, everyExperiment } from "./generated/index.js";
import { createRequestAssigner, nodeRequest, writeHeaders } from "./generated/integrations/server/index.js";

const experiments = createExperiments({ experiments: everyExperiment });
const assignerOf = createRequestAssigner({
  experiments,
  context: ({ id }): Visitor => ({ userId: id, country: "US" }),
});

/** Answers with the page; `?delay` says how long its messages gather. */
export async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { context: visitor, ...assigner } = await assignerOf(nodeRequest(request));
  const delay = Number(new URL(request.url ?? "", "http://localhost").searchParams.get("delay") ?? 1000);
  const data: PageData = { visitor, assigned: experiments.assignAll(visitor), delay };
  writeHeaders(assigner, response);
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Books</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
<div id="root">${renderToString(<App experiments={experiments} visitor={visitor} />)}</div>
<script type="application/json" id="data">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>
<script type="module" src="/browser.js"></script>
</html>`);
}
