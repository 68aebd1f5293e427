// Figures by division as labelled squares, each a button, with the same as a table and a file.
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { csv, download } from '../csv';
import { short, whole } from '../format';
import { FiguresByDivisionDocument, type FiguresByDivisionQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import { recordPlace } from '../places';
import { byTile, CHONGQING, levelOf, type Place, SICHUAN, shortName } from '../tiles';
import { Bars } from './Bars';
import { Equation } from './Equation';
import { Fault } from './Fault';
import { Pending } from './Page';
import { RecordLink } from './RecordLink';
import { type Column, Rows } from './Rows';

const MEASURES = ['institutions', 'instruments', 'value'] as const;
type Measure = (typeof MEASURES)[number];
type Division = FiguresByDivisionQuery['divisions']['nodes'][number];
type Sums = Record<Measure, ReturnType<typeof byTile>>;

const CODES: ReadonlySet<string> = new Set([...Object.keys(SICHUAN), ...Object.keys(CHONGQING)]);

function sumsOf(data: FiguresByDivisionQuery): Sums {
  const owners = data.instruments.groups.map((each) => ({ ...each, code: each.ownerDivision?.code ?? null }));
  const worth = owners.map((each) => ({ ...each, count: each.sum.valueCny ?? 0 }));
  const institutions = data.institutions.groups.map((each) => ({ ...each, code: each.division?.code ?? null }));
  return { institutions: byTile(institutions, CODES), instruments: byTile(owners, CODES), value: byTile(worth, CODES) };
}

export function TileMap() {
  const { t } = useTranslation();
  const [{ data, error }, again] = useQuery({ query: trusted(FiguresByDivisionDocument) });
  const [measure, setMeasure] = useState<Measure>('institutions');
  const [chosen, setChosen] = useState<string | null>(null);
  const sums = useMemo(() => (data ? sumsOf(data) : null), [data]);
  if (error) return <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data || !sums) return <Pending rows={8} />;
  const divisions = new Map(data.divisions.nodes.map((each) => [each.code, each]));
  const common = { divisions, sums: sums[measure].sums, chosen, onChoose: setChosen, measure };
  const division = chosen ? divisions.get(chosen) : undefined;
  return (
    <section aria-labelledby="tiles">
      <div className="above-rows">
        <h2 id="tiles">{t('tiles.title')}</h2>
        <label className="choice">
          {t('tiles.show')}{' '}
          <select value={measure} onChange={(event) => setMeasure(event.target.value as Measure)}>
            {MEASURES.map((each) => (
              <option key={each} value={each}>
                {t(`tiles.${each}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className="quiet">{t('tiles.lead')}</p>
      <div className="tile-maps">
        <Tiles title={t('tiles.sichuan')} places={SICHUAN} {...common} />
        <Tiles title={t('tiles.chongqing')} places={CHONGQING} {...common} />
      </div>
      {division && <Chosen division={division} sums={sums} />}
      <Total sums={sums[measure]} measure={measure} />
      <Highest divisions={data.divisions.nodes} sums={sums[measure].sums} measure={measure} />
      <details>
        <summary>{t('tiles.table')}</summary>
        <Table divisions={data.divisions.nodes} sums={sums} />
      </details>
    </section>
  );
}

interface TilesProps {
  title: string;
  places: Readonly<Record<string, Place>>;
  divisions: ReadonlyMap<string, Division>;
  sums: ReadonlyMap<string, number>;
  chosen: string | null;
  measure: Measure;
  onChoose: (code: string) => void;
}

function Tiles({ title, places, divisions, sums, chosen, measure, onChoose }: TilesProps) {
  const { t } = useTranslation();
  const model = useModel();
  const all = [...sums.values()];
  const inOrder = Object.entries(places).sort(([, one], [, other]) => one[1] - other[1] || one[0] - other[0]);
  return (
    <div>
      <h3>{title}</h3>
      <ul className="tiles" aria-label={title}>
        {inOrder.map(([code, [column, row]]) => {
          const division = divisions.get(code);
          if (!division) return null;
          const value = sums.get(code) ?? 0;
          const name = model.name(division);
          return (
            <li key={code} style={{ gridColumn: column + 1, gridRow: row + 1 }}>
              <button
                type="button"
                className={`tile level-${levelOf(value, all)}`}
                aria-pressed={code === chosen}
                title={`${name} ${whole(value, model.language)}`}
                onClick={() => onChoose(code)}
              >
                <span lang={model.language === 'en' && !division.nameEn ? 'zh-CN' : undefined}>{shortName(name)}</span>
                <span className="tile-value">{short(value, model.language)}</span>
                <span className="unseen">{t(`tiles.${measure}`)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Chosen({ division, sums }: { division: Division; sums: Sums }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <div className="panel" role="status">
      <h3>
        <RecordLink record={division} />
      </h3>
      <dl className="fact-list narrow-list">
        {MEASURES.map((each) => (
          <div key={each}>
            <dt>{t(`tiles.${each}`)}</dt>
            <dd>{whole(sums[each].sums.get(division.code) ?? 0, model.language)}</dd>
          </div>
        ))}
      </dl>
      <Link to={recordPlace(division.id, 'Division')}>{t('tiles.open', { name: model.name(division) })}</Link>
    </div>
  );
}

/** Whatever is in no tile is told, so that the squares add up to the whole. */
function Total({ sums: { sums, elsewhere }, measure }: { sums: Sums[Measure]; measure: Measure }) {
  const { t } = useTranslation();
  const of = (places: Readonly<Record<string, Place>>) =>
    Object.keys(places).reduce((sum, code) => sum + (sums.get(code) ?? 0), 0);
  const parts = [
    { key: 'sichuan', words: t('tiles.sichuan'), count: of(SICHUAN) },
    { key: 'chongqing', words: t('tiles.chongqing'), count: of(CHONGQING) },
    { key: 'elsewhere', words: t('tiles.elsewhere'), count: elsewhere },
  ];
  const total = [...sums.values()].reduce((sum, each) => sum + each, elsewhere);
  return (
    <p>
      {t(`tiles.${measure}`)} <Equation total={total} parts={parts} />
    </p>
  );
}

const MOST_BARS = 10;

/** The divisions that have most, of both sides together. */
function Highest({ divisions, sums, measure }: HighestProps) {
  const { t } = useTranslation();
  const model = useModel();
  const amounts = divisions
    .map((each) => ({
      id: each.id,
      name: model.name(each),
      place: recordPlace(each.id, 'Division'),
      value: sums.get(each.code) ?? 0,
    }))
    .filter((each) => each.value > 0)
    .sort((one, other) => other.value - one.value)
    .slice(0, MOST_BARS);
  const unit = { institutions: 'count', instruments: 'devices', value: 'yuan' } as const;
  return (
    <Bars
      id="divisions"
      title={t('charts.divisions', { measure: t(`tiles.${measure}`), count: amounts.length })}
      first={t('dashboard.division')}
      unit={t(`dashboard.${unit[measure]}`)}
      amounts={amounts}
    />
  );
}

interface HighestProps {
  divisions: readonly Division[];
  sums: ReadonlyMap<string, number>;
  measure: Measure;
}

function Table({ divisions, sums }: { divisions: readonly Division[]; sums: Sums }) {
  const { t } = useTranslation();
  const model = useModel();
  const rows = [...divisions].sort((one, other) => one.code.localeCompare(other.code));
  const columns: Column<Division>[] = [
    { key: 'name', title: t('dashboard.division'), shown: (each) => <RecordLink record={each} /> },
    { key: 'code', title: t('tiles.code'), shown: (each) => <code>{each.code}</code> },
    ...MEASURES.map((measure) => ({
      key: measure,
      title: t(`tiles.${measure}`),
      isNumber: true,
      shown: (each: Division) => whole(sums[measure].sums.get(each.code) ?? 0, model.language),
    })),
  ];
  const save = () => {
    const head = columns.map((each) => each.title);
    const lines = rows.map((each) => [
      model.name(each),
      each.code,
      ...MEASURES.map((measure) => String(sums[measure].sums.get(each.code) ?? 0)),
    ]);
    download(csv([head, ...lines]), 'divisions.csv');
  };
  return (
    <>
      <p>
        <Button onClick={save}>{t('list.csv')}</Button>
      </p>
      <Rows rows={rows} columns={columns} label={t('tiles.title')} />
    </>
  );
}
