// An exchange as a case: where it stands, what comes next and who owes it by when, the rules, and what may be done.
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { course, hasEnded } from '../exchange';
import { instant } from '../format';
import { dayText, dueInWords } from '../inbox';
import { useFollowed } from '../live';
import {
  CompleteExchangeDocument,
  ExchangeCaseDocument,
  type ExchangeCaseQuery,
  RecallExchangeDocument,
  WithdrawExchangeDocument,
} from '../made/graphql/graphql';
import { useModel } from '../model';
import { mayDecide } from '../rights';
import { useViewer, type Viewer } from '../viewer';
import { CommentsShown } from './Comments';
import { DeedButton } from './DeedButton';
import { Fault } from './Fault';
import { Pending } from './Page';
import { RecordLink } from './RecordLink';
import { Done, useMoveWords } from './Route';
import { RulesChecked } from './RulesChecked';
import { Say } from './Say';
import { useStateWord } from './Subject';

export type Case = NonNullable<ExchangeCaseQuery['cadreExchange']>;

export function ExchangeCase({ id, onChange }: { id: string; onChange: () => void }) {
  const { data, error, reload } = useFollowed(ExchangeCaseDocument, id, onChange);
  if (error) return <Fault error={error} retry={reload} />;
  if (!data) return <Pending rows={6} />;
  const exchange = data.cadreExchange;
  if (!exchange) return null;
  return (
    <section className="panel" aria-labelledby="course">
      <Course exchange={exchange} />
      <Next exchange={exchange} />
      <Deeds exchange={exchange} onDone={reload} />
      {exchange.exchangeState === 'DRAFT' && <RulesChecked id={exchange.id} version={exchange.version} />}
      <History exchange={exchange} />
      <CommentsShown comments={exchange.tasks.nodes.flatMap((each) => each.comments.nodes)} />
      <Answering exchange={exchange} onDone={reload} />
    </section>
  );
}

function approvalsOf(exchange: Case): number {
  return exchange.tasks.nodes.filter((each) => each.state === 'DONE' && each.outcome === 'approve').length;
}

function Course({ exchange }: { exchange: Case }) {
  const { t } = useTranslation();
  const word = useStateWord();
  const line = course(exchange.exchangeState, {
    wasSubmitted: !!exchange.submittedAt,
    approvals: approvalsOf(exchange),
  });
  return (
    <>
      <h2 id="course">{t('exchange.course')}</h2>
      <ol className="course">
        {line.map(({ state, standing }) => (
          <li key={state} className={standing} aria-current={standing === 'now' ? 'step' : undefined}>
            {word('CadreExchange', state)} <span className="unseen">{t(`exchange.${standing}`)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Next({ exchange }: { exchange: Case }) {
  const { t } = useTranslation();
  const model = useModel();
  const owed = exchange.tasks.nodes.find((each) => each.state === 'OPEN');
  const words = () => {
    if (hasEnded(exchange.exchangeState)) return t('exchange.ended');
    if (owed) {
      return t('exchange.nextOwed', {
        at: owed.institution ? model.name(owed.institution) : t('inbox.unseen'),
        due: instant(owed.dueAt, model.language),
        words: dueInWords(owed.dueAt, new Date(), model.language),
      });
    }
    if (exchange.exchangeState === 'DRAFT') return t('exchange.nextDraft');
    if (exchange.exchangeState === 'ACCEPTED') return t('exchange.nextAccepted', { day: exchange.since });
    if (exchange.exchangeState === 'ACTIVE') return t('exchange.nextActive', { day: exchange.until });
    return exchange.home && exchange.host
      ? t('exchange.waiting', {
          at: model.name(exchange.exchangeState === 'SUBMITTED' ? exchange.home : exchange.host),
        })
      : '';
  };
  return (
    <>
      <h3>{t('exchange.next')}</h3>
      <p>
        <strong>{words()}</strong>
      </p>
      {exchange.reason && <p>{t('exchange.reasonGiven', { reason: exchange.reason })}</p>}
    </>
  );
}

/** Whom it is about answers what was asked last, where they may see that. */
function Answering({ exchange, onDone }: { exchange: Case; onDone: () => void }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const owed = exchange.tasks.nodes.find((each) => each.state === 'OPEN');
  const isAsked = owed?.comments.nodes.at(-1)?.isQuestion && viewer?.person?.id === exchange.person?.id;
  if (!owed || !isAsked) return null;
  const done = () => {
    setOpen(false);
    void message.success(t('inbox.answered'));
    onDone();
  };
  if (isOpen) return <Say task={owed.id} label={t('inbox.answer')} onCancel={() => setOpen(false)} onDone={done} />;
  return (
    <div className="actions">
      <strong>{t('inbox.yourAnswer')}</strong>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('inbox.answer')}
      </Button>
    </div>
  );
}

const WITHDRAWABLE = new Set(['DRAFT', 'SUBMITTED', 'HOME_APPROVED', 'ACCEPTED']);

/** What this person may do about the exchange now; the hub has the last word. */
function mayDo(viewer: Viewer, exchange: Case) {
  const { exchangeState: state, home, host, person, until } = exchange;
  const isOneself = viewer.person?.id === person?.id;
  const isSender = isOneself || (!!home && viewer.institutionIds.includes(home.id));
  const decides = (institution: Case['home']) => !isOneself && mayDecide(viewer, institution?.id);
  const isOver = !!until && until <= dayText(new Date());
  return {
    decideAt: decides,
    edit: state === 'DRAFT' && isSender,
    withdraw: WITHDRAWABLE.has(state) && isSender,
    complete: state === 'ACTIVE' && isOver && (decides(home) || decides(host)),
    recall: state === 'ACTIVE' && decides(home),
  };
}

function Deeds({ exchange, onDone }: { exchange: Case; onDone: () => void }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { message } = App.useApp();
  if (!viewer?.isSignedOn) return null;
  const { id, version } = exchange;
  const may = mayDo(viewer, exchange);
  const owed = exchange.tasks.nodes.find((each) => each.state === 'OPEN');
  const done = () => {
    void message.success(t('exchange.done'));
    onDone();
  };
  const deed = (name: 'withdraw' | 'complete' | 'recall') => ({
    label: t(`exchange.${name}`),
    question: t(`exchange.${name}Ask`),
    input: { id, version },
    onDone: done,
  });
  return (
    <div className="actions">
      {owed && (
        <Link
          className={may.decideAt(owed.institution) ? 'button primary' : 'button'}
          to={`/inbox/${encodeURIComponent(owed.id)}`}
        >
          {t('inbox.decide')}
        </Link>
      )}
      {may.edit && (
        <Link className="button primary" to={`/exchanges/new?draft=${encodeURIComponent(id)}`}>
          {t('exchange.editDraft')}
        </Link>
      )}
      {may.withdraw && <DeedButton document={WithdrawExchangeDocument} {...deed('withdraw')} hasReason />}
      {may.complete && <DeedButton document={CompleteExchangeDocument} {...deed('complete')} />}
      {may.recall && (
        <DeedButton document={RecallExchangeDocument} {...deed('recall')} hasReason isReasonNeeded isDanger />
      )}
      {hasEnded(exchange.exchangeState) && exchange.person && exchange.post && (
        <Link
          className="button"
          to={`/exchanges/new?${new URLSearchParams({ person: exchange.person.id, post: exchange.post.id, purpose: exchange.purpose ?? '' })}`}
        >
          {t('exchange.copyAgain')}
        </Link>
      )}
    </div>
  );
}

function History({ exchange }: { exchange: Case }) {
  const { t } = useTranslation();
  const model = useModel();
  const words = useMoveWords();
  const at = (text: string) => instant(text, model.language);
  return (
    <>
      <h3>{t('exchange.history')}</h3>
      <ol className="route">
        <li>
          <span className="quiet">{at(exchange.createdAt)}</span> {t('exchange.drafted')}
          {exchange.proposal?.plan && (
            <>
              {' · '}
              {t('exchange.fromProposal')} <RecordLink record={exchange.proposal.plan} />
            </>
          )}
        </li>
        {exchange.submittedAt && (
          <li>
            <span className="quiet">{at(exchange.submittedAt)}</span> {t('exchange.submitted')}
          </li>
        )}
        {exchange.tasks.nodes.map((each) => {
          const where = each.institution ? model.name(each.institution) : t('inbox.unseen');
          return (
            <li key={each.id}>
              {each.state === 'OPEN'
                ? t('exchange.waiting', { at: where })
                : t('exchange.decision', { at: where, outcome: words(each.outcome ?? each.move) })}
              <Done task={each} />
            </li>
          );
        })}
        {exchange.endedOn && (
          <li>
            <span className="quiet">{exchange.endedOn}</span> {t('exchange.ended_')}
          </li>
        )}
      </ol>
    </>
  );
}
