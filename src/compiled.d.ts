/** WebAssembly of an AssemblyScript module, as base64: vite.wasm.ts compiles it. */
declare module '*?compiled' {
  const base64: string;
  export default base64;
}
