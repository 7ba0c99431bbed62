import type { io } from '@tensorflow/tfjs-core';
import type { StoredTensor } from '../checkpoints/safetensors.ts';

/** One operation of a graph, as tfjs's converter writes it. */
export interface GraphNode {
  name: string;
  op: string;
  input?: string[];
  attr?: Record<string, { list?: { i?: (string | number)[] } } | undefined>;
}

/** The part of a model.json that is kept: the graph, without its weights. */
export interface GraphDocument {
  modelTopology: io.ModelJSON['modelTopology'] & { node: GraphNode[] };
  signature?: NonNullable<io.ModelArtifacts['signature']>;
}

/** A graph model with its weights, read into memory. */
export interface GraphFile {
  document: GraphDocument;
  tensors: Map<string, StoredTensor>;
}

/** Name of the node that an input is taken from: "features/Relu:0" and "^features/Relu" are "features/Relu". */
export const nodeOf = (input: string): string => input.replace(/^\^/, '').replace(/:\d+$/, '');
