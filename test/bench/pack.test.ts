/** What bench/pack/run.sh says and starts, with a stub in Node's place and a folder in the root's. */
import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'isoloss-pack-')));
afterAll(() => rmSync(folder, { recursive: true }));

interface Machine {
  /** What lib/probe.js prints, its exit status, and what it adds where VK_LOADER_DEBUG is set. */
  readonly probe: string;
  readonly status?: number;
  readonly loaderSays?: string;
  /** The files that exist under the root, and what ldconfig prints. */
  readonly files?: readonly string[];
  readonly ldconfig?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uname?: string;
  readonly nodeStarts?: boolean;
}

const LOADER = 'usr/lib64/libvulkan.so.1';
const DRIVER = 'usr/share/vulkan/icd.d/nvidia_icd.json';
const NO_ADAPTER = 'none backend: expected a WebGPU adapter, got none.';
const ON_THE_CPU = 'Questions that need no GPU are answered on the CPU.';
const ASK = 'Has this job been given a GPU (nvidia-smi, ls /dev/dri), and is its driver one of the above? The loader says:';

let machines = 0;

/** Runs `run.sh accuracy startup` from `home`. `root`: what stands for /; `pack`: where the script and Node are. */
async function run(machine: Machine) {
  const home = join(folder, `machine ${machines++}`);
  const root = join(home, 'root');
  const pack = join(home, 'pack');
  const bin = join(home, 'bin');
  for (const path of [root, pack, bin]) mkdirSync(path, { recursive: true });
  for (const file of machine.files ?? []) write(join(root, file), '');
  copyFileSync('bench/pack/run.sh', join(pack, 'run.sh'));
  program(join(bin, 'uname'), `echo '${machine.uname ?? 'Linux x86_64'}'`);
  program(join(bin, 'ldconfig'), `echo '${machine.ldconfig ?? ''}'`);
  program(join(pack, 'node'), stub(machine));
  const env = { SYSROOT: root, HOME: join(home, 'home'), PATH: `${bin}:/usr/bin:/bin`, ...machine.env };
  const ended = await new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile('sh', [join(pack, 'run.sh'), 'accuracy', 'startup'], { env, cwd: home }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
  return { ...ended, root, pack, home, said: ended.stderr.trimEnd().split('\n') };
}

function stub({ probe, status = 0, loaderSays = '', nodeStarts = true }: Machine): string {
  return `case $1 in
    --version) ${nodeStarts ? 'exit 0' : 'echo "node: no such interpreter" >&2; exit 127'} ;;
    lib/probe.js) [ -z "\${VK_LOADER_DEBUG-}" ] || printf '%s' '${loaderSays}' >&2; echo '${probe}'; exit ${status} ;;
    *) echo "$*|\${LD_LIBRARY_PATH-}|\${VK_ICD_FILENAMES-}|\${EPOCH_DATA-}" ;;
  esac`;
}

function program(path: string, body: string): void {
  write(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

describe.skipIf(process.platform === 'win32')('the packed benchmark', () => {
  it('names the GPU, and hands its arguments to the benchmark', async () => {
    const { code, stdout, said, root } = await run({ probe: 'hardware nvidia hopper', files: [LOADER, DRIVER] });
    expect(said).toEqual([
      `Vulkan loader: ${root}/${LOADER}`, `Vulkan driver files: ${root}/${DRIVER}`, 'GPU: nvidia hopper',
    ]);
    expect([code, stdout]).toEqual([0, 'lib/run.js accuracy startup|||\n']);
  });

  it('says that there is no loader, and measures the CPU', async () => {
    const { code, stdout, said } = await run({ probe: `${NO_ADAPTER} No Vulkan loader.` });
    expect(said).toEqual([
      'Vulkan loader: none',
      'Vulkan driver files: none',
      'No GPU: there is no Vulkan loader, libvulkan.so.1, in the usual folders, LD_LIBRARY_PATH or ldconfig -p.',
      'Install it (Debian, Ubuntu: libvulkan1; Fedora, Red Hat: vulkan-loader), or: LD_LIBRARY_PATH=ITS_FOLDER ./run.sh',
      ON_THE_CPU,
    ]);
    expect([code, stdout]).toEqual([0, 'lib/run.js accuracy startup|||\n']);
  });

  it('says that there is no driver file', async () => {
    const { said } = await run({ probe: `${NO_ADAPTER} No adapter.`, files: [LOADER] });
    expect(said.slice(1)).toEqual([
      'Vulkan driver files: none',
      'No GPU: there is no Vulkan driver file, such as nvidia_icd.json, in vulkan/icd.d under /etc or /usr/share.',
      "Install the graphics part of the GPU's driver, or: VK_ICD_FILENAMES=FILE ./run.sh",
      'In a container it has to be let in; with NVIDIA: NVIDIA_DRIVER_CAPABILITIES=all',
      ON_THE_CPU,
    ]);
  });

  it('says that the driver file which was named does not exist', async () => {
    const env = { VK_ICD_FILENAMES: '/nowhere.json' };
    const { said } = await run({ probe: `${NO_ADAPTER} No adapter.`, files: [LOADER, DRIVER], env });
    expect(said[2]).toBe(
      'No GPU: there is no Vulkan driver file: VK_DRIVER_FILES or VK_ICD_FILENAMES names /nowhere.json, which does not exist.');
  });

  it('says that only software answers, with the loader\'s own words, each once', async () => {
    const loaderSays = 'ERROR: libXext.so.6: cannot open\nERROR: libXext.so.6: cannot open\n\n    at Vulkan.cpp:1\n';
    const { said } = await run({ probe: 'software google swiftshader', loaderSays, files: [LOADER, DRIVER] });
    expect(said.slice(2)).toEqual([
      'No GPU: only software answers, google swiftshader. What is called gpu below is that software.',
      ASK, 'ERROR: libXext.so.6: cannot open', ON_THE_CPU,
    ]);
  });

  it('says that no driver offers an adapter', async () => {
    const { said } = await run({ probe: `${NO_ADAPTER} No adapter.`, files: [LOADER, DRIVER] });
    expect(said.slice(2)).toEqual([
      'No GPU: the loader and a driver file are there, but no driver offers an adapter that Dawn can use.',
      ASK, 'nothing', ON_THE_CPU,
    ]);
  });

  it('says why Dawn does not load', async () => {
    const reason = 'libstdc++.so.6: version GLIBCXX_3.4.30 not found (required by dawn.node)';
    const probe = `${NO_ADAPTER} The optional package "webgpu" did not load (${reason}): run npm install webgpu.`;
    const { said } = await run({ probe, files: [LOADER, DRIVER] });
    expect(said.slice(2)).toEqual([
      `No GPU: Dawn, which is in this folder, does not load: ${reason}`,
      'If it names GLIBC or GLIBCXX, the C or C++ library of this machine is too old: README.txt says what is needed.',
      ON_THE_CPU,
    ]);
  });

  it('says how Dawn ended where it died', async () => {
    const { said } = await run({ probe: 'terminate called', status: 134, files: [LOADER, DRIVER] });
    expect(said.slice(2)).toEqual([
      'No GPU: Dawn ended with status 134 while it looked for an adapter:', 'terminate called', ON_THE_CPU,
    ]);
  });

  it('finds a loader that only ldconfig knows, and names its folder', async () => {
    const ldconfig = '\tlibvulkan.so.1 (libc6) => /opt/32/libvulkan.so.1\n\tlibvulkan.so.1 (libc6,x86-64) => /opt/gl/libvulkan.so.1';
    const { said, stdout } = await run({ probe: 'hardware amd', ldconfig, files: ['etc/vulkan/icd.d/radeon_icd.json'] });
    expect(said[0]).toBe('Vulkan loader: /opt/gl/libvulkan.so.1');
    expect(stdout).toBe('lib/run.js accuracy startup|/opt/gl||\n');
  });

  it('finds a loader in LD_LIBRARY_PATH, and leaves that as it is', async () => {
    const env = { LD_LIBRARY_PATH: `/nowhere:${folder}/loader` };
    write(join(folder, 'loader/libvulkan.so.1'), '');
    const { said, stdout } = await run({ probe: 'hardware nvidia', files: [DRIVER], env });
    expect(said[0]).toBe(`Vulkan loader: ${folder}/loader/libvulkan.so.1`);
    expect(stdout).toBe(`lib/run.js accuracy startup|${env.LD_LIBRARY_PATH}||\n`);
    const none = await run({ probe: NO_ADAPTER, env: { LD_LIBRARY_PATH: '/nowhere' } });
    expect([none.said[0], none.stdout]).toEqual(['Vulkan loader: none', 'lib/run.js accuracy startup|/nowhere||\n']);
  });

  it('takes its own driver file where NVIDIA\'s driver has none', async () => {
    const radeon = 'etc/vulkan/icd.d/radeon_icd.json';
    const files = [LOADER, radeon, 'usr/lib64/libGLX_nvidia.so.0'];
    const { said, stdout, root, pack } = await run({ probe: 'hardware nvidia', files });
    expect(said[1]).toBe(`Vulkan driver files: ${root}/${radeon} ${pack}/nvidia_icd.json`);
    expect(stdout).toBe(`lib/run.js accuracy startup||${root}/${radeon}:${pack}/nvidia_icd.json|\n`);
  });

  it('takes a driver file from where containers have it', async () => {
    const file = 'usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json';
    const { stdout, root } = await run({ probe: 'hardware nvidia', files: [LOADER, file] });
    expect(stdout).toBe(`lib/run.js accuracy startup||${root}/${file}|\n`);
  });

  it('takes paths of data from where it was called', async () => {
    const { stdout, home } = await run({ probe: 'hardware nvidia', files: [LOADER, DRIVER], env: { EPOCH_DATA: 'a b.csv' } });
    expect(stdout).toBe(`lib/run.js accuracy startup|||${home}/a b.csv\n`);
  });

  it('refuses other machines, and says where Node does not start', async () => {
    const other = await run({ probe: '', uname: 'Linux aarch64' });
    expect([other.code, other.stdout, other.said]).toEqual([1, '', [
      'run.sh: expected Linux x86_64, got Linux aarch64. Nothing here runs on other machines.',
    ]]);
    const old = await run({ probe: '', nodeStarts: false });
    expect([old.code, old.stdout, old.said]).toEqual([1, '', [
      'node: no such interpreter',
      'run.sh: the packed node does not start; why is said above. README.txt says what it needs.',
    ]]);
  });
});
