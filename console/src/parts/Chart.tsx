// A chart as SVG: an image with a name; whoever shows one shows its numbers as a table too.
import { BarChart, ChordChart, SankeyChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use as known } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useMemo, useRef } from 'react';
import { useIsDark, usePreferences } from '../preferences';
import { type Colours, coloursOf } from '../theme';

known([BarChart, ChordChart, SankeyChart, AriaComponent, GridComponent, TooltipComponent, SVGRenderer]);

/** What a chart is drawn with: the colours of the mode and the size of letters. */
export interface Drawing extends Colours {
  size: number;
}

export function useDrawing(): Drawing {
  const { isLarge } = usePreferences();
  const isDark = useIsDark();
  return useMemo(() => ({ ...coloursOf(isDark), size: isLarge ? 16 : 12 }), [isDark, isLarge]);
}

/** The page's own letters, by its language: a chart measures them itself. */
function fontsOf(box: Element | null): string {
  return box ? getComputedStyle(box).fontFamily : 'sans-serif';
}

/** What of a chart was picked, or is pointed at: its place among the bars, or among the ties. */
export interface Spot {
  at: number;
  of: 'node' | 'edge';
}

type Drawn = ReturnType<typeof init>;

interface ChartProps {
  option: EChartsCoreOption;
  label: string;
  height: number;
  pointedAt?: Spot | null;
  onPick?: (spot: Spot) => void;
}

export function Chart({ option, label, height, pointedAt, onPick }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<Drawn | null>(null);
  const picked = useRef(onPick);
  picked.current = onPick;
  const shown = useRef<EChartsCoreOption | null>(null);
  const drawing = useDrawing();
  useEffect(() => {
    if (!box.current) return;
    const drawn = init(box.current, null, { renderer: 'svg' });
    drawn.on('click', ({ dataIndex, dataType }) =>
      picked.current?.({ at: dataIndex, of: dataType === 'edge' ? 'edge' : 'node' }),
    );
    const watcher = new ResizeObserver(() => {
      drawn.resize();
      // labels of bars stay where they were unless they are drawn anew
      if (shown.current) drawn.setOption(shown.current, { notMerge: true });
    });
    watcher.observe(box.current);
    chart.current = drawn;
    return () => {
      watcher.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    const { text, ground, line, size } = drawing;
    const letters = { fontFamily: fontsOf(box.current), fontSize: size, color: text };
    // a tip of HTML would carry style attributes, which the policy forbids
    const tooltip = { renderMode: 'richText', backgroundColor: ground, borderColor: line, textStyle: letters };
    const common = { animation: false, textStyle: letters, aria: { enabled: true, label: { description: label } } };
    shown.current = { ...common, ...option, tooltip: { ...tooltip, ...(option.tooltip as object) } };
    chart.current?.setOption(shown.current, { notMerge: true });
  }, [option, label, drawing]);
  useEffect(() => {
    const of = pointedAt && { seriesIndex: 0, dataIndex: pointedAt.at, dataType: pointedAt.of };
    chart.current?.dispatchAction(of ? { type: 'highlight', ...of } : { type: 'downplay', seriesIndex: 0 });
  }, [pointedAt]);
  return <div ref={box} className="chart" style={{ height }} role="img" aria-label={label} />;
}
