export type { CookieOptions } from "./cookie.ts";
export { type ForcedVariants, type SigningOptions, signForce } from "./force-token.ts";
export { type NodeMessage, type NodeRequest, type NodeResponse, nodeRequest, writeHeaders } from "./node.ts";
export type { ForceOptions } from "./read-force.ts";
export {
  createRequestAssigner,
  type RequestAssigner,
  type RequestAssignerOptions,
  type Visitor,
} from "./request-assigner.ts";
export { armOf, variantKey } from "./variant-key.ts";
export type { Assignment, VisitorAssignment } from "./visitor-assignment.ts";
export type { WebRequest } from "./web-request.ts";
