/** What an expression of GitHub Actions gives, as far as these workflows use the language. */
export type Value = string | number | boolean | null | { readonly [key: string]: Value } | readonly Value[];

export interface Scope {
  readonly contexts: { readonly [name: string]: Value };
  /** `success`, `failure`, `cancelled`, `always`. */
  readonly functions: { readonly [name: string]: () => boolean };
}

/** A text in which every `${{ … }}` stands for its value. */
export function interpolate(text: string, scope: Scope): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => asText(evaluate(expression, scope)));
}

/**
 * The value of an expression. Throws for what these workflows do not use, so that a test never takes a guess
 * for an answer.
 */
export function evaluate(expression: string, scope: Scope): Value {
  const tokens = [...expression.matchAll(TOKEN)].map(([token]) => token);
  if (tokens.join("") !== expression.replace(SPACE_OUTSIDE_STRINGS, "$1"))
    throw new Error(`cannot read the expression ${expression}`);
  let next = 0;
  const value = or();
  if (next < tokens.length) throw new Error(`cannot read ${tokens.slice(next).join(" ")} in ${expression}`);
  return value;

  function or(): Value {
    let left = and();
    while (accept("||")) {
      const right = and();
      left = truthy(left) ? left : right;
    }
    return left;
  }
  function and(): Value {
    let left = equality();
    while (accept("&&")) {
      const right = equality();
      left = truthy(left) ? right : left;
    }
    return left;
  }
  function equality(): Value {
    const left = unary();
    if (accept("==")) return same(left, unary());
    if (accept("!=")) return !same(left, unary());
    return left;
  }
  function unary(): Value {
    if (accept("!")) return !truthy(unary());
    if (accept("(")) {
      const value = or();
      if (!accept(")")) throw new Error(`a bracket is open in ${expression}`);
      return value;
    }
    const token = tokens[next++] ?? "";
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^\d/.test(token)) return Number(token);
    if (token === "true" || token === "false") return token === "true";
    if (accept("(")) {
      const call = scope.functions[token];
      if (!call || !accept(")")) throw new Error(`there is no function ${token}() here`);
      return call();
    }
    const [context, ...path] = token.split(".");
    if (!Object.hasOwn(scope.contexts, context!)) throw new Error(`there is no context ${context} here`);
    return path.reduce<Value>(
      (value, key) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, key)
          ? (value as { readonly [key: string]: Value })[key]!
          : null,
      scope.contexts[context!]!,
    );
  }
  function accept(token: string): boolean {
    if (tokens[next] !== token) return false;
    next += 1;
    return true;
  }
}

export function truthy(value: Value): boolean {
  return value !== null && value !== false && value !== 0 && value !== "";
}

const TOKEN = /'(?:[^']|'')*'|\d+|[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*|\|\||&&|==|!=|[!()]/g;
const SPACE_OUTSIDE_STRINGS = /('(?:[^']|'')*')|\s+/g;

function same(left: Value, right: Value): boolean {
  if (typeof left === "string" && typeof right === "string")
    return left.toLowerCase() === right.toLowerCase();
  if (typeof left === typeof right || left === null || right === null) return (left ?? "") === (right ?? "");
  return asText(left) === asText(right);
}

function asText(value: Value): string {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
