// What the charts draw, as echarts takes it: bars side by side, flows between two sides, ties round a circle.
import type { EChartsCoreOption } from 'echarts/core';

const BAR_HEIGHT = 30;
const LEAST_BARS = 3;
const NAMES_WIDTH = 132;

export interface Look {
  ink: string;
  text: string;
  line: string;
  size: number;
}

export interface Amount {
  name: string;
  value: number;
}

export function barsHeight(count: number): number {
  return Math.max(count, LEAST_BARS) * BAR_HEIGHT;
}

/** Bars from above, each with its number at its end. */
export function bars(amounts: readonly Amount[], told: (value: number) => string, look: Look): EChartsCoreOption {
  const letters = { color: look.text, fontSize: look.size };
  return {
    grid: { left: 0, right: 64, top: 0, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: { show: false },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: amounts.map((each) => each.name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.line } },
      axisLabel: { ...letters, interval: 0, width: NAMES_WIDTH, overflow: 'break', lineHeight: look.size + 2 },
    },
    series: [
      {
        type: 'bar',
        data: amounts.map((each) => each.value),
        barMaxWidth: 16,
        itemStyle: { color: look.ink },
        label: { ...letters, show: true, position: 'right', formatter: ({ value }: { value: number }) => told(value) },
      },
    ],
  };
}

export interface Flow {
  from: number;
  to: number;
  value: number;
}

export interface Point {
  name: string;
  colour: string;
}

/** A point of flows, and in which of three columns it stands. */
export interface Stage extends Point {
  column: keyof typeof ABOVE;
}

/** Where a name stands, above its bar and within the picture. */
const ABOVE = {
  left: { align: 'left', position: [0, -18] },
  middle: { align: 'center', position: 'top' },
  right: { align: 'right', position: ['100%', -18] },
} as const;

/** Flows from left to right; equal names are kept apart by their places. Stages through which nothing flows are left out. */
export function flows(stages: readonly Stage[], ties: readonly Flow[], { text, size }: Look): EChartsCoreOption {
  const used = new Set(ties.flatMap((each) => [each.from, each.to]));
  return {
    tooltip: { show: false },
    series: [
      {
        type: 'sankey',
        left: 4,
        right: 4,
        top: 28,
        bottom: 8,
        nodeGap: 32,
        draggable: false,
        data: stages.flatMap(({ name, colour, column }, at) => {
          const label = { formatter: name, color: text, fontSize: size, ...ABOVE[column] };
          return used.has(at) ? [{ name: String(at), itemStyle: { color: colour }, label }] : [];
        }),
        links: ties.map(({ from, to, value }) => ({ source: String(from), target: String(to), value })),
        lineStyle: { color: 'source', opacity: 0.35 },
      },
    ],
  };
}

/** Of a circle and the names round it. */
const WIDE_ROOM = { radius: ['58%', '62%'], names: NAMES_WIDTH, smaller: 0 };
const NARROW_ROOM = { radius: ['36%', '40%'], names: 88, smaller: 1 };

/** Ties round a circle; `told` says what one is. */
export function chord(
  points: readonly Point[],
  ties: readonly Flow[],
  told: (tie: Flow) => string,
  { text, size, isNarrow }: Look & { isNarrow: boolean },
): EChartsCoreOption {
  const room = isNarrow ? NARROW_ROOM : WIDE_ROOM;
  return {
    tooltip: {
      formatter: ({ dataType, dataIndex, name }: { dataType: string; dataIndex: number; name: string }) => {
        const tie = dataType === 'edge' ? ties[dataIndex] : undefined;
        return tie ? told(tie) : (points[Number(name)]?.name ?? '');
      },
    },
    series: [
      {
        type: 'chord',
        radius: room.radius,
        padAngle: 4,
        minAngle: 4,
        data: points.map(({ name, colour }, at) => ({
          name: String(at),
          itemStyle: { color: colour },
          label: { formatter: name, color: text, fontSize: size - room.smaller, width: room.names, overflow: 'break' },
        })),
        links: ties.map(({ from, to, value }) => ({ source: String(from), target: String(to), value })),
        lineStyle: { color: 'source', opacity: 0.4 },
        emphasis: { lineStyle: { opacity: 0.85 } },
      },
    ],
  };
}
