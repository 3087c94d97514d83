/**
 * Mistakes throw one of these; outcomes (converged, out of iterations, …) are returned.
 * A message has one grammar: where: expected …, got …. Remedy.
 */

/** The caller gave something that cannot be used: a table, a column, an option. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** The backend that was asked for cannot be had here; the message says why and what to do. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
}

/** WGSL that did not compile; the message holds file:line:column and text of each compiler message. */
export class ShaderError extends Error {
  override readonly name = 'ShaderError';
}
