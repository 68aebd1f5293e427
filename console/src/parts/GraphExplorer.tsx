// Left how it is folded and what is shown with counts, in the middle the picture or the table, right the record.
import { Alert, App, Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { csv, download } from '../csv';
import { MOST_DRAWN } from '../folding';
import { type Explored, type GraphLink, type GraphNode, MOST_NODES } from '../graph';
import { KindMark, lookOf } from '../kinds';
import { type Model, useModel } from '../model';
import { png, svg } from '../picture';
import { type Places, useExplored, usePlaces } from '../useExplored';
import { type Drawn, useFolded } from '../useFolded';
import { NARROW, useMatches } from '../useMatches';
import { Fault } from './Fault';
import { GraphPicture } from './GraphPicture';
import { Counts, FoldingChoice, RelationTypes } from './GraphSide';
import { GraphTable } from './GraphTable';
import { Pending } from './Page';
import { RecordLink } from './RecordLink';

export function GraphExplorer({ seeds }: { seeds: readonly string[] }) {
  const { t } = useTranslation();
  const model = useModel();
  const { graph, error, isBusy, told, expand, remove } = useExplored(seeds);
  const drawn = useFolded(graph, seeds);
  const isNarrow = useMatches(NARROW);
  const isLoading = isBusy && graph.nodes.size === 0;
  const places = usePlaces(drawn.graph);
  const [chosen, setChosen] = useState<string | null>(seeds[0] ?? null);
  const [view, setView] = useState<'picture' | 'table'>('picture');
  const [opened, setOpened] = useState<{ key: string; first: string | null; text: string } | null>(null);
  const node = chosen ? (drawn.graph.nodes.get(chosen) ?? graph.nodes.get(chosen)) : undefined;
  const relationOf = (link: GraphLink) => model.relation(link.edge, link.begin, link.end) ?? link.name;
  const nameOf = useCallback(
    (each: GraphNode) => {
      if (!each.members) return model.name(each);
      const name = each.name ? model.name(each) : model.pluralLabel(each.type);
      return t('graph.group', { name, count: each.members.length });
    },
    [model, t],
  );
  const nameOfGroup = (key: string) => keyName(key, graph, model);
  const unfold = (group: GraphNode) => {
    const first = group.members?.[0] ?? null;
    setOpened({ key: group.id, first, text: t('graph.unfolded', { name: nameOf(group) }) });
    setChosen(first);
    drawn.unfold(group.id);
  };
  const choices = (
    <>
      <FoldingChoice drawn={drawn} nameOfGroup={nameOfGroup} />
      <RelationTypes graph={graph} drawn={drawn} relationOf={relationOf} />
      {node && !node.members && (
        <Counts node={node} onExpand={(kind) => expand({ id: node.id, kind })} isBusy={isBusy} />
      )}
    </>
  );
  const groups = [...drawn.graph.nodes.values()].filter((each) => each.members);
  return (
    <div className="explorer">
      {!isNarrow && <div>{choices}</div>}
      <section aria-label={t('graph.title')}>
        <div className="above-rows">
          <p aria-live="polite">
            {isLoading
              ? t('graph.loading')
              : t('graph.nodes', { count: drawn.whole.nodes.size, edges: drawn.whole.links.size })}
            {groups.length > 0 && (
              <span> · {t('graph.groups', { count: groups.length, drawn: drawn.graph.nodes.size })}</span>
            )}
            {told && told.added > 0 && <span className="quiet"> · {t('graph.expanded', { count: told.added })}</span>}
            {opened && drawn.unfolded.has(opened.key) && <span className="quiet"> · {opened.text}</span>}
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
        {drawn.isForced && <Alert type="info" showIcon title={t('graph.forced', { count: MOST_DRAWN })} />}
        {told && told.left > 0 && <Alert type="info" showIcon title={t('graph.full', { count: MOST_NODES })} />}
        {isLoading && <Pending rows={12} />}
        {!isLoading && view === 'picture' && (
          <GraphPicture
            graph={drawn.graph}
            places={places}
            seeds={seeds}
            chosen={chosen}
            focused={opened?.first ?? null}
            relationOf={relationOf}
            nameOf={nameOf}
            onChoose={setChosen}
            onExpand={(id) => {
              const group = drawn.graph.nodes.get(id);
              if (group?.members) unfold(group);
              else expand({ id, kind: null });
            }}
          />
        )}
        {!isLoading && view === 'table' && (
          <GraphTable graph={drawn.graph} relationOf={relationOf} nameOf={nameOf} onUnfold={unfold} />
        )}
        <Legend graph={drawn.graph} />
        <Exports drawn={drawn} places={places} relationOf={relationOf} nameOf={nameOf} seeds={seeds} />
      </section>
      {isNarrow && (
        <details className="choices">
          <summary>{t('graph.choices')}</summary>
          {choices}
        </details>
      )}
      <section className="panel" aria-labelledby="selected">
        <h2 id="selected">{t('graph.selected')}</h2>
        {!node && <p>{t('graph.nothing')}</p>}
        {node?.members && <GroupPanel group={node} graph={graph} name={nameOf(node)} onUnfold={() => unfold(node)} />}
        {node && !node.members && (
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

/** `kind:Instrument` is named by the model, `institution:…` by the record, where it is in the graph. */
function keyName(key: string, graph: Explored, model: Model): string {
  const [by, ...rest] = key.split(':');
  const of = rest.join(':');
  if (by === 'kind') return model.pluralLabel(of);
  const record = graph.nodes.get(of);
  return record ? model.name(record) : of;
}

const FEW_MEMBERS = 10;

interface GroupProps {
  group: GraphNode;
  graph: Explored;
  name: string;
  onUnfold: () => void;
}

function GroupPanel({ group, graph, name, onUnfold }: GroupProps) {
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
  drawn: Drawn;
  places: Places;
  seeds: readonly string[];
  relationOf: (link: GraphLink) => string;
  nameOf: (node: GraphNode) => string;
}

/** Pictures as drawn; the CSV holds every relation that is not switched off, unfolded. */
function Exports({ drawn: { graph, whole }, places, seeds, relationOf, nameOf: named }: ExportProps) {
  const { t } = useTranslation();
  const model = useModel();
  const { message } = App.useApp();
  const nameOf = (id: string) => {
    const node = graph.nodes.get(id) ?? whole.nodes.get(id);
    return node ? named(node) : id;
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
    const lines = [...whole.links.values()].map((each) => {
      const isSynthetic = whole.nodes.get(each.from)?.synthetic || whole.nodes.get(each.to)?.synthetic;
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
