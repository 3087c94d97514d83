/** The sweeps that are measured: the bundled replica, and Epoch's 240 points where the data are at hand. */
import { existsSync } from 'node:fs';
import { filterSweep, paperReplica, readSweepFrom, type Sweep } from '../src/node.ts';

/** Path of Epoch's svg_extracted_data.csv: EPOCH_DATA, else beside the checkout. */
const EPOCH = process.env['EPOCH_DATA'] ?? '../shared/data/epoch/svg_extracted_data.csv';

export async function sweeps(): Promise<Sweep[]> {
  const replica = paperReplica();
  if (!existsSync(EPOCH)) {
    console.log('Epoch\'s data are not at hand: give EPOCH_DATA=svg_extracted_data.csv to measure on them too.\n');
    return [replica];
  }
  const epoch = filterSweep(await readSweepFrom(EPOCH, { name: 'Epoch, 240 points' }), { dropHighest: 5 });
  return [epoch, replica];
}
