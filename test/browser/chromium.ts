import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PATH = process.env.FAIRTRIAL_CHROMIUM ?? "/usr/bin/chromium";

/**
 * Whether there is a browser to test with. Without one the tests are skipped, and say so; with
 * FAIRTRIAL_REQUIRE_BROWSER=1 they run, and fail.
 */
export function hasChromium(): boolean {
  if (existsSync(PATH) || process.env.FAIRTRIAL_REQUIRE_BROWSER === "1") return true;
  console.warn(`SKIPPED: the browser tests, since there is no ${PATH} (apt-get install chromium).`);
  return false;
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
