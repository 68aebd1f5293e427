// Where the nodes of a graph stand: forces, computed beside the page; those that stood before stay where they were.
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force';

export interface Placed extends SimulationNodeDatum {
  id: string;
  x?: number;
  y?: number;
  isFixed?: boolean;
}

export interface Job {
  number: number;
  nodes: Placed[];
  links: { source: string; target: string }[];
}

const ROUNDS = 220;
/** Where most stand already, the others find their places sooner. */
const ROUNDS_BESIDE = 70;
/** The forces are all but gone after so many rounds. */
const COOLED = 0.005;
/** Half the width and height of a node, with room. */
const ACROSS = 100;
const DOWN = 34;

self.onmessage = ({ data }: MessageEvent<Job>) => {
  const nodes = data.nodes.map((each) => ({
    ...each,
    fx: each.isFixed ? each.x : undefined,
    fy: each.isFixed ? squeezed(each.y) : undefined,
    y: squeezed(each.y),
  }));
  const simulation = forceSimulation(nodes)
    .force(
      'link',
      forceLink<Placed, { source: string; target: string }>(data.links)
        .id((each) => each.id)
        .distance(240)
        .strength(0.5),
    )
    .force('charge', forceManyBody().strength(-620))
    .force('x', forceX(0).strength(0.05))
    .force('y', forceY(0).strength(0.05))
    .force('apart', forceCollide(ACROSS))
    .stop();
  const rounds = nodes.some((each) => each.isFixed) ? ROUNDS_BESIDE : ROUNDS;
  simulation.alphaDecay(1 - COOLED ** (1 / rounds)).tick(rounds);
  const places = nodes.map((each) => [
    each.id,
    { x: Math.round(each.x ?? 0), y: Math.round((each.y ?? 0) * (DOWN / ACROSS) * 2) },
  ]);
  self.postMessage({ number: data.number, places: Object.fromEntries(places) });
};

/** The picture is flatter than the forces: nodes are wider than high. */
function squeezed(y: number | undefined): number | undefined {
  return y === undefined ? undefined : y / ((DOWN / ACROSS) * 2);
}
