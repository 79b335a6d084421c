/** A text as one word of a POSIX shell command, safe to paste: quoted unless it is plain, control characters gone. */
export function shellWord(text: string): string {
  const printable = text.replace(/\p{Control}/gu, "");
  if (/^[A-Za-z0-9_.:/+][A-Za-z0-9_.:/+-]*$/.test(printable)) return printable;
  return `'${printable.replaceAll("'", "'\\''")}'`;
}
