import { InferenceSession, Tensor } from 'onnxruntime-node';

// Opens and runs the smallest network there is (y = x) with the library of the text encoder, whose own networks are fetched on demand only.

/** A field of a protocol buffer that has a length; all lengths here are below 128. */
const field = (number: number, content: Iterable<number>): number[] => [(number << 3) | 2, [...content].length, ...content];
const text = (number: number, words: string): number[] => field(number, Buffer.from(words));

/** onnx.proto: a ValueInfoProto of one float32. */
const oneFloat = (name: string): number[] => [...text(1, name), ...field(2, field(1, [0x08, 1, ...field(2, field(1, [0x08, 1]))]))];
const graph = [...field(1, [...text(1, 'x'), ...text(2, 'y'), ...text(4, 'Identity')]), ...text(2, 'smallest'), ...field(11, oneFloat('x')), ...field(12, oneFloat('y'))];
/** ModelProto: version 8 of the format, version 13 of the operators. */
const model = Uint8Array.from([0x08, 8, ...field(7, graph), ...field(8, [0x10, 13])]);

const session = await InferenceSession.create(model);
const { y } = await session.run({ x: new Tensor('float32', [0.5], [1]) });
if (y?.data[0] !== 0.5) throw new Error(`The network answered ${String(y?.data[0])}.`);
await session.release();
