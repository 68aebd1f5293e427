// A plan: how good it is and how sure that is, then each circle with its reasons and effect; some or all are accepted.
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { requestKey, trusted } from '../ask';
import { refusal } from '../deed';
import { figuresOf, type Proposal, walk } from '../figures';
import { whole } from '../format';
import { useFollowed } from '../live';
import {
  AcceptProposalsDocument,
  CloseExchangePlanDocument,
  DeclineProposalsDocument,
  ExchangePlanDocument,
  type ExchangePlanProof,
  type ExchangePlanQuery,
} from '../made/graphql/graphql';
import { useModel } from '../model';
import { useViewer } from '../viewer';
import { DeedButton } from './DeedButton';
import { type Fact, FactShown, Fault } from './Fault';
import { isAdministrator } from './Menu';
import { Pending } from './Page';
import { RecordLink } from './RecordLink';
import { useStateWord } from './Subject';
import { Told } from './Told';

type Plan = NonNullable<ExchangePlanQuery['exchangePlan']>;

export function PlanShown({ id, onChange }: { id: string; onChange: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const { data, error, reload } = useFollowed(ExchangePlanDocument, id, onChange);
  if (error) return <Fault error={error} retry={reload} />;
  if (!data) return <Pending rows={6} />;
  const plan = data.exchangePlan;
  if (!plan) return null;
  return (
    <section aria-labelledby="plan">
      <h2 id="plan">{model.name(plan)}</h2>
      {plan.state === 'COMPUTING' && (
        <p role="status" aria-busy="true">
          {t('matching.computing')}
        </p>
      )}
      {plan.state === 'FAILED' && (
        <p className="no" role="alert">
          {t('matching.failed', { failure: plan.failure ?? '' })}
        </p>
      )}
      {plan.proposed != null && <Quality plan={plan} />}
      {plan.proposed != null && <Proposals plan={plan} onDone={reload} />}
    </section>
  );
}

const PROOF = { OPTIMAL: 'matching.optimal', CLOSE: 'matching.close', TIME_LIMIT: 'matching.time' } as const;

function Quality({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const model = useModel();
  const figure = (value: number | null | undefined) => (value == null ? '—' : whole(value, model.language));
  const proof = (value: ExchangePlanProof | null | undefined) =>
    value && <span className="state">{t(PROOF[value])}</span>;
  return (
    <>
      <p>
        <strong>
          {t('matching.found', {
            people: figure(plan.people),
            posts: figure(plan.posts),
            proposed: figure(plan.proposed),
            bound: figure(plan.bound),
          })}
        </strong>{' '}
        {proof(plan.proof)}
      </p>
      <p>
        {t('matching.even', { before: figure(plan.imbalanceBefore), after: figure(plan.imbalance) })}{' '}
        {proof(plan.evenness)} · {t('matching.circles', { count: plan.circles ?? 0 })}
      </p>
      {plan.firstServed != null && (
        <p className="quiet">
          {t('matching.greedy', { count: plan.firstServed, imbalance: figure(plan.firstServedImbalance) })}
        </p>
      )}
    </>
  );
}

type Results = ReadonlyMap<string, Fact | null>;

function Proposals({ plan, onDone }: { plan: Plan; onDone: () => void }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [results, setResults] = useState<Results>(new Map());
  const [accepting, accept] = useMutation(trusted(AcceptProposalsDocument));
  const [declining, decline] = useMutation(trusted(DeclineProposalsDocument));
  const [key, setKey] = useState(requestKey);
  const mayDecide = isAdministrator(viewer) && plan.state === 'READY';
  const decide = async (send: typeof accept | typeof decline) => {
    const { data } = await send({ requestKey: key, input: { plan: plan.id, proposals: [...selected] } });
    if (!data) return;
    setResults(new Map(data.answer.results.map((each) => [String(each.proposalId), refusal(each.result)])));
    setSelected(new Set());
    setKey(requestKey());
    onDone();
  };
  const refused = [...results.values()].filter(Boolean).length;
  const error = accepting.error ?? declining.error;
  const isBusy = accepting.fetching || declining.fetching;
  return (
    <>
      {error && <Fault error={error} />}
      {results.size > 0 && (
        <p role="status">
          <strong>{t('matching.results', { done: results.size - refused, refused })}</strong>
        </p>
      )}
      {figuresOf(plan.proposals.nodes).map((each) => (
        <FigureShown
          key={each.number}
          number={each.number}
          proposals={each.proposals}
          isCircle={each.isCircle}
          selected={selected}
          onSelect={mayDecide ? setSelected : undefined}
          results={results}
        />
      ))}
      {mayDecide && (
        <div className="actions sticky">
          <Button type="primary" disabled={selected.size === 0} loading={isBusy} onClick={() => decide(accept)}>
            {t('matching.accept', { count: selected.size })}
          </Button>
          <Button disabled={selected.size === 0 || isBusy} onClick={() => decide(decline)}>
            {t('matching.decline', { count: selected.size })}
          </Button>
          <DeedButton
            document={CloseExchangePlanDocument}
            label={t('matching.closePlan')}
            question={t('matching.closeAsk')}
            input={{ id: plan.id, version: plan.version }}
            onDone={onDone}
          />
        </div>
      )}
    </>
  );
}

function FigureShown({
  number,
  proposals,
  isCircle,
  selected,
  onSelect,
  results,
}: {
  number: number;
  proposals: readonly Proposal[];
  isCircle: boolean;
  selected: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
  results: Results;
}) {
  const { t } = useTranslation();
  const model = useModel();
  const open = proposals.filter((each) => each.state === 'OPEN');
  const isAll = open.length > 0 && open.every((each) => selected.has(each.id));
  const turn = (ids: readonly string[], isOn: boolean) => {
    const next = new Set(selected);
    for (const id of ids) isOn ? next.add(id) : next.delete(id);
    onSelect?.(next);
  };
  const months = proposals.reduce((sum, each) => sum + each.months, 0);
  const effect = isCircle ? 'matching.effect' : 'matching.effectChain';
  return (
    <section className="figure" aria-labelledby={`figure-${number}`}>
      <h3 id={`figure-${number}`}>
        {number === 0 ? t('matching.alone') : t(isCircle ? 'matching.circle' : 'matching.chain', { number })}
      </h3>
      <p className="sentence">{walk(proposals, (each) => model.name(each))}</p>
      <p className="quiet">{t(effect, { count: proposals.length, months: whole(months, model.language) })}</p>
      {onSelect && open.length > 1 && (
        <Checkbox
          checked={isAll}
          onChange={(event) =>
            turn(
              open.map((each) => each.id),
              event.target.checked,
            )
          }
        >
          {t('matching.chooseAll')}
        </Checkbox>
      )}
      <ul className="plain">
        {proposals.map((each) => (
          <ProposalShown
            key={each.id}
            proposal={each}
            isSelected={selected.has(each.id)}
            onTurn={onSelect && each.state === 'OPEN' ? (isOn) => turn([each.id], isOn) : undefined}
            fact={results.get(each.id)}
          />
        ))}
      </ul>
    </section>
  );
}

function ProposalShown({
  proposal,
  isSelected,
  onTurn,
  fact,
}: {
  proposal: Proposal;
  isSelected: boolean;
  onTurn?: (isOn: boolean) => void;
  fact: Fact | null | undefined;
}) {
  const { t } = useTranslation();
  const model = useModel();
  const word = useStateWord();
  return (
    <li className="task-row">
      {onTurn && (
        <Checkbox
          checked={isSelected}
          onChange={(event) => onTurn(event.target.checked)}
          aria-label={t('matching.choose', { name: proposal.person ? model.name(proposal.person) : proposal.name })}
        />
      )}
      <div>
        <p>
          {proposal.person && <RecordLink record={proposal.person} />} {proposal.home && model.name(proposal.home)} →{' '}
          {proposal.host && model.name(proposal.host)} · {proposal.post && <RecordLink record={proposal.post} />} ·{' '}
          {proposal.since} – {proposal.until} <span className="state">{word('ProposedExchange', proposal.state)}</span>
          {proposal.exchange && (
            <>
              {' '}
              <RecordLink record={proposal.exchange} hasKind />
            </>
          )}
        </p>
        <details>
          <summary>{t('matching.why')}</summary>
          <p>
            <Told text={model.language === 'en' ? proposal.whyEn : proposal.why} />
          </p>
        </details>
        {fact && <FactShown fact={fact} />}
      </div>
    </li>
  );
}
