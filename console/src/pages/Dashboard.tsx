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
  now: number | null;
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
          <Compared id="sichuan" title={t('dashboard.sichuan')} figures={figures.sichuan} />
          <Compared id="chongqing" title={t('dashboard.chongqing')} figures={figures.chongqing} />
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

function useFigures(data: FiguresQuery | undefined): { sichuan: Figure[]; chongqing: Figure[] } {
  const { t } = useTranslation();
  const units = {
    count: t('dashboard.count'),
    devices: t('dashboard.devices'),
    persons: t('dashboard.persons'),
    yuan: t('dashboard.yuan'),
    tb: t('dashboard.tb'),
  };
  if (!data) return { sichuan: [], chongqing: [] };
  return {
    sichuan: [
      {
        id: 'owners',
        title: t('dashboard.institutions'),
        unit: units.count,
        published: 160,
        now: data.sichuanOwners.totalCount,
      },
      {
        id: 'instruments',
        title: t('dashboard.instruments50'),
        unit: units.devices,
        published: 2774,
        now: data.sichuanInstruments.totalCount,
      },
      {
        id: 'value',
        title: t('dashboard.value'),
        unit: units.yuan,
        published: 3_468_000_000,
        now: sum(data.sichuanInstruments.groups),
      },
      {
        id: 'experts',
        title: t('dashboard.experts'),
        unit: units.persons,
        published: 1356,
        now: data.experts.totalCount,
      },
    ],
    chongqing: [
      {
        id: 'instruments',
        title: t('dashboard.instruments20'),
        unit: units.devices,
        published: 9654,
        now: data.chongqingInstruments.totalCount,
      },
      {
        id: 'value',
        title: t('dashboard.value'),
        unit: units.yuan,
        published: 4_960_000_000,
        now: sum(data.chongqingInstruments.groups),
      },
      {
        id: 'achievements',
        title: t('dashboard.achievements'),
        unit: units.count,
        published: 9296,
        now: data.achievements.totalCount,
      },
      {
        id: 'people',
        title: t('dashboard.people'),
        unit: units.persons,
        published: 190_000,
        now: data.chongqingPeople.totalCount,
      },
      {
        id: 'enterprises',
        title: t('dashboard.enterprises'),
        unit: units.count,
        published: 17_300,
        now: data.enterprises.totalCount,
      },
      {
        id: 'projects',
        title: t('dashboard.projects'),
        unit: units.count,
        published: 68_000,
        now: data.projects.totalCount,
      },
      { id: 'volume', title: t('dashboard.volume'), unit: units.tb, published: 273, now: sum(data.datasets.groups) },
    ],
  };
}

function Compared({ id, title, figures }: { id: string; title: string; figures: Figure[] }) {
  const { t } = useTranslation();
  const model = useModel();
  const shown = (value: number | null) => (value === null ? t('dashboard.none') : whole(value, model.language));
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
      csv([head, ...figures.map((each) => [each.title, String(each.published), String(each.now ?? ''), each.unit])]),
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
  return now === null ? '—' : `${((100 * now) / published).toFixed(1)} %`;
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
