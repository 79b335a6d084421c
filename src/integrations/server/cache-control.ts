/** Directives that let others than the visitor's browser keep an answer. */
const SHARED = /^(?:public|s-maxage|proxy-revalidate)\b/i;

/** A `Cache-Control` header that keeps an answer out of shared caches and is otherwise as it was. */
export function privateCacheControl(header: string | null): string {
  const directives = (header ?? "")
    .split(",")
    .map((directive) => directive.trim())
    .filter((directive) => directive !== "");
  if (directives.some((directive) => /^(?:private|no-store)$/i.test(directive))) return directives.join(", ");
  return ["private", ...directives.filter((directive) => !SHARED.test(directive))].join(", ");
}
