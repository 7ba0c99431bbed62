/** Of the two charts side by side, in pixels. */
export const CHART_HEIGHT = 380;
