// How two records are connected: told in words first, shortest first.
import { SwapOutlined } from '@ant-design/icons';
import { Alert, Button, Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { KindMark } from '../kinds';
import {
  NamedDocument,
  PathsBetweenDocument,
  type PathsBetweenQuery,
  type RelationKind,
} from '../made/graphql/graphql';
import { useModel } from '../model';
import { Fault } from '../parts/Fault';
import { Empty, Page, Pending } from '../parts/Page';
import { RecordLink } from '../parts/RecordLink';
import { RecordPicker } from '../parts/RecordPicker';
import { tie } from '../sentences';

const HOPS = [2, 3, 4, 5, 6];
const STANDARD_HOPS = 4;

type Path = PathsBetweenQuery['paths']['nodes'][number];

export default function Paths() {
  const { t } = useTranslation();
  const model = useModel();
  const [parameters, setParameters] = useSearchParams();
  const from = parameters.get('from');
  const to = parameters.get('to');
  const hops = Number(parameters.get('hops') ?? STANDARD_HOPS);
  const excluded = parameters.getAll('without').filter((each) => model.relationType(each) !== null);
  const turn = (edge: string) => {
    const next = new URLSearchParams(parameters);
    next.delete('without');
    const kept = excluded.includes(edge) ? excluded.filter((each) => each !== edge) : [...excluded, edge];
    for (const each of kept) next.append('without', each);
    setParameters(next);
  };
  const ids = [from, to].filter((each) => each !== null);
  const [{ data: named }] = useQuery({ query: trusted(NamedDocument), variables: { ids }, pause: ids.length === 0 });
  const nameOf = (id: string | null) => {
    const found = named?.nodes.find((each) => each?.id === id);
    return found ? model.name(found) : id;
  };
  const set = (changed: Record<string, string | null>) => {
    const next = new URLSearchParams(parameters);
    for (const [key, value] of Object.entries(changed)) {
      if (value) next.set(key, value);
      else next.delete(key);
    }
    setParameters(next);
  };
  return (
    <Page title={t('paths.title')}>
      <div className="path-form">
        <div>
          <p id="path-from">{t('paths.from')}</p>
          <RecordPicker label={t('paths.from')} name={nameOf(from)} onChoose={(id) => set({ from: id })} />
        </div>
        <div>
          <p id="path-to">{t('paths.to')}</p>
          <RecordPicker label={t('paths.to')} name={nameOf(to)} onChoose={(id) => set({ to: id })} />
        </div>
        <div className="actions">
          <select aria-label={t('paths.hops')} value={hops} onChange={(event) => set({ hops: event.target.value })}>
            {HOPS.map((each) => (
              <option key={each} value={each}>
                {t('paths.hops')} {each}
              </option>
            ))}
          </select>
          <Button
            icon={<SwapOutlined aria-hidden="true" />}
            disabled={!from || !to}
            onClick={() => set({ from: to, to: from })}
          >
            {t('paths.swap')}
          </Button>
        </div>
      </div>
      {!from || !to ? (
        <Empty>{t('paths.choose')}</Empty>
      ) : from === to ? (
        <Empty>{t('paths.same')}</Empty>
      ) : (
        <Found from={from} to={to} hops={hops} excluded={excluded} onTurn={turn} />
      )}
    </Page>
  );
}

interface FoundProps {
  from: string;
  to: string;
  hops: number;
  excluded: readonly string[];
  onTurn: (edge: string) => void;
}

function Found({ from, to, hops, excluded, onTurn }: FoundProps) {
  const { t } = useTranslation();
  const [{ data, error, fetching }, again] = useQuery({
    query: trusted(PathsBetweenDocument),
    variables: { from, to, maxHops: hops, kinds: null, exclude: excluded.length ? (excluded as RelationKind[]) : null },
  });
  if (error) return <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  const nodes = data && !fetching ? data.paths.nodes : null;
  const walked = (nodes ?? []).flatMap((path) => path.steps.map((each) => each.edge));
  return (
    <>
      <Relations walked={walked} excluded={excluded} onTurn={onTurn} />
      {!nodes && <Pending />}
      {nodes?.length === 0 && <Empty>{t(excluded.length ? 'paths.noneWithout' : 'paths.none', { hops })}</Empty>}
      {nodes && nodes.length > 0 && (
        <section aria-live="polite">
          <h2>{t('paths.found', { count: nodes.length })}</h2>
          {!data?.paths.isComplete && <Alert type="info" showIcon title={t('paths.incomplete')} />}
          <ol className="plain">
            {nodes.map((path) => (
              <li key={path.records.map((each) => each.id).join()}>
                <Told path={path} />
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

/** The relations along which the paths went, and those that are excluded: each is switched by itself. */
function Relations({ walked, excluded, onTurn }: Pick<FoundProps, 'excluded' | 'onTurn'> & { walked: string[] }) {
  const { t } = useTranslation();
  const model = useModel();
  const edges = [...new Set([...walked, ...excluded])].sort();
  if (edges.length === 0) return null;
  return (
    <fieldset className="relation-types">
      <legend>{t('paths.relations')}</legend>
      {edges.map((edge) => (
        <Checkbox key={edge} checked={!excluded.includes(edge)} onChange={() => onTurn(edge)}>
          {model.relationType(edge)}
        </Checkbox>
      ))}
    </fieldset>
  );
}

function Told({ path }: { path: Path }) {
  const { t } = useTranslation();
  const model = useModel();
  const seeds = path.records.map((each) => `seed=${encodeURIComponent(each.id)}`).join('&');
  return (
    <>
      <p className="sentence">
        {path.records.map((record, index) => {
          const step = path.steps[index];
          return (
            <span key={record.id}>
              <KindMark type={record.__typename} isBare /> <RecordLink record={record} />{' '}
              {step && <span className="tie">{tie(step, model)} </span>}
            </span>
          );
        })}
      </p>
      <p className="quiet">
        {t('paths.step', { count: path.length })} · <Link to={`/graph?${seeds}`}>{t('paths.inGraph')}</Link>
      </p>
    </>
  );
}
