/** The first picture of each person of the demo, part of the window itself: faces are there before the desk has read one. */
export const demoFaces: readonly string[] = Object.values(
  import.meta.glob<string>('../../../../resources/demo/faces/*/01.png', { query: '?url', import: 'default', eager: true }),
);
