/** A sentence about a picture that somebody offered, and whether it names another person who is enrolled. */
export interface Remark {
  text: string;
  /** The same without the name, for logs, in which a line speaks of one person and goes with that person. */
  unnamed: string;
  /** The other person; null where the sentence names nobody. */
  names: string | null;
}

export function remark(text: string): Remark {
  return { text, unnamed: text, names: null };
}

export function remarkNaming(name: string, sentence: (who: string) => string): Remark {
  return { text: sentence(name), unnamed: sentence('somebody else'), names: name };
}

/** Writes it down in a job's log: what is said of the one person, and who the other is, each line under the person it speaks of. */
export function logRemark({ log }: { log: (text: string, about?: string) => void }, { unnamed, names }: Remark, { about, opening }: { about: string; opening: string }): void {
  log(`${opening}${unnamed}`, about);
  if (names !== null) log(`That is ${names}.`, names);
}
