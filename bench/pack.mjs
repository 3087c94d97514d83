/**
 * Packs the built benchmark with Node and Dawn: build/isoloss-bench/ and build/isoloss-bench.tar.gz, which runs on a Linux
 * x86-64 machine without a network. `npm run bench:pack` builds the benchmark first.
 *
 *   node                     this process's own program, without its debug information
 *   lib/                     the built benchmark and program; pack.json: what was packed, and when
 *   node_modules/webgpu/     Dawn
 *   run.sh, README.txt, nvidia_icd.json, LICENSE, licenses/
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const BUILT = 'build/bench';
const NAME = 'isoloss-bench';
const OUT = `build/${NAME}`;
const ARCHIVE = `${OUT}.tar.gz`;
const DAWN = 'node_modules/webgpu';
const BINDING = `${DAWN}/dist/linux-x64/dawn.node`;
const MEBIBYTE = 2 ** 20;
const LIMIT = 60 * MEBIBYTE;

refuseOtherMachines();
rmSync(OUT, { recursive: true, force: true });
rmSync(ARCHIVE, { force: true });
copyPrograms();
copyTexts();
compress();
tryIt();

/** Node's libraries must be inside its program: a distribution's own package may link to them instead. */
function refuseOtherMachines() {
  const platform = `${process.platform}-${process.arch}`;
  if (platform !== 'linux-x64') fail(`expected linux-x64, got ${platform}. Node and Dawn are packed for this machine only.`);
  const shared = Object.keys(process.config.variables).filter((name) => name.startsWith('node_shared') && isOn(name));
  if (shared.length > 0) {
    fail(`expected a Node that has its libraries inside, got ${process.execPath} with ${shared.join(', ')}. Take nodejs.org's.`);
  }
  for (const file of [`${BUILT}/run.js`, `${BUILT}/probe.js`]) {
    if (!existsSync(file)) fail(`expected the built benchmark, got no ${file}. Run npm run bench:pack.`);
  }
  if (!existsSync(BINDING)) fail(`expected Dawn, got no ${BINDING}. Run npm ci.`);
}

function isOn(name) {
  return [true, 'true', 1].includes(process.config.variables[name]);
}

function copyPrograms() {
  cpSync(BUILT, `${OUT}/lib`, { recursive: true });
  for (const file of ['package.json', 'index.js', 'LICENSE.md']) cpSync(`${DAWN}/${file}`, `${OUT}/${DAWN}/${file}`);
  cpSync(BINDING, `${OUT}/${BINDING}`);
  cpSync(process.execPath, `${OUT}/node`);
  for (const program of ['node', BINDING]) {
    const { error, status } = spawnSync('strip', [`${OUT}/${program}`], { stdio: 'inherit' });
    if (error || status !== 0) console.log(`${program} keeps its debug information: strip is missing or failed.`);
  }
}

function copyTexts() {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const { version: webgpu } = JSON.parse(readFileSync(`${DAWN}/package.json`, 'utf8'));
  const pack = { version, commit: commit(), date: new Date().toISOString(), node: process.version, webgpu };
  mkdirSync(`${OUT}/licenses`);
  for (const file of ['run.sh', 'nvidia_icd.json']) cpSync(`bench/pack/${file}`, `${OUT}/${file}`);
  cpSync('LICENSE', `${OUT}/LICENSE`);
  cpSync(`${BUILT}/LICENSES.md`, `${OUT}/licenses/packages.md`);
  rmSync(`${OUT}/lib/LICENSES.md`);
  writeFileSync(`${OUT}/package.json`, '{ "type": "module" }\n');
  writeFileSync(`${OUT}/lib/pack.json`, `${JSON.stringify(pack, null, 2)}\n`);
  writeFileSync(`${OUT}/README.txt`, readme(pack));
}

function readme({ version, commit, date }) {
  const words = {
    VERSION: version, COMMIT: commit, DATE: date.slice(0, 10), NODE_LICENSE: nodeLicense(),
    NODE_NEEDS: needs(process.execPath), DAWN_NEEDS: needs(BINDING),
  };
  const template = readFileSync('bench/pack/README.txt', 'utf8');
  return template.replaceAll(new RegExp(`\\b(${Object.keys(words).join('|')})\\b`, 'g'), (word) => words[word]);
}

/** The commit, marked where tracked files differ from it. */
function commit() {
  const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: 'pipe' }).trim();
  try {
    return git('rev-parse', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') ? ' with changes' : '');
  } catch {
    return 'unknown';
  }
}

/** Node's licence, copied where it lies near the program: in its own archive, or where packages put it. */
function nodeLicense() {
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  const near = ['LICENSE', 'share/doc/nodejs/LICENSE', 'share/doc/node/LICENSE', 'share/doc/nodejs/copyright'];
  const file = near.map((path) => join(prefix, path)).find((path) => existsSync(path));
  if (file) cpSync(file, `${OUT}/licenses/node.txt`);
  return file ? 'licenses/node.txt' : `https://github.com/nodejs/node/blob/${process.version}/LICENSE`;
}

/** The newest symbol versions that a program asks of glibc and libstdc++: they stand in it as plain text. */
function needs(program) {
  const text = readFileSync(program, 'latin1');
  const newest = (library) => [...text.matchAll(new RegExp(`\\0${library}_([\\d.]+)(?=\\0)`, 'g'))]
    .map(([, version]) => version).toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  return `glibc ${newest('GLIBC')}, libstdc++ with GLIBCXX_${newest('GLIBCXX')}`;
}

function compress() {
  execFileSync('tar', ['-C', 'build', '--sort=name', '--owner=0', '--group=0', '--numeric-owner', '-cf', `${OUT}.tar`, NAME]);
  execFileSync('gzip', ['-9', '-f', `${OUT}.tar`]);
  const { size } = statSync(ARCHIVE);
  console.log(`${ARCHIVE}: ${(size / MEBIBYTE).toFixed(1)} MiB`);
  if (!(size < LIMIT)) fail(`expected ${ARCHIVE} below ${LIMIT / MEBIBYTE} MiB, got ${(size / MEBIBYTE).toFixed(1)}.`);
}

/** Unpacked far from the checkout and without an environment, Node must start, Dawn load, and the probe answer. */
function tryIt() {
  const away = mkdtempSync(join(tmpdir(), `${NAME}-`));
  const run = (...args) => execFileSync('./node', args, { cwd: join(away, NAME), env: {}, encoding: 'utf8' });
  try {
    execFileSync('tar', ['-C', away, '-xzf', ARCHIVE]);
    run('-e', 'import("webgpu")');
    const found = run('lib/probe.js').trim();
    if (!/^(hardware|software|none) /.test(found)) fail(`expected the unpacked probe to answer, got "${found}".`);
    console.log(`Unpacked, it runs; here it finds: ${found}`);
  } finally {
    rmSync(away, { recursive: true });
  }
}

function fail(message) {
  console.error(`bench:pack: ${message}`);
  process.exit(1);
}
