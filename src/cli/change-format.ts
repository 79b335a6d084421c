/** The forms in which a change can be had; `github` is the annotations of what is wrong with it. */
export const CHANGE_FORMATS = ["pretty", "json", "markdown", "github"] as const;

export type ChangeFormat = (typeof CHANGE_FORMATS)[number];
