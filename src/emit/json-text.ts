/** JSON of an object; that of one of its members is known. */
export function jsonText(object: object, known: string, json: string): string {
  const members = Object.entries(object).map(([name, value]) => {
    return `${JSON.stringify(name)}:${name === known ? json : JSON.stringify(value)}`;
  });
  // Not joined, which would copy what is known: it may be megabytes.
  return `{${members.reduce((text, member) => `${text},${member}`)}}`;
}
