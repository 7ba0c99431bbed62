import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The words of the tiny encoder, each with its vector; the two around a sentence count like the others. */
const words: Record<string, [number, number]> = {
  '[PAD]': [9, 9], '[UNK]': [0, 0], '[CLS]': [0, 0], '[SEP]': [0, 0], left: [1, 0], right: [0, 1], thumb: [3, 0], whorl: [0, 4],
};

export interface TinyEncoder {
  /** `max`: the network itself gives one vector, the largest value of each column. */
  pooling?: 'none' | 'max';
  /** Name of an input that no encoder has. */
  strangeInput?: string;
  maxTokens?: number;
}

/** A folder with a sentence encoder of eight words and two dimensions, in the formats of a real one. */
export async function writeTinyEncoder({ pooling = 'none', strangeInput, maxTokens = 8 }: TinyEncoder = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tiny-encoder-'));
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer(maxTokens)));
  await writeFile(join(folder, 'model.onnx'), model(pooling, strangeInput ?? null));
  return folder;
}

function tokenizer(maxTokens: number): unknown {
  const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const idOf = (word: string) => Object.keys(words).indexOf(word);
  return {
    truncation: { max_length: maxTokens },
    padding: { strategy: { Fixed: 128 }, pad_id: 0, pad_token: '[PAD]' },
    added_tokens: [],
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [special('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, special('[SEP]')],
      pair: [],
      special_tokens: Object.fromEntries(['[CLS]', '[SEP]'].map((word) => [word, { id: word, ids: [idOf(word)], tokens: [word] }])),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100,
      vocab: Object.fromEntries(Object.keys(words).map((word, id) => [word, id])),
    },
  };
}

/** The network as an ONNX ModelProto: a table to gather rows from. The numbers are the field numbers of onnx.proto. */
function model(pooling: 'none' | 'max', strangeInput: string | null): Buffer {
  const table = Buffer.from(Float32Array.from(Object.values(words).flat()).buffer);
  const tokens = pooling === 'none' ? 'last_hidden_state' : 'tokens';
  const gather = [text(1, 'table'), text(1, 'input_ids'), text(2, tokens), text(4, 'Gather')];
  const axis = message(5, [text(1, 'axes'), number(8, 1), number(20, 7)]);
  const dropAxis = message(5, [text(1, 'keepdims'), number(3, 0), number(20, 2)]);
  const max = [text(1, tokens), text(2, 'sentence_embedding'), text(4, 'ReduceMax'), axis, dropAxis];
  const graph = [
    message(1, gather), ...(pooling === 'max' ? [message(1, max)] : []), text(2, 'tiny'),
    message(5, [number(1, table.length / 8), number(1, 2), number(2, 1), text(8, 'table'), bytes(9, table)]),
    ...['input_ids', 'attention_mask', ...(strangeInput ? [strangeInput] : [])].map((name) => value(11, name, { type: 7, rank: 2 })),
    value(12, pooling === 'none' ? 'last_hidden_state' : 'sentence_embedding', { type: 1, rank: pooling === 'none' ? 3 : 2 }),
  ];
  return Buffer.concat([number(1, 8), message(7, graph), message(8, [text(1, ''), number(2, 13)])]);
}

/** A ValueInfoProto: a tensor of that element type, with sides of any length. */
function value(field: number, name: string, { type, rank }: { type: number; rank: number }): Buffer {
  const sides = Array.from({ length: rank }, (_, side) => message(1, [text(2, `${name}-${side}`)]));
  return message(field, [text(1, name), message(2, [message(1, [number(1, type), message(2, sides)])])]);
}

const number = (field: number, value: number): Buffer => Buffer.from([...varint(field * 8), ...varint(value)]);
const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value));
const message = (field: number, parts: Buffer[]): Buffer => bytes(field, Buffer.concat(parts));
const bytes = (field: number, value: Buffer): Buffer => Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(value.length)]), value]);

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
