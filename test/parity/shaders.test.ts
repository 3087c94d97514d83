import { describe, expect, it } from 'vitest';
import { Device } from '../../src/backend/gpu/device.ts';
import { layoutsOf } from '../../src/backend/gpu/layouts.ts';
import { assembleShader, locate } from '../../src/backend/gpu/shaders.ts';
import { ShaderError } from '../../src/errors.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { HUBER_LOG, lossIds, lossOf } from '../../src/losses/registry.ts';
import { openOwnDevice } from '../support/device.ts';

const gpu = await openOwnDevice();
const layouts = layoutsOf(chinchilla);
const externals = { descendLayout: layouts.descend, Descent: layouts.Descent, End: layouts.End };

describe('assembled WGSL', () => {
  it('holds each file once, and the bindings that TypeGPU writes', () => {
    const code = assembleShader('descend', chinchilla, externals, HUBER_LOG);
    expect(code.match(/^fn huber\(/gm)).toHaveLength(1);
    expect(code).toContain('@group(0) @binding(0) var<uniform>');
    expect(code).not.toContain('layout.$');
  });

  it('traces a compiler message to its file and line', () => {
    const code = assembleShader('descend', chinchilla, externals, HUBER_LOG);
    const lineNum = code.split('\n').findIndex((line) => line.startsWith('fn huber_slope')) + 1;
    expect(locate(code, [{ lineNum, linePos: 4, message: 'oops' }])).toBe('shaders/lib/huber.wgsl:8:4 oops');
    const kernel = code.split('\n').findIndex((line) => line.startsWith('fn assemble')) + 1;
    expect(locate(code, [{ lineNum: kernel, linePos: 1, message: 'oops' }])).toMatch(/^shaders\/kernel\/descend\.wgsl:\d+:1 oops$/);
  });

  it.each(lossIds)('has the two parts of its loss, and no other: %s', (id) => {
    const loss = lossOf({ loss: id });
    const code = assembleShader('search', chinchilla, { searchLayout: layouts.search }, loss);
    const parts = [...code.matchAll(/^\/\/@ loss\/(\w+)\.wgsl:1$/gm)].map(([, part]) => part);
    expect(parts.toSorted()).toEqual([loss.residual, loss.shape].toSorted());
  });

  it('says which file is missing', () => {
    expect(() => assembleShader('descent', chinchilla, externals)).toThrow(
      new ShaderError('shaders/kernel/descent.wgsl: expected a file of that name, got none.'));
  });

  it.skipIf(typeof gpu === 'string')('reports what does not compile', async () => {
    const wrong = new Device(gpu as GPUDevice, 'test device').pipeline('descend', chinchilla, layouts.descend, { ...externals, End: layouts.Descent }, HUBER_LOG);
    await expect(wrong).rejects.toThrow(/^shaders\/lib\/descent\.wgsl:\d+:\d+ structure constructor/);
  });
});
