// When, and what for; from here on the draft is kept by the hub.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { useDeed } from '../deed';
import { monthsBetween } from '../exchange';
import { dayText } from '../inbox';
import {
  DraftExchangeDocument,
  EditExchangeDocument,
  ExchangeCaseDocument,
  PostToldDocument,
} from '../made/graphql/graphql';
import type { Draft, StepProps } from '../pages/NewExchange';
import { FactShown, Fault } from './Fault';
import { RecordLink } from './RecordLink';
import { DayField, LongField } from './Typed';

type Period = Pick<Draft, 'since' | 'until' | 'purpose'>;

/** What is typed goes to the address when a field is left: the address changes too late for letters and digits. */
export function PeriodStep({ draft, onChange }: StepProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<Period>({ since: draft.since, until: draft.until, purpose: draft.purpose });
  const { since, until } = typed;
  const { save, isBusy, error, fact } = useSaved({ draft: { ...draft, ...typed }, onChange });
  const isInOrder = !since || !until || since <= until;
  const isReady = !!since && !!until && isInOrder;
  const set = (name: keyof Period) => (value: string) => setTyped({ ...typed, [name]: value });
  return (
    <form
      className="typed"
      aria-labelledby="step-period"
      onBlur={() => onChange(typed)}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void save();
      }}
    >
      <h2 id="step-period">{t('wizard.period')}</h2>
      {draft.post && <Offered post={draft.post} />}
      {error && <Fault error={error} retry={save} />}
      {fact && <FactShown fact={fact} />}
      <DayField
        label={t('wizard.since')}
        value={since}
        min={dayText(new Date(), 1)}
        onChange={set('since')}
        isRequired
      />
      <DayField
        label={t('wizard.until')}
        value={until}
        min={since || undefined}
        onChange={set('until')}
        hint={isReady ? t('wizard.months', { months: monthsBetween(since, until) }) : undefined}
        isRequired
      />
      {!isInOrder && (
        <p className="no" role="alert">
          {t('wizard.order')}
        </p>
      )}
      <LongField label={t('wizard.purpose')} value={typed.purpose} onChange={set('purpose')} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={isBusy} disabled={!isReady}>
          {t('wizard.save')}
        </Button>
        <Button onClick={() => onChange(typed, 'post')}>{t('wizard.back')}</Button>
      </div>
    </form>
  );
}

function Offered({ post }: { post: string }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: trusted(PostToldDocument), variables: { id: post } });
  if (!data?.post) return null;
  return (
    <p>
      <RecordLink record={data.post} hasKind />{' '}
      {t('wizard.offered', { since: data.post.since ?? '…', until: data.post.until ?? '…' })}
    </p>
  );
}

/** Drafts it, or changes the draft that there is. */
function useSaved({ draft, onChange }: StepProps) {
  const drafting = useDeed(DraftExchangeDocument);
  const editing = useDeed(EditExchangeDocument);
  const { id, person, home, post, since, until, purpose } = draft;
  const [{ data }] = useQuery({
    query: trusted(ExchangeCaseDocument),
    variables: { id: id ?? '' },
    pause: !id,
    requestPolicy: 'cache-and-network',
  });
  const known = data?.cadreExchange;
  const isKept = !!known && known.person?.id === person && known.home?.id === home;
  const save = async () => {
    if (!person || !home || !post) return;
    const period = { since, until, purpose };
    if (id && isKept) {
      if (await editing.run({ input: { id, version: known.version, post, ...period } })) onChange(period, 'check');
      return;
    }
    const input = { person, home, post, since, until, ...(purpose && { purpose }) };
    const answer = await drafting.run({ input, dryRun: false });
    if (answer?.__typename === 'ExchangeDrafted') onChange({ ...period, id: answer.id ?? null }, 'check');
  };
  const deed = isKept ? editing : drafting;
  return {
    save,
    isBusy: drafting.isBusy || editing.isBusy || (!!id && !known),
    error: deed.error,
    fact: deed.fact,
  };
}
