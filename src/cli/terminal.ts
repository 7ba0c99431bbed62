/** The two streams of a command: the answer goes to stdout and nothing else does. */
export interface Terminal {
  print(text: string): void;
  /** To stderr: progress, remarks, errors. */
  note(text: string): void;
  /** stderr where it is a screen and bars may be drawn, else null. */
  screen: NodeJS.WriteStream | null;
  /** Asks without showing what is typed; null where nobody is there to ask. */
  askSecret(question: string): Promise<string | null>;
}
