export interface RecipeProblem {
  path: string;
  message: string;
  severity: 'error' | 'warning';
}

export const warning = (path: string, message: string): RecipeProblem => ({ path, message, severity: 'warning' });

export const error = (path: string, message: string): RecipeProblem => ({ path, message, severity: 'error' });
