/**
 * Labels beside their points. One after another takes the first place at which it lies within the frame and on nothing
 * else, or none. How large a chart will be drawn is not known here: a place must do on plots of several sizes, since on
 * a larger one points move away from a label's own, and perhaps under the label.
 */
import type { Interval } from '../types.ts';
import type { Look } from './figure.ts';

/** From the lower left of the plot, in shares of its width and height. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Label {
  /** Where it may stand, best first. */
  readonly at: readonly Point[];
  /** With plotly's tags; "<br>" begins a line. */
  readonly text: string;
  /** Best first. Default: beside the point, then over and under it, then aslant. */
  readonly positions?: readonly Position[];
}

/** plotly's `textposition`. */
export type Position = `${'top' | 'middle' | 'bottom'} ${'left' | 'center' | 'right'}`;

/** `at`: which of the points of the label. */
export interface Placed { readonly at: number; readonly position: Position }

/** Of labels, pixels. */
export const LABEL_SIZE = 11;

/** A marker that keeps text as far from its point as places assume. */
export const UNSEEN = { size: 10, opacity: 0 } as const;

/** Sizes of the plot within the frame, pixels: of charts 700 to 1100 wide, and 340 to 420. */
const AREAS: Readonly<Record<'wide' | 'compact', readonly Area[]>> = {
  wide: [{ width: 610, height: 340 }, { width: 700, height: 390 }, { width: 810, height: 430 }, { width: 1010, height: 500 }],
  compact: [{ width: 270, height: 230 }, { width: 310, height: 260 }, { width: 350, height: 290 }],
};
/** Mean width of a letter, height of a line, and the distance from the point to the text, pixels. */
const [LETTER, LINE, GAP] = [0.58 * LABEL_SIZE, 1.3 * LABEL_SIZE, 6];
/** Half the side of a point that is not to be covered, pixels. */
const POINT = 6;
const POSITIONS: readonly Position[] = [
  'middle right', 'top center', 'bottom center', 'middle left', 'top right', 'bottom right', 'top left', 'bottom left',
];

interface Area { readonly width: number; readonly height: number }
interface Box { readonly left: number; readonly right: number; readonly bottom: number; readonly top: number }

/** The place of each label, null where it has no room. `points` are left free. */
export function placeLabels(labels: readonly Label[], points: readonly Point[], { compact }: Look): (Placed | null)[] {
  const plots = AREAS[compact ? 'compact' : 'wide'].map((area) => ({ area, taken: points.map((point) => boxAround(point, area)) }));
  return labels.map(({ at, text, positions = POSITIONS }) => {
    for (const [k, point] of at.entries()) for (const position of positions) {
      const boxes = plots.map(({ area }) => boxOf(point, text, position, area));
      if (!plots.every(({ area, taken }, p) => isFree(boxes[p]!, area, taken))) continue;
      plots.forEach(({ taken }, p) => taken.push(boxes[p]!));
      return { at: k, position };
    }
    return null;
  });
}

/** Text with a space at either end of its lines, which keeps it off its marker. */
export function besideMarker(text: string): string {
  return text.split('<br>').map((line) => `\u00A0${line}\u00A0`).join('<br>');
}

/** How far along a log axis, 0 to 1. */
export function shareAlong([low, high]: Interval, value: number): number {
  return Math.log(value / low) / Math.log(high / low);
}

function isFree({ left, right, bottom, top }: Box, { width, height }: Area, taken: readonly Box[]): boolean {
  return left >= 0 && right <= width && bottom >= 0 && top <= height
    && taken.every((box) => right <= box.left || box.right <= left || top <= box.bottom || box.top <= bottom);
}

function boxAround({ x, y }: Point, { width, height }: Area): Box {
  return { left: width * x - POINT, right: width * x + POINT, bottom: height * y - POINT, top: height * y + POINT };
}

function boxOf(point: Point, text: string, position: Position, area: Area): Box {
  const [x, y] = [area.width * point.x, area.height * point.y];
  const [vertical, horizontal] = position.split(' ');
  const lines = text.split('<br>').map((line) => line.replaceAll(/<[^>]*>/g, '').replaceAll(/&\w+;/g, '_').length);
  const [width, height] = [LETTER * Math.max(...lines), LINE * lines.length];
  const left = horizontal === 'right' ? x + GAP : horizontal === 'left' ? x - GAP - width : x - width / 2;
  const bottom = vertical === 'top' ? y + GAP : vertical === 'bottom' ? y - GAP - height : y - height / 2;
  return { left, right: left + width, bottom, top: bottom + height };
}
