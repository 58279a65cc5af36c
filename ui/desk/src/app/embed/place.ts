/** Where this page is: the desk itself, the softphone in another company's page, or the window that signs in for it. */
export type Place = { readonly kind: "desk" } | { readonly kind: "frame" | "window"; readonly business: string };

export function placeOf(path: string): Place {
  const found = /^\/embed\/([^/]+)(\/sign-in)?\/?$/.exec(path);
  if (!found?.[1]) return { kind: "desk" };
  return { kind: found[2] ? "window" : "frame", business: decodeURIComponent(found[1]) };
}
