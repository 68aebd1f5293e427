// What a record is connected with: counted first, then one table at a time.
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { byId, trusted } from '../ask';
import { columnsOf, type Row } from '../columns';
import { whole } from '../format';
import { KindMark } from '../kinds';
import { CountsAroundDocument, CountsOfSourceDocument } from '../made/graphql/graphql';
import { type Edge, useModel } from '../model';
import { type Documents, documentsOfKind } from '../places';
import { Fault } from './Fault';
import { Empty, Pending } from './Page';
import { type Column, Rows } from './Rows';
import { asText } from './Value';

const PAGE = 20;
/** Columns beside the name, those of the relation itself included. */
const MOST_BESIDE = 5;

interface Counted {
  edge: Edge;
  count: number;
  isExact: boolean;
}

interface RelationAnswer {
  record: {
    relation: {
      totalCount: number;
      edges: (Record<string, unknown> & { node: Row })[];
      pageInfo: { endCursor: string | null; hasNextPage: boolean };
    };
  } | null;
}

export function Relations({ documents, id }: { documents: Documents; id: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const [parameters, setParameters] = useSearchParams();
  const [{ data, error }, again] = useQuery({ query: trusted(CountsAroundDocument), variables: { of: id } });
  const given = useGiven(documents.type === 'Source' ? id : null);
  if (error) return <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data || !given) return <Pending />;
  const counted: Counted[] = (model.noun(documents.type)?.edges ?? []).flatMap((edge) => {
    const found = data.neighbourhood.counts.filter((each) => each.field === edge.name);
    const count = found.reduce((sum, each) => sum + each.count, given[edge.name] ?? 0);
    return count > 0 && edge.name in documents.relations
      ? [{ edge, count, isExact: found.every((each) => each.isExact) }]
      : [];
  });
  const chosen = counted.find((each) => each.edge.name === parameters.get('relation')) ?? counted[0];
  const choose = (name: string) => {
    const next = new URLSearchParams(parameters);
    next.set('relation', name);
    setParameters(next, { replace: true });
  };
  return (
    <section aria-labelledby="relations">
      <h2 id="relations">{t('entity.relations')}</h2>
      {!chosen && <Empty>{t('entity.noRelations')}</Empty>}
      <ul className="relation-choice">
        {counted.map(({ edge, count, isExact }) => (
          <li key={edge.name}>
            <Button
              type={edge === chosen?.edge ? 'primary' : 'default'}
              aria-pressed={edge === chosen?.edge}
              title={model.hint(edge)}
              onClick={() => choose(edge.name)}
            >
              {t('entity.relationCount', {
                name: model.label(edge),
                count: (isExact ? whole(count, model.language) : t('entity.atLeast', { count })) as never,
              })}
            </Button>
          </li>
        ))}
      </ul>
      {chosen && <Relation key={chosen.edge.name} documents={documents} id={id} edge={chosen.edge} />}
    </section>
  );
}

type Counts = Readonly<Record<string, number>>;
const NOTHING: Counts = {};

/** How many records a source gave, by relation; null until it is known. What comes from where is no tie of the graph. */
function useGiven(source: string | null): Counts | null {
  const [{ data, error }] = useQuery({
    query: trusted(CountsOfSourceDocument),
    variables: { id: source ?? '' },
    pause: !source,
  });
  if (!source || error) return NOTHING;
  if (!data) return null;
  const relations = Object.entries(data.source ?? {});
  return Object.fromEntries(
    relations.flatMap(([name, found]) => (typeof found === 'object' ? [[name, found.totalCount]] : [])),
  );
}

function Relation({ documents, id, edge }: { documents: Documents; id: string; edge: Edge }) {
  const { t } = useTranslation();
  const model = useModel();
  const [after, setAfter] = useState<string | null>(null);
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [{ data, error, fetching }, again] = useQuery({
    query: byId<RelationAnswer>(documents.relations[edge.name] ?? ''),
    variables: { id, first: PAGE, after },
  });
  useEffect(() => {
    if (!data?.record || fetching) return;
    const more = data.record.relation.edges.map(({ node, ...tie }, index) => ({
      ...node,
      tie,
      rowKey: `${after}${index}`,
    }));
    setRows((before) => (after ? [...before, ...more] : more));
  }, [data, fetching, after]);
  const far = documentsOfKind(edge.target);
  if (error) return <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data || !far) return <Pending rows={6} />;
  const relation = data.record?.relation;
  if (!relation?.totalCount) return <Empty>{t('empty.relation')}</Empty>;
  const [name, ...rest] = columnsOf(
    far,
    model,
    t('list.nameColumn'),
    Math.max(2, MOST_BESIDE - edge.properties.length),
  );
  const columns = [name, ...edge.properties.map((each) => tieColumn(each, model)), ...rest] as Column<Row>[];
  return (
    <>
      <p className="quiet small">
        <KindMark type={far.type} /> {t('list.count', { count: whole(relation.totalCount, model.language) as never })}
      </p>
      <Rows rows={rows} columns={columns} label={model.label(edge)} />
      {relation.pageInfo.hasNextPage && (
        <Button loading={fetching} onClick={() => setAfter(relation.pageInfo.endCursor)}>
          {t('entity.more', { count: Math.min(PAGE, relation.totalCount - rows.length) })}
        </Button>
      )}
    </>
  );
}

function tieColumn(property: Edge['properties'][number], model: ReturnType<typeof useModel>): Column<Row> {
  return {
    key: `tie-${property.name}`,
    title: model.label(property),
    shown: (row) =>
      asText((row.tie as Record<string, unknown>)[property.name], property, model) || <span className="quiet">—</span>,
  };
}
