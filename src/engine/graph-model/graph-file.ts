import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TrainRequest } from '../../contract/engine-port.ts';
import { RequestError } from '../../contract/request-error.ts';
import { BACKBONE } from '../../learning/backbones/graph-model.ts';
import { decodeSafetensors, encodeSafetensors } from '../checkpoints/safetensors.ts';
import type { TensorFile } from '../checkpoints/safetensors.ts';
import { writeAtomically } from '../checkpoints/write-atomically.ts';
import { hasGraph, readBackboneGraph } from './backbone-graph.ts';
import type { GraphDocument, GraphFile } from './graph-document.ts';

/**
 * The graph that a run trains on: read from its folder when the run begins and copied into the run's own, so that a resumed run
 * goes on with the same one, whatever happened to the folder. Null when the recipe has a backbone of ours.
 */
export async function graphOfRun({ recipe, folder, resume }: TrainRequest): Promise<GraphFile | null> {
  const copy = join(folder, 'graph.safetensors');
  const kept = resume && hasGraph(recipe.backbone) ? await readFile(copy).catch(() => null) : null;
  if (kept) return graphOfFile(decodeSafetensors(kept), copy);
  const graph = await readBackboneGraph(recipe.backbone);
  if (graph === null) return null;
  await mkdir(dirname(copy), { recursive: true });
  const tensors = new Map([...graph.tensors].map(([name, tensor]) => [`${BACKBONE}${name}`, tensor]));
  await writeAtomically(copy, encodeSafetensors({ tensors, metadata: { graph: JSON.stringify(graph.document) } }));
  return graph;
}

/** The graph that a file of weights keeps beside them. @throws RequestError('no-model') when there is none. */
export function graphOfFile({ tensors, metadata }: TensorFile, path: string): GraphFile {
  const { graph } = metadata;
  if (graph === undefined) throw new RequestError('no-model', `${path} holds no graph, though its recipe has a graph model as its backbone. Restore the file or train the model again.`);
  const own = [...tensors].filter(([name]) => name.startsWith(BACKBONE));
  return { document: JSON.parse(graph) as GraphDocument, tensors: new Map(own.map(([name, tensor]) => [name.slice(BACKBONE.length), tensor])) };
}
