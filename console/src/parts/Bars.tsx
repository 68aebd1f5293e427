// Amounts as bars, the greatest first; one that is picked opens its records, as its name in the table does.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { type Amount, bars, barsHeight } from '../charts';
import { short, whole } from '../format';
import { useModel } from '../model';
import { Chart, useDrawing } from './Chart';
import { Charted } from './Charted';
import { type Column, Rows } from './Rows';

const TOLD = 3;

interface Placed extends Amount {
  id: string;
  place: string;
}

interface BarsProps {
  id: string;
  title: string;
  /** What the bars are named by, and what is counted. */
  first: string;
  unit: string;
  amounts: readonly Placed[];
}

export function Bars({ id, title, first, unit, amounts }: BarsProps) {
  const { t } = useTranslation();
  const model = useModel();
  const sorted = [...amounts].sort((one, other) => other.value - one.value);
  const columns: Column<Placed>[] = [
    { key: 'name', title: first, shown: (each) => <Link to={each.place}>{each.name}</Link> },
    { key: 'value', title: unit, isNumber: true, shown: (each) => whole(each.value, model.language) },
  ];
  return (
    <Charted
      id={id}
      title={t('charts.with', { title, unit })}
      chart={<Drawn title={title} amounts={sorted} />}
      table={<Rows rows={sorted} columns={columns} label={title} />}
      file={{ name: `${id}.csv`, rows: () => [[first, unit], ...sorted.map((each) => [each.name, each.value])] }}
    />
  );
}

function Drawn({ title, amounts }: { title: string; amounts: readonly Placed[] }) {
  const { t } = useTranslation();
  const { language } = useModel();
  const go = useNavigate();
  const drawing = useDrawing();
  const shown = JSON.stringify(amounts);
  const option = useMemo(
    () => bars(JSON.parse(shown) as Amount[], (value) => short(value, language), drawing),
    [shown, language, drawing],
  );
  const told = amounts
    .slice(0, TOLD)
    .map((each) => t('charts.bar', { name: each.name, value: whole(each.value, language) }));
  return (
    <Chart
      option={option}
      label={t('charts.barsLabel', { title, told: told.join(t('charts.and')) })}
      height={barsHeight(amounts.length)}
      onPick={({ at }) => {
        const place = amounts[at]?.place;
        if (place) go(place);
      }}
    />
  );
}
