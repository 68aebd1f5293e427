// What is taken along of a graph: its address, its picture, its relations.
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { csv, download } from '../csv';
import type { GraphLink, GraphNode } from '../graph';
import { lookOf } from '../kinds';
import { useModel } from '../model';
import { png, svg } from '../picture';
import type { Places } from '../useExplored';
import type { Drawn } from '../useFolded';

interface Props {
  drawn: Drawn;
  places: Places;
  seeds: readonly string[];
  relationOf: (link: GraphLink) => string;
  nameOf: (node: GraphNode) => string;
}

/** Pictures as drawn; the CSV holds every relation that is not switched off, unfolded. */
export function GraphExports({ drawn: { graph, whole }, places, seeds, relationOf, nameOf: named }: Props) {
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
