/**
 * A Chromium for the tests: one that is installed, else one that we install, else one sentence.
 *
 * It serves twice: the browser tests run in it, and the folder of its binary holds a Vulkan loader with
 * SwiftShader, the software driver that Dawn uses in Node.
 *
 * Snap packages do not count: they cannot see a test's temporary profile, and Ubuntu's apt package is one.
 * Everything asked of the machine goes through `Machine`, so that a test can make a machine up.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { posix, win32 } from 'node:path';

export interface Chromium {
  executable: string;
  /** Folder of vk_swiftshader_icd.json, where there is one. */
  vulkan: string | undefined;
}

export interface Machine {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  root: boolean;
  /** Is there a file of this path? */
  exists(path: string): boolean;
  /** The path with its links followed. */
  real(path: string): string;
  /** First bytes of a file as text: enough to recognise a wrapper script. */
  head(path: string): string;
  /** Where Playwright keeps the Chromium that it installs. */
  playwright(): Promise<string>;
  /** Runs a command to its end, silently; throws if it fails. */
  run(command: string, args: readonly string[]): void;
  /** Playwright's own command line, as the first arguments of Node. */
  playwrightCli(): string;
  say(line: string): void;
}

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];
const LINUX_FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/google/chrome', '/opt/chromium.org/chromium'];
const MAC_APPS = ['Google Chrome', 'Chromium'];
const WINDOWS_ROOTS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];
const LIBRARY_FOLDERS = ['/usr/lib', '/usr/lib64', '/opt'];
const ICD = 'vk_swiftshader_icd.json';

/** An installed Chromium, or a freshly installed one. */
export async function ensureChromium(machine: Machine = thisMachine()): Promise<Chromium> {
  const found = await findChromium(machine);
  if (found) return found;
  for (const installer of installers(machine)) {
    machine.say(`isoloss: no Chrome or Chromium found, installing one with ${installer.name} …`);
    try {
      installer.install();
    } catch (error) {
      machine.say(`isoloss: ${installer.name} failed: ${lastLine(error)}`);
      continue;
    }
    const installed = await findChromium(machine);
    if (installed) return installed;
  }
  throw new Error(
    'The tests need Chrome or Chromium: install it (https://www.google.com/chrome, or your package manager\'s ' +
      '`chromium`), or set ISOLOSS_CHROMIUM to its executable.',
  );
}

const lastLine = (error: unknown) => String(error).trimEnd().split('\n').at(-1);

/** ISOLOSS_CHROMIUM, else the usual places, else PATH, else Playwright's own. */
export async function findChromium(machine: Machine): Promise<Chromium | undefined> {
  const chosen = machine.env['ISOLOSS_CHROMIUM'];
  if (chosen && !machine.exists(chosen)) {
    throw new Error(`ISOLOSS_CHROMIUM: expected the path of a Chrome or Chromium executable, got "${chosen}".`);
  }
  const executable = chosen || usualPlaces(machine).find((path) => machine.exists(path) && !isSnap(path, machine))
    || await ownedByPlaywright(machine);
  return executable ? { executable, vulkan: vulkanFolder(executable, machine) } : undefined;
}

function usualPlaces(machine: Machine): string[] {
  const { platform, env } = machine;
  if (platform === 'darwin') {
    const folders = ['/Applications', `${env['HOME'] ?? ''}/Applications`];
    return folders.flatMap((folder) => MAC_APPS.map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`));
  }
  if (platform === 'win32') {
    const roots = WINDOWS_ROOTS.flatMap((name) => env[name] ?? []);
    return roots.flatMap((root) => ['Google\\Chrome', 'Chromium'].map((app) =>
      win32.join(root, app, 'Application', 'chrome.exe')));
  }
  const onPath = (env['PATH'] ?? '').split(':').filter(Boolean);
  return [...new Set([...LINUX_FOLDERS, ...onPath])].flatMap((folder) => NAMES.map((name) => `${folder}/${name}`));
}

function isSnap(path: string, machine: Machine): boolean {
  const real = machine.real(path);
  return real === '/usr/bin/snap' || real.startsWith('/snap/') || machine.head(real).includes('/snap/bin/');
}

async function ownedByPlaywright(machine: Machine): Promise<string | undefined> {
  const path = await machine.playwright();
  return path && machine.exists(path) ? path : undefined;
}

/** Beside the binary; /usr/bin/chromium is a script whose binary lies in /usr/lib/chromium. */
function vulkanFolder(executable: string, machine: Machine): string | undefined {
  if (machine.platform !== 'linux') return undefined;
  const real = machine.real(executable);
  const named = [executable, real].flatMap((path) =>
    LIBRARY_FOLDERS.map((folder) => `${folder}/${posix.basename(path)}`));
  return [posix.dirname(real), ...named].find((folder) => machine.exists(`${folder}/${ICD}`));
}

interface Installer { name: string; install: () => void }

/** Debian as root: apt. Then, and elsewhere, Playwright's own (with its system libraries, if we may). */
function installers(machine: Machine): Installer[] {
  const apt = { name: 'apt-get', install: () => installWithApt(machine) };
  const own = { name: 'playwright', install: () => installWithPlaywright(machine) };
  return hasApt(machine) && isDebian(machine) ? [apt, own] : [own];
}

const hasApt = (machine: Machine) => machine.root && machine.exists('/usr/bin/apt-get');

/** Debian or near it; not Ubuntu, whose `chromium` is a snap. */
function isDebian(machine: Machine): boolean {
  if (!machine.exists('/etc/os-release')) return false;
  const ids = machine.head('/etc/os-release').match(/^ID(_LIKE)?=.*$/gm)?.join(' ') ?? '';
  return /\bdebian\b/.test(ids) && !/\bubuntu\b/.test(ids);
}

function installWithApt(machine: Machine): void {
  machine.run('apt-get', ['update', '-qq']);
  const packages = ['chromium', 'fonts-liberation'];
  machine.run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...packages]);
}

function installWithPlaywright(machine: Machine): void {
  const libraries = machine.platform === 'linux' && hasApt(machine) ? ['--with-deps'] : [];
  machine.run(process.execPath, [machine.playwrightCli(), 'install', '--no-shell', ...libraries, 'chromium']);
}

function thisMachine(): Machine {
  return {
    platform: process.platform,
    env: process.env,
    root: process.getuid?.() === 0,
    exists: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
    real: (path) => realpathSync(path),
    head: readHead,
    playwright: async () => (await import('playwright')).chromium.executablePath(),
    playwrightCli: () => {
      const manifest = createRequire(import.meta.url).resolve('playwright/package.json');
      return manifest.replace(/package\.json$/, 'cli.js');
    },
    run: (command, args) => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      execFileSync(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 2 ** 26 });
    },
    say: (line) => void process.stderr.write(`${line}\n`),
  };
}

function readHead(path: string): string {
  const bytes = Buffer.alloc(4096);
  const file = openSync(path, 'r');
  try {
    return bytes.toString('latin1', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/** The machine's own GPU instead of SwiftShader: ISOLOSS_TEST_GPU=native. */
export const nativeGpu = process.env['ISOLOSS_TEST_GPU'] === 'native';

/**
 * Features that are left out: what Playwright 1.65 leaves out, since of two such switches only the last counts, and two pages of
 * the address bar, which each window of a context loads for itself: 1.4 s of a core.
 */
const LEFT_OUT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'LensOverlay',
  'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'TcpPortRandomizationWin',
  'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch',
  'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup',
];

/** How the tests start Chromium: no calls home, WebGPU on SwiftShader, or none. */
export function chromiumArguments({ webgpu = true } = {}): string[] {
  const driver = nativeGpu ? '--enable-features=Vulkan' : '--use-webgpu-adapter=swiftshader';
  return [
    ...(webgpu ? ['--enable-unsafe-webgpu', driver] : ['--disable-gpu']),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    `--disable-features=${LEFT_OUT.join(',')}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}
