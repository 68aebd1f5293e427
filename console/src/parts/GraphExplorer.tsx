// Left how it is folded and what is shown with counts, in the middle the picture or the table, right the record.
import { Alert, Button } from 'antd';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_DRAWN } from '../folding';
import { type Explored, type GraphLink, type GraphNode, MOST_AROUND, MOST_NODES } from '../graph';
import { KindMark } from '../kinds';
import { type Model, useModel } from '../model';
import { type Exploring, useExplored, useLaid } from '../useExplored';
import { type Drawn, useFolded } from '../useFolded';
import { NARROW, useMatches } from '../useMatches';
import { Fault } from './Fault';
import { GraphExports } from './GraphExports';
import { GraphPanel } from './GraphPanel';
import { GraphPicture } from './GraphPicture';
import { Counts, FoldingChoice, RelationTypes } from './GraphSide';
import { GraphTable } from './GraphTable';
import { Pending } from './Page';

type View = 'picture' | 'table';

/** A group that was opened, its first member, and its name. */
interface Opened {
  key: string;
  first: string | null;
  name: string;
}

export function GraphExplorer({ seeds }: { seeds: readonly string[] }) {
  const model = useModel();
  const explored = useExplored(seeds);
  const { graph, isBusy, expand } = explored;
  const drawn = useFolded(graph, seeds);
  const isNarrow = useMatches(NARROW);
  const [isWide, setWide] = useState(false);
  const isStacked = isNarrow || isWide;
  const laid = useLaid(drawn.graph);
  const nameOf = useNames();
  const [chosen, setChosen] = useState<string | null>(seeds[0] ?? null);
  const [view, setView] = useState<View>('picture');
  const [opened, setOpened] = useState<Opened | null>(null);
  const node = chosen ? (drawn.graph.nodes.get(chosen) ?? graph.nodes.get(chosen)) : undefined;
  const relationOf = useCallback(
    (link: GraphLink) => model.relation(link.edge, link.begin, link.end) ?? link.name,
    [model],
  );
  const unfold = (group: GraphNode) => {
    const first = group.members?.[0] ?? null;
    setOpened({ key: group.id, first, name: nameOf(group) });
    setChosen(first);
    drawn.unfold(group.id);
  };
  const open = (id: string) => {
    const group = drawn.graph.nodes.get(id);
    if (group?.members) unfold(group);
    else expand({ id, kind: null });
  };
  const choices = (
    <>
      <FoldingChoice drawn={drawn} nameOfGroup={(key) => keyName(key, graph, model)} />
      <RelationTypes graph={graph} drawn={drawn} relationOf={relationOf} />
      {node && !node.members && (
        <Counts node={node} onExpand={(kind) => expand({ id: node.id, kind })} isBusy={isBusy} />
      )}
    </>
  );
  return (
    <div className={isWide ? 'explorer wide' : 'explorer'}>
      {!isStacked && <div>{choices}</div>}
      <Shown
        explored={explored}
        drawn={drawn}
        opened={opened}
        view={view}
        onView={setView}
        wide={isNarrow ? null : isWide}
        onWide={setWide}
      >
        {view === 'picture' ? (
          <GraphPicture
            {...laid}
            relationOf={relationOf}
            nameOf={nameOf}
            seeds={seeds}
            chosen={chosen}
            focused={opened?.first ?? null}
            onChoose={setChosen}
            onExpand={open}
          />
        ) : (
          <GraphTable graph={drawn.graph} relationOf={relationOf} nameOf={nameOf} onUnfold={unfold} />
        )}
        <Legend graph={drawn.graph} />
        <GraphExports drawn={drawn} places={laid.places} relationOf={relationOf} nameOf={nameOf} seeds={seeds} />
      </Shown>
      {isStacked && <Choices>{choices}</Choices>}
      <GraphPanel node={node} graph={graph} nameOf={nameOf} onUnfold={unfold} onRemove={explored.remove} />
    </div>
  );
}

/** A record by its own name, a group by its kind or institution and how many stand in it. */
function useNames(): (node: GraphNode) => string {
  const { t } = useTranslation();
  const model = useModel();
  return useCallback(
    (node) => {
      if (!node.members) return model.name(node);
      const name = node.name ? model.name(node) : model.pluralLabel(node.type);
      return t('graph.group', { name, count: node.members.length });
    },
    [model, t],
  );
}

interface ShownProps {
  explored: Exploring;
  drawn: Drawn;
  opened: Opened | null;
  view: View;
  onView: (view: View) => void;
  /** Whether it has the whole width; null where the screen is too narrow to choose. */
  wide: boolean | null;
  onWide: (isWide: boolean) => void;
  children: ReactNode;
}

function Shown({ explored, drawn, opened, view, onView, wide, onWide, children }: ShownProps) {
  const { t } = useTranslation();
  const { graph, error, isBusy, told } = explored;
  const isLoading = isBusy && graph.nodes.size === 0;
  return (
    <section aria-label={t('graph.title')}>
      <div className="above-rows">
        <p aria-live="polite">
          {isLoading ? t('graph.loading') : <Sizes drawn={drawn} />}
          {told && told.added > 0 && <span className="quiet"> · {t('graph.expanded', { count: told.added })}</span>}
          {told?.added === 0 && told.left === 0 && !isLoading && (
            <span className="quiet"> · {t('graph.noneNew', { count: MOST_AROUND })}</span>
          )}
          {opened && drawn.unfolded.has(opened.key) && (
            <span className="quiet"> · {t('graph.unfolded', { name: opened.name })}</span>
          )}
        </p>
        <fieldset className="inline" aria-label={t('graph.view')}>
          {(['picture', 'table'] as const).map((each) => (
            <Button
              key={each}
              type={each === view ? 'primary' : 'default'}
              aria-pressed={each === view}
              onClick={() => onView(each)}
            >
              {t(`graph.${each}`)}
            </Button>
          ))}
          {wide !== null && (
            <Button type={wide ? 'primary' : 'default'} aria-pressed={wide} onClick={() => onWide(!wide)}>
              {t('graph.wide')}
            </Button>
          )}
        </fieldset>
      </div>
      {error && <Fault error={error} />}
      {drawn.isForced && <Alert type="info" showIcon title={t('graph.forced', { count: MOST_DRAWN })} />}
      {told && told.left > 0 && <Alert type="info" showIcon title={t('graph.full', { count: MOST_NODES })} />}
      {isLoading ? <Pending rows={12} /> : children}
    </section>
  );
}

function Sizes({ drawn }: { drawn: Drawn }) {
  const { t } = useTranslation();
  const groups = [...drawn.graph.nodes.values()].filter((each) => each.members).length;
  return (
    <>
      {t('graph.nodes', { count: drawn.whole.nodes.size, edges: drawn.whole.links.size })}
      {groups > 0 && <span> · {t('graph.groups', { count: groups, drawn: drawn.graph.nodes.size })}</span>}
    </>
  );
}

function Choices({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <details className="choices">
      <summary>{t('graph.choices')}</summary>
      {children}
    </details>
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
