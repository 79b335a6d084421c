import type { ExperimentRegistry } from "../../runtime/index.ts";
import { type CookieOptions, checkCookie, readCookie, setCookie, withCookie } from "./cookie.ts";
import type { ForcedVariants } from "./force-token.ts";
import { personalResponse } from "./personal-response.ts";
import { createForceReader, type ForceOptions, type ForceReading } from "./read-force.ts";
import {
  type Assignment,
  assignVisitor,
  type KnownOf,
  type VisitorAssignment,
} from "./visitor-assignment.ts";
import type { WebRequest } from "./web-request.ts";

/** Who asks. */
export interface Visitor<Request extends WebRequest = WebRequest> {
  readonly request: Request;
  /** The session's id, else the cookie's; null where there is neither and none may be made. */
  readonly id: string | null;
  readonly sessionId: string | null;
  /** Of the browser, made for this request where it had none; null where none was needed, or may be made. */
  readonly cookieId: string | null;
}

export interface RequestAssignerOptions<
  Context,
  Request extends WebRequest = WebRequest,
  Given extends Assignment = Assignment,
> {
  /** What `createExperiments` gives; with `experiments: everyExperiment`, they can be asked for by key. */
  readonly experiments: Given;
  /** What the app says about a visitor: ids and attributes, as the experiments read them. */
  readonly context: (visitor: Visitor<Request>) => Context | Promise<Context>;
  /** The id of who is signed in; nothing, or an empty text, where nobody is. Default: nobody ever is. */
  readonly session?: (request: Request) => string | null | undefined | Promise<string | null | undefined>;
  readonly cookie?: IdCookieOptions<Request>;
  /** Variants forced by signed tokens, for previews and tests. Default: none are. */
  readonly force?: ForceOptions;
}

interface IdCookieOptions<Request> extends CookieOptions {
  /** Default `ft_id`. */
  readonly name?: string;
  /** Seconds. Default 34,560,000: 400 days, the longest that browsers keep one. */
  readonly maxAge?: number;
  /** Whether whoever is signed in has a cookie too, for experiments on devices. Default false. */
  readonly always?: boolean;
  /** Whether a cookie may be made; one that came is read anyway. Default: it may. */
  readonly allowed?: (request: Request) => boolean | Promise<boolean>;
}

/** Experiments as one request sees them: one context, and one arm per experiment until the answer is given. */
export interface RequestAssigner<Context, Known extends ExperimentRegistry = Record<never, never>>
  extends VisitorAssignment<Context, Known> {
  readonly context: Context;
  /** What a token of the request forces. */
  readonly forced: ForcedVariants;
  /** Why the token of the query forces nothing; null where there is none, or it does. */
  readonly forceProblem: ForceReading["problem"];
  /** The `Set-Cookie` headers that the answer needs. */
  readonly setCookies: readonly string[];
  /** The request's `Cookie` header as it will be from now on, for handlers behind this one. */
  readonly cookieHeader: string;
  /** Whether the answer is this visitor's own: a cookie is set, or an arm was asked for. */
  isPersonal(): boolean;
  /**
   * The response with the cookies set. Where it is the visitor's own it is marked `Cache-Control: private`, so
   * that no shared cache gives it to others.
   */
  respond(response: Response): Response;
}

/** What is taken for an id; other values of the cookie are replaced. */
const COOKIE_ID = /^[\w-]{8,64}$/;
const LONGEST_AGE = 400 * 24 * 60 * 60;

/**
 * Makes requests into assigners: one each, however often it is asked for. Nothing is logged before a handler
 * asks for an arm. What the app's own functions throw comes back from here.
 */
export function createRequestAssigner<
  Context,
  Request extends WebRequest = WebRequest,
  Given extends Assignment = Assignment,
>(
  options: RequestAssignerOptions<Context, Request, Given>,
): (request: Request) => Promise<RequestAssigner<Context, KnownOf<Given>>> {
  type Known = KnownOf<Given>;
  const { cookie = {}, force } = options;
  const { name = "ft_id", maxAge = LONGEST_AGE } = cookie;
  checkCookie(name, cookie);
  checkCookie(force?.name ?? name, cookie);
  const readForce = force ? createForceReader(force) : async () => null;
  const assigners = new WeakMap<Request, Promise<RequestAssigner<Context, Known>>>();

  async function readIds(request: Request) {
    const sessionId = (await options.session?.(request)) || null;
    const came = readCookie(request.headers.get("cookie"), name).find((id) => COOKIE_ID.test(id)) ?? null;
    const needed = came === null && (sessionId === null || cookie.always === true);
    const made = needed && ((await cookie.allowed?.(request)) ?? true) ? crypto.randomUUID() : null;
    return { sessionId, cookieId: came ?? made, made };
  }

  async function makeAssigner(request: Request): Promise<RequestAssigner<Context, Known>> {
    const [{ sessionId, cookieId, made }, forcing] = await Promise.all([
      readIds(request),
      readForce(request),
    ]);
    const context = await options.context({ request, id: sessionId ?? cookieId, sessionId, cookieId });
    const forced: ForcedVariants = forcing?.variants ?? new Map();
    const cookies = [...(made ? [{ name, value: made, maxAge }] : []), ...(forcing?.cookies ?? [])];
    const setCookies = cookies.map((sent) => setCookie(sent, cookie, request));
    const { hasAssigned, ...assignment } = assignVisitor<Context, Known>(
      options.experiments,
      context,
      forced,
    );
    const isPersonal = () => setCookies.length > 0 || hasAssigned();
    return {
      ...assignment,
      context,
      forced,
      forceProblem: forcing?.problem ?? null,
      setCookies,
      cookieHeader: cookies.reduce(withCookie, request.headers.get("cookie") ?? ""),
      isPersonal,
      respond: (response) => (isPersonal() ? personalResponse(response, setCookies) : response),
    };
  }

  return (request) => {
    const known = assigners.get(request);
    if (known) return known;
    const assigner = makeAssigner(request);
    assigners.set(request, assigner);
    assigner.catch(() => assigners.delete(request));
    return assigner;
  };
}
