// The same nodes and relations as the picture, as a table; a group is opened here as well.
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { whole } from '../format';
import type { Explored, GraphLink, GraphNode } from '../graph';
import { KindMark } from '../kinds';
import { useModel } from '../model';
import { RecordLink } from './RecordLink';
import { type Column, Rows } from './Rows';

interface LinkRow extends GraphLink {
  source: GraphNode;
  target: GraphNode;
}

interface Props {
  graph: Explored;
  relationOf: (link: GraphLink) => string;
  nameOf: (node: GraphNode) => string;
  onUnfold: (node: GraphNode) => void;
}

export function GraphTable({ graph, relationOf, nameOf, onUnfold }: Props) {
  const { t } = useTranslation();
  const model = useModel();
  const rows: LinkRow[] = useMemo(
    () =>
      [...graph.links.values()].flatMap((link) => {
        const [source, target] = [graph.nodes.get(link.from), graph.nodes.get(link.to)];
        return source && target ? [{ ...link, source, target }] : [];
      }),
    [graph],
  );
  const end = (node: GraphNode) =>
    node.members ? (
      <span className="record-link">
        <KindMark type={node.type} isBare /> {nameOf(node)}
        <Button size="small" onClick={() => onUnfold(node)} aria-label={t('graph.unfold', { name: nameOf(node) })}>
          {t('graph.unfoldShort')}
        </Button>
      </span>
    ) : (
      <RecordLink record={{ ...node, __typename: node.type }} hasKind />
    );
  const columns: Column<LinkRow>[] = [
    { key: 'from', title: t('graph.from'), shown: ({ source }) => end(source) },
    { key: 'relation', title: t('graph.relation'), shown: relationOf },
    { key: 'to', title: t('graph.to'), shown: ({ target }) => end(target) },
    {
      key: 'count',
      title: t('graph.count'),
      isNumber: true,
      shown: ({ count }) => whole(count ?? 1, model.language),
    },
  ];
  return <Rows rows={rows} columns={columns} label={t('graph.table')} />;
}
