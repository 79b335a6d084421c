import type { Sink } from "../../runtime/index.ts";
import { isRefusal } from "../posting/post.ts";
import { sendInParts } from "../posting/send-in-parts.ts";
import { type AmplitudeMapping, amplitudeEvents } from "./event.ts";

export interface AmplitudeHttpSinkOptions extends AmplitudeMapping {
  readonly apiKey: string;
  /** Default `https://api2.amplitude.com/2/httpapi`; for projects in the EU, `https://api.eu.amplitude.com/2/httpapi`. */
  readonly url?: string;
  /** Default `amplitude`. */
  readonly name?: string;
}

/** A request to HTTP V2 has fewer than 2,000 events and less than 1 MB. */
const LIMITS = { items: 1_999, bytes: 999_999 };
/** What HTTP V2 asks for after 429, in milliseconds. */
const PAUSE = 15_000;

/** Posts messages to Amplitude's HTTP V2 API, within its limits. */
export function amplitudeHttpSink({
  apiKey,
  name = "amplitude",
  url = "https://api2.amplitude.com/2/httpapi",
  ...mapping
}: AmplitudeHttpSinkOptions): Sink {
  const request = { url, headers: { "content-type": "application/json" } };
  return {
    name,
    async send(batch) {
      try {
        await sendInParts(amplitudeEvents(batch, mapping), LIMITS, request, (events) =>
          // Without the option, one id of fewer than five characters makes Amplitude refuse the whole request.
          JSON.stringify({ api_key: apiKey, events, options: { min_id_length: 1 } }),
        );
      } catch (error) {
        throw isRefusal(error) && error.status === 429
          ? Object.assign(error, { retryAfter: Math.max(error.retryAfter ?? 0, PAUSE) })
          : error;
      }
    },
  };
}
