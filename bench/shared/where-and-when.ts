import { availableParallelism, cpus } from 'node:os';

/** The day, the processor and its cores, as every section of docs/benchmarks.md gives them. */
export function whereAndWhen(): string {
  return `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores`;
}
