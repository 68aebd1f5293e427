// The two regions' figures: as published in 2020 beside what the hub holds, each with unit, source and date.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { csv, download } from '../csv';
import { instant, whole } from '../format';
import { FiguresByKindDocument, FiguresDocument, type FiguresQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import { Bars } from '../parts/Bars';
import { Cooperation } from '../parts/Cooperation';
import { Fault } from '../parts/Fault';
import { Page, Pending } from '../parts/Page';
import { type Column, Rows } from '../parts/Rows';
import { TileMap } from '../parts/TileMap';

interface Figure {
  id: string;
  title: string;
  unit: string;
  published: number;
  now: number;
}

/** A figure as its region published it in 2020, and where the hub's answer has the same of now; words by their keys. */
interface Origin {
  id: string;
  title:
    | 'institutions'
    | 'instruments50'
    | 'instruments20'
    | 'value'
    | 'experts'
    | 'achievements'
    | 'people'
    | 'enterprises'
    | 'projects'
    | 'volume';
  unit: 'count' | 'devices' | 'persons' | 'yuan' | 'tb';
  published: number;
  now: (of: FiguresQuery) => number;
}

const sum = (groups: readonly { sum: { valueCny?: number | null; sizeTb?: number | null } }[]) =>
  groups.reduce((total, each) => total + (each.sum.valueCny ?? each.sum.sizeTb ?? 0), 0);

export default function Dashboard() {
  const { t } = useTranslation();
  const model = useModel();
  const [{ data, error }, again] = useQuery({ query: trusted(FiguresDocument) });
  const figures = useFigures(data);
  return (
    <Page title={t('dashboard.title')} lead={t('dashboard.lead')}>
      {error && <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && !error && <Pending rows={12} />}
      {data && (
        <>
          <Compared id="sichuan" title={t('dashboard.sichuan')} figures={figures(SICHUAN)} />
          <Compared id="chongqing" title={t('dashboard.chongqing')} figures={figures(CHONGQING)} />
          <p className="quiet small">
            {t('dashboard.published')} {t('dashboard.live', { at: instant(new Date().toISOString(), model.language) })}
          </p>
        </>
      )}
      <Cooperation />
      <TileMap />
      <ByKind />
    </Page>
  );
}

const SICHUAN: readonly Origin[] = [
  { id: 'owners', title: 'institutions', unit: 'count', published: 160, now: (of) => of.sichuanOwners.totalCount },
  {
    id: 'instruments',
    title: 'instruments50',
    unit: 'devices',
    published: 2774,
    now: (of) => of.sichuanInstruments.totalCount,
  },
  {
    id: 'value',
    title: 'value',
    unit: 'yuan',
    published: 3_468_000_000,
    now: (of) => sum(of.sichuanInstruments.groups),
  },
  { id: 'experts', title: 'experts', unit: 'persons', published: 1356, now: (of) => of.experts.totalCount },
];

const CHONGQING: readonly Origin[] = [
  {
    id: 'instruments',
    title: 'instruments20',
    unit: 'devices',
    published: 9654,
    now: (of) => of.chongqingInstruments.totalCount,
  },
  {
    id: 'value',
    title: 'value',
    unit: 'yuan',
    published: 4_960_000_000,
    now: (of) => sum(of.chongqingInstruments.groups),
  },
  {
    id: 'achievements',
    title: 'achievements',
    unit: 'count',
    published: 9296,
    now: (of) => of.achievements.totalCount,
  },
  { id: 'people', title: 'people', unit: 'persons', published: 190_000, now: (of) => of.chongqingPeople.totalCount },
  { id: 'enterprises', title: 'enterprises', unit: 'count', published: 17_300, now: (of) => of.enterprises.totalCount },
  { id: 'projects', title: 'projects', unit: 'count', published: 68_000, now: (of) => of.projects.totalCount },
  { id: 'volume', title: 'volume', unit: 'tb', published: 273, now: (of) => sum(of.datasets.groups) },
];

function useFigures(data: FiguresQuery | undefined): (origin: readonly Origin[]) => Figure[] {
  const { t } = useTranslation();
  return (origin) =>
    data
      ? origin.map(({ id, title, unit, published, now }) => ({
          id,
          title: t(`dashboard.${title}`),
          unit: t(`dashboard.${unit}`),
          published,
          now: now(data),
        }))
      : [];
}

function Compared({ id, title, figures }: { id: string; title: string; figures: Figure[] }) {
  const { t } = useTranslation();
  const model = useModel();
  const shown = (value: number) => whole(value, model.language);
  const columns: Column<Figure>[] = [
    { key: 'title', title: t('dashboard.figure'), shown: (each) => each.title },
    { key: 'published', title: t('dashboard.origin'), isNumber: true, shown: (each) => shown(each.published) },
    { key: 'now', title: t('dashboard.hub'), isNumber: true, shown: (each) => shown(each.now) },
    { key: 'unit', title: t('dashboard.unit'), shown: (each) => each.unit },
    { key: 'share', title: t('dashboard.share'), isNumber: true, shown: (each) => share(each) },
  ];
  const save = () => {
    const head = [t('dashboard.figure'), t('dashboard.origin'), t('dashboard.hub'), t('dashboard.unit')];
    download(
      csv([head, ...figures.map((each) => [each.title, String(each.published), String(each.now), each.unit])]),
      `${id}.csv`,
    );
  };
  return (
    <section aria-labelledby={id}>
      <div className="above-rows">
        <h2 id={id}>{title}</h2>
        <Button onClick={save}>{t('list.csv')}</Button>
      </div>
      <Rows rows={figures} columns={columns} label={title} />
    </section>
  );
}

function share({ now, published }: Figure): string {
  return `${((100 * now) / published).toFixed(1)} %`;
}

/** Instruments and institutions by kind. */
function ByKind() {
  const { t } = useTranslation();
  const model = useModel();
  const [{ data, error }, again] = useQuery({ query: trusted(FiguresByKindDocument) });
  if (error) return <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Pending rows={8} />;
  const categories = model.field('Instrument', 'category')?.options ?? [];
  const kinds = model.field('Institution', 'kind')?.options ?? [];
  const amount = (key: unknown, count: number, options: typeof kinds, list: string) => ({
    id: String(key),
    name: model.option(options, String(key)),
    place: `${list}=${key}`,
    value: count,
  });
  const instruments = data.instruments.groups.map(({ category, count }) =>
    amount(category, count, categories, '/instruments?category'),
  );
  const institutions = data.institutions.groups.map(({ kind, count }) =>
    amount(kind, count, kinds, '/institutions?kind'),
  );
  return (
    <>
      <Bars
        id="categories"
        title={t('charts.instrumentKinds')}
        first={t('dashboard.category')}
        unit={t('dashboard.devices')}
        amounts={instruments}
      />
      <Bars
        id="kinds"
        title={t('charts.institutionKinds')}
        first={t('charts.kind')}
        unit={t('dashboard.count')}
        amounts={institutions}
      />
    </>
  );
}
