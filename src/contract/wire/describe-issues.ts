import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const shown = 5;
/** An issue may name what was sent, and that may be megabytes. */
const longestLine = 300;

/** One line for people, field by field: "split.train: Too big: ...; name needs at least one character". */
export function describeIssues(issues: readonly Issue[]): string {
  const lines = issues.flatMap((issue) => describe(issue, []));
  const more = lines.length > shown ? [`and ${String(lines.length - shown)} more`] : [];
  return [...lines.slice(0, shown).map(shortened), ...more].join('; ').replace(/\.$/, '');
}

function shortened(line: string): string {
  return line.length <= longestLine ? line : `${line.slice(0, longestLine - 1).toWellFormed()}…`;
}

function describe(issue: Issue, parent: readonly PropertyKey[]): string[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // A union fails once for every branch: the branch that came nearest is the one that was meant.
    return nearest(issue.errors).flatMap((inner) => describe(inner, path));
  }
  const field = path.map(String).join('.');
  if (field === '') return [issue.message];
  // The vocabulary's own messages go on from the field's name ("is not an identifier"); zod's begin a sentence.
  return [/^\p{Ll}/u.test(issue.message) ? `${field} ${issue.message}` : `${field}: ${issue.message}`];
}

function nearest(branches: readonly Issue[][]): Issue[] {
  const missesShape = (issues: Issue[]): number => issues.filter((issue) => issue.path.length === 0).length;
  return [...branches].sort((one, other) => missesShape(one) - missesShape(other) || one.length - other.length)[0] ?? [];
}
