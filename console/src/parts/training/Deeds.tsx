// What one may do with a registration as it stands.
import { useTranslation } from 'react-i18next';
import {
  ApproveRegistrationDocument,
  CancelRegistrationDocument,
  IssueCertificateDocument,
  RejectRegistrationDocument,
  type ShownRegistrationFragment,
} from '../../made/graphql/graphql';
import { mayDecide, mayEdit } from '../../rights';
import { useViewer } from '../../viewer';
import { DeedButton } from '../DeedButton';

const CANCELLED_FROM = new Set(['SUBMITTED', 'APPROVED', 'CONFIRMED', 'WAITLISTED']);

/** A decision on one of a party is one on all of it (`isForAll`); cancelling and certificates are each one's own (`isOfGroup`). */
export function Deeds({
  registration: { id, version, state, home, person },
  isOrganiser,
  isForAll = false,
  isOfGroup = false,
  onDone,
}: {
  registration: ShownRegistrationFragment;
  isOrganiser: boolean;
  isForAll?: boolean;
  isOfGroup?: boolean;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const isOneself = person?.id === viewer?.person?.id;
  const decides = !isOfGroup && state === 'SUBMITTED' && !isOneself && mayDecide(viewer, home?.id);
  const cancels = !isForAll && CANCELLED_FROM.has(state) && (isOneself || isOrganiser || mayEdit(viewer, home?.id));
  const issues = !isForAll && state === 'ATTENDED' && isOrganiser && !isOneself;
  const input = { id, version };
  return (
    <span className="deeds">
      {decides && (
        <>
          <DeedButton
            document={ApproveRegistrationDocument}
            label={t('training.approve')}
            question={t('training.approveQuestion')}
            input={input}
            isPrimary
            onDone={onDone}
          />
          <DeedButton
            document={RejectRegistrationDocument}
            label={t('training.reject')}
            question={t('training.reasonHint')}
            input={input}
            hasReason
            isReasonNeeded
            onDone={onDone}
          />
        </>
      )}
      {cancels && (
        <DeedButton
          document={CancelRegistrationDocument}
          label={t('training.cancel')}
          question={t('training.cancelQuestion')}
          input={input}
          onDone={onDone}
        />
      )}
      {issues && (
        <DeedButton
          document={IssueCertificateDocument}
          label={t('training.issue')}
          question={t('training.issueQuestion')}
          input={input}
          onDone={onDone}
        />
      )}
    </span>
  );
}
