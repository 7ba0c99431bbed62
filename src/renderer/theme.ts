import type { MantineColorsTuple } from '@mantine/core';
import { createTheme } from '@mantine/core';

/** Deep green: apart from the blue of mated and the orange of non-mated, so that a button is never taken for data. */
const pine: MantineColorsTuple = ['#e9f5f2', '#d3e9e3', '#a6d3c8', '#76bdab', '#4fa792', '#35937e', '#1f7d69', '#136555', '#0e5043', '#083a31'];

/** Neutral, a trace of blue; text first, the deepest ground last, as Mantine expects. */
const dark: MantineColorsTuple = ['#d3d9db', '#b3bbbe', '#8d979b', '#656f74', '#434c51', '#343c40', '#272e31', '#1a1f22', '#14181a', '#0e1112'];

const gray: MantineColorsTuple = ['#f7f9f9', '#f0f3f3', '#e4e9e9', '#d7dedf', '#c3cccd', '#a3aeb0', '#78858a', '#566267', '#38434a', '#1c2529'];

const sans = "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif";

export const theme = createTheme({
  colors: { pine, dark, gray },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  black: '#1c2529',
  fontFamily: sans,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  headings: {
    fontFamily: sans,
    fontWeight: '620',
    sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.25' }, h2: { fontSize: '1.0625rem', lineHeight: '1.35' }, h3: { fontSize: '0.9375rem', lineHeight: '1.4' } },
  },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Locking the page's scroll adds a style element that the content policy refuses.
    Modal: { defaultProps: { lockScroll: false, centered: true, radius: 'lg' } },
    Drawer: { defaultProps: { lockScroll: false } },
    Tooltip: { defaultProps: { openDelay: 300, multiline: true, maw: 320, withArrow: true, fz: 'xs' } },
    Button: { defaultProps: { size: 'sm' }, styles: { root: { fontWeight: 560 } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close this notice' } } },
    Badge: { styles: { root: { fontWeight: 560 } } },
    TextInput: { defaultProps: { size: 'sm' } },
    Table: { defaultProps: { verticalSpacing: 7, horizontalSpacing: 'sm', fz: 'sm' } },
  },
});
