import { Command } from "commander";
import type { CommandFactory } from "../command.ts";
import { EXIT } from "../exit.ts";
import { formatOption } from "../format.ts";
import { loadProject } from "../load-project.ts";

/** Sample sizes, durations and layers, from the files alone. */
export const planCommand: CommandFactory = (terminal, finish) =>
  new Command("plan")
    .description("how many units and days each experiment needs, and what it can find by week")
    .addOption(formatOption("pretty", "json"))
    .action(async ({ cwd, format }: { cwd: string; format: string }) => {
      const loaded = await loadProject(cwd, terminal);
      if (!loaded) return finish(EXIT.findings);
      if (format === "json") terminal.print(JSON.stringify(loaded.plan, null, 2));
      else {
        const { renderPlan } = await import("../../report.ts");
        terminal.print(renderPlan(loaded.plan, loaded.project, { color: terminal.color }));
      }
      finish(EXIT.done);
    });
