/** Shares of the best loss that sizes nearly as good give up. */
export const EXCESSES = [0.001, 0.01] as const;
