import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';
import type * as Onnx from 'onnxruntime-node';
import { RequestError } from '../../contract/request-error.ts';
import type { EncoderFolder } from './encoder-folder.ts';

/** A sentence encoder in memory (about 200 MB): close it when the texts are embedded. */
export interface SentenceEncoder {
  /** Unit length. @throws RequestError('invalid-input') when the text is longer than the encoder reads. */
  embed(text: string): Promise<Float32Array>;
  close(): Promise<void>;
}

/** A model that gives one vector for the whole text, or one for each token; the first that is there counts. */
const outputs = ['sentence_embedding', 'text_embeds', 'last_hidden_state', 'token_embeddings'];
/** What BERT-like encoders read at most, where the tokenizer does not say. */
const usualTokenLimit = 512;

/**
 * Opens an encoder from its files, without any network.
 *
 * @throws RequestError('no-model') when the files are damaged or of another kind.
 */
export async function openTextEncoder({ folder, model, tokenizer }: EncoderFolder): Promise<SentenceEncoder> {
  return orNoModel(`The text encoder in ${folder} cannot be opened`, async () => {
    const words = JSON.parse(await readFile(tokenizer, 'utf8')) as { truncation?: { max_length?: number } | null };
    // Loaded here, since an engine that never guides by language need not wait for it, nor have it.
    const onnx = await import('onnxruntime-node');
    // One thread: a sentence is too short for two, and a waiting pool would take its core from training.
    const session = await onnx.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 });
    const parts = { onnx, session, tokenizer: new Tokenizer(words, {}), tokenLimit: words.truncation?.max_length ?? usualTokenLimit };
    return {
      embed: (text) => orNoModel(`The text encoder in ${folder} cannot embed "${text.slice(0, 60)}"`, () => embed(text, parts)),
      close: () => session.release(),
    };
  });
}

interface Parts {
  onnx: typeof Onnx;
  session: Onnx.InferenceSession;
  tokenizer: Tokenizer;
  tokenLimit: number;
}

/** One text at a time: no padding, and what a sentence is worth cannot depend on its neighbours. */
async function embed(text: string, { onnx, session, tokenizer, tokenLimit }: Parts): Promise<Float32Array> {
  const { ids, attention_mask: mask } = tokenizer.encode(text);
  if (ids.length > tokenLimit) {
    throw new RequestError('invalid-input', `The class text "${text.slice(0, 60)}…" has ${ids.length} tokens; the text encoder reads ${tokenLimit}.`);
  }
  const known: Record<string, readonly number[]> = { input_ids: ids, attention_mask: mask, token_type_ids: ids.map(() => 0) };
  const feeds = session.inputNames.map((name) => {
    const values = known[name];
    if (!values) throw new Error(`it wants an input called ${name}, which Likeness does not know`);
    return [name, new onnx.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length])] as const;
  });
  const output = outputs.find((name) => session.outputNames.includes(name));
  if (!output) throw new Error(`it gives ${session.outputNames.join(', ')}, but none of ${outputs.join(', ')}`);
  const result = (await session.run(Object.fromEntries(feeds)))[output]!;
  return toUnitLength(result.dims.length === 3 ? meanOfTokens(result, mask) : (result.data as Float32Array));
}

/** What goes wrong with files from elsewhere is told to the user, with the encoder's own reason. */
async function orNoModel<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new RequestError('no-model', `${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Mean over the tokens that the attention mask marks (Reimers, Gurevych, EMNLP 2019, MEAN); tokens is [1, tokens, size]. */
function meanOfTokens({ data, dims }: Onnx.Tensor, mask: readonly number[]): Float64Array {
  const size = dims[2]!;
  const mean = new Float64Array(size);
  const count = mask.reduce((sum, mark) => sum + mark, 0);
  mask.forEach((mark, token) => {
    if (mark === 0) return;
    for (let index = 0; index < size; index++) mean[index]! += (data as Float32Array)[token * size + index]! / count;
  });
  return mean;
}

/** The vector divided by its length. @throws Error when it has none. */
export function toUnitLength(vector: ArrayLike<number>): Float32Array {
  const values = Float64Array.from(vector);
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  if (!(length > 0) || !Number.isFinite(length)) throw new Error(`A text vector of length ${length} has no direction.`);
  return Float32Array.from(values, (value) => value / length);
}
