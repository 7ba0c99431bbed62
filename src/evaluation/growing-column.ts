/** A column of numbers whose length is not known beforehand: doubled as it fills, 10^7 rows without a JavaScript array. */
export interface GrowingColumn<Column> {
  readonly push: (value: number) => void;
  /** A copy of what was pushed. */
  readonly finish: () => Column;
}

export function growingFloats(): GrowingColumn<Float64Array> {
  return growing((length) => new Float64Array(length));
}

export function growingIntegers(): GrowingColumn<Int32Array> {
  return growing((length) => new Int32Array(length));
}

function growing<Column extends Float64Array | Int32Array>(make: (length: number) => Column): GrowingColumn<Column> {
  let column = make(1024);
  let length = 0;
  return {
    push: (value) => {
      if (length === column.length) {
        const larger = make(2 * length);
        larger.set(column);
        column = larger;
      }
      column[length++] = value;
    },
    finish: () => {
      const result = make(length);
      result.set(column.subarray(0, length));
      return result;
    },
  };
}
