import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { integrationSources, runtimeSources } from "../../src/cli/package.ts";
import { readProjectFiles } from "../../src/cli/project-files.ts";
import { detectImports } from "../../src/cli/starter/detect-imports.ts";
import { type Attributes, compile, emit, manifestEntry, traceAssignment } from "../../src/compile.ts";
import type { Arm } from "../../src/runtime/index.ts";
import { repository, writeFiles } from "../command-line.ts";
import { folder } from "./tools.ts";

/** How specifiers end in the emitted code, and in the app's own. */
export type ImportStyle = "js" | "none" | "ts";

const KEY = "one-page-checkout";
const { project, plan } = compile(readProjectFiles(repository));
if (project === null || plan === null) throw new Error("the worked example does not compile");

const contexts = Array.from({ length: 60 }, (_, index) => ({
  userId: `u-${index}`,
  appVersion: index % 7 === 0 ? "4.1.9" : "4.3.0",
  country: (["US", "CA", "GB"] as const)[index % 3],
  employee: index % 20 === 19,
  plan: index % 8 === 0 ? ("free" as const) : ("pro" as const),
}));

/** The arm of the worked example that the command line explains from the files. */
export function explainedArm(context: Attributes): Arm {
  const experiment = project!.experiments.find(({ key }) => key === KEY)!;
  return traceAssignment(manifestEntry(experiment, project!), context).arm;
}

/** What the app prints: every unit's variant. */
export const expected: string = contexts
  .map((context) => {
    const { variant, params } = explainedArm(context);
    return `${variant ?? "none"}=${(params as { readonly steps: number }).steps}`;
  })
  .join(" ");

/** What `init` would write into the app's project. */
export function detectedStyle(app: string): ImportStyle {
  return detectImports(app).imports;
}

/**
 * A folder with the worked example's code, and an app that imports one experiment and prints what its units get.
 *
 * @param dependency What the app's manifest says that it is built with.
 * @param integrations Copied beside the runtime.
 */
export function writeApp(
  style: ImportStyle,
  files: Readonly<Record<string, string>>,
  dependency = "typescript",
  integrations: readonly string[] = [],
): string {
  const apps = join(folder, ".apps");
  mkdirSync(apps, { recursive: true });
  // Beside `node_modules`: bundlers follow no link to it.
  const app = mkdtempSync(join(apps, "app-"));
  onTestFinished(() => rmSync(app, { recursive: true, force: true }));
  const settings = { ...project!, emit: { ...project!.emit, imports: style, integrations } };
  const emitted = emit(settings, plan!, runtimeSources(), integrationSources(settings));
  writeFiles(app, {
    ...Object.fromEntries(emitted.map(({ path, text }) => [`generated/${path}`, text])),
    "package.json": JSON.stringify({
      type: "module",
      private: true,
      sideEffects: false,
      devDependencies: { [dependency]: "*" },
    }),
    "variants.ts": VARIANTS.replaceAll(
      / from "(.*)";/g,
      (_, path: string) => ` from "${path}${ENDINGS[style]}";`,
    ),
    "main.ts": `import { variants } from "./variants${ENDINGS[style]}";
declare const console: { log(text: string): void };
console.log(variants);
`,
    ...files,
  });
  return app;
}

export function read(app: string, path: string): string {
  return readFileSync(join(app, path), "utf8");
}

const ENDINGS = { js: ".js", none: "", ts: ".ts" } as const;

const VARIANTS = `import {
  assign,
  createExperiments,
  type OnePageCheckoutArm,
  type OnePageCheckoutContext,
  onePageCheckout,
} from "./generated/index";

export const contexts: readonly OnePageCheckoutContext[] = ${JSON.stringify(contexts)};
const experiments = createExperiments();

function steps(arm: OnePageCheckoutArm): 1 | 3 {
  if (arm.variant === "one-page") {
    const fewest: 1 = arm.params.steps;
    return fewest;
  }
  return arm.params.steps;
}

export const variants: string = contexts
  .map((context) => {
    const arm = assign(onePageCheckout, context);
    const logged = experiments.assign(onePageCheckout, context);
    return arm.variant === logged.variant ? \`\${arm.variant ?? "none"}=\${steps(arm)}\` : "differs";
  })
  .join(" ");
`;
