/** Entry point of a Node worker thread that runs tasks of the CPU backend. Twin for browsers: src/backend/cpu/worker.ts. */
import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { runDescend, runSearch } from '../cpu/tasks.ts';

if (parentPort) expose({ search: runSearch, descend: runDescend }, nodeEndpoint(parentPort));
