/**
 * The solution of a small symmetric positive definite system by Cholesky's factors.
 *
 * @param matrix [n, n] @param right [n] @throws RangeError when the matrix is not positive definite.
 */
export function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const size = right.length;
  const factor = matrix.map((row) => row.map(() => 0));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row]![column]!;
      for (let inner = 0; inner < column; inner++) rest -= factor[row]![inner]! * factor[column]![inner]!;
      if (row === column && !(rest > 0)) throw new RangeError(`The matrix is not positive definite: pivot ${row} is ${rest}.`);
      factor[row]![column] = row === column ? Math.sqrt(rest) : rest / factor[column]![column]!;
    }
  }
  const solution = [...right];
  for (let row = 0; row < size; row++) {
    for (let inner = 0; inner < row; inner++) solution[row]! -= factor[row]![inner]! * solution[inner]!;
    solution[row]! /= factor[row]![row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let inner = row + 1; inner < size; inner++) solution[row]! -= factor[inner]![row]! * solution[inner]!;
    solution[row]! /= factor[row]![row]!;
  }
  return solution;
}
