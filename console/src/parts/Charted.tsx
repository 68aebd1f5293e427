// A figure in two views, as a chart and as the table of the same numbers, with its file.
import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cell, csv, download } from '../csv';

const VIEWS = ['chart', 'table'] as const;

interface ChartedProps {
  id: string;
  title: string;
  lead?: ReactNode;
  chart: ReactNode;
  table: ReactNode;
  file: { name: string; rows: () => readonly (readonly Cell[])[] };
}

export function Charted({ id, title, lead, chart, table, file }: ChartedProps) {
  const { t } = useTranslation();
  const [view, setView] = useState<(typeof VIEWS)[number]>('chart');
  return (
    <section aria-labelledby={id}>
      <div className="above-rows">
        <h2 id={id}>{title}</h2>
        <fieldset className="inline" aria-label={t('charts.view', { title })}>
          {VIEWS.map((each) => (
            <Button
              key={each}
              type={each === view ? 'primary' : 'default'}
              aria-pressed={each === view}
              onClick={() => setView(each)}
            >
              {t(`charts.${each}`)}
            </Button>
          ))}
          <Button icon={<DownloadOutlined aria-hidden="true" />} onClick={() => download(csv(file.rows()), file.name)}>
            {t('list.csv')}
          </Button>
        </fieldset>
      </div>
      {lead && <p className="quiet">{lead}</p>}
      {view === 'chart' ? chart : table}
    </section>
  );
}
