// A list of people into a class, in four steps: template, file, what would become of each row, import.
import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type CombinedError, useQuery } from 'urql';
import { requestKey, trusted } from '../ask';
import { download } from '../csv';
import { imported, markedWorkbook, type Report, refusedRows, type Sent, tried } from '../lists';
import { ClassPageDocument } from '../made/graphql/graphql';
import { useModel } from '../model';
import { Fault } from '../parts/Fault';
import { Empty, Page, Pending } from '../parts/Page';
import { RecordLink } from '../parts/RecordLink';
import { ClassTabs } from '../parts/training/ClassTabs';
import { ImportReport } from '../parts/training/ImportReport';
import { HomeChoice } from '../parts/training/Registering';
import { homesOf } from '../rights';
import { useViewer } from '../viewer';
import { NotFound } from './NotFound';

export default function ImportList() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const viewer = useViewer();
  const [{ data, error }, again] = useQuery({ query: trusted(ClassPageDocument), variables: { id } });
  const of = data?.trainingClass;
  if (data && !of) return <NotFound />;
  const homes = homesOf(viewer);
  return (
    <Page title={t('training.import')} lead={of && <RecordLink record={of} />}>
      <ClassTabs id={id} organiser={of?.organiser?.id} />
      {error && <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!(of && viewer) && !error && <Pending />}
      {of && viewer && homes.length === 0 && <Empty>{t('training.importIsSenders')}</Empty>}
      {of && homes.length > 0 && <Steps id={id} homes={homes} />}
    </Page>
  );
}

/** A list on its way: the key is that of this file, so that an import that was sent twice is done once. */
function useList(id: string, home: string) {
  const [file, setFile] = useState<File | null>(null);
  const [without, setWithout] = useState<readonly number[]>([]);
  const [report, setReport] = useState<Report | null>(null);
  const [error, setError] = useState<CombinedError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [key, setKey] = useState(requestKey);
  const doing = async <Done,>(deed: () => Promise<Done>, then: (done: Done) => void) => {
    setBusy(true);
    setError(null);
    try {
      then(await deed());
    } catch (fault) {
      setError(fault as CombinedError);
    } finally {
      setBusy(false);
    }
  };
  const sent = (over: Partial<Sent> = {}): Sent | null => {
    const given = over.file ?? file;
    return given && { training: id, home, file: given, without, ...over };
  };
  const look = (over: Partial<Sent> = {}) => {
    const list = sent(over);
    if (!list) return;
    setFile(list.file);
    setWithout(list.without);
    setKey(requestKey());
    setReport(null);
    void doing(() => tried(list), setReport);
  };
  const mark = () => {
    const list = sent();
    if (list)
      void doing(
        () => markedWorkbook(list),
        (book) => download(book, `${list.file.name.replace(/\.\w+$/, '')}-结果.xlsx`),
      );
  };
  const confirm = () => {
    const list = sent();
    if (list) void doing(() => imported(list, key), setReport);
  };
  return { file, without, report, error, isBusy, look, mark, confirm };
}

type List = ReturnType<typeof useList>;

function Steps({ id, homes }: { id: string; homes: ReturnType<typeof homesOf> }) {
  const { t } = useTranslation();
  const field = useId();
  const [home, setHome] = useState(homes[0]?.id ?? '');
  const list = useList(id, home);
  const choose = (next: string) => {
    setHome(next);
    list.look({ home: next });
  };
  const { report } = list;
  return (
    <ol className="steps">
      <li>
        <h2>{t('training.step.template')}</h2>
        <p>{t('training.step.templateText')}</p>
        <Button
          icon={<DownloadOutlined aria-hidden="true" />}
          href={`/training/classes/${encodeURIComponent(id)}/registrations.xlsx`}
        >
          {t('training.template')}
        </Button>
      </li>
      <li>
        <h2>{t('training.step.file')}</h2>
        <div className="path-form">
          <HomeChoice homes={homes} home={home} onChoose={choose} />
          <label htmlFor={field}>
            {t('training.file')}
            <input
              id={field}
              type="file"
              accept=".xlsx,.csv"
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                if (file) list.look({ file, without: [] });
              }}
            />
          </label>
        </div>
        {list.isBusy && !report && <p role="status">{t('training.looking')}</p>}
        {list.error && <Fault error={list.error} retry={() => (report ? list.confirm() : list.look())} />}
      </li>
      {report && !report.imported && <Rows list={list} report={report} />}
      {report && !report.imported && <Confirm list={list} report={report} />}
      {report?.imported && (
        <li>
          <h2>{t('training.step.done')}</h2>
          <ImportReport report={report} />
          <Link className="button" to={`/training/${encodeURIComponent(id)}/registrations`}>
            {t('training.registrations')}
          </Link>
        </li>
      )}
    </ol>
  );
}

interface TriedProps {
  list: List;
  report: Report;
}

/** What would become of each row, and what may be done about those that are refused. */
function Rows({ list, report }: TriedProps) {
  const { t } = useTranslation();
  const { language } = useModel();
  const refused = refusedRows(report);
  return (
    <li>
      <h2>{t('training.step.rows')}</h2>
      <ImportReport report={report} />
      {list.without.length > 0 && (
        <p>{t('training.leftOut', { rows: list.without.join(language === 'en' ? ', ' : '、') })}</p>
      )}
      {refused.length > 0 && <p>{t('training.refusedHelp')}</p>}
      <div className="actions">
        <Button icon={<DownloadOutlined aria-hidden="true" />} disabled={list.isBusy} onClick={list.mark}>
          {t('training.marked')}
        </Button>
        {refused.length > 0 && refused.length < report.rows.length && (
          <Button
            disabled={list.isBusy}
            onClick={() => list.look({ without: [...list.without, ...refused.map((each) => each.row)] })}
          >
            {t('training.dropRefused', { count: refused.length })}
          </Button>
        )}
      </div>
    </li>
  );
}

function Confirm({ list, report }: TriedProps) {
  const { t } = useTranslation();
  const isRefused = refusedRows(report).length > 0;
  return (
    <li>
      <h2>{t('training.step.confirm')}</h2>
      <p>{t(isRefused ? 'training.notYet' : 'training.nothingYet')}</p>
      <Button type="primary" loading={list.isBusy} disabled={isRefused} onClick={list.confirm}>
        {t('training.importNow', { count: report.rows.length })}
      </Button>
    </li>
  );
}
