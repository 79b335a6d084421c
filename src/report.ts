export { renderMarkdown } from "./report/markdown.ts";
export { renderPlan } from "./report/plan-text.ts";
export { renderSite } from "./report/site.ts";
export { renderText } from "./report/text.ts";
