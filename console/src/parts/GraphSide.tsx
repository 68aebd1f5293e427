// At the left of the explorer: how it is folded, which relations are shown, and what more there is around the chosen record.
import { Button, Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { FOLDINGS, relationTypes } from '../folding';
import { spaced, whole } from '../format';
import type { Explored, GraphLink, GraphNode } from '../graph';
import { KindMark } from '../kinds';
import { CountsAroundDocument } from '../made/graphql/graphql';
import { useModel } from '../model';
import type { Drawn } from '../useFolded';
import { Pending } from './Page';

export function FoldingChoice({ drawn, nameOfGroup }: { drawn: Drawn; nameOfGroup: (key: string) => string }) {
  const { t } = useTranslation();
  return (
    <fieldset className="folding">
      <legend>{t('graph.fold')}</legend>
      {([null, ...FOLDINGS] as const).map((each) => (
        <label key={each ?? 'none'}>
          <input type="radio" name="fold" checked={drawn.by === each} onChange={() => drawn.fold(each)} />{' '}
          {t(`graph.foldBy.${each ?? 'none'}`)}
        </label>
      ))}
      {drawn.unfolded.size > 0 && (
        <ul className="chips">
          {[...drawn.unfolded].map((each) => (
            <li key={each}>
              <Button size="small" onClick={() => drawn.foldAgain(each)}>
                {t('graph.foldAgain', { name: nameOfGroup(each) })}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}

interface TypesProps {
  graph: Explored;
  drawn: Drawn;
  relationOf: (link: GraphLink) => string;
}

/** All types of relations in the graph with their counts; what is switched off stays in the list. */
export function RelationTypes({ graph, drawn, relationOf }: TypesProps) {
  const { t } = useTranslation();
  const model = useModel();
  const types = relationTypes(graph);
  if (types.length === 0) return null;
  return (
    <fieldset className="relation-types">
      <legend>{t('graph.types')}</legend>
      {types.map(({ edge, link, count }) => (
        <Checkbox key={edge} checked={!drawn.off.has(edge)} onChange={() => drawn.turnRelation(edge)}>
          {relationOf(link)} <span className="quiet">{whole(count, model.language)}</span>
        </Checkbox>
      ))}
    </fieldset>
  );
}

interface CountsProps {
  node: GraphNode;
  onExpand: (kind: string) => void;
  isBusy: boolean;
}

export function Counts({ node, onExpand, isBusy }: CountsProps) {
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
