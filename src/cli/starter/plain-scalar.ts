/** A text as a YAML scalar on one line: bare where nobody could read it as anything else, else double-quoted. */
export function plainScalar(text: string): string {
  const bare = /^[A-Za-z0-9][A-Za-z0-9 _,.()%/+-]*$/.test(text) && !text.endsWith(" ");
  const other =
    /^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text) || /^[-+.\d][\d_.eExXoa-fA-F:+-]*$/.test(text);
  return bare && !other ? text : JSON.stringify(text);
}
