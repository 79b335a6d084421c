export { canonicalJson } from "../runtime/canonical-json.ts";
