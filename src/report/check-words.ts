import type { Analysis, Check } from "../verdict/generated/analysis.ts";
import { formatCount, formatPercent, formatQuantity, statePValue } from "../verdict/number-format.ts";
import type { Reason } from "./result.ts";

type CheckName = Check["check"];

/** What each check looks at, in a few words. */
export const CHECK_NAMES: Readonly<Record<CheckName, string>> = {
  "sequential-srm": "Split, watched daily",
  "srm-by-day": "Split by day",
  "date-gaps": "Missing days",
  "srm-by-breakdown": "Split by attribute",
  "uneven-exclusions": "Exclusions per variant",
  "other-spec": "Plan of the exposures",
  "assignment-audit": "Assignment",
  "covariate-imbalance": "Balance before exposure",
  novelty: "Days since exposure",
  "surprising-effect": "Size of the effect",
  "stale-source": "Freshness of events",
  "silent-metrics": "Metrics without events",
  "joined-events": "Ids of events",
  "early-events": "Events before exposure",
  "repeated-rows": "Repeated rows",
  "experiments-interact": "Other experiments",
};

/** How the checks that never decide went, each by name once; of a name the worst counts. */
export interface CheckOverview {
  readonly passed: readonly string[];
  /** Those that the data were too few or too different for. */
  readonly untold: readonly string[];
  readonly warned: readonly Check[];
  /** Keys of experiments that share units with this one and were too many to be compared with. */
  readonly unseen: readonly string[];
}

export function overviewOf({ health: { checks = [] } }: Analysis): CheckOverview {
  const warned = checks.filter(({ status }) => status === "warning");
  const namesOf = (status: Check["status"], others: readonly string[]) => {
    const names = checks
      .filter((check) => check.status === status && !isUnseen(check))
      .map(({ check }) => CHECK_NAMES[check]);
    return [...new Set(names)].filter((name) => !others.includes(name));
  };
  const loud = warned.map(({ check }) => CHECK_NAMES[check]);
  const passed = namesOf("ok", loud);
  const unseen = checks.flatMap((check) => (isUnseen(check) ? [check.experiment] : []));
  return { passed, untold: namesOf("not-computable", [...loud, ...passed]), warned, unseen };
}

function isUnseen(check: Check): check is Extract<Check, { check: "experiments-interact" }> {
  return (
    check.check === "experiments-interact" && check.status === "not-computable" && check.units.length === 0
  );
}

/** The overview in a line, none where no check was made. */
export function checkItems(
  analysis: Analysis,
): readonly { readonly name: string; readonly text: string; readonly warns: boolean }[] {
  const { passed, untold, warned, unseen } = overviewOf(analysis);
  if (passed.length + untold.length + warned.length === 0) return [];
  const names = [...new Set(warned.map(({ check }) => CHECK_NAMES[check]))];
  const parts = [
    `${passed.length} more passed`,
    ...(names.length > 0
      ? [`${names.length} warn${names.length === 1 ? "s" : ""} (${names.join(", ").toLowerCase()})`]
      : []),
    ...(untold.length > 0 ? [`${untold.length} cannot be told from these data`] : []),
    ...(unseen.length > 0
      ? [
          `${unseen.length} other ${unseen.length === 1 ? "experiment" : "experiments"} with the same units not looked at`,
        ]
      : []),
  ];
  return [{ name: "checks", text: parts.join(", "), warns: names.length > 0 }];
}

interface Found {
  readonly reason: Reason;
  /** `Checkout conversion, one-page`. */
  readonly subject: string;
}

/** The checks' warnings as sentences: what was found, and where to look. */
export const CHECK_SENTENCES: Readonly<
  Record<Exclude<CheckName, "sequential-srm" | "joined-events">, (found: Found) => string>
> = {
  "srm-by-day": ({ reason }) =>
    `The split of the units that came on ${text(reason.day)} looks uneven (${p(reason)}). Look for a deployment or an outage that met one variant.`,
  "date-gaps": ({ reason }) =>
    `${days(reason.days)} without a unit where units should have come, first ${text(reason.day)} in ${text(reason.variants)}: look whether logging was down.`,
  "srm-by-breakdown": ({ reason }) =>
    `The split looks uneven among units with ${text(reason.attribute)} ${attributeValue(reason)} (${p(reason)}). Something that depends on it loses units of a variant.`,
  "uneven-exclusions": ({ reason }) =>
    `Exposures were left out of the variants unevenly: ${text(reason.reason)} (${p(reason)}). What they are left out by depends on the variant.`,
  "other-spec": ({ reason }) =>
    `${count(reason.rows)} exposures (${share(reason.share)}) were logged under another plan than the one that is analysed.`,
  "assignment-audit": ({ reason }) => auditSentence(reason),
  "covariate-imbalance": ({ subject, reason }) =>
    `${subject}: the units differed before their exposure already (${p(reason)}), more than chance explains. Look whether exposure is logged alike in all variants.`,
  novelty: ({ subject, reason }) =>
    `${subject}: the effect changes with the days since exposure (${p(reason)}). It may wear off, or need time to show.`,
  "surprising-effect": ({ subject, reason }) =>
    `${subject}: the effect is ${quantity(reason.times)} times the MDE. What looks most interesting is usually an error: check the logging before celebrating.`,
  "stale-source": ({ reason }) =>
    `The rows of ${text(reason.source)} stop ${count(reason.hoursBehind)} hours before the data that decide: units look idle whose events are yet to come.`,
  "silent-metrics": ({ reason }) =>
    `No unit of any variant has ${text(reason.metrics)}: look whether the data call their events as the project does, and whether the ids match those of the exposures.`,
  "early-events": ({ reason }) =>
    `The share of units that had events of ${text(reason.source)} before their exposure differs between variants (${p(reason)}). Exposure is logged earlier or later in one of them.`,
  "repeated-rows": ({ reason }) =>
    `${count(reason.repeated)} of ${count(reason.rows)} rows of ${text(reason.source)} that were looked at repeat another one, of the same unit, instant and event. Each counts.`,
  "experiments-interact": ({ reason, subject }) => interactionSentence(reason, subject),
};

function auditSentence({ basis, checked, different, unassigned }: Reason): string {
  const wrong =
    (typeof different === "number" ? different : 0) + (typeof unassigned === "number" ? unassigned : 0);
  const none =
    typeof unassigned === "number" && unassigned > 0 ? `, ${count(unassigned)} of them with none` : "";
  const only = basis === "draw" ? " (by the draw alone: not all attributes are logged)" : "";
  return `${formatCount(wrong)} of ${count(checked)} units were logged with another variant than the plan's assignment gives them${none}${only}.`;
}

function interactionSentence({ experiment, independence, pValue }: Reason, subject: string): string {
  if (typeof independence === "number" && (typeof pValue !== "number" || independence < pValue))
    return `The variants that units have here and in ${text(experiment)} are not independent (${statePValue(independence)}): its effects show up here as ours.`;
  return `${subject}: the effect depends on the unit's variant in ${text(experiment)} (${statePValue(typeof pValue === "number" ? pValue : null)}).`;
}

function attributeValue({ value, other }: Reason): string {
  if (other === true) return "of rarer values";
  return typeof value === "string" ? `“${value}”` : "unknown";
}

type Cell = Reason[string];

function p({ pValue }: Reason): string {
  return statePValue(typeof pValue === "number" ? pValue : null);
}

function text(cell: Cell): string {
  return typeof cell === "string" ? cell : "unknown";
}

function count(cell: Cell): string {
  return typeof cell === "number" ? formatCount(cell) : "Some";
}

function days(cell: Cell): string {
  return cell === 1 ? "A day" : `${count(cell)} days`;
}

function share(cell: Cell): string {
  return formatPercent(typeof cell === "number" ? cell : null);
}

function quantity(cell: Cell): string {
  return formatQuantity(typeof cell === "number" ? cell : null, 2);
}
