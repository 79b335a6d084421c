import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

/** What a bundler makes of an app, as one module: for a browser and minified, or as it is. */
export async function bundleApp(folder, code, minify = true) {
  const entry = join(folder, "app.ts");
  const build = await rolldown({
    input: entry,
    platform: "browser",
    logLevel: "silent",
    plugins: [
      {
        name: "app",
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? code : null),
      },
    ],
  });
  const { output } = await build.generate({ format: "es", minify, codeSplitting: false });
  await build.close();
  return output[0].code;
}

export function gzippedBytes(code) {
  return gzipSync(code, { level: 9 }).length;
}
