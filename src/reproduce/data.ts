/**
 * Data that reproductions need and that isoloss may not, or need not, bring along: the user gives each as a table, by its
 * option in the terminal or as a file in the lab.
 */
import type { AskedColumns } from '../data/columns.ts';

export type DataSetId = 'epoch' | 'datablations' | 'gadre' | 'llama3';

export interface DataSet {
  readonly id: DataSetId;
  /** "Epoch's 245 runs" */
  readonly title: string;
  /** Where to get it, and which columns it must have. */
  readonly source: string;
  /** Where the columns' names do not tell. */
  readonly columns?: AskedColumns;
  /** Further columns that it must have. */
  readonly keep: readonly string[];
}

export const dataSets: readonly DataSet[] = [
  {
    id: 'epoch',
    title: 'the 245 runs of Hoffmann et al. 2022 that Besiroglu et al. 2024 read off their figure 4',
    source: 'data/svg_extracted_data.csv of github.com/epoch-research/analyzing-chinchilla, as it is',
    keep: [],
  },
  {
    id: 'datablations',
    title: 'the 182 runs of Muennighoff et al. 2023 on C4',
    source: 'runs of github.com/huggingface/datablations as a table with the columns params, tokens, unique_tokens and loss',
    keep: ['unique_tokens'],
  },
  {
    id: 'gadre',
    title: 'the runs of Gadre et al. 2024',
    source: 'runs of github.com/mlfoundations/scaling as a table with the columns dataset, params, tokens, loss_c4_val and err17',
    columns: { loss: 'loss_c4_val' },
    keep: ['dataset', 'err17'],
  },
  {
    id: 'llama3',
    title: 'the IsoFLOP points of Llama 3',
    source: 'points read off figure 2 of arXiv:2407.21783 as a table of training FLOPs, tokens and loss',
    keep: [],
  },
];

export function dataSetById(id: DataSetId): DataSet {
  return dataSets.find((set) => set.id === id)!;
}

/** The option that gives it: "--epoch-data". */
export function dataOption(id: DataSetId): string {
  return `--${id}-data`;
}
