import { diagnose } from "../../diagnostics/diagnose.ts";
import type { ChangeRule } from "../change-rule.ts";

/** Errors at the base are not this change's; but what cannot be compared is not proven safe. */
export const changeBase: ChangeRule = {
  codes: ["change/unread-base"],
  check: ({ unreadAtBase }, { after, base }) =>
    after.experiments
      .filter(({ key }) => unreadAtBase.includes(key))
      .map(({ key, file }) => diagnose("change/unread-base", { file }, { experiment: key, base })),
};
