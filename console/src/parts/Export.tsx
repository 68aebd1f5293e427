// A list as a file: told how far it has come, stopped if one does not want to wait, and what to do beyond what a file takes.
import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { byId, client } from '../ask';
import { type Row, table } from '../columns';
import { csv, download, workbook } from '../csv';
import { whole } from '../format';
import { type Fetched, gathered, MOST_EXPORTED } from '../gathering';
import { useModel } from '../model';
import { type Documents, kebab } from '../places';

type Kind = 'csv' | 'xlsx';

/** What is asked for; `total` is how many there are. */
interface Exported {
  documents: Documents;
  condition: object;
  orderBy: object[] | null;
  total: number;
}

export function Export({ documents, condition, orderBy, total }: Exported) {
  const { t } = useTranslation();
  const model = useModel();
  const { message } = App.useApp();
  const [count, setCount] = useState<number | null>(null);
  const wanted = useRef(0);
  useEffect(
    () => () => {
      wanted.current += 1; // who leaves the list waits for no file
    },
    [],
  );
  const stop = () => {
    wanted.current += 1;
    setCount(null);
  };
  const fetch = async (first: number, after: string | null) => {
    const variables = { where: condition, orderBy, first, after };
    const { data, error } = await client.query(byId<{ list: Fetched<Row> }>(documents.list), variables).toPromise();
    if (!data) throw error ?? new Error(t('fault.network'));
    return data.list;
  };
  const save = async (kind: Kind) => {
    wanted.current += 1;
    const own = wanted.current;
    const isWanted = () => wanted.current === own;
    setCount(0);
    try {
      const rows = await gathered(fetch, setCount, isWanted);
      if (!rows) return;
      const lines = table(rows, documents, model, t('synthetic.column'));
      const content = kind === 'csv' ? csv(lines) : await workbook(model.pluralLabel(documents.type), lines);
      if (isWanted()) download(content, `${kebab(documents.plural)}.${kind}`);
    } catch (error) {
      void message.error((error as Error).message);
    }
    if (isWanted()) setCount(null);
  };
  const most = Math.min(total, MOST_EXPORTED);
  return (
    <div className="export">
      <div className="actions">
        {(['csv', 'xlsx'] as const).map((kind) => (
          <Button
            key={kind}
            icon={<DownloadOutlined aria-hidden="true" />}
            disabled={count !== null}
            onClick={() => void save(kind)}
          >
            {t(`list.${kind}`)}
          </Button>
        ))}
        {count !== null && <Button onClick={stop}>{t('list.stopExport')}</Button>}
      </div>
      <p className="quiet small" role="status">
        {count !== null
          ? t('list.exporting', { count: whole(count, model.language) as never, most: whole(most, model.language) })
          : total > MOST_EXPORTED &&
            t('list.exportLimit', {
              count: whole(MOST_EXPORTED, model.language) as never,
              total: whole(total, model.language),
            })}
      </p>
    </div>
  );
}
