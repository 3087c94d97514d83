/**
 * Rows on their way to a file, CSV or Parquet by its name. Never all at once: what is written is forgotten, and each
 * writing waits for the disk.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { csvLines, type Cells } from '../report/csv.ts';
import { version } from '../version.ts';
import { unwritable } from './output.ts';

export interface RowColumn {
  readonly name: string;
  readonly type: 'INT32' | 'DOUBLE' | 'STRING';
}

export interface RowFile {
  /** @throws InputError where the disk takes no more. */
  write(cells: Cells): Promise<void>;
  close(): Promise<void>;
}

/** Replaces what the file held. @throws InputError where it cannot be written. */
export async function openRows(path: string, columns: readonly RowColumn[]): Promise<RowFile> {
  const file = await guarded(path, () => (/\.parquet$/i.test(path) ? openParquet(path, columns) : openCsv(path, columns)));
  return {
    write: (cells) => guarded(path, () => file.write(cells)),
    close: () => guarded(path, () => file.close()),
  };
}

async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isOfSystem(error) ? unwritable(path, error) : error;
  }
}

function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}

/** Rows in one text: enough for a disk, little for memory. */
const ROWS_AT_ONCE = 4096;

async function openCsv(path: string, columns: readonly RowColumn[]): Promise<RowFile> {
  const stream = createWriteStream(path);
  await once(stream, 'open');
  stream.on('error', () => {}); // each writing hears of it
  const put = (text: string) => new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
  await put(`${columns.map(({ name }) => name).join(',')}\n`);
  return {
    async write(cells) {
      const rows = cells[0].length;
      for (let from = 0; from < rows; from += ROWS_AT_ONCE) await put(csvLines(cells, from, Math.min(rows, from + ROWS_AT_ONCE)));
    },
    async close() {
      stream.end();
      await once(stream, 'close');
    },
  };
}

/** Each writing is a row group. */
async function openParquet(path: string, columns: readonly RowColumn[]): Promise<RowFile> {
  const { fileWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer');
  const empty = columns.map(({ name, type }) => ({ name, type, data: [], nullable: false }));
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: schemaFromColumnData({ columnData: empty }),
    createdBy: `isoloss ${version}`,
  });
  return {
    async write(cells) {
      const columnData = columns.map(({ name }, k) => ({ name, data: cells[k] as never, offsetIndex: false }));
      await writer.write({ columnData, rowGroupSize: cells[0].length });
    },
    async close() { await writer.finish(); },
  };
}
