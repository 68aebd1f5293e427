// Work across the border of the two regions: which side began it, in what way, and with whom.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { flows, type Stage } from '../charts';
import { whole } from '../format';
import { lookOf } from '../kinds';
import { CooperationDocument, type CooperationQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import { useIsDark } from '../preferences';
import { Chart, useDrawing } from './Chart';
import { Charted } from './Charted';
import { Fault } from './Fault';
import { Empty, Pending } from './Page';
import { type Column, Rows } from './Rows';

const HEIGHT = 280;
const TYPES = { projects: 'Project', exchanges: 'CadreExchange', training: 'TrainingClass' } as const;
const WAYS = Object.keys(TYPES) as (keyof typeof TYPES)[];

interface Way {
  id: keyof typeof TYPES;
  fromSichuan: number;
  fromChongqing: number;
}

function waysOf(data: CooperationQuery): Way[] {
  const counts = {
    projects: [data.sichuanProjects, data.chongqingProjects],
    exchanges: [data.sichuanExchanges, data.chongqingExchanges],
    training: [data.sichuanTraining, data.chongqingTraining],
  } as const;
  return WAYS.map((id) => ({
    id,
    fromSichuan: counts[id][0].totalCount,
    fromChongqing: counts[id][1].totalCount,
  })).filter((each) => each.fromSichuan + each.fromChongqing > 0);
}

export function Cooperation() {
  const { t } = useTranslation();
  const model = useModel();
  const [{ data, error }, again] = useQuery({ query: trusted(CooperationDocument) });
  const ways = useMemo(() => (data ? waysOf(data) : []), [data]);
  if (error) return <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Pending rows={8} />;
  const title = t('charts.cooperation');
  if (ways.length === 0) {
    return (
      <section aria-labelledby="cooperation">
        <h2 id="cooperation">{title}</h2>
        <Empty>{t('charts.noCooperation')}</Empty>
      </section>
    );
  }
  const number = (value: number) => whole(value, model.language);
  const columns: Column<Way>[] = [
    { key: 'way', title: t('charts.way'), shown: (each) => t(`charts.${each.id}`) },
    { key: 'sichuan', title: t('charts.fromSichuan'), isNumber: true, shown: (each) => number(each.fromSichuan) },
    { key: 'chongqing', title: t('charts.fromChongqing'), isNumber: true, shown: (each) => number(each.fromChongqing) },
    { key: 'unit', title: t('dashboard.unit'), shown: (each) => t(`charts.unit.${each.id}`) },
  ];
  const rows = () => [
    columns.map((each) => each.title),
    ...ways.map((each) => [t(`charts.${each.id}`), each.fromSichuan, each.fromChongqing, t(`charts.unit.${each.id}`)]),
  ];
  return (
    <Charted
      id="cooperation"
      title={title}
      lead={t('charts.cooperationLead')}
      chart={<Flows ways={ways} />}
      table={<Rows rows={ways} columns={columns} label={title} />}
      file={{ name: 'cooperation.csv', rows }}
    />
  );
}

/** Sichuan and Chongqing as beginners at the left, the ways between, the same two as partners at the right. */
function Flows({ ways }: { ways: readonly Way[] }) {
  const { t } = useTranslation();
  const model = useModel();
  const drawing = useDrawing();
  const shade = useIsDark() ? 'dark' : 'light';
  const option = useMemo(() => {
    const [sichuan, chongqing] = [drawing.ink, drawing.line];
    const stages: Stage[] = [
      { name: t('charts.bySichuan'), colour: sichuan, column: 'left' },
      { name: t('charts.byChongqing'), colour: chongqing, column: 'left' },
      ...ways.map((each) => ({
        name: `${t(`charts.${each.id}`)} ${whole(each.fromSichuan + each.fromChongqing, model.language)}`,
        colour: lookOf(TYPES[each.id])[shade],
        column: 'middle' as const,
      })),
      { name: t('charts.withSichuan'), colour: sichuan, column: 'right' },
      { name: t('charts.withChongqing'), colour: chongqing, column: 'right' },
    ];
    const [withSichuan, withChongqing] = [stages.length - 2, stages.length - 1];
    const ties = ways.flatMap(({ fromSichuan, fromChongqing }, index) => [
      { from: 0, to: index + 2, value: fromSichuan },
      { from: 1, to: index + 2, value: fromChongqing },
      { from: index + 2, to: withChongqing, value: fromSichuan },
      { from: index + 2, to: withSichuan, value: fromChongqing },
    ]);
    return flows(
      stages,
      ties.filter((each) => each.value > 0),
      drawing,
    );
  }, [ways, drawing, shade, model.language, t]);
  return <Chart option={option} label={t('charts.cooperationLabel')} height={HEIGHT} />;
}
