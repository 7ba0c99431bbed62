import globals from 'globals';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import type { Linter } from 'eslint';

const manners: Linter.RulesRecord = {
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 3],
  eqeqeq: 'error',
  'no-console': 'error',
};

export default tseslint.config(
  { ignores: ['node_modules', 'out', 'dist', '.cache', '.likeness', 'playwright-report', 'test-results', 'resources'] },
  ...tseslint.configs.strict,
  {
    rules: {
      ...manners,
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'e2e/**', 'bench/**'],
    rules: { 'max-lines-per-function': 'off', 'max-params': 'off', 'no-console': 'off' },
  },
  {
    files: ['src/renderer/**/*.tsx'],
    plugins: { 'react-hooks': hooks },
    // A component is its markup: a screen may be longer than a function of logic.
    rules: { 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }], 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['build/**/*.mjs', 'src/cli/**', 'bench/**'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
);
