/** An address in one line. Pure. */

interface Parts {
  readonly province?: string;
  readonly city?: string;
  readonly district?: string;
  readonly street?: string;
}

/** Chinese from the large to the small without blanks, others from the small to the large; a municipality is not said twice. */
export function addressLine(it: Parts): string {
  const parts = [...new Set([it.province, it.city, it.district, it.street].filter((one): one is string => Boolean(one)))];
  return /[\u2e80-\uffff]/.test(parts.join("")) ? parts.join("") : parts.reverse().join(", ");
}
