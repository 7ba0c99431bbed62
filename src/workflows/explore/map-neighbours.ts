/** That UMAP keeps together with each template. On its own, so that asking for a map does not load what draws it. */
export const mapNeighbours = 14;
