import { createHash } from "node:crypto";
import { renderSite, type SiteFile } from "../../../src/report/site.ts";
import { experiment, experimentOf, projectOf } from "./sample-project.ts";
import { doNotShip, samples } from "./samples.ts";

export const digest = (text: string): string => createHash("sha256").update(text).digest("base64");

/** The site of all samples, a draft, an experiment without data, and one whose data cannot be read. */
export function sampleSite(): readonly SiteFile[] {
  const decision = {
    ship: "gate_30",
    date: "2026-12-08",
    by: "team-checkout",
    verdict: "do-not-ship",
    why: "Fewer players come back on day 7.",
    evidence: { iteration: 1, spec: "8f3c2e1", asOf: "2026-12-08T00:00:00Z" },
  } as const;
  const experiments = [
    ...samples.map((analysis) => experimentOf(analysis, analysis === doNotShip ? { decision } : {})),
    experiment("bigger-basket", { name: "Bigger basket" }),
    experiment("broken-data", { name: "Broken data", status: "running" }),
    experiment("fresh", { name: "Started this morning", status: "running" }),
  ].sort((a, b) => (a.key < b.key ? -1 : 1));
  return renderSite({
    ...projectOf(experiments),
    analyses: new Map<string, (typeof samples)[number] | { problem: readonly string[] }>([
      ...samples.map((analysis) => [analysis.experiment, analysis] as const),
      ["broken-data", { problem: ["error[data/missing-file]: no file matches data/exposures/*.parquet"] }],
    ]),
    toolVersion: "0.1.0",
    digest,
  });
}
