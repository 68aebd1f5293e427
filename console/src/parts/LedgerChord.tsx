// The ledger as a chord: the same cells as ribbons. The matrix above is its table, and the truth.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { chord } from '../charts';
import { type Matrix, type Opened, tiesOf } from '../exchange';
import { useModel } from '../model';
import { useMatches } from '../useMatches';
import { Chart, useDrawing } from './Chart';

const HEIGHT = 480;
const NARROW_HEIGHT = 320;

interface ChordProps {
  all: Matrix;
  /** The cell that one points at in the matrix. */
  pointedAt: string | null;
  onOpen: (opened: Opened) => void;
}

export function LedgerChord({ all, pointedAt, onOpen }: ChordProps) {
  const { t } = useTranslation();
  const model = useModel();
  const drawing = useDrawing();
  const isNarrow = useMatches('(max-width: 600px)');
  const ties = useMemo(() => tiesOf(all), [all]);
  const option = useMemo(() => {
    const points = all.institutions.map((each, at) => ({
      name: model.name(each),
      colour: drawing.many[at % drawing.many.length] ?? drawing.ink,
    }));
    const drawn = ties.map(({ at: [from, to], people }) => ({ from, to, value: people }));
    const told = ({ from, to, value }: { from: number; to: number; value: number }) =>
      t('charts.tie', { from: points[from]?.name ?? '', to: points[to]?.name ?? '', people: value });
    return chord(points, drawn, told, { ...drawing, isNarrow });
  }, [all, ties, drawing, isNarrow, model, t]);
  const at = ties.findIndex((each) => each.key === pointedAt);
  const spot = useMemo(() => (at < 0 ? null : ({ at, of: 'edge' } as const)), [at]);
  return (
    <section aria-labelledby="chord">
      <h2 id="chord">{t('charts.chord')}</h2>
      <p className="quiet">{t('charts.chordLead')}</p>
      <Chart
        option={option}
        label={t('charts.chordLabel', { count: ties.length })}
        height={isNarrow ? NARROW_HEIGHT : HEIGHT}
        pointedAt={spot}
        onPick={({ at: picked, of }) => {
          const tie = ties[picked];
          if (of === 'edge' && tie) onOpen(tie);
        }}
      />
    </section>
  );
}
