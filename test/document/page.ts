/** What a page holds: its markup, and the JSON in its scripts. */

/** The page without its scripts. */
export function pageOf(text: string): string {
  return text.replaceAll(/<script.*?<\/script>/gs, '');
}

export function jsonOf(text: string, id: string): unknown {
  return JSON.parse(new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`, 's').exec(text)![1]!);
}
