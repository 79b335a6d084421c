// Loaded before a program: appends what its process used to the file that RESOURCE_USAGE names.
import { appendFileSync } from "node:fs";

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
  appendFileSync(process.env.RESOURCE_USAGE, `${JSON.stringify(usage)}\n`);
});
