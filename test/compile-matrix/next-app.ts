import { folder } from "./tools.ts";

export type Bundler = "turbopack" | "webpack";

/**
 * Types are checked with one of the bundlers: both do it with the same compiler. What a server needs beside the
 * build is found out at length by the other, and nobody here deploys it.
 */
export const nextConfig = (bundler: Bundler): string => `export default {
  typescript: { ignoreBuildErrors: ${bundler === "webpack"} },
  turbopack: { root: ${JSON.stringify(folder)} },
  outputFileTracingRoot: ${JSON.stringify(folder)},
  outputFileTracingExcludes: { "next-server": ["**/*"] },
};
`;

export const LAYOUT = `import type { ReactNode } from "react";
export default function Layout({ children }: { readonly children: ReactNode }) {
  return <html lang="en"><body>{children}</body></html>;
}
`;

/** As `create-next-app` writes it. */
export const TSCONFIG = {
  compilerOptions: {
    target: "ES2017",
    lib: ["dom", "dom.iterable", "esnext"],
    allowJs: true,
    skipLibCheck: true,
    strict: true,
    noEmit: true,
    esModuleInterop: true,
    module: "esnext",
    moduleResolution: "bundler",
    resolveJsonModule: true,
    isolatedModules: true,
    jsx: "react-jsx",
    incremental: true,
    plugins: [{ name: "next" }],
  },
  include: ["next-env.d.ts", "**/*.ts", "**/*.tsx", ".next/types/**/*.ts"],
  exclude: ["node_modules"],
};
