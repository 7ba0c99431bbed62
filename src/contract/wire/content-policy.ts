/**
 * What the window may load, the same behind every door. Styles made at run time (Mantine's variables, Plot's one rule)
 * need the nonce of the page: vite writes `styleNoncePlaceholder` into index.html (`html.cspNonce`), the host puts a fresh
 * one in its place, and the window finds it in <meta property="csp-nonce">.nonce.
 */
export const styleNoncePlaceholder = 'LIKENESS-STYLE-NONCE';

/** `styleNonce` is null for answers that are not the page. */
export function contentPolicy(styleNonce: string | null): string {
  const styles = styleNonce === null ? "'self'" : `'self' 'nonce-${styleNonce}'`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "font-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Headers of every answer beside its content policy. */
export const guardHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Permissions-Policy':
    'camera=(self), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=(), payment=(), clipboard-read=()',
};
