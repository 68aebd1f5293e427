// The draft as a whole, whether the rules let it pass, and the button that sends it.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { useDeed } from '../deed';
import { ExchangeCaseDocument, SubmitExchangeDocument } from '../made/graphql/graphql';
import type { StepProps } from '../pages/NewExchange';
import { recordPlace } from '../places';
import { FactShown, Fault } from './Fault';
import { Pending } from './Page';
import { RulesChecked } from './RulesChecked';
import { Form } from './Subject';

export function SendStep({ draft, onChange }: StepProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const id = draft.id ?? '';
  const deed = useDeed(SubmitExchangeDocument);
  const [isPassing, setPassing] = useState(false);
  const [{ data, error }, again] = useQuery({
    query: trusted(ExchangeCaseDocument),
    variables: { id },
    requestPolicy: 'network-only',
  });
  if (error) return <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  const exchange = data?.cadreExchange;
  if (!exchange) return <Pending />;
  const send = async () => {
    const answer = await deed.run({ input: { id, version: exchange.version }, dryRun: false });
    if (answer) void navigate(recordPlace(id, 'CadreExchange'));
  };
  return (
    <section aria-labelledby="step-check">
      <h2 id="step-check">{t('wizard.check')}</h2>
      <p className="quiet">{t('wizard.saved')}</p>
      <Form subject={exchange} />
      <RulesChecked id={id} version={exchange.version} onChecked={setPassing} />
      {deed.error && <Fault error={deed.error} retry={send} />}
      {deed.fact && <FactShown fact={deed.fact} />}
      <div className="actions">
        <Button type="primary" loading={deed.isBusy} disabled={!isPassing} onClick={send}>
          {t('exchange.submit')}
        </Button>
        <Button onClick={() => onChange({}, 'period')}>{t('wizard.back')}</Button>
      </div>
    </section>
  );
}
