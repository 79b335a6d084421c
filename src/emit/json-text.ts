/** JSON of an object; that of the items of one of its lists is known. */
export function jsonText(object: object, list: string, items: readonly string[]): string {
  const members = Object.entries(object).map(([name, value]) => {
    const text = name === list ? `[${items.join(",")}]` : JSON.stringify(value);
    return `${JSON.stringify(name)}:${text}`;
  });
  return `{${members.join(",")}}`;
}
