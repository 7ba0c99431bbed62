/**
 * How an engine's C library keeps memory (GNU's; others do not look at it): in large pages, and without giving it back to the system
 * between two operations only to ask for it again. A training step takes and frees hundreds of megabytes. What the user has set wins.
 */
export const engineMemory = {
  GLIBC_TUNABLES: process.env['GLIBC_TUNABLES'] ?? 'glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=8589934592',
};
