import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ChangePlan } from "../plan/change-plan.ts";
import type { ChangeRule, ChangeVersions } from "./change-rule.ts";
import { changeAllocation } from "./rules/change-allocation.ts";
import { changeBase } from "./rules/change-base.ts";
import { changeCarryOver } from "./rules/change-carry-over.ts";
import { changeDropped } from "./rules/change-dropped.ts";
import { changeFrozen } from "./rules/change-frozen.ts";
import { changeIteration } from "./rules/change-iteration.ts";
import { changeRenamed } from "./rules/change-renamed.ts";
import { changeRollout } from "./rules/change-rollout.ts";
import { changeStatus } from "./rules/change-status.ts";

/** Every judgement on a change: what would spoil a trial, then what deserves a look. */
export const changeRules: readonly ChangeRule[] = [
  changeBase,
  changeFrozen,
  changeAllocation,
  changeRenamed,
  changeIteration,
  changeStatus,
  changeRollout,
  changeDropped,
  changeCarryOver,
];

/** All judgements on a change of a project. */
export function checkChange(change: ChangePlan, versions: ChangeVersions): readonly Diagnostic[] {
  return changeRules.flatMap((rule) => rule.check(change, versions));
}
