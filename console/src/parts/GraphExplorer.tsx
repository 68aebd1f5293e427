// Left the relations of the chosen record with their counts, in the middle the picture or the table, right the record.
import { Alert, App, Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { csv, download } from '../csv';
import { spaced, whole } from '../format';
import { type Explored, type GraphLink, type GraphNode, MOST_NODES } from '../graph';
import { KindMark, lookOf } from '../kinds';
import { CountsAroundDocument } from '../made/graphql/graphql';
import { useModel } from '../model';
import { png, svg } from '../picture';
import { type Places, useExplored, usePlaces } from '../useExplored';
import { Fault } from './Fault';
import { GraphPicture } from './GraphPicture';
import { Pending } from './Page';
import { RecordLink } from './RecordLink';
import { type Column, Rows } from './Rows';

export function GraphExplorer({ seeds }: { seeds: readonly string[] }) {
  const { t } = useTranslation();
  const model = useModel();
  const { graph, error, isBusy, told, expand, remove } = useExplored(seeds);
  const places = usePlaces(graph);
  const [chosen, setChosen] = useState<string | null>(seeds[0] ?? null);
  const [view, setView] = useState<'picture' | 'table'>('picture');
  const node = chosen ? graph.nodes.get(chosen) : undefined;
  const typeOf = (id: string) => graph.nodes.get(id)?.type ?? '';
  const relationOf = (link: GraphLink) => model.relation(link.edge, typeOf(link.from), typeOf(link.to)) ?? link.name;
  return (
    <div className="explorer">
      <div>{node && <Counts node={node} onExpand={(kind) => expand({ id: node.id, kind })} isBusy={isBusy} />}</div>
      <section aria-label={t('graph.title')}>
        <div className="above-rows">
          <p aria-live="polite">
            {t('graph.nodes', { count: graph.nodes.size, edges: graph.links.size })}
            {told && told.added > 0 && <span className="quiet"> · {t('graph.expanded', { count: told.added })}</span>}
          </p>
          <fieldset className="inline" aria-label={t('graph.view')}>
            {(['picture', 'table'] as const).map((each) => (
              <Button
                key={each}
                type={each === view ? 'primary' : 'default'}
                aria-pressed={each === view}
                onClick={() => setView(each)}
              >
                {t(`graph.${each}`)}
              </Button>
            ))}
          </fieldset>
        </div>
        {error && <Fault error={error} />}
        {told && told.left > 0 && <Alert type="info" showIcon title={t('graph.full', { count: MOST_NODES })} />}
        {view === 'picture' ? (
          <GraphPicture
            graph={graph}
            places={places}
            seeds={seeds}
            chosen={chosen}
            relationOf={relationOf}
            onChoose={setChosen}
            onExpand={(id) => expand({ id, kind: null })}
          />
        ) : (
          <GraphTable graph={graph} relationOf={relationOf} />
        )}
        <Legend graph={graph} />
        <Exports graph={graph} places={places} relationOf={relationOf} seeds={seeds} />
      </section>
      <section className="panel" aria-labelledby="selected">
        <h2 id="selected">{t('graph.selected')}</h2>
        {!node && <p>{t('graph.nothing')}</p>}
        {node && (
          <>
            <p>
              <KindMark type={node.type} />
            </p>
            <p>
              <RecordLink record={{ ...node, __typename: node.type }} />
            </p>
            <p className="quiet small">{t('graph.nothing')}</p>
            <Button onClick={() => remove(node.id)}>{t('graph.remove')}</Button>
          </>
        )}
      </section>
    </div>
  );
}

function Counts({ node, onExpand, isBusy }: { node: GraphNode; onExpand: (kind: string) => void; isBusy: boolean }) {
  const { t } = useTranslation();
  const model = useModel();
  const [{ data, fetching }] = useQuery({ query: trusted(CountsAroundDocument), variables: { of: node.id } });
  if (!data || fetching) return <Pending />;
  return (
    <section className="counts" aria-labelledby="counts">
      <h2 id="counts">{t('graph.relations', { name: model.name(node) })}</h2>
      <ul className="plain">
        {data.neighbourhood.counts.map((each) => {
          const noun = model.ofKind(each.kind);
          const edge = model.noun(node.type)?.edges.find((one) => one.name === each.field);
          const label = edge
            ? model.label(edge)
            : model.language === 'en'
              ? spaced(each.edge.toLowerCase().replaceAll('_', ' '))
              : each.name;
          return (
            <li key={`${each.edge} ${each.field} ${each.forward}`}>
              <Button type="text" disabled={isBusy} onClick={() => onExpand(each.kind)}>
                <span>
                  <span className="unseen">{t('graph.expand')} </span>
                  {noun && <KindMark type={noun.name} isBare />} {label}
                </span>
                <span className="quiet">
                  {each.isExact ? whole(each.count, model.language) : t('entity.atLeast', { count: each.count })}
                </span>
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface LinkRow extends GraphLink {
  source: GraphNode;
  target: GraphNode;
}

function GraphTable({ graph, relationOf }: { graph: Explored; relationOf: (link: GraphLink) => string }) {
  const { t } = useTranslation();
  const rows: LinkRow[] = useMemo(
    () =>
      [...graph.links.values()].flatMap((link) => {
        const [source, target] = [graph.nodes.get(link.from), graph.nodes.get(link.to)];
        return source && target ? [{ ...link, source, target }] : [];
      }),
    [graph],
  );
  const columns: Column<LinkRow>[] = [
    {
      key: 'from',
      title: t('graph.from'),
      shown: ({ source }) => <RecordLink record={{ ...source, __typename: source.type }} hasKind />,
    },
    { key: 'relation', title: t('graph.relation'), shown: relationOf },
    {
      key: 'to',
      title: t('graph.to'),
      shown: ({ target }) => <RecordLink record={{ ...target, __typename: target.type }} hasKind />,
    },
  ];
  return <Rows rows={rows} columns={columns} label={t('graph.table')} />;
}

function Legend({ graph }: { graph: Explored }) {
  const { t } = useTranslation();
  const types = [...new Set([...graph.nodes.values()].map((each) => each.type))].sort();
  return (
    <section className="legend" aria-label={t('graph.legend')}>
      {types.map((each) => (
        <KindMark key={each} type={each} />
      ))}
    </section>
  );
}

interface ExportProps {
  graph: Explored;
  places: Places;
  seeds: readonly string[];
  relationOf: (link: GraphLink) => string;
}

function Exports({ graph, places, seeds, relationOf }: ExportProps) {
  const { t } = useTranslation();
  const model = useModel();
  const { message } = App.useApp();
  const nameOf = (id: string) => {
    const node = graph.nodes.get(id);
    return node ? model.name(node) : id;
  };
  const date = new Date().toISOString().slice(0, 10);
  const hasSynthetic = [...graph.nodes.values()].some((each) => each.synthetic);
  const drawn = () =>
    svg(graph, {
      title: `${t('graph.title')}: ${seeds.map(nameOf).join(', ')}`,
      date: t('graph.dated', { date }),
      mark: hasSynthetic ? t('graph.simulated') : null,
      places,
      nameOf,
      kindOf: (type) => model.nounLabel(type),
      colourOf: (type) => lookOf(type).light,
      relationOf: (id) => {
        const link = graph.links.get(id);
        return link ? relationOf(link) : '';
      },
    });
  const share = async () => {
    await navigator.clipboard.writeText(location.href);
    void message.success(t('graph.shared'));
  };
  const table = () => {
    const head = [t('graph.from'), t('graph.relation'), t('graph.to'), t('synthetic.column')];
    const lines = [...graph.links.values()].map((each) => {
      const isSynthetic = graph.nodes.get(each.from)?.synthetic || graph.nodes.get(each.to)?.synthetic;
      return [nameOf(each.from), relationOf(each), nameOf(each.to), String(isSynthetic)];
    });
    download(csv([head, ...lines]), 'graph.csv');
  };
  return (
    <div className="actions">
      <Button onClick={share}>{t('graph.share')}</Button>
      <Button onClick={() => download(drawn(), 'graph.svg', 'image/svg+xml')}>{t('graph.svg')}</Button>
      <Button onClick={async () => download(await png(drawn()), 'graph.png')}>{t('graph.png')}</Button>
      <Button onClick={table}>{t('graph.csv')}</Button>
    </div>
  );
}
