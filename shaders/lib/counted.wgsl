// Where the points that count in a replicate stand, [1 + 2·points][columns] words: how many they are, then their numbers, rising,
// then their weights as float32; what is behind them is never read. Written by draw_weights.wgsl and src/backend/gpu/data.ts.
// Numbers and weights lie apart so that neighbouring replicates read neighbouring words.

fn number_at(k: u32, columns: u32, column: u32) -> u32 {
  return (1u + k) * columns + column;
}

fn weight_at(k: u32, points: u32, columns: u32, column: u32) -> u32 {
  return (1u + points + k) * columns + column;
}
