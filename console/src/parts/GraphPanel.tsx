// The record or the group that is chosen in the graph.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Explored, GraphNode } from '../graph';
import { KindMark } from '../kinds';
import { RecordLink } from './RecordLink';

interface Props {
  node: GraphNode | undefined;
  graph: Explored;
  nameOf: (node: GraphNode) => string;
  onUnfold: (group: GraphNode) => void;
  onRemove: (id: string) => void;
}

export function GraphPanel({ node, graph, nameOf, onUnfold, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-labelledby="selected">
      <h2 id="selected">{t('graph.selected')}</h2>
      {!node && <p>{t('graph.nothing')}</p>}
      {node?.members && <Group group={node} graph={graph} name={nameOf(node)} onUnfold={() => onUnfold(node)} />}
      {node && !node.members && (
        <>
          <p>
            <KindMark type={node.type} />
          </p>
          <p>
            <RecordLink record={{ ...node, __typename: node.type }} />
          </p>
          <p className="quiet small">{t('graph.nothing')}</p>
          <Button onClick={() => onRemove(node.id)}>{t('graph.remove')}</Button>
        </>
      )}
    </section>
  );
}

const FEW_MEMBERS = 10;

interface GroupProps {
  group: GraphNode;
  graph: Explored;
  name: string;
  onUnfold: () => void;
}

function Group({ group, graph, name, onUnfold }: GroupProps) {
  const { t } = useTranslation();
  const members = (group.members ?? []).flatMap((id) => graph.nodes.get(id) ?? []);
  const more = members.length - FEW_MEMBERS;
  return (
    <>
      <p>
        <KindMark type={group.type} isBare /> {name}
      </p>
      <ul className="plain">
        {members.slice(0, FEW_MEMBERS).map((each) => (
          <li key={each.id}>
            <RecordLink record={{ ...each, __typename: each.type }} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="quiet small">{t('graph.more', { count: more })}</p>}
      <Button onClick={onUnfold}>{t('graph.unfoldShort')}</Button>
    </>
  );
}
