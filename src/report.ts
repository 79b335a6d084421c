export { renderAssignment } from "./report/assignment-text.ts";
export { type ChangeReport, summaryLine, verdictOf } from "./report/change-verdict.ts";
export { renderMarkdown } from "./report/markdown.ts";
export { renderChangeMarkdown } from "./report/plan-change-markdown.ts";
export { renderChange } from "./report/plan-change-text.ts";
export { renderPlan } from "./report/plan-text.ts";
export { renderSite } from "./report/site.ts";
export { renderText } from "./report/text.ts";
