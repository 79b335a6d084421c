/** Where an experiment's page lies in the site, as a file path and as a link from the index. */
export function pagePath(key: string): string {
  return `experiments/${fileName(key)}.html`;
}

/** A key as a file name that needs no escaping in a path or a URL. Keys are plain; what is not is spelled in hex. */
function fileName(key: string): string {
  return key.replace(/[^A-Za-z0-9_-]/gu, (character) => `.${character.codePointAt(0)?.toString(16) ?? ""}`);
}
