// What the organiser does with a class next: publish, close, hold, certify, or call it off.
import { useTranslation } from 'react-i18next';
import {
  CancelClassDocument,
  CertifyClassDocument,
  type ClassState,
  CloseClassDocument,
  HoldClassDocument,
  PublishClassDocument,
} from '../../made/graphql/graphql';
import { DeedButton } from '../DeedButton';

const NEXT: Partial<Record<ClassState, 'publish' | 'close' | 'hold' | 'certify'>> = {
  DRAFT: 'publish',
  OPEN: 'close',
  CLOSED: 'hold',
  HELD: 'certify',
};
const CAN_BE_CALLED_OFF = new Set<ClassState>(['DRAFT', 'OPEN', 'CLOSED']);

export function ClassMoves({ id, state, onDone }: { id: string; state: ClassState; onDone: () => void }) {
  const { t } = useTranslation();
  const next = NEXT[state];
  if (!next) return null;
  const given = {
    label: t(`training.move.${next}`),
    question: t(`training.moveQuestion.${next}`),
    input: { id },
    onDone,
  };
  return (
    <section className="panel" aria-labelledby="moves">
      <h2 id="moves">{t('training.organising')}</h2>
      <div className="actions">
        {next === 'publish' && <DeedButton document={PublishClassDocument} {...given} />}
        {next === 'close' && <DeedButton document={CloseClassDocument} {...given} />}
        {next === 'hold' && <DeedButton document={HoldClassDocument} {...given} />}
        {next === 'certify' && <DeedButton document={CertifyClassDocument} {...given} />}
        {CAN_BE_CALLED_OFF.has(state) && (
          <DeedButton
            document={CancelClassDocument}
            label={t('training.move.cancel')}
            question={t('training.reasonHint')}
            input={{ id }}
            hasReason
            isReasonNeeded
            isDanger
            onDone={onDone}
          />
        )}
      </div>
    </section>
  );
}
