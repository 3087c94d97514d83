import { expect, it } from 'vitest';
import { betweenFailures, goodputOf } from '../../src/plan/failures.ts';
import { scaleOut } from '../../src/plan/scale-out.ts';
import { trainingRun } from '../../src/plan/training-run.ts';
import { modelledUtilisation } from '../../src/plan/utilisation.ts';

const CLUSTER = { device: 'h100-sxm', devices: 1024, utilisation: 0.4, pricePerDeviceHour: 2.5 } as const;

it('nothing lost, twice the devices take half the hours and the same money', () => {
  const [one, two] = scaleOut(1e24, { cluster: CLUSTER }, [512, 1024]);
  expect(two!.training).toEqual(trainingRun(1e24, CLUSTER));
  expect([one!.training.hours / two!.training.hours, one!.training.money]).toEqual([2, two!.training.money]);
  expect([one!.goodput, one!.utilisation]).toEqual([1, 0.4]);
});

it('more devices fail more often', () => {
  const failures = { ofOneDevice: 50_000, checkpoint: 0.1, restart: 0.2 };
  const runs = scaleOut(1e24, { cluster: CLUSTER, failures }, [256, 1024, 8192]);
  for (const { devices, goodput, training } of runs) {
    const expected = goodputOf({ between: betweenFailures(50_000, devices), checkpoint: 0.1, restart: 0.2 }).goodput;
    expect(goodput).toBe(expected);
    expect(training).toEqual(trainingRun(1e24, { ...CLUSTER, devices, goodput }));
  }
  expect(runs[2]!.goodput).toBeLessThan(runs[0]!.goodput);
  expect(runs[2]!.training.money).toBeGreaterThan(runs[0]!.training.money!);
});

it('a layout is of whole replicas, and more of them wait longer', () => {
  const layout = { N: 7e10, batch: 4e6, pipeline: { stages: 8, microBatches: 32 }, tensorParallel: 8, bandwidth: 5e10 };
  const [few, many] = scaleOut(1e24, { cluster: CLUSTER, layout }, [10, 1000]);
  expect([few!.devices, many!.devices]).toEqual([64, 1024]);
  expect(many!.utilisation).toBe(modelledUtilisation({ ...layout, device: 'h100-sxm', kernel: 0.4, replicas: 16 }).utilisation);
  expect(many!.utilisation).toBeLessThan(few!.utilisation);
});
