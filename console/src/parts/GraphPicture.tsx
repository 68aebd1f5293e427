// The picture: nodes are elements with names, so that they are focused, read and zoomed like any text.
import '@xyflow/react/dist/style.css';
import {
  Background,
  Controls,
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Explored, GraphLink, GraphNode } from '../graph';
import { KindMark, kindClass } from '../kinds';
import { useModel } from '../model';
import { useIsDark } from '../preferences';
import type { Places } from '../useExplored';

type Drawn = Node<{ node: GraphNode; name: string; isSeed: boolean; isChosen: boolean }, 'record'>;

interface Props {
  graph: Explored;
  places: Places;
  seeds: readonly string[];
  chosen: string | null;
  /** Takes the focus as soon as it stands: the first of a group that was opened. */
  focused: string | null;
  relationOf: (link: GraphLink) => string;
  nameOf: (node: GraphNode) => string;
  onChoose: (id: string) => void;
  onExpand: (id: string) => void;
}

export function GraphPicture(props: Props) {
  return (
    <ReactFlowProvider>
      <Picture {...props} />
    </ReactFlowProvider>
  );
}

const kinds = { record: RecordNode };

function Picture(props: Props) {
  const { graph, places, focused, onChoose, onExpand } = props;
  const { t } = useTranslation();
  const isDark = useIsDark();
  const [hovered, setHovered] = useState<string | null>(null);
  const nodes = useNodes(props);
  const edges = useEdges(props, hovered);
  useView(nodes.length);
  useFocus(focused !== null && graph.nodes.has(focused) && places.has(focused) ? focused : null);
  return (
    <section className="canvas" aria-label={t('graph.picture')} data-drawn={nodes.length}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={kinds}
        aria-label={t('graph.picture')}
        ariaLabelConfig={{
          'controls.ariaLabel': t('graph.controls'),
          'controls.zoomIn.ariaLabel': t('graph.zoomIn'),
          'controls.zoomOut.ariaLabel': t('graph.zoomOut'),
          'controls.fitView.ariaLabel': t('graph.fit'),
        }}
        colorMode={isDark ? 'dark' : 'light'}
        minZoom={0.1}
        nodesConnectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        onNodeClick={(_, { id, data }) => (data.node.members ? onExpand(id) : onChoose(id))}
        onNodeDoubleClick={(_, { id, data }) => {
          if (!data.node.members) onExpand(id);
        }}
        onNodeMouseEnter={(_, node) => setHovered(node.id)}
        onNodeMouseLeave={() => setHovered(null)}
        onKeyDown={(event) => pressed(event, props)}
      >
        <Background />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}

/** Those that have a place. */
function useNodes({ graph, places, seeds, chosen, nameOf }: Props): Drawn[] {
  const { t } = useTranslation();
  const model = useModel();
  return useMemo(
    () =>
      [...graph.nodes.values()].flatMap((node) => {
        const position = places.get(node.id);
        const name = nameOf(node);
        const data = { node, name, isSeed: seeds.includes(node.id), isChosen: node.id === chosen };
        const ariaLabel = node.members ? t('graph.unfold', { name }) : `${model.nounLabel(node.type)} ${name}`;
        return position ? [{ id: node.id, type: 'record' as const, position, data, ariaLabel, draggable: false }] : [];
      }),
    [graph, places, seeds, chosen, model, nameOf, t],
  );
}

/** So many names of relations find room around one record. */
const MOST_NAMED = 24;

/** Only those at the record that is pointed at have their names written, and at the one that is chosen, where there is room. */
function useEdges({ graph, chosen, relationOf, nameOf }: Props, hovered: string | null): Edge[] {
  return useMemo(() => {
    const named = (id: string) => {
      const node = graph.nodes.get(id);
      return node ? nameOf(node) : '';
    };
    const links = [...graph.links.values()];
    const at = (id: string | null) => links.filter((link) => link.from === id || link.to === id);
    const atChosen = at(chosen);
    const near = new Set([...(atChosen.length <= MOST_NAMED ? atChosen : []), ...at(hovered)]);
    return links.map((link) => {
      return {
        id: link.id,
        source: link.from,
        target: link.to,
        type: 'straight',
        ariaLabel: `${named(link.from)} —${relationOf(link)}→ ${named(link.to)}`,
        label: near.has(link)
          ? [relationOf(link), ...(link.count && link.count > 1 ? [`× ${link.count}`] : [])].join(' ')
          : undefined,
        focusable: false,
        animated: false,
      };
    });
  }, [graph, chosen, relationOf, nameOf, hovered]);
}

/** The whole picture is in view again when nodes have come or gone, and when there is more room or less. */
function useView(count: number): void {
  const { fitView } = useReactFlow();
  const width = useStore((state) => state.width);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view follows their number and the room
  useEffect(() => {
    if (count) requestAnimationFrame(() => void fitView({ padding: 0.1, maxZoom: 1 }));
  }, [count, width]);
}

/** So long is waited for a node to be measured. */
const FRAMES = 60;

/** A node that is not measured yet is hidden, and takes no focus. */
function useFocus(id: string | null): void {
  useEffect(() => {
    if (!id) return;
    let frame = 0;
    const take = (left: number) => {
      const element = elementOf(id);
      element?.focus();
      if (left > 0 && document.activeElement !== element) frame = requestAnimationFrame(() => take(left - 1));
    };
    frame = requestAnimationFrame(() => take(FRAMES));
    return () => cancelAnimationFrame(frame);
  }, [id]);
}

/** Enter opens, space chooses, an arrow goes to the neighbour that lies there. */
function pressed(event: KeyboardEvent, { graph, places, onChoose, onExpand }: Props): void {
  const id = (event.target as HTMLElement).closest<HTMLElement>('.react-flow__node')?.dataset.id;
  if (!id) return;
  if (event.key === 'Enter') {
    event.preventDefault();
    event.stopPropagation();
    onChoose(id);
    onExpand(id);
  } else if (event.key === ' ') {
    event.preventDefault();
    onChoose(id);
  } else if (event.key.startsWith('Arrow')) {
    event.preventDefault();
    event.stopPropagation();
    const next = neighbour(graph, places, id, event.key);
    if (next) {
      elementOf(next)?.focus();
      onChoose(next);
    }
  }
}

function elementOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
}

/** The one among the connected that lies most in the arrow's direction. */
export function neighbour(graph: Explored, places: Places, id: string, key: string): string | null {
  const here = places.get(id);
  const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (!here || !direction) return null;
  const [dx = 0, dy = 0] = direction;
  let best: string | null = null;
  let most = 0;
  for (const { from, to } of graph.links.values()) {
    const other = from === id ? to : to === id ? from : null;
    const there = other ? places.get(other) : undefined;
    if (!other || !there) continue;
    const [x, y] = [there.x - here.x, there.y - here.y];
    const towards = (x * dx + y * dy) / (Math.hypot(x, y) || 1);
    if (towards > most) [best, most] = [other, towards];
  }
  return best;
}

function RecordNode({ data }: NodeProps<Drawn>) {
  const { node, name, isSeed, isChosen } = data;
  const marks = { seed: isSeed, chosen: isChosen, simulated: node.synthetic, group: node.members };
  const more = Object.entries(marks)
    .flatMap(([mark, isSo]) => (isSo ? [` ${mark}`] : []))
    .join('');
  return (
    <div className={`graph-node ${kindClass(node.type).replace('kind ', '')}${more}`} title={name}>
      <Handle type="target" position={Position.Top} isConnectable={false} className="unseen" />
      <KindMark type={node.type} isBare />
      <span className="node-name">{name}</span>
      <Handle type="source" position={Position.Bottom} isConnectable={false} className="unseen" />
    </div>
  );
}
