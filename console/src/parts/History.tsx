// What was done with a record: when, by whom, from what to what, as far as the reader may know; new entries come by themselves.
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { instant } from '../format';
import { useRecordChanges } from '../live';
import { HistoryOfDocument, type HistoryOfQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import { Fault } from './Fault';
import { Empty, Pending } from './Page';
import { RecordLink } from './RecordLink';
import { asText } from './Value';

const PAGE = 20;

type Edge = HistoryOfQuery['history']['edges'][number];
type Entry = Edge['node'];
type Change = Entry['changes'][number];
type Told = Change['before'][number];

export function History({ id, type }: { id: string; type: string }) {
  const { t } = useTranslation();
  const [begun, setBegun] = useState(START);
  // what is new pushes the rest along, so that the places where pages began are no longer theirs
  useRecordChanges(id, () => setBegun(({ turn }) => ({ turn: turn + 1, after: [null] })));
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{t('history.title')}</h2>
      <p className="quiet">{t('history.lead')}</p>
      {begun.after.map((after) => (
        <Entries
          key={after ?? ''}
          of={{ id, type, after }}
          turn={begun.turn}
          onMore={after === begun.after.at(-1) ? (next) => setBegun({ ...begun, after: [...begun.after, next] }) : null}
        />
      ))}
    </section>
  );
}

interface Begun {
  turn: number;
  after: readonly (string | null)[];
}

const START: Begun = { turn: 0, after: [null] };

interface PageOf {
  id: string;
  type: string;
  after: string | null;
}

/** One page; `onMore` where it is the last that is shown. */
function Entries({ of, turn, onMore }: { of: PageOf; turn: number; onMore: ((after: string) => void) | null }) {
  const { t } = useTranslation();
  const [{ data, error }, again] = useQuery({
    query: trusted(HistoryOfDocument),
    variables: { of: of.id, first: PAGE, after: of.after },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn asks again
  useEffect(() => again({ requestPolicy: 'network-only' }), [turn, again]);
  if (error) return <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Pending rows={6} />;
  const { edges, pageInfo } = data.history;
  if (edges.length === 0) return of.after ? null : <Empty>{t('history.empty')}</Empty>;
  const { endCursor } = pageInfo;
  return (
    <>
      <ol className="history">
        {edges.map((each) => (
          <li key={each.cursor}>
            <Told entry={each.node} type={of.type} />
          </li>
        ))}
      </ol>
      {onMore && pageInfo.hasNextPage && endCursor && (
        <Button onClick={() => onMore(endCursor)}>{t('history.more')}</Button>
      )}
    </>
  );
}

function Told({ entry, type }: { entry: Entry; type: string }) {
  const { t } = useTranslation();
  const { language, name } = useModel();
  return (
    <>
      <p>
        <time dateTime={entry.at}>{instant(entry.at, language)}</time> <Who entry={entry} />
        {entry.principal && <span> {t('history.inPlaceOf', { name: name(entry.principal) })}</span>}
        {entry.isNew && <strong className="state"> {t('history.isNew')}</strong>}
        {entry.command && <code className="quiet small"> {entry.command}</code>}
      </p>
      {entry.changes.length === 0 ? (
        <p className="quiet">{t('history.unseen')}</p>
      ) : (
        <dl className="changed">
          {entry.changes.map((each) => (
            <Changed key={each.field} change={each} type={type} isNew={entry.isNew} />
          ))}
        </dl>
      )}
    </>
  );
}

function Who({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  if (entry.person) return <RecordLink record={entry.person} />;
  const words = { PERSON: 'someone', PROGRAM: 'program', IMPORT: 'import', HUB: 'hub' } as const;
  return <span>{t(`history.${words[entry.by]}`)}</span>;
}

function Changed({ change, type, isNew }: { change: Change; type: string; isNew: boolean }) {
  const { t } = useTranslation();
  const model = useModel();
  const noun = model.noun(type);
  const named =
    noun?.fields.find((each) => each.name === change.field) ?? noun?.edges.find((each) => each.name === change.field);
  return (
    <div>
      <dt>{named ? model.label(named) : model.words({ zh: change.label, en: change.field })}</dt>
      <dd>
        {!isNew && (
          <>
            <span className="unseen">{t('history.before')}: </span>
            <del>
              <Values values={change.before} type={type} field={change.field} />
            </del>{' '}
            <span aria-hidden="true">→</span> <span className="unseen">{t('history.after')}: </span>
          </>
        )}
        <ins>
          <Values values={change.after} type={type} field={change.field} />
        </ins>
      </dd>
    </div>
  );
}

function Values({ values, type, field }: { values: readonly Told[]; type: string; field: string }) {
  const { t } = useTranslation();
  const model = useModel();
  if (values.length === 0) return <span className="quiet">{t('history.none')}</span>;
  return values.map((each, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: equal values may stand in a list, which is shown as it was written
    <span key={`${index} ${each.value}`} className="told-value">
      {each.node ? <End told={each} type={type} field={field} /> : plain(each.value, type, field, model)}
    </span>
  ));
}

function End({ told, type, field }: { told: Told; type: string; field: string }) {
  const model = useModel();
  const edge = model.noun(type)?.edges.find((each) => each.name === field);
  if (!told.node) return null;
  const beside = told.properties.map(({ name, label, value }) => {
    const declared = edge?.properties.find((each) => each.name === name);
    const words = declared ? model.label(declared) : model.words({ zh: label, en: name });
    return `${words} ${declared ? asText(typed(value, declared.kind), declared, model) : value}`;
  });
  return (
    <>
      <RecordLink record={told.node} hasKind />
      {beside.length > 0 && <span className="quiet small"> {beside.join(' · ')}</span>}
    </>
  );
}

function plain(value: string, type: string, field: string, model: ReturnType<typeof useModel>): string {
  const declared = model.field(type, field);
  return declared ? asText(typed(value, declared.kind), declared, model) : value;
}

/** The log has all values as text. */
function typed(value: string, kind: string): unknown {
  if (kind === 'TEXTS') return [value];
  return kind === 'FLAG' ? value === 'true' : value;
}
