/** What isoloss finds of a GPU, as one line for run.sh: `hardware NAME`, `software NAME` or `none REASON`. */
import { openBackend } from '../../src/node.ts';

const preferred = await openBackend('auto');
const kind = preferred.name === 'gpu' ? 'hardware' : 'software';
const found = kind === 'hardware' ? preferred : await openBackend('gpu').catch(({ message }: Error) => message);

console.log(typeof found === 'string' ? `none ${found}` : `${kind} ${found.adapter}`);
preferred.close();
if (typeof found !== 'string') found.close();
