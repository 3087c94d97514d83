/** The Content-Security-Policy of a report: it asks nothing of any server, and runs no script but those written into it. */

/** `scripts`: the texts of its script elements that run. */
export async function policyFor(scripts: readonly string[]): Promise<string> {
  const sources = [...new Set(await Promise.all(scripts.map(sourceOf)))];
  return [
    "default-src 'none'", `script-src ${sources.join(' ') || "'none'"}`, "style-src 'unsafe-inline'", 'img-src data: blob:',
    "connect-src 'none'", "base-uri 'none'", "form-action 'none'",
  ].join('; ');
}

/** Its hash; a page that is served without encryption has no way to hash, and its report allows what it holds. */
async function sourceOf(script: string): Promise<string> {
  const { crypto } = globalThis;
  if (!crypto.subtle) return "'unsafe-inline'";
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script)));
  return `'sha256-${btoa(String.fromCodePoint(...hash))}'`;
}
