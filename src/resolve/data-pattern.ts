/**
 * True where a pattern of data files can name something outside the project's folder, or means another place on
 * another system: absolute paths, drives, addresses, `~`, backslashes, and `..` as a step, also as one of the
 * alternatives of a group.
 */
export function leavesProject(pattern: string): boolean {
  return /^!*(?:\/|~)|^[^/]*:|\\|(?:^|[/{}(),|!])\.\.(?:$|[/{}(),|])/.test(pattern);
}
