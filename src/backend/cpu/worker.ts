/** Entry point of a Web Worker that runs tasks of the CPU backend. Twin for Node: src/backend/node/worker.ts. */
import { expose } from 'comlink';
import { runDescend, runSearch } from './tasks.ts';

expose({ search: runSearch, descend: runDescend });
