// The ledger of exchange: who sent whom where, as a matrix whose rows and columns add up; a cell opens its cases.
import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { csv, download } from '../csv';
import { cellKey, type Entry, entriesOf, type Institution, type Matrix, matrix, type Opened, sumOf } from '../exchange';
import { whole } from '../format';
import { ExchangeLedgerDocument, type ExchangeLedgerLevel } from '../made/graphql/graphql';
import { useModel } from '../model';
import { Dialog } from '../parts/Dialog';
import { Fault } from '../parts/Fault';
import { LedgerChord } from '../parts/LedgerChord';
import { Empty, Page, Pending } from '../parts/Page';
import { type Column, Rows } from '../parts/Rows';
import { SignOnFirst } from '../parts/SignedOut';
import { useStateWord } from '../parts/Subject';
import { ChoiceField } from '../parts/Typed';
import { recordPlace } from '../places';
import { useViewer } from '../viewer';

const YEARS_BACK = 3;
const YEARS_AHEAD = 1;

export default function Ledger() {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const year = Number(parameters.get('year')) || null;
  const level: ExchangeLedgerLevel = parameters.get('level') === 'PARTY' ? 'PARTY' : 'INSTITUTION';
  const [{ data, error }, again] = useQuery({
    query: trusted(ExchangeLedgerDocument),
    variables: { year, level },
    requestPolicy: 'cache-and-network',
  });
  return (
    <Page
      title={t('ledger.title')}
      lead={t('ledger.lead')}
      actions={
        <Link className="button" to="/exchanges">
          {t('exchange.list')}
        </Link>
      }
    >
      <Filters year={year} level={level} />
      {error && <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && !error && <Pending rows={8} />}
      {data && <Shown whole={matrix(data.exchangeLedger.pairs)} asOf={data.exchangeLedger.asOf} />}
    </Page>
  );
}

function Filters({ year, level }: { year: number | null; level: ExchangeLedgerLevel }) {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(parameters);
    if (value) next.set(name, value);
    else next.delete(name);
    setParameters(next, { replace: true });
  };
  const now = new Date().getFullYear();
  const years = Array.from({ length: YEARS_BACK + YEARS_AHEAD + 1 }, (_, index) => String(now + YEARS_AHEAD - index));
  return (
    <div className="filters">
      <ChoiceField
        label={t('ledger.year')}
        value={year ? String(year) : ''}
        onChange={(value) => set('year', value)}
        options={[{ value: '', label: t('ledger.allYears') }, ...years.map((each) => ({ value: each, label: each }))]}
      />
      <ChoiceField
        label={t('ledger.level')}
        value={level}
        onChange={(value) => set('level', value === 'PARTY' ? value : '')}
        options={[
          { value: 'INSTITUTION', label: t('ledger.institution') },
          { value: 'PARTY', label: t('ledger.party') },
        ]}
      />
    </div>
  );
}

function Shown({ whole: all, asOf }: { whole: Matrix; asOf: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const viewer = useViewer();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [pointedAt, setPointedAt] = useState<string | null>(null);
  if (all.institutions.length === 0) {
    return viewer?.isSignedOn ? <Empty>{t('ledger.none')}</Empty> : <SignOnFirst text={t('ledger.none')} />;
  }
  const total = sumOf([...all.cells.values()].flat());
  const figure = (value: number) => whole(value, model.language);
  return (
    <>
      <div className="above-rows">
        <p>
          <strong>
            {t('ledger.sum', { people: total.people, served: figure(total.served), planned: figure(total.planned) })}
          </strong>{' '}
          <span className="quiet">{t('ledger.asOf', { day: asOf })}</span>
        </p>
        <Export all={all} />
      </div>
      <MatrixShown all={all} onOpen={setOpened} onPoint={setPointedAt} />
      <LedgerChord all={all} pointedAt={pointedAt} onOpen={setOpened} />
      {opened && <Cases opened={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

interface MatrixProps {
  all: Matrix;
  onOpen: (opened: Opened) => void;
  /** The cell that the pointer or the focus is at, by its key. */
  onPoint: (cell: string | null) => void;
}

function MatrixShown({ all, onOpen, onPoint }: MatrixProps) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keys
    <section className="rows ledger" aria-label={t('ledger.title')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('ledger.sends')}</th>
            {all.institutions.map((each) => (
              <th key={each.id} scope="col">
                {model.name(each)}
              </th>
            ))}
            <th scope="col">{t('ledger.total')}</th>
            <th scope="col">{t('ledger.balance')}</th>
          </tr>
        </thead>
        <tbody>
          {all.institutions.map((from) => (
            <SenderRow key={from.id} from={from} all={all} onOpen={onOpen} onPoint={onPoint} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('ledger.total')}</th>
            {all.institutions.map((each) => (
              <td key={each.id}>
                <Figure entries={entriesOf(all, each.id).received} />
              </td>
            ))}
            <td>
              <Figure entries={[...all.cells.values()].flat()} />
            </td>
            <td className="number">{whole(0, model.language)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function SenderRow({ from, all, onOpen, onPoint }: MatrixProps & { from: Institution }) {
  const { t } = useTranslation();
  const model = useModel();
  const { sent, received } = entriesOf(all, from.id);
  return (
    <tr>
      <th scope="row">{model.name(from)}</th>
      {all.institutions.map((to) => {
        const cell = cellKey(from.id, to.id);
        const entries = all.cells.get(cell);
        const label = t('ledger.cases', { from: model.name(from), to: model.name(to) });
        return (
          <td key={to.id}>
            {entries && (
              <button
                type="button"
                className="cell"
                onClick={() => onOpen({ from, to, entries })}
                onFocus={() => onPoint(cell)}
                onBlur={() => onPoint(null)}
                onMouseEnter={() => onPoint(cell)}
                onMouseLeave={() => onPoint(null)}
              >
                <span className="unseen">{label} </span>
                <Figure entries={entries} />
              </button>
            )}
          </td>
        );
      })}
      <td>
        <Figure entries={sent} />
      </td>
      <td className="number">{signed(balanceOf(sent, received), model.language)}</td>
    </tr>
  );
}

function balanceOf(sent: readonly Entry[], received: readonly Entry[]): number {
  return Math.round((sumOf(sent).served - sumOf(received).served) * 100) / 100;
}

function signed(value: number, language: Parameters<typeof whole>[1]): string {
  return value > 0 ? `+${whole(value, language)}` : whole(value, language);
}

function Figure({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation();
  const model = useModel();
  if (entries.length === 0) return <>—</>;
  const { people, served, planned } = sumOf(entries);
  return (
    <>
      <strong>{t('ledger.people', { count: people })}</strong>
      <br />
      <span className="small">
        {t('ledger.months', { served: whole(served, model.language) })}
        {planned > 0 && (
          <>
            <br />+ {t('ledger.planned', { planned: whole(planned, model.language) })}
          </>
        )}
      </span>
    </>
  );
}

function Cases({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const word = useStateWord();
  const title = t('ledger.cases', { from: model.name(opened.from), to: model.name(opened.to) });
  const columns: Column<Entry>[] = [
    {
      key: 'exchange',
      title: t('ledger.person'),
      shown: (each) => <Link to={recordPlace(each.id, 'CadreExchange')}>{each.name}</Link>,
    },
    { key: 'state', title: t('ledger.state'), shown: (each) => word('CadreExchange', each.state) },
    { key: 'period', title: t('ledger.period'), shown: (each) => `${each.since} – ${each.until}` },
    {
      key: 'served',
      title: t('ledger.served'),
      isNumber: true,
      shown: (each) => whole(each.months, model.language),
    },
    {
      key: 'planned',
      title: t('ledger.plannedMonths'),
      isNumber: true,
      shown: (each) => whole(each.plannedMonths, model.language),
    },
  ];
  return (
    <Dialog title={title} onClose={onClose}>
      <Rows rows={opened.entries} columns={columns} label={title} />
    </Dialog>
  );
}

function Export({ all }: { all: Matrix }) {
  const { t } = useTranslation();
  const model = useModel();
  const save = () => {
    const head = [
      t('ledger.sends'),
      '',
      t('ledger.person'),
      'id',
      t('ledger.period'),
      '',
      t('ledger.served'),
      t('ledger.plannedMonths'),
    ];
    const lines = all.institutions.flatMap((from) =>
      all.institutions.flatMap((to) =>
        (all.cells.get(cellKey(from.id, to.id)) ?? []).map((each) => [
          model.name(from),
          model.name(to),
          each.name,
          each.id,
          each.since,
          each.until,
          String(each.months),
          String(each.plannedMonths),
        ]),
      ),
    );
    download(csv([head, ...lines]), 'exchange-ledger.csv');
  };
  return (
    <Button icon={<DownloadOutlined aria-hidden="true" />} onClick={save}>
      {t('ledger.csv')}
    </Button>
  );
}
