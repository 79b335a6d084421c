import { privateCacheControl } from "./cache-control.ts";

/** A response with cookies, kept out of shared caches: the same one where its headers can be changed. */
export function personalResponse(response: Response, setCookies: readonly string[]): Response {
  try {
    return mark(response, setCookies);
  } catch {
    return mark(new Response(response.body, response), setCookies);
  }
}

function mark(response: Response, setCookies: readonly string[]): Response {
  const { headers } = response;
  headers.set("cache-control", privateCacheControl(headers.get("cache-control")));
  for (const cookie of setCookies) headers.append("set-cookie", cookie);
  return response;
}
