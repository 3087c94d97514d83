/** `isoloss lab`: what its server answers, over a made-up page; and the command, in this process and in its own. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import openBrowser from 'open';
import { afterAll, afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseCommand } from '../../src/cli/args.ts';
import type { LabCommand } from '../../src/cli/lab-options.ts';
import { labListener } from '../../src/cli/lab-server.ts';
import { runLab } from '../../src/cli/lab.ts';
import { UsageError } from '../../src/cli/usage.ts';
import { InputError } from '../../src/errors.ts';
import { outcome, start } from './program.ts';

vi.mock('open', () => ({ default: vi.fn<(address: string) => Promise<void>>() }));

const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'";
const PAGE = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>the page</title>`;

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
const dist = join(folder, 'dist');
const runs = join(folder, 'my runs #1 100%.csv');

function write(path: string, content: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
}

write('dist/index.html', PAGE);
write('dist/offline.js', 'offline');
for (const name of ['index-1.js', 'worker-2.js', 'index-3.css']) write(`dist/assets/${name}`, name);
write('dist/worker-4.js', 'no worker of the build');
write('secret.txt', 'secret');
write('dist-other/secret.txt', 'secret');
write('none/assets/index-1.js', 'no page');
write('open/index.html', '<title>no policy</title>');
writeFileSync(runs, 'N,D,loss\n');
afterAll(() => rmSync(folder, { recursive: true }));

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The path goes out as it is written, and so does the host: "PORT" in it is the server's. */
async function ask(port: number, path: string, options: { method?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
  const headers = Object.entries(options.headers ?? {}).map(([name, value]) => [name, value.replace('PORT', `${port}`)]);
  const asking = request({ host: '127.0.0.1', port, path, ...options, headers: Object.fromEntries(headers) }).end();
  const [response] = await once(asking, 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

describe('the server', () => {
  const servers: { close(): void }[] = [];
  afterAll(() => servers.forEach((server) => server.close()));

  async function serve(file?: string): Promise<number> {
    const server = createServer(await labListener(dist, file)).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  it('gives the page, and tells the browser what it may do', async () => {
    const { status, headers, body } = await ask(await serve(), '/');
    expect([status, body]).toEqual([200, PAGE]);
    expect(headers).toMatchObject({
      'content-security-policy': `${POLICY}; frame-ancestors 'none'`,
      'content-type': 'text/html;charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each([
    ['/index.html', 'text/html;charset=utf-8', PAGE],
    ['/?query', 'text/html;charset=utf-8', PAGE],
    ['/assets/../index.html', 'text/html;charset=utf-8', PAGE],
    ['/offline.js', 'text/javascript', 'offline'],
    ['/assets/index-1.js', 'text/javascript', 'index-1.js'],
    ['/assets/index-3.css', 'text/css', 'index-3.css'],
  ])('gives %s as %s', async (path, type, content) => {
    const { status, headers, body } = await ask(await serve(), path);
    expect([status, headers['content-type'], body]).toEqual([200, type, content]);
  });

  it('lets only what has a hash in its name be kept', async () => {
    const port = await serve();
    const kept = async (path: string) => (await ask(port, path)).headers['cache-control'];
    expect(await kept('/assets/index-1.js')).toBe('max-age=31536000, immutable');
    for (const path of ['/', '/offline.js', '/assets/none.js']) expect(await kept(path), path).toBe('no-store');
  });

  it('lets the worker, and nothing else, ask other servers', async () => {
    const port = await serve(runs);
    const policy = async (path: string) => (await ask(port, path)).headers['content-security-policy'];
    const wide = POLICY.replace("connect-src 'self'", "connect-src 'self' https: http:");
    expect(await policy('/assets/worker-2.js')).toBe(`${wide}; frame-ancestors 'none'`);
    const others = ['/', '/assets/index-1.js', '/worker-4.js', '/assets/x/worker-2.js', '/?/assets/worker-2.js', '/data/worker-2.js'];
    for (const path of others) expect(await policy(path), path).toBe(`${POLICY}; frame-ancestors 'none'`);
  });

  it.each([
    '/none', '/assets/', '/assets', '/data/', '/data/secret.txt', '/data/my%20runs%20%231%20100%25.csv/', '/secret.txt',
    '/../secret.txt', '/assets/../../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/..%5csecret.txt', '/..\\secret.txt',
    '/../dist-other/secret.txt', '/data/../secret.txt', '/data/../../secret.txt', '/data/..%2fsecret.txt',
    '/etc/passwd', '//etc/passwd', 'file:///etc/passwd', '/%00', '/%', '/%E0%A4',
  ])('has nothing at %s', async (path) => {
    const { status, body } = await ask(await serve(runs), path);
    expect([status, body]).toEqual([404, '']);
  });

  it.each([
    'evil.test:PORT', 'evil.test', '127.0.0.1', '127.0.0.1:1', '127.0.0.1:PORT.evil.test', 'localhost', 'evil.test@localhost:PORT',
  ])('answers nothing to the host "%s"', async (host) => {
    const port = await serve(runs);
    for (const path of ['/', '/assets/index-1.js', '/data/my%20runs%20%231%20100%25.csv']) {
      const { status, body } = await ask(port, path, { headers: { host } });
      expect([status, body], path).toEqual([403, `Open http://127.0.0.1:${port}/\n`]);
    }
  });

  it('answers as localhost too', async () => {
    expect(await ask(await serve(), '/', { headers: { host: 'localhost:PORT' } })).toMatchObject({ status: 200, body: PAGE });
  });

  it('only reads', async () => {
    const port = await serve(runs);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await ask(port, '/data/my%20runs%20%231%20100%25.csv', { method })).status, method).toBe(405);
    }
    expect(await ask(port, '/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it('survives a range that is none', async () => {
    const port = await serve();
    expect(await ask(port, '/', { headers: { range: 'bytes=5-2' } })).toMatchObject({ status: 200, body: PAGE });
  });

  it('gives the file as it is at each request, and no other, and nothing of it is kept', async () => {
    const port = await serve(runs);
    const path = '/data/my%20runs%20%231%20100%25.csv';
    const { status, headers, body } = await ask(port, path);
    expect([status, body]).toEqual([200, 'N,D,loss\n']);
    expect(headers).toMatchObject({ 'content-type': 'application/octet-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    writeFileSync(runs, 'another table');
    expect((await ask(port, path)).body).toBe('another table');
    rmSync(runs);
    expect(await ask(port, path)).toMatchObject({ status: 404, body: 'The file cannot be read.\n' });
    writeFileSync(runs, 'N,D,loss\n');
    expect((await ask(await serve(), path)).status).toBe(404);
  });

  it.each([
    ['none', 'expected the built lab, got nothing there. Build it: npm run build'],
    ['open', 'expected a page with a Content-Security-Policy, got none. Build it anew: npm run build'],
  ])('cannot be made of the folder "%s"', async (name, message) => {
    const place = join(folder, name);
    await expect(labListener(place)).rejects.toThrow(new InputError(`${place}: ${message}`));
  });
});

it.each([
  ['', {}],
  ['runs.csv --port 8080', { source: 'runs.csv', port: 8080 }],
  ['--no-open https://host/runs.csv', { source: 'https://host/runs.csv', open: false }],
])('isoloss lab %s', (line, expected) => {
  expect(parseCommand(['lab', ...line.split(' ').filter(Boolean)])).toEqual({ kind: 'run', command: { name: 'lab', open: true, ...expected } });
});

it.each([
  [['a.csv', 'b.csv'], 'isoloss lab: expected one table, got "a.csv" and "b.csv". Quote a name that holds a space.'],
  [['-'], 'isoloss lab: expected a file or an address, got "-". Write standard input to a file.'],
  [[''], 'isoloss lab: expected a file or an address, got "". Leave it out for the bundled sweep.'],
  [['--port', '80'], 'isoloss lab --port: expected a whole number from 1024 to 65535, got "80". Write it in digits.'],
  [['--port', '65536'], 'isoloss lab --port: expected a whole number from 1024 to 65535, got "65536". Write it in digits.'],
  [['--port'], 'isoloss lab --port: expected a value, got none. Give it as --port VALUE.'],
  [['--no-open=yes'], 'isoloss lab --no-open: expected no value, got "yes". Write --no-open alone.'],
  [['--open'], 'isoloss lab: expected one of its options, got --open. isoloss lab --help lists them.'],
  [['--json'], 'isoloss lab: expected one of its options, got --json. It is one of isoloss fit.'],
])('refuses %j', (argv, message) => {
  expect(() => parseCommand(['lab', ...argv])).toThrow(new UsageError(message));
});

describe('in this process', () => {
  let written: Record<'out' | 'err', string>;
  let stops: (() => Promise<number>)[];

  beforeEach(() => {
    written = { out: '', err: '' };
    stops = [];
    for (const [name, stream] of [['out', process.stdout], ['err', process.stderr]] as const) {
      vi.spyOn(stream, 'write').mockImplementation(((content: string, done?: () => void) => {
        written[name] += content;
        done?.();
        return true;
      }) as typeof stream.write);
    }
  });
  afterEach(async () => {
    await Promise.all(stops.map((stop) => stop()));
    vi.restoreAllMocks();
    vi.mocked(openBrowser).mockReset();
  });

  /** Until it has printed its line, which is returned. */
  async function lab(argv: readonly string[], place = dist): Promise<string> {
    const { command } = parseCommand(['lab', ...argv]) as { kind: 'run'; command: LabCommand };
    const controller = new AbortController();
    const before = written.out.length;
    const ended = runLab(command, controller.signal, place);
    stops.push(() => { controller.abort(); return ended; });
    await Promise.race([ended, vi.waitFor(() => expect(written.out.slice(before)).toContain('\n'))]);
    return written.out.slice(before);
  }

  const portOf = (line: string) => Number(/:(\d+)\//.exec(line)![1]);

  it('opens the browser at the address that it prints', async () => {
    const line = await lab([]);
    expect(line).toMatch(/^isoloss lab: http:\/\/127\.0\.0\.1:48\d\d\/ \(Ctrl-C to stop\)\n$/);
    await vi.waitFor(() => expect(openBrowser).toHaveBeenCalledExactlyOnceWith(`http://127.0.0.1:${portOf(line)}/`));
  });

  it('serves without a browser, and says why there is none', async () => {
    vi.mocked(openBrowser).mockRejectedValue(new Error('spawn xdg-open ENOENT'));
    const line = await lab([]);
    await vi.waitFor(() => expect(written.err).toBe('isoloss: no browser was opened: spawn xdg-open ENOENT\n'));
    expect((await ask(portOf(line), '/')).body).toBe(PAGE);
  });

  it('begins with the file, which the page finds beside itself', async () => {
    const line = await lab(['--no-open', runs]);
    const [, port, hash] = /^isoloss lab: http:\/\/127\.0\.0\.1:(\d+)\/(#\S+) \(Ctrl-C to stop\)\n$/.exec(line)!;
    expect(hash).toBe('#source=data/my%2520runs%2520%25231%2520100%2525.csv');
    const { pathname } = new URL(new URLSearchParams(hash!.slice(1)).get('source')!, `http://127.0.0.1:${port}/`);
    expect((await ask(Number(port), pathname)).body).toBe('N,D,loss\n');
    expect(openBrowser).not.toHaveBeenCalled();
  });

  it('begins with an address, which the page asks for', async () => {
    const address = 'https://host:8080/runs.csv?a=1&b=c%20d#e';
    const line = await lab(['--no-open', address]);
    const hash = /#\S+/.exec(line)![0];
    expect(hash).toBe('#source=https://host:8080/runs.csv%3Fa%3D1%26b%3Dc%2520d%23e');
    expect(new URLSearchParams(hash.slice(1)).get('source')).toBe(address);
  });

  it('takes the next port where one is in use, unless it was asked for', async () => {
    const first = portOf(await lab(['--no-open']));
    expect(portOf(await lab(['--no-open']))).toBeGreaterThan(first);
    const again = runLab({ name: 'lab', port: first, open: false }, new AbortController().signal, dist);
    await expect(again).rejects.toThrow(new InputError(
      `isoloss lab --port: expected a free port, got ${first}, which is in use. Give another, or leave it out.`));
  });

  it('takes the port that is asked for', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    await new Promise((closed) => { probe.close(closed); });
    expect(portOf(await lab(['--no-open', '--port', `${port}`]))).toBe(port);
  });

  it.each([
    ['none.csv', 'expected a table of runs, got nothing there. Check the path.'],
    ['dist', 'expected a table of runs, got a directory. Check the path.'],
  ])('serves nothing where the file is "%s"', async (name, message) => {
    const path = join(folder, name);
    await expect(lab([path])).rejects.toThrow(new InputError(`${path}: ${message}`));
    stops = [];
    expect([written.out, vi.mocked(openBrowser).mock.calls]).toEqual(['', []]);
  });
});

it('serves the built page until Ctrl-C, which ends it with exit code 0, whoever is still connected', async () => {
  const child = start(['lab', '--no-open']);
  onTestFinished(() => void child.kill());
  const ended = outcome(child);
  const [line] = await Promise.race([once(child.stdout!, 'data'), ended.then(({ stderr }) => [stderr])]);
  expect(String(line)).toMatch(/^isoloss lab: http:/);
  const port = Number(/:(\d+)\//.exec(String(line))![1]);
  const { headers, body } = await ask(port, '/', { headers: { connection: 'keep-alive' } });
  expect(body).toContain('<title>isoloss');
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*; frame-ancestors 'none'$/);
  child.kill('SIGINT');
  expect(await ended).toEqual({ code: 0, stdout: String(line), stderr: '' });
});
