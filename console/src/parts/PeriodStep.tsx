// When, and what for; from here on the draft is kept by the hub.
import { Button } from 'antd';
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
import type { StepProps } from '../pages/NewExchange';
import { FactShown, Fault } from './Fault';
import { RecordLink } from './RecordLink';
import { DayField, LongField } from './Typed';

export function PeriodStep({ draft, onChange }: StepProps) {
  const { t } = useTranslation();
  const { since, until, purpose, post } = draft;
  const { save, isBusy, error, fact } = useSaved({ draft, onChange });
  const [{ data }] = useQuery({ query: trusted(PostToldDocument), variables: { id: post ?? '' }, pause: !post });
  const isInOrder = !since || !until || since <= until;
  const isReady = !!since && !!until && isInOrder;
  return (
    <form
      className="typed"
      aria-labelledby="step-period"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void save();
      }}
    >
      <h2 id="step-period">{t('wizard.period')}</h2>
      {data?.post && (
        <p>
          <RecordLink record={data.post} hasKind />{' '}
          {t('wizard.offered', { since: data.post.since ?? '…', until: data.post.until ?? '…' })}
        </p>
      )}
      {error && <Fault error={error} retry={save} />}
      {fact && <FactShown fact={fact} />}
      <DayField
        label={t('wizard.since')}
        value={since}
        min={dayText(new Date(), 1)}
        onChange={(value) => onChange({ since: value })}
        isRequired
      />
      <DayField
        label={t('wizard.until')}
        value={until}
        min={since || undefined}
        onChange={(value) => onChange({ until: value })}
        hint={isReady ? t('wizard.months', { months: monthsBetween(since, until) }) : undefined}
        isRequired
      />
      {!isInOrder && (
        <p className="no" role="alert">
          {t('wizard.order')}
        </p>
      )}
      <LongField label={t('wizard.purpose')} value={purpose} onChange={(value) => onChange({ purpose: value })} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={isBusy} disabled={!isReady}>
          {t('wizard.save')}
        </Button>
        <Button onClick={() => onChange({}, 'post')}>{t('wizard.back')}</Button>
      </div>
    </form>
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
  const save = async () => {
    if (!person || !home || !post) return;
    const isSame = known && known.person?.id === person && known.home?.id === home;
    if (id && isSame) {
      const input = { id, version: known.version, post, since, until, purpose };
      if (await editing.run({ input })) onChange({}, 'check');
      return;
    }
    const input = { person, home, post, since, until, ...(purpose && { purpose }) };
    const answer = await drafting.run({ input, dryRun: false });
    if (answer?.__typename === 'ExchangeDrafted') onChange({ id: answer.id ?? null }, 'check');
  };
  const deed = id ? editing : drafting;
  return { save, isBusy: drafting.isBusy || editing.isBusy || (!!id && !known), error: deed.error, fact: deed.fact };
}
