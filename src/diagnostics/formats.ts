/** The names of the forms in which diagnostics can be had; `renderers` has the functions. */
export const FORMATS = ["pretty", "json", "sarif", "github", "markdown"] as const;

export type Format = (typeof FORMATS)[number];
