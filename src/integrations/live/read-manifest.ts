import {
  canonicalJson,
  checkManifest,
  type Json,
  type Manifest,
  type ManifestReading,
} from "../../runtime/index.ts";

/** Reads the text of a manifest: JSON that can be loaded, and whose content hash is right. Never rejects. */
export async function readManifest(text: string): Promise<ManifestReading> {
  try {
    const reading = checkManifest(parse(text));
    if (!reading.manifest) return reading;
    const { contentHash } = reading.manifest;
    return (await hashOf(reading.manifest)) === contentHash
      ? reading
      : refuse("contentHash: expected the SHA-256 of the experiments");
  } catch (error) {
    return refuse(String(error));
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("expected whole JSON");
  }
}

async function hashOf({ experiments }: Manifest): Promise<string> {
  const content = new TextEncoder().encode(canonicalJson(experiments as unknown as Json));
  const digest = await crypto.subtle.digest("SHA-256", content);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function refuse(problem: string): ManifestReading {
  return { manifest: null, problems: [problem] };
}
