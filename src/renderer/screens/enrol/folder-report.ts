import { z } from 'zod';
import type { Job } from '../../../contract/jobs.ts';

/** What the job of a folder concludes with. */
const figures = z.object({
  pictures: z.number(),
  enrolled: z.number(),
  enrolledBefore: z.number(),
  failedToEnrol: z.number(),
  people: z.number(),
  peopleNotEnrolled: z.number(),
});

export interface Refusal {
  readonly file: string;
  readonly reason: string;
}

export interface FolderReport extends z.infer<typeof figures> {
  /** Pictures that were tried: those of earlier enrolments were not. */
  readonly attempts: number;
  readonly refused: readonly Refusal[];
}

/** Who was enrolled from a folder, and who was not and why; null while the job has not concluded. */
export function folderReport({ result, log }: Pick<Job, 'result' | 'log'>): FolderReport | null {
  const parsed = figures.safeParse(result);
  if (!parsed.success) return null;
  const { enrolled, failedToEnrol } = parsed.data;
  return { ...parsed.data, attempts: enrolled + failedToEnrol, refused: refusedIn(log) };
}

/**
 * The job's log says "p2/broken.png: It is not a picture."; where a reason is about somebody else, the next line is "That is Ann.". Its
 * other lines name no file.
 */
function refusedIn(log: readonly string[]): Refusal[] {
  return log.flatMap((line, index) => {
    const [, file, reason] = /^(.+?\.[A-Za-z0-9]{1,5}): (.+)$/.exec(line) ?? [];
    if (file === undefined || reason === undefined) return [];
    const next = log[index + 1] ?? '';
    return [{ file, reason: /^That is .+\.$/.test(next) ? `${reason} ${next}` : reason }];
  });
}

/** As CSV (RFC 4180). */
export function refusalsCsv(refused: readonly Refusal[]): string {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  return ['file,reason', ...refused.map(({ file, reason }) => `${cell(file)},${cell(reason)}`)].map((line) => `${line}\r\n`).join('');
}
