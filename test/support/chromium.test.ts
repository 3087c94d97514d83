/** The finder on machines that are made up: a set of files, and a log of the commands that it ran. */
import { expect, it } from 'vitest';
import { ensureChromium, findChromium, type Machine } from './chromium.ts';

const DEBIAN = { '/etc/os-release': 'NAME="Debian GNU/Linux"\nID=debian\n', '/usr/bin/apt-get': '' };
const UBUNTU = { '/etc/os-release': 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', '/usr/bin/apt-get': '' };
const CHROMIUM = {
  '/usr/bin/chromium': '#!/bin/sh\nLIBDIR=/usr/lib/$APPNAME\n',
  '/usr/lib/chromium/vk_swiftshader_icd.json': '{}',
};
const OWN = { '/cache/chrome-linux/chrome': '\x7fELF', '/cache/chrome-linux/vk_swiftshader_icd.json': '{}' };
const APT = [
  'apt-get update -qq',
  'apt-get install -qq -y --no-install-recommends chromium fonts-liberation',
];

interface MadeUp extends Partial<Machine> {
  links?: Record<string, string>;
  /** What a command that starts so leaves behind; a command that is not named here fails. */
  leaves?: Record<string, Record<string, string>>;
}

function machine(files: Record<string, string>, { links = {}, leaves = {}, ...rest }: MadeUp = {}) {
  const disk = { ...files };
  const ran: string[] = [];
  const said: string[] = [];
  const made: Machine = {
    platform: 'linux',
    env: { PATH: '/usr/bin:/bin' },
    root: false,
    exists: (path) => path in disk,
    real: (path) => links[path] ?? path,
    head: (path) => disk[path] ?? '',
    playwright: async () => '/cache/chrome-linux/chrome',
    playwrightCli: () => 'cli.js',
    run: (command, args) => {
      const line = `${command === process.execPath ? 'node' : command} ${args.join(' ')}`;
      ran.push(line);
      const left = Object.entries(leaves).find(([start]) => line.startsWith(start));
      if (!left) throw new Error(`${line}: failed`);
      Object.assign(disk, left[1]);
    },
    say: (line) => said.push(line),
    ...rest,
  };
  return { made, ran, said };
}

it('finds Debian\'s chromium, and SwiftShader in the folder of the binary behind the script', async () => {
  const { made, ran, said } = machine({ ...DEBIAN, ...CHROMIUM });
  expect(await ensureChromium(made)).toEqual({ executable: '/usr/bin/chromium', vulkan: '/usr/lib/chromium' });
  expect([...ran, ...said]).toEqual([]);
});

it('follows the link of Google\'s package', async () => {
  const files = { '/usr/bin/google-chrome': '', '/opt/google/chrome/vk_swiftshader_icd.json': '' };
  const links = { '/usr/bin/google-chrome': '/opt/google/chrome/google-chrome' };
  expect(await findChromium(machine(files, { links }).made))
    .toEqual({ executable: '/usr/bin/google-chrome', vulkan: '/opt/google/chrome' });
});

it('looks along PATH', async () => {
  const { made } = machine({ '/home/me/bin/chromium': '' }, { env: { PATH: '/bin:/home/me/bin' } });
  expect(await findChromium(made)).toEqual({ executable: '/home/me/bin/chromium', vulkan: undefined });
});

it.each([
  ['darwin', { HOME: '/Users/me' }, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  ['darwin', { HOME: '/Users/me' }, '/Users/me/Applications/Chromium.app/Contents/MacOS/Chromium'],
  ['win32', { PROGRAMFILES: 'C:\\Programs' }, 'C:\\Programs\\Google\\Chrome\\Application\\chrome.exe'],
] as const)('knows where %s keeps it (%#)', async (platform, env, path) => {
  expect(await findChromium(machine({ [path]: '' }, { platform, env }).made))
    .toEqual({ executable: path, vulkan: undefined });
});

it('takes ISOLOSS_CHROMIUM before anything else, and says so when it is not there', async () => {
  const env = { PATH: '/usr/bin', ISOLOSS_CHROMIUM: '/my/chrome' };
  const { made } = machine({ ...CHROMIUM, '/my/chrome': '' }, { env });
  expect(await findChromium(made)).toEqual({ executable: '/my/chrome', vulkan: undefined });
  await expect(ensureChromium(machine(CHROMIUM, { env }).made)).rejects.toThrow(new Error(
    'ISOLOSS_CHROMIUM: expected the path of a Chrome or Chromium executable, got "/my/chrome".',
  ));
});

it.each([
  ['a link to snap', { '/usr/bin/chromium': '' }, { '/usr/bin/chromium': '/usr/bin/snap' }],
  ['Ubuntu\'s script', { '/usr/bin/chromium-browser': '#!/bin/sh\nexec /snap/bin/chromium "$@"\n' }, {}],
] as const)('passes over %s', async (_, files, links) => {
  const { made } = machine({ ...files, ...OWN }, { links });
  expect(await findChromium(made)).toEqual({ executable: '/cache/chrome-linux/chrome', vulkan: '/cache/chrome-linux' });
});

it('installs with apt on Debian as root, and says so in one line', async () => {
  const leaves = { 'apt-get update': {}, 'apt-get install': CHROMIUM };
  const { made, ran, said } = machine(DEBIAN, { root: true, leaves });
  expect(await ensureChromium(made)).toEqual({ executable: '/usr/bin/chromium', vulkan: '/usr/lib/chromium' });
  expect(ran).toEqual(APT);
  expect(said).toEqual(['isoloss: no Chrome or Chromium found, installing one with apt-get …']);
});

it.each([
  ['Ubuntu as root', UBUNTU, true, 'node cli.js install --no-shell --with-deps chromium'],
  ['Ubuntu as a user', UBUNTU, false, 'node cli.js install --no-shell chromium'],
  ['Debian as a user', DEBIAN, false, 'node cli.js install --no-shell chromium'],
  ['a Linux without apt', {}, true, 'node cli.js install --no-shell chromium'],
] as const)('installs Playwright\'s own on %s', async (_, files, root, command) => {
  const { made, ran } = machine(files, { root, leaves: { 'node cli.js': OWN } });
  expect((await ensureChromium(made)).executable).toBe('/cache/chrome-linux/chrome');
  expect(ran).toEqual([command]);
});

it('goes on to Playwright\'s own where apt fails', async () => {
  const { made, ran, said } = machine(DEBIAN, { root: true, leaves: { 'node cli.js': OWN } });
  expect((await ensureChromium(made)).executable).toBe('/cache/chrome-linux/chrome');
  expect(ran).toEqual([APT[0], 'node cli.js install --no-shell --with-deps chromium']);
  expect(said[1]).toBe('isoloss: apt-get failed: Error: apt-get update -qq: failed');
});

it('says in one sentence what to install where nothing works', async () => {
  const { made, ran } = machine(DEBIAN, { root: true, leaves: { 'apt-get': {} } });
  await expect(ensureChromium(made)).rejects.toThrow(new Error(
    'The tests need Chrome or Chromium: install it (https://www.google.com/chrome, or your package manager\'s ' +
      '`chromium`), or set ISOLOSS_CHROMIUM to its executable.',
  ));
  expect(ran).toHaveLength(3);
});
