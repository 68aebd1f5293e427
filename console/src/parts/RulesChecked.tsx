// The rules of an exchange, each with what came of it: the hub tries to submit the draft and writes nothing.
import { CheckCircleOutlined, CloseCircleOutlined, MinusCircleOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { requestKey, trusted } from '../ask';
import { refusal } from '../deed';
import { verdicts } from '../exchange';
import { SubmitExchangeDocument, type SubmitExchangeMutation } from '../made/graphql/graphql';
import { FactShown, Fault } from './Fault';
import { Pending } from './Page';

const SIGNS = {
  passes: <CheckCircleOutlined aria-hidden="true" />,
  fails: <CloseCircleOutlined aria-hidden="true" />,
  unknown: <MinusCircleOutlined aria-hidden="true" />,
};
const CLASSES = { passes: 'yes', fails: 'no', unknown: 'quiet' };

type Answer = SubmitExchangeMutation['answer'];

export function RulesChecked({
  id,
  version,
  onChecked,
}: {
  id: string;
  version: number;
  onChecked?: (passes: boolean) => void;
}) {
  const { t } = useTranslation();
  const [{ error }, submit] = useMutation(trusted(SubmitExchangeDocument));
  const [answer, setAnswer] = useState<Answer | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is tried once for each state of the draft
  useEffect(() => {
    let isWanted = true;
    void submit({ requestKey: requestKey(), input: { id, version }, dryRun: true }).then(({ data }) => {
      if (!data || !isWanted) return;
      setAnswer(data.answer);
      onChecked?.(refusal(data.answer) === null);
    });
    return () => {
      isWanted = false;
    };
  }, [id, version]);
  if (error) return <Fault error={error} />;
  if (!answer) return <Pending />;
  const fact = refusal(answer);
  return (
    <div role="status">
      <h3>{t('exchange.check')}</h3>
      <p className="quiet">{t('exchange.checkLead')}</p>
      <ul className="plain rules">
        {verdicts(fact ? answer.__typename : null).map(({ rule, verdict }) => (
          <li key={rule} className={CLASSES[verdict]}>
            {SIGNS[verdict]} {t(`exchange.${rule}`)} <span className="small">{t(`exchange.${verdict}`)}</span>
          </li>
        ))}
      </ul>
      {fact ? <FactShown fact={fact} /> : <p className="yes">{t('exchange.allPass')}</p>}
    </div>
  );
}
