/**
 * Dense models whose size and training tokens are published, to place on charts. Mixtures of experts are left out: which of
 * their counts is N is another law's question.
 */

export interface WellKnownModel {
  readonly name: string;
  /** Parameters (count) as published, rounded as there. */
  readonly N: number;
  /** Training tokens. */
  readonly D: number;
  readonly year: number;
  readonly source: string;
}

const HOFFMANN = 'Hoffmann et al. 2022, arXiv:2203.15556, Table 1';
const LLAMA = 'Touvron et al. 2023, arXiv:2302.13971, Table 2';
const LLAMA_3 = 'Grattafiori et al. 2024, arXiv:2407.21783';

/** Oldest first. */
export const wellKnownModels: readonly WellKnownModel[] = [
  { name: 'GPT-3', N: 175e9, D: 300e9, year: 2020, source: HOFFMANN },
  { name: 'Jurassic-1', N: 178e9, D: 300e9, year: 2021, source: HOFFMANN },
  { name: 'Gopher', N: 280e9, D: 300e9, year: 2021, source: HOFFMANN },
  { name: 'LaMDA', N: 137e9, D: 168e9, year: 2022, source: HOFFMANN },
  { name: 'MT-NLG', N: 530e9, D: 270e9, year: 2022, source: HOFFMANN },
  { name: 'Chinchilla', N: 70e9, D: 1.4e12, year: 2022, source: HOFFMANN },
  { name: 'PaLM', N: 540e9, D: 780e9, year: 2022, source: 'Chowdhery et al. 2022, arXiv:2204.02311' },
  { name: 'BLOOM', N: 176e9, D: 366e9, year: 2022, source: 'BigScience 2022, arXiv:2211.05100' },
  { name: 'LLaMA 7B', N: 6.7e9, D: 1e12, year: 2023, source: LLAMA },
  { name: 'LLaMA 65B', N: 65.2e9, D: 1.4e12, year: 2023, source: LLAMA },
  { name: 'Cerebras-GPT 13B', N: 13e9, D: 257e9, year: 2023, source: 'Dey et al. 2023, arXiv:2304.03208' },
  { name: 'Pythia 12B', N: 12e9, D: 300e9, year: 2023, source: 'Biderman et al. 2023, arXiv:2304.01373' },
  { name: 'Llama 2 70B', N: 70e9, D: 2e12, year: 2023, source: 'Touvron et al. 2023, arXiv:2307.09288' },
  { name: 'Falcon 180B', N: 180e9, D: 3.5e12, year: 2023, source: 'Almazrouei et al. 2023, arXiv:2311.16867' },
  { name: 'DeepSeek 67B', N: 67e9, D: 2e12, year: 2024, source: 'DeepSeek-AI 2024, arXiv:2401.02954' },
  { name: 'OLMo 7B', N: 7e9, D: 2.46e12, year: 2024, source: 'Groeneveld et al. 2024, arXiv:2402.00838' },
  { name: 'Llama 3 8B', N: 8e9, D: 15e12, year: 2024, source: LLAMA_3 },
  { name: 'Llama 3 70B', N: 70e9, D: 15e12, year: 2024, source: LLAMA_3 },
  { name: 'Nemotron-4 340B', N: 340e9, D: 9e12, year: 2024, source: 'NVIDIA 2024, arXiv:2406.11704' },
  { name: 'Llama 3.1 405B', N: 405e9, D: 15.6e12, year: 2024, source: LLAMA_3 },
  { name: 'Gemma 2 9B', N: 9e9, D: 8e12, year: 2024, source: 'Gemma Team 2024, arXiv:2408.00118' },
  { name: 'Gemma 2 27B', N: 27e9, D: 13e12, year: 2024, source: 'Gemma Team 2024, arXiv:2408.00118' },
];
