/** Parquet, any codec. The decoder is loaded when the first Parquet file is read. */

import { InputError } from '../errors.ts';
import type { Table } from './table.ts';
import { tableOfObjects } from './table.ts';

/** @throws InputError where the file does not decode. */
export async function readParquet(bytes: Uint8Array, source: string): Promise<Table> {
  const [{ parquetReadObjects }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ]);
  try {
    const rows = await parquetReadObjects({ file: bytes.slice().buffer, compressors });
    return tableOfObjects(rows, rows.map((_, index) => index + 1), 'row');
  } catch (error) {
    throw new InputError(
      `${source}: expected a Parquet file, got one that does not decode (${(error as Error).message}). ` +
        'Write or download it again.',
      { cause: error },
    );
  }
}
