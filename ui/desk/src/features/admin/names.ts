/** Names and codes as the administration takes them. */

/** A code: small letters, digits and hyphens. */
export const CODE = /^[a-z0-9][a-z0-9-]{0,39}$/;
